"""Which step a card's drop on a column is."""

from carmanana.boards.board import column_key
from carmanana.cancellations.verbs import VERBS
from carmanana.core.verbs import Verb
from carmanana.core.workflow import Forbidden, Refusal
from carmanana.deals.lifecycle import order
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

RAIL = ("on_hold", "losing", "won", "lost")
MANAGERS = "Only a manager may do this."
MENDED_IN_DIALOG = {"no_call", "no_email", "no_contact"}


def verb_for(deal: Deal, key: str) -> Verb:
    """`key` is a column of the board: a stage's, or on_hold, losing, won, lost."""
    return VERBS.for_column(key if key in RAIL else "stage", deal)


def in_the_way(deal: Deal, verb: Verb, by: User, stage: Stage | None) -> list[Refusal]:
    """What refuses a drop outright, because no dialog could mend it."""
    if order.leads(deal, verb.trigger) and not order.permits(deal, verb.trigger, by):
        raise Forbidden(verb.trigger, MANAGERS)
    refusals = order.refusals(deal, verb.trigger, by, stage=stage)
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
    verb = verb_for(deal, key)
    if order.leads(deal, verb.trigger) and not order.permits(deal, verb.trigger, by):
        return MANAGERS
    refusals = in_the_way(deal, verb, by, stage)
    return refusals[0].sentence if refusals else ""
