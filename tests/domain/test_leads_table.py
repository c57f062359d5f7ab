"""Every state × trigger × role of the lead machine: what leads where, and who may (domain 6)."""

from datetime import timedelta
from itertools import product

import pytest

from carmanana.contacting import steps_back
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.leads.lifecycle import BACK, inquiry, undoing
from carmanana.records.lead_codes import STATES
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification

from ..cast import Cast

OPEN = ("new", "working", "connected", "assessed", "on_hold")
WORKED = OPEN[:4]
TABLE = {
    "contact": {"new": "working"},
    "connect": {"new": "connected", "working": "connected"},
    "assess": {"connected": "assessed"},
    "hold": dict.fromkeys(WORKED, "on_hold"),
    "extend_hold": {"on_hold": "on_hold"},
    "resume_connected": {"on_hold": "connected"},
    "close": dict.fromkeys(OPEN, "closed"),
    "convert": {"assessed": "converted"},
    "undo_convert": {"converted": "assessed"},
    "reopen": {"closed": "working"},
    "claim": {state: state for state in OPEN},
    "reassign": {state: state for state in (*OPEN, "closed")},
    "hand_over": {state: state for state in (*OPEN, "closed")},
    "flag": {state: state for state in (*OPEN, "closed")},
    "clear_flag": {state: state for state in STATES},
}
ANYBODY_WHO_WORKS = {"claim"}
MANAGERS = {"reopen", "reassign", "hand_over", "clear_flag"}
ADMINS_TOO = {"hand_over"}


def given_for(cast, trigger: str) -> dict:
    return {
        "hold": cast.hold_given(),
        "extend_hold": cast.hold_given(),
        "resume_connected": {"next_step": "Call", "due_at": cast.convert_given()["due_at"]},
        "close": {"close_reason": "duplicate"},
        "convert": cast.convert_given(),
        "reassign": {"owner": cast.agent2, "reason": "Speaks Polish"},
        "hand_over": {"owner": cast.agent2, "reason": "Leaves"},
    }.get(trigger, {"reason": "Called back after all"})


def ready(cast, state: str, trigger: str) -> Lead:
    """A lead in a state in which nothing but the table and the role decides."""
    lead = cast.lead_in(state)
    if trigger in ("contact", "connect", "hold", "extend_hold") and state in ("new", "working"):
        cast.called(lead)
        Lead.update(state=state).where(Lead.id == lead.id).execute()
    if trigger == "assess" and state == "connected":
        cast.wants(lead)
    if trigger == "claim":
        Lead.update(owner=None).where(Lead.id == lead.id).execute()
    if trigger == "clear_flag":
        Lead.update(flagged_at=clock.now(), flagged_by=cast.agent).where(Lead.id == lead.id).execute()
    return Lead.get_by_id(lead.id)


def may(trigger: str, role: str) -> bool:
    if trigger in MANAGERS:
        return role in ("manager", "manager2") + (("admin",) if trigger in ADMINS_TOO else ())
    return role in ("manager", "manager2", "agent") + (("agent2",) if trigger in ANYBODY_WHO_WORKS else ())


def test_the_table(cast):
    wrong = {}
    for state, trigger in product(STATES, TABLE):
        lead, given = ready(cast, state, trigger), given_for(cast, trigger)
        for role in Cast.ROLES:
            with database.atomic() as attempt:
                came = tried(lead, trigger, getattr(cast, role), given)
                attempt.rollback()
            if came != told(state, trigger, role):
                wrong[state, trigger, role] = came
    assert wrong == {}


def told(state: str, trigger: str, role: str):
    return Refused if state not in TABLE[trigger] else TABLE[trigger][state] if may(trigger, role) else Forbidden


def tried(lead, trigger: str, by, given: dict):
    """The state that it is in then, or what the step runs into."""
    try:
        return inquiry.fire(Lead.get_by_id(lead.id), trigger, by, **given).state
    except (Refused, Forbidden) as error:
        return type(error)


def test_no_trigger_is_forgotten():
    beside = {"resume", "resume_new", "resume_assessed", "undo", *BACK.values()}
    assert set(inquiry.triggers) - beside == TABLE.keys()


def test_whoever_took_a_step_takes_it_back_and_all_stands_as_it_stood(cast):
    wrong = {}
    steps = [(state, "hold") for state in WORKED] + [(state, "close") for state in OPEN] + [(s, "claim") for s in OPEN]
    for state, trigger in [
        *steps,
        ("on_hold", "extend_hold"),
        ("on_hold", "resume_connected"),
        ("connected", "assess"),
    ]:
        lead = ready(cast, state, trigger)
        before = stands(lead)
        after = inquiry.fire(lead, trigger, cast.agent, **given_for(cast, trigger))
        others = [tried(lead, undoing.trigger(after), by, {}) for by in (cast.agent2, cast.manager)]
        back = tried(lead, undoing.trigger(after), cast.agent, {})
        if (back, stands(Lead.get_by_id(lead.id)), others) != (state, before, [Forbidden, Forbidden]):
            wrong[state, trigger] = back, others
    assert wrong == {}


def stands(lead: Lead) -> tuple:
    """All of it but when it changed, and its open steps."""
    told = {name: value for name, value in lead.__data__.items() if name not in ("version", "state_since")}
    return told, steps_back.standing(lead)


def test_only_the_last_step_is_taken_back_and_no_wish_of_theirs(cast):
    lead = inquiry.fire(cast.lead_in("connected"), "hold", cast.agent, **cast.hold_given())
    told = Notification.select().where(Notification.user == cast.manager).count()
    assert tried(lead, undoing.trigger(lead), cast.agent, {}) == "connected"
    assert Notification.select().where(Notification.user == cast.manager).count() == told + 1
    assert tried(lead, "undo", cast.agent, {}) is Refused
    asked = inquiry.fire(cast.lead_in("connected"), "close", cast.agent, close_reason="do_not_contact")
    assert undoing.taken_by(asked, cast.agent) is None
    assert tried(asked, undoing.trigger(asked), cast.agent, {}) is Refused and Lead.get_by_id(asked.id).person.no_calls
    late = inquiry.fire(cast.lead_in("connected"), "close", cast.agent, close_reason="duplicate")
    with clock.set_to(clock.now() + timedelta(days=1, minutes=1)):
        assert tried(late, "undo_close_connected", cast.agent, {}) is Refused


@pytest.mark.parametrize("state", WORKED)
def test_what_waited_goes_back_to_where_it_was(cast, state):
    lead = ready(cast, state, "hold")
    lead = inquiry.fire(lead, "hold", cast.agent, **cast.hold_given())
    trigger = "resume" if state == "working" else f"resume_{state}"
    others = {"resume", "resume_new", "resume_connected", "resume_assessed"} - {trigger}
    assert inquiry.permits(lead, trigger, cast.agent) and not any(
        inquiry.permits(lead, other, cast.agent) for other in others
    )
    lead = inquiry.fire(lead, trigger, cast.agent, **given_for(cast, "resume_connected"))
    assert (lead.state, lead.follow_up_on, lead.held_from) == (state, None, None)
