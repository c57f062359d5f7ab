"""Cases of customers: the whole table, the clock that stands, the conversation, the checklist and who hears of it."""

from datetime import timedelta

import pytest

from carmanana.cases import checklist, finding, opening, sla, watching
from carmanana.cases.escalating import escalate_late
from carmanana.cases.lifecycle import casework
from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.core.undo import UndoStep
from carmanana.core.workflow import Forbidden, Refused
from carmanana.customers import contact
from carmanana.records.activities import Activity
from carmanana.records.customer_cases import CLOSED, OPEN, STATES, CaseTerms, CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import LOSING
from carmanana.records.notifications import Notification

from ..cast import NOON, Cast, refused

WAYS = {
    "open": (("accept", {}),),
    "in_progress": (("start", {}),),
    "waiting": (("wait", {"waiting_on": "customer", "waiting_for": "Their papers"}),),
    "completed": (("complete", {"resolution": "New key sent"}),),
    "incomplete": (("mark_incomplete", {"resolution": "Never told us more"}),),
    "wont_fix": (("refuse", {"resolution": "Wear and tear"}),),
}
TABLE = {
    "accept": {"new": "open"},
    "start": {"new": "in_progress", "open": "in_progress"},
    "wait": dict.fromkeys(OPEN, "waiting"),
    "go_on": {"waiting": "in_progress"},
    "complete": dict.fromkeys(OPEN, "completed"),
    "mark_duplicate": dict.fromkeys(OPEN, "duplicate"),
    "mark_incomplete": dict.fromkeys(OPEN, "incomplete"),
    "refuse": dict.fromkeys(OPEN, "wont_fix"),
    "reopen": dict.fromkeys(CLOSED, "open"),
    "assign": {state: state for state in OPEN},
    "edit": {state: state for state in OPEN},
}


@pytest.fixture
def customer(cast) -> Customer:
    """Marta's, who is on the agent's desk."""
    return contact.enter(cast.agent, "María Gutiérrez", ["+1 305 555 0100"], ["maria@example.com"])


@pytest.fixture
def case(cast, customer) -> CustomerCase:
    return opening.enter(customer, cast.agent, "Second key is missing", "They were promised two.")


def fresh(case: CustomerCase) -> CustomerCase:
    return CustomerCase.get_by_id(case.id)


def given_for(cast, original: CustomerCase) -> dict[str, dict]:
    return {
        "wait": {"waiting_on": "supplier", "waiting_for": "The key maker"},
        "mark_duplicate": {"duplicate_of": str(original.id)},
        "reopen": {"reason": "It came back"},
        "assign": {"assignee": cast.manager2},
        "edit": {"subject": "Both keys", "priority": "high"},
    } | {trigger: {"resolution": "Done"} for trigger in ("complete", "mark_incomplete", "refuse")}


def in_state(cast, state: str, original: CustomerCase) -> CustomerCase:
    case = opening.enter(original.customer, cast.agent, f"A case that is {state}")
    way = (("mark_duplicate", {"duplicate_of": original}),) if state == "duplicate" else WAYS.get(state, ())
    for trigger, given in way:
        casework.fire(case, trigger, cast.manager, **given)
    return fresh(case)


def test_every_state_trigger_and_role(cast, customer, case):
    """The customer's owner and managers; who cancels customers only while theirs is pending; nobody else."""
    failures, given = [], given_for(cast, case)
    for state in STATES:
        for trigger, ways in TABLE.items():
            one = in_state(cast, state, case)
            for role in Cast.ROLES:
                by, works = getattr(cast, role), role in ("agent", "manager", "manager2")
                told = casework.permits(one, trigger, by)
                if told != (works and state in ways):
                    failures.append((state, trigger, role, told))
            if state not in ways:
                try:
                    casework.fire(one, trigger, cast.manager, **given.get(trigger, {}))
                    failures.append((state, trigger, "was taken"))
                except Refused:
                    pass
            elif (became := casework.fire(one, trigger, cast.agent, **given.get(trigger, {})).state) != ways[state]:
                failures.append((state, trigger, became))
    assert failures == []
    assert set(casework.triggers) - set(TABLE) == {t for t in casework.triggers if t.startswith("undo")}


