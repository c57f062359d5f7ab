"""The list of expiries, a new one, and the steps of the expiry machine."""

from flask import request

from carmanana.blueprints.expiries.lists import EXPIRIES, TAB
from carmanana.core.fields import SELECT, Field
from carmanana.core.idempotency import once
from carmanana.customers import people
from carmanana.expiries import setting
from carmanana.expiries.verbs import FACTS, ON, OWNER, VERBS
from carmanana.records.customer_cases import works_for
from carmanana.records.customers import Customer
from carmanana.records.expiries import OURS, Expiry
from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import answers, changed
from carmanana.web.current_user import me
from carmanana.web.customers.page import Action, register_action
from carmanana.web.customers.records import CustomerRecords, new_record, tab_url
from carmanana.web.fragments import go
from carmanana.web.steps import Steps

from .base import blueprint, expiry_or_404

WORKERS = (AGENT, MANAGER, CUSTOMER_CANCELLATION, CRM_ADMIN)
NEW = (
    Field("kind", FACTS[0].label, FACTS[0].kind, FACTS[0].choices, OURS),
    Field("supplier", FACTS[1].label, most=120, start=""),
    Field("about", FACTS[2].label, most=160, start="", placeholder=FACTS[2].placeholder),
    Field("on", ON.label, ON.kind, start="", chips=ON.chips, hint=ON.hint),
    Field("owner", OWNER.label, OWNER.kind, start="", roles=OWNER.roles, hint="Nobody chosen: the customer’s owner."),
    Field(
        "person",
        "Who is to be called",
        SELECT,
        lambda customer, by: people.choices(customer),
        start="",
        shown=lambda customer, by: people.several(customer),
    ),
)

RECORDS = CustomerRecords(TAB, expiry_or_404)
answers(Expiry)(RECORDS.answer)
register_action(Action("expiry", "New expiry…", "calendar", "expiries.new", works_for, place=11))


@blueprint.get("/expiries/")
@signed_in
def index():
    return EXPIRIES.answer()


@blueprint.route("/customers/<id:customer_id>/expiries/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new(customer_id: int):
    def save(customer: Customer, given: dict):
        given["person"] = people.person_of(customer, given.pop("person", "") or "")
        once(request.form.get("once", ""), me(), lambda: setting.enter(customer, me(), **given))
        return go(tab_url(customer.id, "expiries"), "The expiry is set")

    return new_record(customer_id, NEW, "New expiry", "expiries.new", works_for, save, "expiries")


steps = Steps(
    blueprint,
    VERBS,
    expiry_or_404,
    changed,
    "expiries.show",
    "expiry_id",
    WORKERS,
    summary="expiries/_summary.html",
    prefix="/expiries",
)
steps.register()


@blueprint.get("/expiries/<id:expiry_id>")
@signed_in
def show(expiry_id: int):
    """An expiry stands on its customer's page, or in the list where they don't see the customer."""
    return go(RECORDS.url_of(expiry_or_404(expiry_id)))
