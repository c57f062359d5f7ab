"""Which trigger a card's drop on a column is."""

from carmanana.boards.board import column_key
from carmanana.core.workflow import Forbidden, Refusal
from carmanana.deals.lifecycle import order
from carmanana.records.deal_codes import ACTIVE, ON_HOLD
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

RAIL_TRIGGERS = {"on_hold": "hold", "losing": "request_cancellation", "won": "win", "lost": "lose"}
STAGE_TRIGGERS = {ACTIVE: "move", ON_HOLD: "resume"}
MENDED_IN_DIALOG = {"no_call", "no_email", "no_contact"}


def trigger_for(deal: Deal, key: str) -> str:
    """`key` is a column of the board: a stage's, or on_hold, losing, won, lost."""
    if key == "on_hold" and deal.state == ON_HOLD:
        return "extend_hold"
    return RAIL_TRIGGERS.get(key) or STAGE_TRIGGERS.get(deal.state, "reopen")


def in_the_way(deal: Deal, trigger: str, by: User, stage: Stage | None) -> list[Refusal]:
    """What refuses a drop outright, because no dialog could mend it."""
    if order.leads(deal, trigger) and not order.permits(deal, trigger, by):
        raise Forbidden(trigger)
    refusals = order.refusals(deal, trigger, by, stage=stage)
    return [refusal for refusal in refusals if refusal.field is None and refusal.code not in MENDED_IN_DIALOG]


def choices(deal: Deal, stages: list[Stage], by: User) -> list[tuple[str, str, Stage | None, str]]:
    """The *Move to* sheet: key, name, stage, and why not ("" where it may go)."""
    here = column_key(deal)
    columns = [(f"s{stage.id}", stage.name, stage) for stage in stages if stage.pipeline_id == deal.pipeline_id]
    columns += [
        ("on_hold", "On Hold", None),
        ("losing", "Losing Order", None),
        ("won", "Won", None),
        ("lost", "Lost", None),
    ]
    return [(key, name, stage, "" if key == here else _why_not(deal, key, by, stage)) for key, name, stage in columns]


def _why_not(deal: Deal, key: str, by: User, stage: Stage | None) -> str:
    try:
        refusals = in_the_way(deal, trigger_for(deal, key), by, stage)
    except Forbidden:
        return "Only a manager may do this."
    return refusals[0].sentence if refusals else ""