def test_who_cancels_customers_works_on_cases_while_it_is_pending(cast, customer, case):
    tidying = (cast.cancellations, cast.admin)
    assert not any(casework.permits(case, "start", by) for by in tidying)
    Customer.update(status="pending_cancellation").where(Customer.id == customer.id).execute()
    case = CustomerCase.get_by_id(case.id)
    assert all(casework.permits(case, "start", by) for by in tidying)
    assert casework.fire(case, "complete", cast.admin, resolution="Settled").state == "completed"


@pytest.mark.parametrize(
    "trigger, given, code",
    [
        ("wait", {"waiting_on": "nobody", "waiting_for": "x"}, "waiting_on"),
        ("wait", {"waiting_on": "us", "waiting_for": " "}, "waiting_for"),
        ("complete", {"resolution": ""}, "resolution"),
        ("mark_duplicate", {"duplicate_of": "999999"}, "duplicate_of"),
        ("edit", {"subject": "", "priority": "high"}, "subject"),
        ("edit", {"subject": "x", "priority": "whenever"}, "priority"),
        ("assign", {"assignee": None}, "assignee"),
    ],
)
def test_what_refuses_a_step(cast, case, trigger, given, code):
    with refused(code):
        casework.fire(case, trigger, cast.agent, **given)
    assert fresh(case).state == "new"


def test_no_case_repeats_itself_or_one_of_somebody_else(cast, case):
    other = opening.enter(cast.client("Ana Lima"), cast.manager, "Another’s")
    for original in (case.id, other.id):
        with refused("duplicate_of"):
            casework.fire(case, "mark_duplicate", cast.agent, duplicate_of=str(original))


def test_the_clock_stands_while_it_waits_on_others(cast, case):
    """Normal: 27 business hours, of nine a day. What was left goes on counting, by the same calendar."""
    start = case.due_at
    with clock.set_to(NOON + timedelta(hours=2)):
        left = sla.minutes_left(case, clock.now())
        waits = casework.fire(case, "wait", cast.agent, waiting_on="customer", waiting_for="Papers")
        assert waits.due_at is None and waits.minutes_left == left and waits.clock_stands
    with clock.set_to(NOON + timedelta(days=30)):
        on = casework.fire(fresh(case), "wait", cast.agent, waiting_on="us", waiting_for="A decision")
        assert on.due_at > start + timedelta(days=28) and on.minutes_left is None
        assert sla.minutes_left(on, clock.now()) == left
        gone_on = casework.fire(fresh(case), "go_on", cast.agent)
        assert gone_on.due_at == on.due_at and gone_on.waiting_on is None


def test_another_priority_keeps_what_is_used_up(cast, case):
    with clock.set_to(NOON + timedelta(hours=1)):
        now = clock.now()
        used = CaseTerms.now().minutes("normal") - sla.minutes_left(case, now)
        low = casework.fire(case, "edit", cast.agent, subject=case.subject, priority="low")
        assert sla.minutes_left(low, now) == CaseTerms.now().minutes("low") - used
        urgent = casework.fire(low, "edit", cast.agent, subject=case.subject, priority="urgent")
        assert sla.minutes_left(urgent, now) == CaseTerms.now().minutes("urgent") - used


def test_what_is_reopened_has_all_its_time_again(cast, case):
    casework.fire(case, "complete", cast.agent, resolution="Sent")
    with clock.set_to(NOON + timedelta(days=60)):
        again = casework.fire(fresh(case), "reopen", cast.agent, reason="It never came")
        assert again.times_reopened == 1 and again.closed_at is None and again.resolution == ""
        assert sla.minutes_left(again, clock.now()) == CaseTerms.now().minutes("normal")


def test_who_took_a_step_takes_it_back_with_the_clock(cast, case):
    due = case.due_at
    casework.fire(case, "wait", cast.agent, waiting_on="customer", waiting_for="Papers")
    step = UndoStep.last(fresh(case))
    back = casework.fire(fresh(case), casework.undoing.trigger(fresh(case), step), cast.agent)
    assert (back.state, back.due_at, back.minutes_left) == ("new", due, None)


