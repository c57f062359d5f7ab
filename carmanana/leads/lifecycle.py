"""The lead machine: the leads section of the lead & deal SOP as one table (domain 6). Contacts that are logged bring a
lead on by themselves."""

from carmanana.contacting.business_hours import minutes_between
from carmanana.contacting.log import after_log, written_by_log
from carmanana.core.workflow import Attempt, T, Workflow
from carmanana.leads import converting, effects, rules
from carmanana.leads.undoing import undoing_of
from carmanana.records.activities import CONTACTS, WRONG, Activity
from carmanana.records.lead_codes import (
    ASSESSED,
    CLOSED,
    CONNECTED,
    CONVERTED,
    NEW,
    ON_HOLD,
    OPEN,
    STATES,
    WORKED,
    WORKING,
)
from carmanana.records.leads import Lead
from carmanana.records.people import CRM_ADMIN, MANAGER, User

# who may


def owner_or_manager(attempt: Attempt) -> bool:
    """An agent on an unowned lead may try, and is told to claim it first."""
    by, lead = attempt.by, attempt.record
    return MANAGER in by.roles or (by.works_deals and (lead.unowned or lead.owner_id == by.id))


def manager(attempt: Attempt) -> bool:
    return MANAGER in attempt.by.roles


def manager_or_admin(attempt: Attempt) -> bool:
    """An admin sees people off, and hands over what was theirs."""
    return attempt.by.has(MANAGER, CRM_ADMIN)


def works_leads(attempt: Attempt) -> bool:
    return attempt.by.works_deals


def back_to(state: str):
    """It goes back to the state that it waited in."""

    def may(attempt: Attempt) -> bool:
        return attempt.record.held_from == state and owner_or_manager(attempt)

    return may


OWNER = owner_or_manager
ASSESS = (rules.two_way_contact, rules.vehicles_named, rules.timeline_known, rules.matters_most_known)
HOLD = (rules.is_owned, rules.contact_attempted, rules.sub_status_chosen, rules.reason_given, rules.follow_up_is_ahead)
CLOSE = (
    rules.is_owned,
    rules.close_reason_chosen,
    rules.attempts_were_reasonable,
    rules.they_said_so,
    rules.details_are_wrong,
)
CONVERT = (rules.is_owned, *ASSESS, rules.stage_chosen, rules.stage_is_theirs, rules.next_step_given)
GIVE = (rules.new_owner_works_leads, rules.reason_given, rules.is_another_owner, rules.call_is_logged)
RESUMED = {"resume_new": NEW, "resume": WORKING, "resume_connected": CONNECTED, "resume_assessed": ASSESSED}
SHOWN = (*OPEN, CLOSED)
UNDONE = {"undo": True, "beside": True}  # whoever takes it may take it back, with the next steps that it touches

STEPS = [
    T("contact", NEW, WORKING, OWNER, (rules.contact_logged,)),
    T("connect", NEW, CONNECTED, OWNER, (rules.two_way_contact,)),
    T("connect", WORKING, CONNECTED, OWNER, (rules.two_way_contact,)),
    T("assess", CONNECTED, ASSESSED, OWNER, (rules.is_owned, *ASSESS), **UNDONE),
    *(T("hold", state, ON_HOLD, OWNER, HOLD, effects.place_hold, **UNDONE) for state in WORKED),
    T("extend_hold", ON_HOLD, ON_HOLD, OWNER, HOLD, effects.place_hold, **UNDONE),
    *(
        T(trigger, ON_HOLD, state, back_to(state), (rules.is_owned, rules.next_step_given), effects.go_on, **UNDONE)
        for trigger, state in RESUMED.items()
    ),
    *(T("close", state, CLOSED, OWNER, CLOSE, effects.close, **UNDONE) for state in OPEN),
    T("convert", ASSESSED, CONVERTED, OWNER, CONVERT, converting.become_deal),
    T("undo_convert", CONVERTED, ASSESSED, OWNER, (rules.is_owned, rules.deal_is_untouched), converting.take_back),
    T("reopen", CLOSED, WORKING, manager, (rules.reason_given,), effects.open_again),
    *(T("claim", state, state, works_leads, (rules.is_free,), effects.take, **UNDONE) for state in OPEN),
    *(T("reassign", state, state, manager, GIVE, effects.give) for state in SHOWN),
    *(T("hand_over", state, state, manager_or_admin, GIVE, effects.give, event="reassign") for state in SHOWN),
    *(T("flag", state, state, OWNER, (rules.words_given,), effects.put_before_manager) for state in SHOWN),
    *(
        T("clear_flag", state, state, manager, (rules.is_flagged, rules.words_given), effects.answer_flag)
        for state in STATES
    ),
]
BACK = {(t.dest, t.source): f"undo_{t.trigger}_{t.source}" for t in STEPS if t.undo and t.source != t.dest}
undoing = undoing_of(BACK)
TABLE = [*STEPS, *undoing.rows(STEPS, STATES, owner_or_manager)]

STANDING = {
    ON_HOLD: (rules.hold_stands,),
    CLOSED: (rules.close_reason_chosen,),
    CONVERTED: (rules.deal_stands,),
}

inquiry = Workflow(Lead, STATES, TABLE, STANDING, rules.not_from_here, undoing)


def may_work(lead: Lead, by: User) -> bool:
    return owner_or_manager(Attempt(lead, by, "work"))


@after_log(Lead)
def bring_on(contact: Activity, lead: Lead, by: User) -> None:
    """The step that a contact is."""
    if contact.kind not in CONTACTS:
        return
    trigger = "connect" if contact.connected else "contact"
    if contact.connected or contact.direction == "out":
        if inquiry.leads(lead, trigger):
            inquiry.fire(lead, trigger, by)


@written_by_log(Lead)
def _touched(contact: Activity, lead: Lead, by: User) -> dict:
    """When they were touched and first answered. A wrong number answers nobody, and what they write to us is no answer
    of ours."""
    if contact.kind not in CONTACTS:
        return {}
    fields = {"touched_at": max(contact.at, lead.touched_at) if lead.touched_at else contact.at}
    if contact.direction != "out" or contact.outcome == WRONG:
        return fields
    if lead.first_answered_at and lead.first_answered_at <= contact.at:
        return fields
    minutes = minutes_between(lead.received_at, contact.at, by.timezone)
    return fields | {"first_answered_at": contact.at, "first_answered_by": by, "first_answer_minutes": minutes}
