"""Taking back one's own last step of a deal (domain 3): its hold and tasks come back as they stood, its card in its
place."""

from carmanana.contacting import steps_back
from carmanana.core.query import prepared
from carmanana.core.undo import UndoStep
from carmanana.core.undoing import Undoing, last_step
from carmanana.core.workflow import Attempt, Refusal, Refused
from carmanana.deals.changes_told import from_to
from carmanana.deals.positions import put_back
from carmanana.deals.sellers import sold_it
from carmanana.deals.stage_requirements import barred_from
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOSING, LOST, WON
from carmanana.records.deals import Deal, Hold, balance
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.records.sops import SOP_CANCEL, SOP_FLOW

TOLD_THE_MANAGER = {"hold": "the hold", "extend_hold": "the longer hold", "mark_organic": "making it organic"}
FINAL = {
    WON: "Winning is not undone. A manager reopens it.",
    LOST: "Losing is not undone. A manager reopens it.",
    LOSING: "A cancellation is not undone. A manager reviews this order first.",
    CANCELLED: "The customer cancelled this order, and that is final.",
}


def standing(deal: Deal) -> dict:
    """The hold and the open tasks of a deal, with whose they are and when they are due."""
    return {"holds": [hold.id for hold in _holds(deal)], "tasks": steps_back.standing(deal)}


@prepared
def _holds(deal):
    return Hold.select(Hold.id).where(Hold.deal == deal, Hold.lifted_at.is_null())


# may it be taken back?


def its_column_is_there(attempt: Attempt):
    stage = _column(attempt)
    if stage and stage.archived:
        return Refusal("stage", f"{stage.name} is no stage any more. Move the deal to another one.", SOP_FLOW)


def its_column_is_theirs(attempt: Attempt):
    """Who lost access to a stage since does not put a deal back into it."""
    stage = _column(attempt)
    moves = stage and (attempt.record.state != ACTIVE or stage.id != attempt.record.stage_id)
    return barred_from(attempt, stage) if moves else None


def _column(attempt: Attempt) -> Stage | None:
    """Where the card stands again, in the columns of its board; read once an attempt."""
    step = last_step(attempt)
    if step is None or step.was != ACTIVE:
        return None
    if "column" not in attempt.read:
        attempt.read["column"] = _stage.first(step.fields_of(Deal).get("stage", attempt.record.stage_id))
    return attempt.read["column"]


@prepared
def _stage(stage_id):
    return Stage.select().where(Stage.id == stage_id)


def agreement_stays(attempt: Attempt):
    """Else what was signed could be taken back and the order closed as lost, past the cancellation review."""
    step, by, deal = last_step(attempt), attempt.by, attempt.record
    if step is None or deal.agreement_on is None or step.fields_of(Deal).get("agreement_on", "kept") is not None:
        return None
    if not by.is_manager or sold_it(deal, by) or balance(deal) > 0:
        return Refusal("signed", "A signed agreement is taken back by a manager who did not sell it.", SOP_CANCEL)


def not_undone(deal: Deal) -> Refusal:
    sentence = FINAL.get(deal.state, "Something has changed since. Only the very last step is undone.")
    return Refusal("not_undone", sentence, SOP_CANCEL if deal.state in (LOSING, CANCELLED) else SOP_FLOW)


def newest_of(by: User) -> UndoStep:
    """The last step of theirs that may still be taken back; Refused where there is none."""
    if step := UndoStep.newest_of(by, Deal):
        return step
    sentence = "There is nothing to undo: none of your steps of the last day can be taken back."
    raise Refused([Refusal("nothing_to_undo", sentence, SOP_FLOW)], None, "undo")


# taking it back


def comes_back(attempt: Attempt, step: UndoStep) -> dict:
    """What stood before; a card whose place is another's now stands right below it."""
    deal, fields = attempt.record, step.fields_of(Deal)
    if deal.state == ACTIVE and ("position" in fields or attempt.was != ACTIVE):
        stage = Stage.get_by_id(fields.get("stage", deal.stage_id))
        fields["position"] = put_back(deal, stage, fields.get("position", deal.position))
    return fields


def tell(attempt: Attempt, step: UndoStep) -> None:
    """The manager, who was told of the step."""
    deal = attempt.record
    if step.verb in TOLD_THE_MANAGER:
        _tell_manager(attempt, attempt.by, TOLD_THE_MANAGER[step.verb])
    elif step.verb == "correct" and deal.state == WON:
        _tell_manager(attempt, attempt.by if deal.unowned else deal.owner, "the change of the won order")


def _tell_manager(attempt: Attempt, of: User, what: str) -> None:
    deal = attempt.record
    Notification.tell_manager_of(of, "deal_changed", f"{deal.customer.name}: {what} is undone", attempt.by, deal=deal)


def event_data(attempt: Attempt, step: UndoStep, fields: dict) -> dict:
    """Ids and codes of what comes back, for the audit trail."""
    deal, verb = attempt.record, step.verb
    codes = {"fields": sorted(fields)} | (from_to(deal.__data__, fields) if verb == "correct" else {})
    for name in ("stage", "pipeline"):
        if name in fields and fields[name] != deal.__data__[name]:
            codes |= {f"from_{name}": deal.__data__[name], f"to_{name}": fields[name]}
    if "owner" in fields:
        codes |= {"was_owner": deal.owner_id, "owner": fields["owner"]}
    return codes | ({"readiness": fields["readiness"]} if "readiness" in fields else {})


def restore(deal: Deal, stood: dict) -> None:
    """The hold and the tasks as they stood: what the step made goes, what it lifted or gave away comes back."""
    now = [hold.id for hold in _holds(deal)]
    Hold.delete().where(Hold.id.in_([hold for hold in now if hold not in stood["holds"]])).execute()
    Hold.update(lifted_at=None).where(Hold.id.in_(stood["holds"])).execute()
    steps_back.restore(deal, stood["tasks"])


COLUMN = (its_column_is_there, its_column_is_theirs)
undoing = Undoing(standing, restore, not_undone, comes_back, event_data, (*COLUMN, agreement_stays), tell)
