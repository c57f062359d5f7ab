"""Customers: finding one, everything about one, correcting it, and whose they are."""

from flask import Blueprint, abort, request, url_for

from carmanana.blueprints.customers.lists import CUSTOMERS
from carmanana.core.workflow import Forbidden
from carmanana.customers import contact, ownership
from carmanana.customers.merging import standing
from carmanana.records.customers import MOODS, Customer, Person
from carmanana.records.deals import Deal
from carmanana.records.people import AGENT, MANAGER
from carmanana.staffing.zones import ZONES
from carmanana.web.access import allow, signed_in
from carmanana.web.continuations import address_of, then
from carmanana.web.current_user import me
from carmanana.web.customers.page import CustomerPage
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import (
    BooleanField,
    DealershipForm,
    LinesField,
    SelectField,
    TextField,
    WordsField,
)
from carmanana.web.forms.choices import PersonField, ZoneField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_deal, sent_version
from carmanana.web.steps import ask

blueprint = Blueprint("customers", __name__, url_prefix="/customers")


class CustomerForm(DealershipForm):
    name = TextField("Name", most=160)
    phones = LinesField("Phones, one a line", most=1000)
    emails = LinesField("Emails, one a line", most=3000)
    region = TextField("Region", most=80)
    timezone = ZoneField("Time zone", most=60)
    language = TextField("Language", most=40)
    mood = SelectField("Mood", choices=MOODS, default="", invalid_choice_message="Choose from the list.")
    no_calls = BooleanField("No calls")
    no_emails = BooleanField("No emails")
    no_texts = BooleanField("No texts")

    @property
    def facts(self) -> dict:
        words = {name: self[name].data or "" for name in ("name", "region", "timezone", "language", "mood")}
        return words | {name: self[name].data for name in ("no_calls", "no_emails", "no_texts")}


class OwnerForm(DealershipForm):
    owner = PersonField("New owner", (AGENT, MANAGER))
    reason = WordsField("Reason", most=2000)


@blueprint.get("/")
@signed_in
def index():
    return CUSTOMERS.answer()


@blueprint.get("/<id:customer_id>")
@signed_in
def show(customer_id: int):
    customer = _customer(customer_id)
    if customer is None:
        return go(url_for("customers.show", customer_id=customer_or_404(standing(customer_id)).id))
    return CustomerPage(customer, me()).answer()


@blueprint.route("/<id:customer_id>/edit", methods=["GET", "POST"])
@allow("agent", "manager")
def edit(customer_id: int):
    customer = customer_or_404(customer_id)
    if not contact.may_change(customer, me()):
        raise Forbidden("correct")
    form, deal = CustomerForm(data=_known(customer)), _interrupted(customer)

    def save():
        contact.correct(customer, me(), sent_version() or 0, form.phones.lines(), form.emails.lines(), **form.facts)
        return go(address_of(deal) if deal else url_for("customers.show", customer_id=customer_id), "Saved")

    def again(status: int, fresh: Customer = customer):
        return _dialog("customers/edit.html", fresh.name, fresh, form, "customers.edit", status, zones=ZONES)

    return ask(form, save, again, known=_known)


@blueprint.post("/<id:customer_id>/reach")
@allow("agent", "manager")
def is_theirs(customer_id: int):
    """A number that was marked wrong is right."""
    contact.is_theirs(customer_or_404(customer_id), me(), request.form.get("way", ""))
    return go(url_for("customers.show", customer_id=customer_id), "Marked as theirs")


def _interrupted(customer: Customer) -> Deal | None:
    """The deal of theirs on which a step waits for what is corrected here."""
    deal = sent_deal() if then() else None
    return deal if deal and deal.customer_id == customer.id else None


def _known(customer: Customer) -> dict:
    first = Person.first_of(customer)
    return {
        **customer.__data__,
        "phones": lines_of(first.phones, "typed"),
        "emails": lines_of(first.emails, "address"),
    }


def lines_of(rows, name: str) -> str:
    return "\n".join(getattr(row, name) for row in rows.order_by(rows.model.position))


@blueprint.route("/<id:customer_id>/owner", methods=["GET", "POST"])
@allow("manager")
def owner(customer_id: int):
    customer = customer_or_404(customer_id)
    form = OwnerForm()

    def save():
        ownership.assign(customer, form.owner.person, form.reason.data or "", me(), sent_version() or 0)
        return go(url_for("customers.show", customer_id=customer_id), f"{form.owner.person.name} has been told")

    def again(status: int, fresh: Customer = customer):
        return _dialog("customers/owner.html", "Reassign customer", fresh, form, "customers.owner", status)

    return ask(form, save, again, known=lambda fresh: {})


def _dialog(template: str, title: str, customer: Customer, form: DealershipForm, endpoint: str, status: int, **context):
    return show_dialog(
        template,
        title,
        url_for("customers.show", customer_id=customer.id),
        status,
        customer=customer,
        form=form,
        form_action=url_for(endpoint, customer_id=customer.id, deal_id=request.values.get("deal_id")),
        **context,
    )


def customer_or_404(customer_id: int) -> Customer:
    return _customer(customer_id) or abort(404)


def _customer(customer_id: int) -> Customer | None:
    return contact.seen_by(me(), customer_id)