def test_each_step_goes_back_to_the_state_that_it_left(cast, case):
    failures, given = [], given_for(cast, case)
    for trigger, ways in TABLE.items():
        for state in ways:
            if not casework.table[trigger, state].undo:
                continue
            one = in_state(cast, state, case)
            casework.fire(one, trigger, cast.agent, **given.get(trigger, {}))
            back = casework.fire(fresh(one), casework.undoing.trigger(fresh(one)), cast.agent)
            if (back.state, back.due_at) != (state, one.due_at):
                failures.append((trigger, state, back.state))
    assert failures == []


def test_a_case_is_completed_once_its_checklist_is_done(cast, case):
    line = checklist.add(case, "Order a key", cast.agent)
    with refused("checklist"):
        casework.fire(case, "complete", cast.agent, resolution="Done")
    with pytest.raises(Forbidden):
        checklist.tick(case, line, True, cast.agent2)
    checklist.tick(case, line, True, cast.agent)
    assert casework.fire(case, "complete", cast.agent, resolution="Done").state == "completed"
    with refused("closed"):
        checklist.add(case, "One more", cast.agent)


def test_what_is_said_is_in_the_one_log_and_the_lock_holds(cast, customer, case):
    step = {"next_step": "Call back", "due_at": clock.now() + timedelta(days=1)}
    with refused("next_step"):
        log(case, cast.agent, "call", "Asked for papers", "out", outcome="connected_follow_up")
    entry = log(case, cast.agent, "call", "Asked for papers", "out", outcome="connected_follow_up", **step)
    assert entry.case == case and entry.customer == customer
    assert Activity.next_step(fresh(case)).assignee == cast.agent
    theirs = cast.in_state(LOSING).customer_id
    Customer.update(owner=cast.agent).where(Customer.id == theirs).execute()
    locked = opening.enter(Customer.get_by_id(theirs), cast.agent, "Where is it?")
    with refused("locked"):
        log(locked, cast.agent, "call", "Asked", "out", outcome="connected_follow_up", **step)
    with pytest.raises(Forbidden):
        log(case, cast.agent2, "note", "Not mine")


def test_what_the_customer_answers_ends_the_wait_on_them(cast, case):
    casework.fire(case, "wait", cast.agent, waiting_on="customer", waiting_for="Papers")
    log(fresh(case), cast.agent, "email", "Here they are", "in")
    assert fresh(case).state == "in_progress" and fresh(case).due_at is not None


def test_watchers_hear_of_each_step_and_see_the_case(cast, case):
    assert case not in finding.visible_to(cast.agent2)
    watching.watch(case, cast.agent2, cast.manager)
    assert case in finding.visible_to(cast.agent2)
    casework.fire(case, "complete", cast.manager, resolution="Done")
    told = Notification.select().where(Notification.case == case, Notification.text.contains("closed: completed"))
    assert {one.user for one in told} == {cast.agent, cast.agent2}
    with pytest.raises(Forbidden):
        watching.watch(case, cast.retention, cast.agent2)


def test_what_is_late_is_told_once(cast, case):
    with clock.set_to(NOON + timedelta(days=10)):
        assert [escalate_late(clock.now()) for _ in range(2)] == [1, 0]
    told = Notification.select().where(Notification.text.contains("is overdue"))
    assert {one.user for one in told} == {cast.agent, cast.manager}


def test_only_who_leads_people_sets_how_long_cases_take(cast):
    minutes = {f"{name}_minutes": 60 for name in ("low", "normal", "high", "urgent")}
    with pytest.raises(Forbidden):
        sla.set_terms(cast.agent, 1, **minutes)
    with refused("minutes"):
        sla.set_terms(cast.manager, 1, **minutes | {"low_minutes": 1})
    assert sla.set_terms(cast.manager, 1, **minutes).minutes("low") == 60
    assert CaseTerms.get_by_id(1).version == 2
