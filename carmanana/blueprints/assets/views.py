"""The list of assets, a new one, and the steps of their machine; an asset stands on its customer's page."""

from dataclasses import replace

from flask import abort, render_template, request, url_for

from carmanana.blueprints.assets.lists import ASSETS, Beside, of_customer
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden
from carmanana.customers import contact
from carmanana.records.assets import VEHICLE, Asset
from carmanana.records.customer_cases import works_for
from carmanana.records.customers import Customer
from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER
from carmanana.sales.assets import adding
from carmanana.sales.assets.verbs import FACTS, VERBS
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import answers, changed
from carmanana.web.current_user import me
from carmanana.web.customer_page import Action, register_action
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.lists import Shown
from carmanana.web.record_forms import form_class
from carmanana.web.steps import Steps, ask

from .base import asset_or_404, blueprint

WORKERS = (AGENT, MANAGER, CUSTOMER_CANCELLATION, CRM_ADMIN)
NEW = tuple(replace(field, start=VEHICLE if field.name == "kind" else "") for field in FACTS)

register_action(Action("asset", "New asset…", "car", "assets.new", works_for, place=12))


@blueprint.get("/assets/")
@signed_in
def index():
    return ASSETS.answer()


@blueprint.get("/assets/<id:asset_id>")
@signed_in
def show(asset_id: int):
    return go(_page_of(asset_or_404(asset_id)))


@blueprint.route("/customers/<id:customer_id>/assets/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new(customer_id: int):
    customer = contact.visible_to(me()).where(Customer.id == customer_id).first() or abort(404)
    if not works_for(customer, me()):
        raise Forbidden("add_asset")
    form, back = form_class(NEW)(customer, me()), url_for("customers.tab", customer_id=customer.id, tab="assets")

    def save():
        once(request.form.get("once", ""), me(), lambda: adding.enter(customer, me(), **form.given()))
        return go(back, "The asset is here")

    def again(status: int, *_):
        action = url_for("assets.new", customer_id=customer.id)
        given = {"customer": customer, "form": form, "form_action": action}
        return show_dialog("customers/record.html", "New asset", back, status, **given)

    return ask(form, save, again)


def _page_of(asset: Asset) -> str:
    """The tab of its customer, or the list where they don't see the customer."""
    if contact.visible_to(me()).where(Customer.id == asset.customer_id).exists():
        return _tab_of(asset)
    return url_for("assets.index", text=asset.customer.name)


def _tab_of(asset: Asset) -> str:
    return url_for("customers.tab", customer_id=asset.customer_id, tab="assets")


@answers(Asset)
def answer(asset: Asset, before: Asset | None, said: str, undo: bool = False):
    """Its row, where the page lists it; else where it stands."""
    behind = page_behind().path
    listed = {url_for("assets.index"): ASSETS, _tab_of(asset): of_customer(asset.customer)}.get(behind)
    if not htmx or listed is None:
        return go(_page_of(asset), said)
    row = render_template("assets/_row.html", list=listed, shown=_alone(listed, asset))
    replaced = partial(f"#assets-{asset.id}", row, "outerHTML")
    return pieces(replaced, partial("#dialog", ""), partial("#refusal", ""), toast(said), HX_Reswap="none")


def _alone(listed, asset: Asset) -> dict:
    shown, row = Shown(listed, request.args, me()), asset_or_404(asset.id)
    return {"columns": shown.columns, "rows": [row], "seen": Beside.of([row], me()), "more": ""}


steps = Steps(
    blueprint,
    VERBS,
    asset_or_404,
    changed,
    "assets.show",
    "asset_id",
    WORKERS,
    summary="assets/_summary.html",
    prefix="/assets",
)
steps.register()
