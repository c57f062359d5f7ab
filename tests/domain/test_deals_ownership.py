"""Claiming, reassigning and flagging (Lead & deal SOP, section E)."""

from datetime import UTC, datetime, timedelta

import pytest

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale
from carmanana.deals.ownership import claim, clear_flag, flag, reassign
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import User

from ..cast import NOON, everything, forbidden, refused
from .test_deals_table import STATES

DAY = timedelta(days=1)


@pytest.fixture
def unowned(cast):
    return cast.deal(None)


# claiming

CLAIMABLE = {
    "active": None,
    "on_hold": None,
    "cancellation_requested": "under_review",
    "won": "not_open",
    "cancelled_by_client": "not_open",
    "lost": "not_open",
}


@pytest.mark.parametrize("owner", ["nobody", "house"])
@pytest.mark.parametrize("state", STATES)
def test_an_open_deal_of_nobody_is_claimed_by_who_works_deals(cast, state, owner):
    deal = cast.given_to(cast.in_state(state), None if owner == "nobody" else cast.house)
    for who in ("retention", "cancellations", "compliance", "admin"):
        person = getattr(cast, who)
        with refused(CLAIMABLE[state]) if CLAIMABLE[state] else forbidden():
            claim(deal, person)
    if CLAIMABLE[state] is None:
        claimed = claim(deal, cast.agent2)
        assert (claimed.owner, claimed.state, claimed.version) == (cast.agent2, state, deal.version + 1)
        assert Event.get(Event.verb == "claim").actor_id == cast.agent2.id
    else:
        with refused(CLAIMABLE[state]):
            claim(deal, cast.agent2)


@pytest.mark.parametrize(
    ("who", "code", "said"),
    [
        ("agent", "yours", "yours already"),
        ("agent2", "taken", "Marta Sandoval"),
        ("manager", "taken", "Marta Sandoval"),
    ],
)
def test_a_taken_deal_is_not_taken_again(cast, unowned, who, code, said):
    claim(unowned, cast.agent)
    person = getattr(cast, who)
    with refused(code) as caught:
        claim(unowned, person)
    assert said in caught.value.refusals[0].sentence


def local(text, zone="America/New_York"):
    return clock.from_local(datetime.fromisoformat(text), zone)


@pytest.mark.parametrize(
    ("claimed", "due"),
    [
        ("2026-11-18T09:00", "2026-11-18T18:00"),  # Wednesday
        ("2026-11-18T17:59", "2026-11-18T18:00"),
        ("2026-11-18T18:00", "2026-11-19T18:00"),
        ("2026-11-20T18:30", "2026-11-21T16:00"),  # Friday evening: Saturday
        ("2026-11-21T10:00", "2026-11-21T16:00"),
        ("2026-11-22T23:59", "2026-11-23T18:00"),
        ("2026-11-23T00:00", "2026-11-23T18:00"),
        ("2026-10-31T18:30", "2026-11-02T18:00"),  # summer time ends on that Sunday
        ("2026-03-07T18:30", "2026-03-09T18:00"),  # and begins on this one
    ],
)
def test_first_contact_is_due_the_same_business_day(cast, unowned, claimed, due):
    with clock.set_to(local(claimed)):
        claim(unowned, cast.agent)
    task = Activity.get(Activity.subject == "First contact")
    assert (task.due_at, task.assignee, task.deal) == (local(due), cast.agent, unowned)


def test_the_business_day_is_the_claimers_own(cast, unowned):
    User.update(timezone="America/Los_Angeles").where(User.id == cast.agent.id).execute()
    with clock.set_to(datetime(2026, 11, 21, 0, 0, tzinfo=UTC)):  # Friday 19:00 in New York, 16:00 in Los Angeles
        claim(unowned, cast.agent)
    assert Activity.get(Activity.subject == "First contact").due_at == datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def test_open_steps_go_with_the_deal(cast, unowned):
    open_step = add_step(unowned, cast.manager, "Send 3 options", NOON + DAY)
    claim(unowned, cast.agent)
    assert Activity.get_by_id(open_step.id).assignee == cast.agent
    reassign(unowned, cast.agent2, "Speaks Zulu", cast.manager)
    assert {step.assignee for step in Activity.open_steps(unowned)} == {cast.agent2}


# reassigning


@pytest.mark.parametrize("state", STATES)
def test_a_manager_gives_a_deal_in_any_state_to_somebody_else(cast, state):
    deal = cast.in_state(state)
    for who in ("agent", "agent2", "retention", "compliance", "admin"):
        person = getattr(cast, who)
        with forbidden():
            reassign(deal, cast.agent2, "Speaks Zulu", person)
    given = reassign(deal, cast.agent2, " Speaks Zulu ", cast.manager, deal.version)
    assert (given.owner, given.state, given.version) == (cast.agent2, state, deal.version + 1)
    assert Event.get(Event.verb == "reassign").data == {"owner": cast.agent2.id, "was_owner": cast.agent.id}
    note = Activity.select().where(Activity.deal == deal, Activity.kind == "note").order_by(Activity.id.desc()).first()
    assert (note.subject, note.summary) == ("Reassigned to Thabo Okafor", "Speaks Zulu")
    assert Notification.select().where(Notification.user == cast.agent2, Notification.deal == deal).count() == 1


