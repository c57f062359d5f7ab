"""The board of leads: what a card's drop on the column of a state is, and what has changed since somebody looked."""

from dataclasses import dataclass

from peewee import fn

from carmanana.core.audit import Event
from carmanana.core.query import prepared
from carmanana.core.verbs import Verb
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.deals import tried_on_hold
from carmanana.leads.lifecycle import STEPS, inquiry
from carmanana.leads.verbs import VERBS
from carmanana.records.lead_codes import CLOSED, NEW, ON_HOLD, STATES, WORKED
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.sops import SOP_FLOW

MOST = 500
HOLDS = ("hold", "extend_hold")
NEW_OWNER = ("claim", "reassign", "hand_over")


def trigger_to(lead: Lead, state: str, by: User) -> str | None:
    """The step that leads from where it stands to a column; of several the one that is theirs to take."""
    leading = [t.trigger for t in STEPS if (t.source, t.dest) == (lead.state, state) != (state, state)]
    return next((trigger for trigger in leading if inquiry.permits(lead, trigger, by)), next(iter(leading), None))


def dropped(lead: Lead, state: str, by: User) -> Verb | None:
    """The verb whose dialog opens; None where what was logged has brought it there already. Raises Refused,
    Forbidden."""
    trigger = trigger_to(lead, state, by)
    if trigger is None:
        raise Refused([_no_way(lead, state)], lead)
    if refusals := in_the_way(lead, trigger, by):
        raise Refused(refusals, lead, trigger)
    return VERBS.get(trigger)


def in_the_way(lead: Lead, trigger: str, by: User) -> list[Refusal]:
    """What no field of a dialog could mend."""
    if not inquiry.permits(lead, trigger, by):
        if lead.state == ON_HOLD and lead.held_from in WORKED and trigger.startswith("resume"):
            return [_no_way(lead, "")]
        raise Forbidden(trigger)
    refusals = inquiry.refusals(lead, trigger, by)
    return [one for one in refusals if one.field is None and not (trigger in HOLDS and tried_on_hold.mends(one))]


def _no_way(lead: Lead, state: str) -> Refusal:
    if lead.state == ON_HOLD:
        sentence = f"It waits on hold and goes back to where it came from: {STATES.get(lead.held_from, 'Working')}."
        return Refusal("not_from_here", sentence, SOP_FLOW)
    if lead.state in WORKED and state in WORKED:
        sentence = (
            "A lead is new until it is contacted."
            if state == NEW
            else "What is logged brings a lead on, one state after the other; it never goes back."
        )
        return Refusal("not_from_here", sentence, SOP_FLOW)
    return inquiry.elsewhere(lead, "")


def choices(lead: Lead, by: User) -> list[tuple[str, str, None, str]]:
    """The *Move to* sheet: key, name, no stage, and why not ("" where it may go)."""
    return [(key, name, None, "" if key == lead.state else _why_not(lead, key, by)) for key, name in STATES.items()]


def _why_not(lead: Lead, state: str, by: User) -> str:
    try:
        dropped(lead, state, by)
    except Refused as refused:
        return refused.refusals[0].sentence
    except Forbidden:
        return "A manager reopens it." if lead.state == CLOSED else "Only its owner or a manager may do this."
    return ""


# what is new


@dataclass(frozen=True)
class News:
    """`version` is what to ask from next time."""

    version: int
    concerns: bool


def newest() -> int:
    return _newest.first()[0] or 0


_newest = prepared(lambda: Event.select(fn.MAX(Event.id)).tuples())


def news(since: int, by: User) -> News:
    """Has a lead changed that they see, or gone to another owner, since this event?"""
    version = newest()
    if since >= version:
        return News(version, since > version)
    told = Event.select(Event.subject_id, Event.verb).where(Event.id > since, Event.subject == "lead")
    rows = list(told.order_by(Event.id.desc()).limit(MOST).tuples())
    if len(rows) == MOST or any(verb in NEW_OWNER for _, verb in rows):
        return News(version, True)
    ids = list({number for number, _ in rows})
    return News(version, bool(ids) and Lead.visible_to(by).where(Lead.id.in_(ids)).exists())
