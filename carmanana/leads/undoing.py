"""Taking back one's own last step of a lead: its open steps come back as they stood."""

from carmanana.contacting import steps_back
from carmanana.core.undo import UndoStep
from carmanana.core.undoing import Undoing, last_step
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.lead_codes import CLOSED, CONVERTED, DO_NOT_CONTACT
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.sops import SOP_CONDUCT, SOP_FLOW

TOLD_THE_MANAGER = {"hold": "the hold", "extend_hold": "the longer hold"}
FINAL = {
    CLOSED: "Something has changed since it was closed. A manager reopens it.",
    CONVERTED: "It is a deal now. The conversion is undone on the page of the lead.",
}


def not_undone(lead: Lead) -> Refusal:
    sentence = FINAL.get(lead.state, "Something has changed since. Only the very last step is undone.")
    return Refusal("not_undone", sentence, SOP_FLOW)


def wish_stays(attempt: Attempt):
    """What somebody asked of us is not taken back with the step that wrote it down."""
    step, lead = last_step(attempt), attempt.record
    if step and step.verb == "close" and lead.close_reason == DO_NOT_CONTACT:
        return Refusal("wish", "They asked not to be contacted. A manager reopens the lead.", SOP_CONDUCT)


def tell(attempt: Attempt, step: UndoStep) -> None:
    """The manager, who was told of the step."""
    lead, by = attempt.record, attempt.by
    if step.verb in TOLD_THE_MANAGER:
        words = f"The lead {lead.customer.name}: {TOLD_THE_MANAGER[step.verb]} is undone"
        Notification.tell_manager_of(by, "lead_changed", words, by, lead=lead)


def standing(lead: Lead) -> dict:
    return {"tasks": steps_back.standing(lead)}


def restore(lead: Lead, stood: dict) -> None:
    steps_back.restore(lead, stood["tasks"])


def undoing_of(names: dict[tuple[str, str], str]) -> Undoing:
    """`names` are the triggers of the ways back, by the state that a step led to and the one that it left."""
    return Undoing(standing, restore, not_undone, rules=(wish_stays,), then=tell, names=names)
