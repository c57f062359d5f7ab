"""The list of expiries, a new one, and the steps of the expiry machine."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.expiries.lists import EXPIRIES, Beside, of_customer
from carmanana.core.fields import SELECT, Field
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden
from carmanana.customers import contact, people
from carmanana.expiries import setting
from carmanana.expiries.verbs import FACTS, ON, OWNER, VERBS
from carmanana.records.customer_cases import works_for
from carmanana.records.customers import Customer
from carmanana.records.expiries import OURS, Expiry
from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import answers, changed
from carmanana.web.current_user import me
from carmanana.web.customer_page import Action, register_action
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.lists import Shown
from carmanana.web.record_forms import form_class
from carmanana.web.steps import Steps, ask

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

register_action(Action("expiry", "New expiry…", "calendar", "expiries.new", works_for, place=11))


@blueprint.get("/expiries/")
@signed_in
def index():
    return EXPIRIES.answer()


@blueprint.route("/customers/<id:customer_id>/expiries/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new(customer_id: int):
    customer = contact.visible_to(me()).where(Customer.id == customer_id).first() or abort(404)
    if not works_for(customer, me()):
        raise Forbidden("set_expiry")
    form, back = form_class(NEW)(customer, me()), url_for("customers.tab", customer_id=customer.id, tab="expiries")

    def save():
        given = form.given()
        given["person"] = people.person_of(customer, given.pop("person", "") or "")
        once(request.form.get("once", ""), me(), lambda: setting.enter(customer, me(), **given))
        return go(back, "The expiry is set")

    def again(status: int, *_):
        action = url_for("expiries.new", customer_id=customer.id)
        given = {"customer": customer, "form": form, "form_action": action}
        return show_dialog("customers/record.html", "New expiry", back, status, **given)

    return ask(form, save, again)


@answers(Expiry)
def answer(expiry: Expiry, before: Expiry | None, said: str, undo: bool = False):
    """Its row, where the page lists it; else the tab of its customer."""
    behind = page_behind().path
    listed = {url_for("expiries.index"): EXPIRIES, _tab_of(expiry): of_customer(expiry.customer)}.get(behind)
    if not htmx or listed is None:
        return go(_tab_of(expiry), said)
    row = render_template("expiries/_row.html", list=listed, shown=_alone(listed, expiry))
    done = toast(said, expiry if undo else None)
    replaced = partial(f"#expiries-{expiry.id}", row, "outerHTML")
    return pieces(replaced, partial("#dialog", ""), partial("#refusal", ""), done, HX_Reswap="none")


def _tab_of(expiry: Expiry) -> str:
    return url_for("customers.tab", customer_id=expiry.customer_id, tab="expiries")


def _alone(listed, expiry: Expiry) -> dict:
    shown, row = Shown(listed, request.args, me()), expiry_or_404(expiry.id)
    return {"columns": shown.columns, "rows": [row], "seen": Beside.of([row], me()), "more": ""}


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
    expiry = expiry_or_404(expiry_id)
    seen = contact.visible_to(me()).where(Customer.id == expiry.customer_id).exists()
    return go(_tab_of(expiry) if seen else url_for("expiries.index", text=expiry.customer.name))
