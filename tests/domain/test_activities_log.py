"""What an entry in the log needs, and whom it may reach (Lead & deal SOP, sections H and J)."""

from datetime import timedelta

import pytest

from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal
from carmanana.records.people import User

from ..cast import NOON, forbidden, refused

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STEP = {"next_step": "Send 3 options", "due_at": NOON + DAY}
CONTACTS = ("call", "voicemail", "email", "text")
CONNECTED = {"connected_needs", "connected_follow_up"}
OUTCOMES = {
    "call": CONNECTED | {"no_answer_vm", "no_answer_no_vm", "wrong"},
    "voicemail": {"no_answer_vm", "vm_drop", "wrong"},
    "email": CONNECTED | {"sent", "wrong"},
    "text": CONNECTED | {"sent", "wrong"},
}
ANY = {"call": "no_answer_vm", "voicemail": "vm_drop", "email": "sent", "text": "sent"}


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent)


def reach_out(cast, deal, kind="call", by=None, **given):
    given = {"direction": "out", "outcome": ANY[kind], "summary": "Asked for the colour"} | STEP | given
    return log(deal, by or cast.agent, kind, given.pop("summary"), **given)


@pytest.mark.parametrize("kind", CONTACTS)
@pytest.mark.parametrize("outcome", [*sorted(set().union(*OUTCOMES.values())), None, "", "won"])
def test_each_kind_of_contact_has_its_own_outcomes(cast, deal, kind, outcome):
    if outcome in OUTCOMES[kind]:
        assert reach_out(cast, deal, kind, outcome=outcome).outcome == outcome
    else:
        with refused("outcome", field="outcome"):
            reach_out(cast, deal, kind, outcome=outcome)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"summary": " "}, "summary", "summary"),
        ({"next_step": " "}, "next_step", "next_step"),
        ({"next_step": None, "due_at": None}, "next_step", "next_step"),
        ({"due_at": None}, "due", "due_at"),
        ({"due_at": NOON}, "due", "due_at"),
        ({"at": NOON + 2 * MINUTE}, "at", "at"),
        ({"direction": None}, "direction", "direction"),
        ({"direction": "sideways"}, "direction", "direction"),
    ],
)
def test_a_contact_without_its_facts_is_refused(cast, deal, given, code, field):
    with refused(code, field=field):
        reach_out(cast, deal, **given)


def test_everything_that_is_missing_is_told_at_once(cast, deal):
    with refused("outcome", "summary", "next_step"):
        log(deal, cast.agent, "call", "", direction="out")


def test_a_contact_is_logged_with_its_next_step(cast, deal):
    call = reach_out(cast, deal, summary=" Wants a hybrid ", objections=" Price ", minutes=7, at=NOON - MINUTE)
    assert (call.customer, call.deal, call.author, call.at, call.minutes) == (
        deal.customer,
        deal,
        cast.agent,
        NOON - MINUTE,
        7,
    )
    assert (call.summary, call.objections, call.outcome) == ("Wants a hybrid", "Price", "no_answer_vm")
    step = Activity.get(Activity.kind == "task")
    assert (step.subject, step.due_at, step.assignee, step.follows, step.done_at) == (
        "Send 3 options",
        NOON + DAY,
        cast.agent,
        call,
        None,
    )
    event = Event.get(Event.verb == "log")
    assert (event.actor_id, event.data) == (
        cast.agent.id,
        {"activity": call.id, "kind": "call", "outcome": "no_answer_vm"},
    )
    assert Deal.get_by_id(deal.id).version == deal.version + 1


def test_a_minute_of_difference_between_clocks_does_not_date_a_call_in_the_future(cast, deal):
    assert reach_out(cast, deal, at=NOON + MINUTE).at == NOON


@pytest.mark.parametrize("kind", CONTACTS)
def test_what_the_client_sends_us_needs_no_outcome_and_no_step(cast, deal, kind):
    inbound = log(deal, cast.agent, kind, "Asked for the ETA", direction="in", outcome="sent")
    assert (inbound.direction, inbound.outcome) == ("in", None)
    assert not Activity.open_steps(deal).exists()


def test_a_note_is_no_contact(cast, deal):
    note = log(deal, cast.agent, "note", "Prefers mornings", direction="out", outcome="sent")
    assert (note.direction, note.outcome) == (None, None)
    with refused("summary", field="summary"):
        log(deal, cast.agent, "note", "")


