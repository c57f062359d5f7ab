"""The list of assets, a new one, and the steps of their machine; an asset stands on its customer's page."""

from dataclasses import replace

from flask import request

from carmanana.blueprints.assets.lists import ASSETS, TAB
from carmanana.core.idempotency import once
from carmanana.records.assets import VEHICLE, Asset
from carmanana.records.customer_cases import works_for
from carmanana.records.customers import Customer
from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER
from carmanana.sales.assets import adding
from carmanana.sales.assets.verbs import FACTS, VERBS
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import answers, changed
from carmanana.web.current_user import me
from carmanana.web.customers.page import Action, register_action
from carmanana.web.customers.records import CustomerRecords, new_record, tab_url
from carmanana.web.fragments import go
from carmanana.web.steps import Steps

from .base import asset_or_404, blueprint

WORKERS = (AGENT, MANAGER, CUSTOMER_CANCELLATION, CRM_ADMIN)
NEW = tuple(replace(field, start=VEHICLE if field.name == "kind" else "") for field in FACTS)

RECORDS = CustomerRecords(TAB, asset_or_404)
answers(Asset)(RECORDS.answer)
register_action(Action("asset", "New asset…", "car", "assets.new", works_for, place=12))


@blueprint.get("/assets/")
@signed_in
def index():
    return ASSETS.answer()


@blueprint.get("/assets/<id:asset_id>")
@signed_in
def show(asset_id: int):
    return go(RECORDS.url_of(asset_or_404(asset_id)))


@blueprint.route("/customers/<id:customer_id>/assets/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new(customer_id: int):
    def save(customer: Customer, given: dict):
        once(request.form.get("once", ""), me(), lambda: adding.enter(customer, me(), **given))
        return go(tab_url(customer.id, "assets"), "The asset is here")

    return new_record(customer_id, NEW, "New asset", "assets.new", works_for, save, "assets")


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