def first_contacts(deal):
    return Activity.select().where(Activity.deal == deal, Activity.subject == "First contact")


def test_a_deal_under_cancellation_is_assigned_by_a_manager(cast):
    deal = cast.given_to(cast.in_state("cancellation_requested"), None)
    assert reassign(deal, cast.agent2, "Was swept", cast.manager).owner == cast.agent2
    assert not first_contacts(deal), "it is the reviewer who makes the next contact"


@pytest.mark.parametrize("owner", [None, "house"])
def test_whoever_is_given_a_deal_of_nobody_makes_the_first_contact(cast, unowned, owner):
    deal = cast.given_to(unowned, owner and cast.house)
    with clock.set_to(local("2026-11-20T18:30")):  # Friday evening: Saturday
        reassign(deal, cast.agent2, "Was swept", cast.manager)
    task = first_contacts(deal).get()
    assert (task.due_at, task.assignee, task.author) == (local("2026-11-21T16:00"), cast.agent2, cast.manager)
    reassign(deal, cast.agent, "Is back", cast.manager)
    assert first_contacts(deal).get().assignee == cast.agent, "which stays one, and goes with it"


@pytest.mark.parametrize("who", ["nobody", "house", "retention", "compliance", "gone"])
def test_a_deal_goes_only_to_somebody_who_is_here_and_works_deals(cast, who):
    deal = cast.deal(cast.agent)
    User.update(deactivated_at=NOON).where(User.id == cast.agent2.id).execute()
    owner = None if who == "nobody" else cast.agent2 if who == "gone" else getattr(cast, who)
    with refused("owner", field="owner"):
        reassign(deal, owner, "Speaks Zulu", cast.manager)


def test_a_reassignment_says_why_and_changes_something(cast):
    deal = cast.deal(cast.agent)
    with refused("reason", field="reason"):
        reassign(deal, cast.agent2, " ", cast.manager)
    with refused("same_owner", field="owner"):
        reassign(deal, cast.agent, "Speaks Zulu", cast.manager)
    cast.called(deal)
    before = everything()
    with pytest.raises(Stale):
        reassign(deal, cast.agent2, "Speaks Zulu", cast.manager, deal.version)
    assert everything() == before


# flags


@pytest.mark.parametrize("state", STATES)
def test_a_questionable_deal_comes_before_the_manager(cast, state):
    deal = cast.in_state(state)
    for who in ("agent2", "retention", "compliance", "admin"):
        person = getattr(cast, who)
        with forbidden():
            flag(deal, "Odd address", person)
    with refused("reason", field="reason"):
        flag(deal, "  ", cast.agent)
    Notification.delete().execute()
    flagged = flag(deal, " Odd address ", cast.agent)
    assert (flagged.flagged_by, flagged.flagged_at, flagged.state) == (cast.agent, NOON, state)
    assert Activity.get(Activity.subject == "Flagged for the manager").summary == "Odd address"
    assert [(told.user, told.deal) for told in Notification.select()] == [(cast.manager, deal)]


def test_an_agent_flags_a_deal_that_nobody_owns(cast, unowned):
    assert flag(unowned, "Is this spam?", cast.agent).flagged_by == cast.agent


def test_a_manager_answers_the_flag_and_whoever_raised_it_hears(cast):
    deal = flag(cast.deal(cast.agent), "Odd address", cast.agent)
    with forbidden():
        clear_flag(deal, "Fine", cast.agent)
    with refused("reason", field="reason"):
        clear_flag(deal, "", cast.manager)
    cleared = clear_flag(deal, "Checked, it is real", cast.manager)
    assert (cleared.flagged_at, cleared.flagged_by) == (None, None)
    assert Activity.get(Activity.subject == "Flag answered").summary == "Checked, it is real"
    assert Notification.get(Notification.user == cast.agent).deal == deal
    with refused("not_flagged"):
        clear_flag(deal, "Again", cast.manager)


def test_who_acts_is_not_told_of_it(cast):
    deal = cast.deal(None)
    reassign(deal, cast.manager, "Mine", cast.manager)
    assert not Notification.select().where(Notification.user == cast.manager).exists()


def test_a_persons_manager_hears_or_every_manager_where_they_have_none(cast):
    User.update(deactivated_at=NOON).where(User.id == cast.manager.id).execute()
    deal = cast.deal(None)
    flag(deal, "Odd address", cast.agent)
    assert [told.user for told in Notification.select()] == [cast.manager2]
    assert Deal.get_by_id(deal.id).flagged_by == cast.agent