@pytest.mark.parametrize("kind", ["task", "fax", "", None])
def test_the_log_takes_contacts_and_notes_only(cast, deal, kind):
    with refused("kind", field="kind"):
        log(deal, cast.agent, kind, "Something", direction="out", outcome="sent", **STEP)


@pytest.mark.parametrize("state", ["won", "lost", "cancelled_by_client"])
def test_a_contact_on_an_ended_deal_needs_no_next_step(cast, state):
    deal = cast.in_state(state)
    assert reach_out(cast, deal, next_step=None, due_at=None).deal == deal


@pytest.mark.parametrize("state", ["active", "on_hold"])
def test_a_contact_on_an_open_deal_needs_one(cast, state):
    deal = cast.in_state(state)
    with refused("next_step"):
        reach_out(cast, deal, next_step=None, due_at=None)


# whose deal it is


def test_owner_and_managers_log_and_anyone_who_works_deals_on_one_of_nobody(cast, deal):
    for who in ("agent2", "retention", "cancellations", "compliance", "admin"):
        person = getattr(cast, who)
        with forbidden():
            log(deal, person, "note", "x")
    unowned = cast.deal(None)
    for who in ("retention", "cancellations", "compliance", "admin"):
        person = getattr(cast, who)
        with forbidden():
            log(unowned, person, "note", "x")
    assert log(deal, cast.manager2, "note", "x").author == cast.manager2
    assert log(unowned, cast.agent2, "note", "x").author == cast.agent2


# whom we may reach

CLOSED = {"call": "no_calls", "voicemail": "no_calls", "email": "no_emails", "text": "no_texts"}


@pytest.mark.parametrize("kind", CONTACTS)
@pytest.mark.parametrize("closed", ["no_calls", "no_emails", "no_texts"])
def test_do_not_contact_holds_for_its_channel(cast, deal, kind, closed):
    Customer.update(**{closed: True}).where(Customer.id == deal.customer_id).execute()
    if CLOSED[kind] == closed:
        for by in (cast.agent, cast.manager):
            with refused("do_not_contact", remedies=("deals.flag",)):
                reach_out(cast, deal, kind, by)
    else:
        reach_out(cast, deal, kind)
    assert log(deal, cast.agent, kind, "They reached us", direction="in").direction == "in"


@pytest.mark.parametrize("kind", CONTACTS)
def test_under_review_the_next_contact_is_the_manager(cast, deal, kind):
    """On any deal of the customer, the one under review or another."""
    review = cast.in_state("cancellation_requested")
    Deal.update(customer=review.customer_id).where(Deal.id == deal.id).execute()
    for locked in (review, Deal.get_by_id(deal.id)):
        with refused("locked"):
            reach_out(cast, locked, kind)
        assert log(locked, cast.agent, kind, "They reached us", direction="in").direction == "in"
        assert log(locked, cast.agent, "note", "They sounded angry").kind == "note"
        assert reach_out(cast, locked, kind, cast.manager).author == cast.manager


def test_a_review_that_ended_locks_nobody(cast, deal):
    ended = cast.in_state("cancelled_by_client")
    Deal.update(customer=ended.customer_id).where(Deal.id == deal.id).execute()
    assert reach_out(cast, Deal.get_by_id(deal.id)).kind == "call"


def test_the_customers_wall_clock_is_written_as_its_reader_writes_hours(cast, deal):
    from carmanana.contacting.rules import local_time

    customer = deal.customer
    customer.timezone = "America/Los_Angeles"
    british, american = User(locale="en-GB"), User(locale="en-US")
    assert local_time(customer, british) == "09:00"
    assert local_time(customer, american).split() == ["9:00", "AM"]
    customer.timezone = ""
    assert local_time(customer, british) == ""
    assert clock.now() == NOON


def test_nothing_goes_to_a_number_or_an_address_that_is_not_on_file(cast, deal):
    for model in (CustomerPhone, CustomerEmail):
        model.delete().where(model.customer == deal.customer_id).execute()
    for kind in CONTACTS:
        with refused("no_way"):
            reach_out(cast, deal, kind)
    assert reach_out(cast, deal, "call", outcome="connected_follow_up").connected
    assert log(deal, cast.agent, "email", "Wrote from work", "in").direction == "in"
