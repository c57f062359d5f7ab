"""The power dialer: who is next, what is never offered, and that each call is logged before the next (SOP 1, section
F)."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from carmanana.contacting import wishes
from carmanana.contacting.calling.grounds import may_hear_recordings
from carmanana.contacting.calling.permission import may_contact
from carmanana.contacting.log import log
from carmanana.contacting.scripts import spoken
from carmanana.core import clock
from carmanana.core.db import Stale
from carmanana.core.workflow import Forbidden, Refused
from carmanana.leads import intake
from carmanana.leads.dialing import building, calling
from carmanana.leads.dialing.pool import to_call
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerPhone, Person
from carmanana.records.expiries import Expiry
from carmanana.records.leads import Lead
from carmanana.records.sequences import CallSequence, SequenceCall

from ..cast import refused
from .test_races import at_once

NEXT = {"next_step": "Send 3 options", "due_at": None}


@pytest.fixture
def leads(cast):
    return [cast.lead(cast.agent) for _ in range(3)]


@pytest.fixture
def running(cast, leads):
    sequence = building.prepare(cast.agent, cast.agent, leads, "Wednesday")
    return calling.start(sequence, cast.agent)


def given(**more) -> dict:
    return {
        "summary": "Wants a hybrid",
        "next_step": "Send 3 options",
        "due_at": clock.now() + timedelta(days=2),
    } | more


def dialed(sequence, by) -> SequenceCall:
    return calling.dial(calling.current(sequence, by), by)


def test_a_cancelled_customer_is_offered_about_an_expiry_alone(cast, leads):
    """Whether they were cancelled before the sequence was made, or after; neither is a letter written to them."""
    before, after, renewal = leads
    Customer.update(status="cancelled").where(Customer.id == before.customer_id).execute()
    sequence = building.prepare(cast.agent, cast.agent, leads, "Wednesday")
    gone = (after.customer_id, renewal.customer_id)
    Customer.update(status="cancelled").where(Customer.id.in_(gone)).execute()
    Expiry.create(customer=renewal.customer_id, on=clock.today(), state="lead_made", lead=renewal)
    sequence = calling.start(sequence, cast.agent)
    assert calling.current(sequence, cast.agent).lead == renewal
    codes = {
        one.id: [why.code for why in may_contact(Person.get_by_id(one.person_id), "email", clock.now(), cast.agent)]
        for one in leads
    }
    assert "cancelled" in codes[before.id] and "cancelled" in codes[after.id] and "cancelled" not in codes[renewal.id]


def test_who_is_on_somebodys_screen_is_contacted_by_nobody_else(cast, running):
    call = calling.current(running, cast.agent)
    entry = {"outcome": "connected_follow_up", "next_step": "Send 3 options", "due_at": clock.now() + timedelta(days=2)}
    with pytest.raises(Refused) as refused:
        log(call.lead, cast.manager, "call", "Spoke", "out", **entry)
    assert [refusal.code for refusal in refused.value.refusals] == ["on_screen"]
    assert cast.agent.name in refused.value.refusals[0].sentence
    log(call.lead, cast.manager, "call", "They rang us", "in")
    SequenceCall.update(held_until=clock.now()).where(SequenceCall.id == call.id).execute()
    assert log(call.lead, cast.manager, "call", "Spoke", "out", **entry)


# building


def test_a_lead_stands_in_one_sequence_at_a_time(cast, leads, running):
    with pytest.raises(Refused):
        building.prepare(cast.agent, cast.agent, leads, "Again")
    other = building.prepare(cast.agent, cast.agent, [*leads, cast.lead(cast.agent)], "Again")
    asides = other.calls.where(SequenceCall.standing == "set_aside")
    assert [call.why for call in asides] == ["In the sequence “Wednesday” already"] * 3
    with pytest.raises(IntegrityError):
        SequenceCall.create(sequence=other, lead=leads[0])


def test_a_lead_that_went_to_somebody_else_is_offered_no_more_and_free_for_them(cast, leads, running):
    """Reassigned while it waits, or claimed while it is on the screen; a call that was made is logged first."""
    made, told = dialed(running, cast.agent), {"owner": cast.agent2, "reason": "They know them"}
    with refused("not_logged", remedies=("dialing.show",)):
        inquiry.fire(made.lead, "reassign", cast.manager, **told)
    calling.finish(made, cast.agent, "connected_follow_up", **given())
    for lead in leads:
        inquiry.fire(Lead.get_by_id(lead.id), "reassign", cast.manager, **told)
    assert calling.current(running, cast.agent) is None
    asides = running.calls.where(SequenceCall.standing == "set_aside")
    assert {call.why for call in asides} == {"Thabo Okafor owns this lead"} and len(asides) == 2
    assert {call.lead for call in asides} <= set(to_call(cast.agent2))
    free = cast.lead()
    for person in (cast.agent, cast.manager):
        sequence = calling.start(building.prepare(person, person, [free], "Free"), person)
        offered = calling.current(sequence, person)
        if person == cast.agent:
            inquiry.fire(Lead.get_by_id(free.id), "claim", cast.agent2)
            with pytest.raises(Stale):
                calling.dial(offered, person)
    assert offered, "who may work it calls on"


def test_where_none_can_be_called_it_is_said_why(cast, leads):
    wishes.stop(leads[0].person, cast.agent, ("no_calls",))
    others = [cast.lead(cast.agent2), cast.lead(cast.agent2)]
    with pytest.raises(Refused, match=r"owns this lead \(2\).*asked not to be called"):
        building.prepare(cast.agent, cast.agent, [leads[0], *others], "Nobody")
    assert not CallSequence.select().exists()


def test_what_can_never_be_called_is_set_aside_with_its_reason(cast, leads):
    wrong, stopped, closed = leads
    CustomerPhone.update(wrong_at=clock.now()).where(CustomerPhone.customer == wrong.customer_id).execute()
    wishes.stop(stopped.person, cast.agent, ("no_calls",))
    somebody_elses = cast.lead(cast.agent2)
    good = cast.lead(cast.agent)
    sequence = building.prepare(cast.agent, cast.agent, [wrong, stopped, somebody_elses, good], "Mixed")
    states = {call.lead_id: (call.standing, call.why) for call in sequence.calls}
    assert states[good.id] == ("waiting", "")
    assert states[wrong.id][0] == states[stopped.id][0] == states[somebody_elses.id][0] == "set_aside"
    assert "asked not to be called" in states[stopped.id][1] and "none is valid" in states[wrong.id][1]
    assert "owns this lead" in states[somebody_elses.id][1]


@pytest.mark.parametrize("who", ["compliance", "retention", "cancellations", "admin"])
def test_who_works_no_leads_makes_no_sequence(cast, leads, who):
    with pytest.raises(Forbidden):
        building.prepare(getattr(cast, who), cast.agent, leads, "No")


def test_an_agent_prepares_for_nobody_else_and_a_manager_does(cast, leads):
    with pytest.raises(Forbidden):
        building.prepare(cast.agent, cast.agent2, leads, "For you")
    sequence = building.prepare(cast.manager, cast.agent, leads, "For you", "Start with the oldest", [leads[2].id])
    calling.start(sequence, cast.agent)
    assert calling.current(sequence, cast.agent).lead == leads[2], "pinned to the top"


# who is next


def test_due_callbacks_come_first_then_new_ones(cast):
    old = cast.lead_in("working", cast.agent)
    Lead.update(received_at=clock.now() - timedelta(days=9)).where(Lead.id == old.id).execute()
    new, callback = cast.lead(cast.agent), cast.lead(cast.agent)
    Activity.create(
        customer=callback.customer,
        lead=callback,
        kind="task",
        subject="Call back",
        due_at=clock.now() - timedelta(minutes=5),
        assignee=cast.agent,
    )
    with clock.set_to(clock.now() + timedelta(hours=2)):
        sequence = calling.start(building.prepare(cast.agent, cast.agent, [old, new, callback], "Order"), cast.agent)
        order = []
        while call := calling.current(sequence, cast.agent):
            order.append(call.lead)
            calling.skip(call, cast.agent, "just looking")
    assert order == [callback, new, old]


def test_outside_the_hours_nobody_is_offered_and_they_come_back_by_themselves(cast, running):
    night = clock.now().replace(hour=4)  # 23:00 in New York
    with clock.set_to(night + timedelta(days=1)):
        assert calling.current(running, cast.agent) is None
        waits = list(running.calls)
        assert all(call.standing == "waiting" and "outside the permitted hours" in call.why for call in waits)
        opens = min(call.until for call in waits)
    with clock.set_to(opens + timedelta(minutes=1)):
        assert calling.current(running, cast.agent) is not None


# one at a time


def test_a_call_is_logged_before_the_next_is_dialed(cast, running):
    call = dialed(running, cast.agent)
    assert calling.current(running, cast.agent) == call
    other = building.prepare(cast.agent, cast.agent, [cast.lead(cast.agent)], "Other")
    calling.start(other, cast.agent)
    with pytest.raises(Refused) as refused:
        calling.dial(calling.current(other, cast.agent), cast.agent)
    assert refused.value.refusals[0].code == "not_logged"
    with pytest.raises(Refused):
        building.end(running, cast.agent)
    done = calling.finish(call, cast.agent, "connected_follow_up", **given())
    assert done.standing == "done" and done.activity.summary == "Wants a hybrid"
    assert Lead.get_by_id(call.lead_id).state == "connected"
    assert calling.current(running, cast.agent).lead != call.lead


def test_nothing_is_logged_that_was_not_dialed(cast, running):
    with pytest.raises(Refused):
        calling.finish(calling.current(running, cast.agent), cast.agent, "no_answer_no_vm", **given())


@pytest.mark.parametrize(
    ("outcome", "summary"),
    [
        ("no_answer_vm", "No answer. Left a voicemail."),
        ("no_answer_no_vm", "No answer."),
        ("wrong", "The number is wrong."),
    ],
)
def test_for_no_answer_the_summary_is_filled_in(cast, running, outcome, summary):
    done = calling.finish(dialed(running, cast.agent), cast.agent, outcome, **given(summary=""))
    assert done.activity.summary == summary


def test_what_is_missing_is_refused_and_the_call_stays(cast, running):
    call = dialed(running, cast.agent)
    with pytest.raises(Refused) as refused:
        calling.finish(call, cast.agent, "connected_follow_up", summary="", next_step="", due_at=None)
    assert {refusal.field for refusal in refused.value.refusals} == {"summary", "next_step"}
    assert SequenceCall.get_by_id(call.id).standing == "dialed"


def test_asked_not_to_be_called_counts_at_once(cast, running):
    call = dialed(running, cast.agent)
    calling.finish(call, cast.agent, "asked_not")
    lead = Lead.get_by_id(call.lead_id)
    assert Person.get_by_id(lead.person_id).no_calls and (lead.state, lead.close_reason) == ("closed", "do_not_contact")
    assert wishes.forbids_value(lead.person.phones.get().e164, "call")


def test_the_same_call_is_logged_once(cast, running):
    call = dialed(running, cast.agent)
    calling.finish(call, cast.agent, "no_answer_no_vm", version=call.version, **given())
    with pytest.raises(Stale):
        calling.finish(call, cast.agent, "no_answer_no_vm", version=call.version, **given())


def test_paused_here_it_goes_on_there_as_it_was_left(cast, running):
    call = dialed(running, cast.agent)
    calling.keep_draft(call, cast.agent, summary="Wants a hy", outcome="connected_follow_up")
    calling.pause(running, cast.agent)
    assert calling.current(CallSequence.get_by_id(running.id), cast.agent) == call
    calling.start(running, cast.agent)
    again = calling.current(running, cast.agent)
    assert again == call and again.draft["summary"] == "Wants a hy" and again.dialed


def test_somebody_elses_sequence_is_not_theirs(cast, running):
    with pytest.raises(Forbidden):
        calling.current(running, cast.agent2)


def test_an_unowned_lead_becomes_theirs_with_the_dial(cast):
    lead = cast.lead()
    sequence = calling.start(building.prepare(cast.agent, cast.agent, [lead], "Unowned"), cast.agent)
    dialed(sequence, cast.agent)
    assert Lead.get_by_id(lead.id).owner == cast.agent


def test_fifty_at_once_put_a_lead_into_one_sequence(cast, leads):
    agent = cast.agent
    found = at_once(
        *(lambda number=number: building.prepare(agent, agent, leads, f"Race {number}") for number in range(50))
    )
    lost = [one for one in found if isinstance(one, (Refused, IntegrityError))]
    made = [one for one in found if not isinstance(one, Exception)]
    assert (len(lost), len(made)) == (49, 1)


def test_what_a_law_asks_to_be_said_wins_over_the_language(cast):
    says = {
        (region, speaks): spoken.lines("lead_disclosure", speaks, region, me="Marta")[0].title
        for region in ("US-WA", "US-NM")
        for speaks in ("Spanish", "French", "")
    }
    english = "Washington: say it within 30 seconds"
    assert says["US-WA", ""] == says["US-WA", "French"] == english
    assert says["US-WA", "Spanish"] == "Washington: dígalo en los primeros 30 segundos"
    assert [says["US-NM", one] for one in ("Spanish", "French", "")] == [
        "Motivo de la llamada",
        "Objet de l’appel",
        "Purpose of the call",
    ]


def test_a_recording_is_dropped_only_where_they_agreed_to_recordings(cast, running):
    call = dialed(running, cast.agent)
    person = call.lead.person
    intake.agree(person, cast.agent, {"call"}, "You may call me.", "phone")
    with pytest.raises(Refused) as refused:
        calling.finish(call, cast.agent, "vm_drop", **given(summary=""))
    assert [refusal.code for refusal in refused.value.refusals] == ["consent"]
    agreed = intake.agree(person, cast.agent, {"call"}, "You may leave recordings.", "phone", "recorded_voicemail")
    done = calling.finish(call, cast.agent, "vm_drop", **given(summary=""))
    assert (done.activity.kind, done.activity.outcome) == ("voicemail", "vm_drop")
    intake.withdraw(agreed, "No more recordings.", cast.agent)
    assert not may_hear_recordings(person, clock.now())
