"""The deal's page, a new deal, and the *Move to…* sheet."""

from flask import render_template, request, url_for

from carmanana.blueprints.deals.board import board_of_page
from carmanana.blueprints.deals.page import body_of
from carmanana.blueprints.deals.previous_next import trail_of
from carmanana.boards.board import column_key
from carmanana.boards.drops import choices
from carmanana.contacting.log import step_refusals
from carmanana.core.idempotency import once
from carmanana.core.workflow import Refusal, Refused
from carmanana.customers.duplicates import candidates
from carmanana.customers.settling import settle
from carmanana.deals import deal_facts
from carmanana.deals.lifecycle import order
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.house import house_currency
from carmanana.records.pipelines import Stage, all_stages
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.loading import deal_or_404, sent_stage
from carmanana.web.panels.deal_entry import NewDealForm
from carmanana.web.steps import ask

from .base import blueprint


@blueprint.get("/<id:deal_id>")
@signed_in
def show(deal_id: int):
    deal = deal_or_404(deal_id)
    return render_template("deals/show.html", deal=deal, trail=trail_of(deal), body=body_of(deal))


@blueprint.get("/<id:deal_id>/move")
@allow("agent", "manager")
def move(deal_id: int):
    """Every column with why it would be refused; for touch, keyboard and no JavaScript."""
    deal = deal_or_404(deal_id)
    return show_dialog(
        "deals/move.html",
        "Move",
        url_for("deals.show", deal_id=deal.id),
        deal=deal,
        here=column_key(deal),
        choices=choices(deal, all_stages(), me()),
        form_action=url_for("deals.column", deal_id=deal.id),
    )


@blueprint.post("/<id:deal_id>/successor")
@allow("agent", "manager")
def successor(deal_id: int):
    deal = deal_or_404(deal_id)
    new = once(request.form.get("once", ""), me(), lambda: deal_facts.start_again(deal, me()))
    return go(url_for("deals.show", deal_id=new.id))


@blueprint.route("/new", methods=["GET", "POST"])
@allow("agent", "manager")
def new():
    """Quick add: a customer and their order in a column."""
    form = NewDealForm(data={"stage": request.args.get("stage", ""), "currency": house_currency()})
    form.stage.choices = _stage_choices()
    return ask(
        form,
        lambda: _made(once(request.form.get("once", ""), me(), lambda: _take(form))),
        lambda status: _new_dialog(form, status),
    )


def _new_dialog(form: NewDealForm, status: int):
    duplicates = candidates(me(), form.name.data, *form.reach)
    return show_dialog(
        "deals/new.html",
        "New deal",
        url_for("boards.first"),
        status,
        form=form,
        duplicates=duplicates,
        form_action=url_for("deals.new"),
    )


def _stage_choices() -> dict[str, list]:
    board = board_of_page()
    groups: dict[str, list] = {}
    for stage in sorted(all_stages(), key=lambda stage: board is not None and stage.pipeline_id != board.pipeline.id):
        groups.setdefault(stage.pipeline.name, []).append((str(stage.id), stage.name))
    return groups


def _take(form: NewDealForm) -> Deal:
    stage = sent_stage()
    _refuse(form, stage)
    facts = {
        name: form.data[name]
        for name in ("vehicle_year", "vehicle_make", "vehicle_model", "value_cents", "currency", "source", "readiness")
    }
    customer = settle(me(), form.duplicate.data, form.name.data, *form.reach)
    deal = deal_facts.take(customer, stage, me(), me(), **facts)
    if form.next_step.data:
        return order.fire(deal, "add_step", me(), next_step=form.next_step.data, due_at=form.due_at.data)
    return deal


def _refuse(form: NewDealForm, stage: Stage | None) -> None:
    refusals = []
    if stage is None or stage.archived:
        refusals.append(Refusal("stage", "Choose a stage.", field="stage"))
    if not form.next_step.data and form.due_at.data:
        refusals.append(Refusal("next_step", "Say what is due then.", field="next_step"))
    if form.next_step.data:
        new = Deal(readiness=form.readiness.data, state=ACTIVE)
        refusals += step_refusals(new, form.next_step.data, form.due_at.data, me())
    if refusals:
        raise Refused(refusals)


def _made(deal: Deal):
    board = board_of_page()
    if board is not None and board.pipeline.id == deal.pipeline_id:
        return changed(Deal.get_by_id(deal.id), column_key(deal), f"{deal.customer.name} is in {deal.stage.name}")
    return go(url_for("deals.show", deal_id=deal.id))
