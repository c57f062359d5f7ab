"""A customer who has neither asked nor ordered anything yet."""

from flask import request, url_for

from carmanana.core.idempotency import once
from carmanana.customers.duplicates import candidates
from carmanana.customers.settling import NEW, settle
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.customers.entry import CustomerEntryForm
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import TextField
from carmanana.web.fragments import go
from carmanana.web.steps import ask

from .views import blueprint


class NewCustomerForm(CustomerEntryForm):
    region = TextField("Region", most=80)
    language = TextField("Language", most=40)

    @property
    def facts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("region", "language")}


@blueprint.route("/new", methods=["GET", "POST"])
@allow("agent", "manager")
def new():
    """Whom it may be already is looked for while one types; who is chosen there gets what was not known of them."""
    form = NewCustomerForm()
    return ask(form, lambda: _made(form), lambda status: _new(form, status))


def _made(form: NewCustomerForm):
    customer = once(
        request.form.get("once", ""),
        me(),
        lambda: settle(me(), form.duplicate.data or "", form.name.data or "", *form.reach, **form.facts),
    )
    here_already = form.duplicate.data not in ("", None, NEW)
    said = "They were a customer already" if here_already else "The customer is here, and yours"
    return go(url_for("customers.show", customer_id=customer.id), said)


def _new(form: NewCustomerForm, status: int):
    return show_dialog(
        "customers/new.html",
        "New customer",
        url_for("customers.index"),
        status,
        form=form,
        duplicates=candidates(me(), form.name.data, *form.reach),
        form_action=url_for("customers.new"),
    )
