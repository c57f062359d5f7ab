"""Beginning the cancellation of a customer, the tool, and who else has it open."""

from flask import render_template, request, url_for

from carmanana.core.idempotency import once
from carmanana.departures import lifecycle
from carmanana.records.customers import Customer
from carmanana.records.departures import DeparturePresence
from carmanana.records.people import User
from carmanana.records.viewers import look as look_at
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.customers.page import Action, CustomerPage, Tab, register_action
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go, htmx, partial, pieces
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

from .base import blueprint, customer_or_404, departure_or_404
from .lists import DEPARTURES
from .page import tool_context

TOOL = Tab("cancellation", "Cancellation", 0)


@blueprint.get("/")
@allow("customer_cancellation", "crm_admin", "manager", "compliance")
def index():
    return DEPARTURES.answer()


@blueprint.route("/begin/<id:customer_id>", methods=["GET", "POST"])
@allow("customer_cancellation", "crm_admin")
def begin(customer_id: int):
    """From the menu *Actions* of the customer, once it is confirmed."""
    customer, form = customer_or_404(customer_id), DealershipForm()

    def save():
        begun = once(
            request.form.get("once", ""), me(), lambda: lifecycle.begin(customer, me(), sent_version() or None)
        )
        return go(url_for("departures.show", departure_id=begun.id), f"{customer.name} is pending cancellation")

    def again(status: int, fresh: Customer = customer):
        return show_dialog(
            "departures/begin.html",
            "Begin cancellation?",
            url_for("customers.show", customer_id=customer_id),
            status,
            customer=fresh,
            form=form,
            form_action=url_for("departures.begin", customer_id=customer_id),
        )

    return ask(form, save, again, known=lambda fresh: {})


def may_begin(customer: Customer, by: User) -> bool:
    return lifecycle.may_cancel(by) and lifecycle.why_not_begun(customer) is None


register_action(Action("cancel", "Begin cancellation…", "losing", "departures.begin", may_begin, place=60))


@blueprint.get("/<id:departure_id>")
@signed_in
def show(departure_id: int):
    departure = departure_or_404(departure_id)
    page = CustomerPage(departure.customer, me())
    page.tab = TOOL
    return render_template("departures/show.html", page=page, fragment=False, **tool_context(departure))


@blueprint.post("/<id:departure_id>/look")
@signed_in
def look(departure_id: int):
    """Asked every few seconds by an open page of the tool: what stands otherwise now, and who else looks at it."""
    departure = departure_or_404(departure_id)
    if not htmx:
        return go(url_for("departures.show", departure_id=departure_id))
    context = tool_context(departure, look_at(DeparturePresence.departure, departure, me()))
    version = context["token"]
    if request.values.get("since") == version:
        return pieces(status=204, X_Version=version)
    return pieces(partial("#departure", render_template("departures/_tool.html", **context)), X_Version=version)
