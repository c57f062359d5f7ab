"""How a lead stands (SOP 1, section I)."""

from datetime import datetime

from carmanana.records.lead_codes import CLOSED, CONVERTED, ON_HOLD, WORKED
from carmanana.records.leads import Lead
from carmanana.records.sequences import DIALED, OFFERED, SequenceCall
from carmanana.schema.sqlite import literally, unindexed
from carmanana.today.standings import (
    LEAD_DUE,
    Clock,
    Standing,
    given_lately,
    idle_since,
    nobodys,
    owned,
    waits_for_a_review,
    without_step,
)


def _open_lead(*states: str):
    return literally(Lead.state, *states) & ~waits_for_a_review(Lead)


def unlogged(until: datetime):
    """Called from a sequence, and nothing was logged."""
    call = SequenceCall
    dialed = call.select(call.lead).where(
        literally(call.standing, OFFERED, DIALED), call.dialed_at.is_null(False), call.dialed_at < until
    )
    return Lead.id.in_(dialed)


def _new_lead(at: Clock):
    return (Lead.created_at >= at.fine_since) & Lead.touched_at.is_null()


def _called_and_not_logged(at: Clock):
    return unlogged(at.logged_until)


def _lead_of_somebody(*states: str):
    return _open_lead(*states) & owned(Lead)


LEADS = (
    Standing(
        "unowned",
        "No owner for a day",
        lambda at: (
            nobodys(Lead, *WORKED, ON_HOLD)
            & ~waits_for_a_review(Lead)
            & (Lead.created_at < at.fine_since)
            & ~_called_and_not_logged(at)
        ),
        True,
        ("Claim", "claim"),
        Lead.received_at,
        (*WORKED, ON_HOLD),
    ),
    Standing(
        "unlogged",
        "Called, nothing logged",
        lambda at: (
            literally(unindexed(Lead.state), *WORKED, ON_HOLD) & ~waits_for_a_review(Lead) & _called_and_not_logged(at)
        ),
        True,
        ("Log it", "contact"),
        Lead.received_at,
        few=True,
    ),
    Standing(
        "no_step",
        "No next step",
        lambda at: (
            _open_lead(*WORKED)
            & without_step(Lead, LEAD_DUE)
            & ~_new_lead(at)
            & ~given_lately(Lead, at)
            & ~_called_and_not_logged(at)
        ),
        True,
        ("Set it", "new_step"),
        idle_since(Lead),
        WORKED,
    ),
    Standing(
        "step_late",
        "Next step more than a week overdue",
        lambda at: (
            _lead_of_somebody(*WORKED) & (LEAD_DUE < at.late) & ~given_lately(Lead, at) & ~_called_and_not_logged(at)
        ),
        True,
        ("Log a call", "contact"),
        LEAD_DUE,
        WORKED,
    ),
    Standing(
        "hold_late",
        "Hold more than a week past its date",
        lambda at: (
            _lead_of_somebody(ON_HOLD)
            & (Lead.follow_up_on < at.late_day)
            & ~given_lately(Lead, at)
            & ~_called_and_not_logged(at)
        ),
        True,
        ("Resume", "resume"),
        Lead.follow_up_on,
    ),
    Standing(
        "worked",
        "Worked: an owner and a next step",
        lambda at: _lead_of_somebody(*WORKED) & (LEAD_DUE >= at.late) & ~_called_and_not_logged(at),
    ),
    Standing(
        "held",
        "On hold, with reason and date",
        lambda at: _lead_of_somebody(ON_HOLD) & (Lead.follow_up_on >= at.late_day) & ~_called_and_not_logged(at),
    ),
    Standing("converted", "Became a deal", lambda at: Lead.state == CONVERTED),
    Standing("closed", "Closed", lambda at: Lead.state == CLOSED),
    Standing(
        "waits",
        "An order of the customer’s is under review",
        lambda at: literally(Lead.state, *WORKED, ON_HOLD) & waits_for_a_review(Lead),
    ),
    Standing(
        "reassigned",
        "Reassigned since the last business day",
        lambda at: (
            (
                (_lead_of_somebody(*WORKED) & ((LEAD_DUE.is_null() & ~_new_lead(at)) | (LEAD_DUE < at.late)))
                | (_lead_of_somebody(ON_HOLD) & (Lead.follow_up_on < at.late_day))
            )
            & given_lately(Lead, at)
            & ~_called_and_not_logged(at)
        ),
    ),
    Standing(
        "arrived",
        "New",
        lambda at: (
            (
                (nobodys(Lead, *WORKED, ON_HOLD) & ~waits_for_a_review(Lead) & (Lead.created_at >= at.fine_since))
                | (_lead_of_somebody(*WORKED) & LEAD_DUE.is_null() & _new_lead(at))
            )
            & ~_called_and_not_logged(at)
        ),
    ),
)
