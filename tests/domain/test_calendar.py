"""The calendar: what stands on which day, for whom, and what a step's move to another day asks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from carmanana.boards.calendar import DAY, FITS, MONTH, MOST, WEEK, Calendar
from carmanana.boards.calendar_moves import fill
from carmanana.boards.deal_filter import Filter
from carmanana.contacting.lock import SENTENCE
from carmanana.contacting.log import add_step
from carmanana.contacting.step_days import move_to_day
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import LOSING, LOST, ON_HOLD, ORGANIC, WON
from carmanana.records.deals import Deal
from carmanana.records.people import User
from tests.counting import queries

from ..cast import NOON, forbidden, refused

TODAY = date(2026, 11, 18)
TOMORROW = TODAY + timedelta(days=1)


def seen(deal, user, on=TODAY, span=MONTH, **chosen) -> Calendar:
    return fill(Calendar(deal.pipeline, user, Filter(**chosen), span, on))


def due(calendar: Calendar) -> dict[date, list[str]]:
    return {day.on: [entry.what for entry in day.entries] for day in calendar.days if day.entries}


def in_zone(user: User, zone: str) -> User:
    user.timezone = zone
    user.save()
    return user


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent)


def step(deal, at: datetime, subject: str = "Call") -> Activity:
    with clock.set_to(min(NOON, at - timedelta(hours=1))):
        return add_step(deal, deal.owner or User.get_by_id(1), subject, at)


# days


@pytest.mark.parametrize(
    ("span", "on", "first", "last"),
    [
        (MONTH, TODAY, date(2026, 10, 26), date(2026, 12, 6)),
        (MONTH, date(2027, 2, 14), date(2027, 2, 1), date(2027, 2, 28)),
        (WEEK, date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22)),
        (WEEK, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 29)),
        (DAY, TODAY, TODAY, TODAY),
        ("decade", TODAY, date(2026, 10, 26), date(2026, 12, 6)),
        (WEEK, date(9999, 12, 31), date(2026, 11, 16), date(2026, 11, 22)),
        (MONTH, date.min, date(2026, 10, 26), date(2026, 12, 6)),
    ],
)
def test_weeks_are_whole_and_begin_on_monday(cast, deal, span, on, first, last):
    calendar = Calendar(deal.pipeline, cast.agent, Filter(), span, on)
    assert (calendar.days[0].on, calendar.days[-1].on) == (first, last)


@pytest.mark.parametrize(
    ("span", "on", "previous", "after"),
    [
        (MONTH, date(2026, 12, 31), date(2026, 11, 1), date(2027, 1, 1)),
        (WEEK, TODAY, date(2026, 11, 11), date(2026, 11, 25)),
        (DAY, date(2026, 11, 30), date(2026, 11, 29), date(2026, 12, 1)),
    ],
)
def test_one_goes_on_by_what_one_sees(cast, deal, span, on, previous, after):
    calendar = Calendar(deal.pipeline, cast.agent, Filter(), span, on)
    assert (calendar.previous, calendar.next) == (previous, after)


@pytest.mark.parametrize(
    ("zone", "on"),
    [
        ("America/New_York", date(2026, 11, 19)),
        ("Europe/Berlin", date(2026, 11, 20)),
        ("Asia/Tokyo", date(2026, 11, 20)),
        ("Pacific/Honolulu", date(2026, 11, 19)),
    ],
)
def test_a_step_stands_on_its_day_in_the_zone_of_whoever_looks(cast, deal, zone, on):
    step(deal, datetime(2026, 11, 20, 4, 30, tzinfo=UTC), "at 23:30 in New York")
    assert due(seen(deal, in_zone(cast.agent, zone))) == {on: ["at 23:30 in New York"]}


def test_a_day_of_23_or_25_hours_has_all_that_is_due_on_it(cast):
    """On 14 March 2027 New York's clocks skip an hour, on 7 November they repeat one."""
    deal = cast.deal(cast.agent, "organic")
    for day in (date(2027, 3, 14), date(2027, 11, 7)):
        for hour, minute in ((0, 0), (23, 59)):
            step(
                deal,
                clock.from_local(datetime(day.year, day.month, day.day, hour, minute), "America/New_York"),
                f"{hour}:{minute}",
            )
        assert due(seen(deal, cast.agent, day, DAY)) == {day: ["0:0", "23:59"]}
        assert due(seen(deal, cast.agent, day))[day] == ["0:0", "23:59"]


def test_a_hold_stands_on_its_follow_up_day_before_the_steps(cast):
    held = cast.in_state(ON_HOLD)
    day = TODAY + timedelta(days=30)
    calendar = seen(held, cast.agent, day)
    assert due(calendar)[day] == ["Waiting on financing", "Send 3 options"]
    hold, task = calendar.by_day[day].entries
    assert (hold.kind, hold.id, hold.at, task.kind, task.at) == (
        "hold",
        held.id,
        None,
        "step",
        NOON + timedelta(days=30),
    )
    assert (hold.client, hold.owner.name, hold.owner.initials, hold.locked, hold.movable) == (
        held.customer.name,
        "Marta Sandoval",
        "MS",
        False,
        True,
    )


def test_what_is_past_is_late(cast, deal):
    step(deal, NOON - timedelta(minutes=1), "late")
    step(deal, NOON + timedelta(minutes=1), "ahead")
    held = cast.in_state(ON_HOLD)
    with clock.set_to(NOON + timedelta(days=31)):
        assert [
            entry.late
            for day in seen(held, cast.agent, TODAY + timedelta(days=30)).days
            for entry in day.entries
            if entry.kind == "hold"
        ] == [True]
    assert {entry.what: entry.late for entry in seen(deal, cast.agent).by_day[TODAY].entries} == {
        "late": True,
        "ahead": False,
    }


# whose


def test_only_open_steps_of_open_deals_are_due(cast, deal):
    for state in (WON, LOST, LOSING):
        Activity.create(
            customer=cast.client(),
            deal=cast.in_state(state),
            kind="task",
            subject=state,
            due_at=NOON + timedelta(days=1),
            assignee=cast.agent,
        )
    done = step(deal, NOON + timedelta(days=1), "done")
    Activity.update(done_at=NOON).where(Activity.id == done.id).execute()
    step(deal, NOON + timedelta(days=1), "open")
    assert due(seen(deal, cast.manager)).get(TOMORROW) == ["won", "open"]


def test_each_sees_the_steps_of_the_deals_that_they_may_see(cast, deal):
    for owner, subject in ((cast.agent, "mine"), (cast.agent2, "theirs"), (cast.house, "nobody's")):
        one = cast.deal(owner)
        Activity.create(
            customer=one.customer,
            deal=one,
            kind="task",
            subject=subject,
            due_at=NOON + timedelta(days=1),
            assignee=owner,
        )
    calendars = {who: seen(deal, getattr(cast, who)) for who in ("agent", "manager", "compliance", "retention")}
    assert {who: due(calendar).get(TOMORROW, []) for who, calendar in calendars.items()} == {
        "agent": ["mine", "nobody's"],
        "manager": ["mine", "theirs", "nobody's"],
        "compliance": ["mine", "theirs", "nobody's"],
        "retention": [],
    }
    assert all(entry.movable for entry in calendars["manager"].by_day[TOMORROW].entries)
    assert not any(entry.movable for entry in calendars["compliance"].by_day[TOMORROW].entries)


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"text": "skoda"}, ["Škoda"]),
        ({"readiness": ORGANIC}, ["organic"]),
        ({"overdue": True}, ["late"]),
        ({"unowned": True}, []),
        ({"mine": True}, ["Škoda", "organic", "late"]),
    ],
)
def test_the_filter_of_the_board_limits_the_calendar(cast, chosen, left):
    deals = {
        "Škoda": cast.deal(cast.agent, vehicle_make="Škoda"),
        "organic": cast.deal(cast.agent, ORGANIC),
        "late": cast.deal(cast.agent),
    }
    for number, (subject, one) in enumerate(deals.items()):
        step(one, NOON + timedelta(hours=-1 if subject == "late" else number), subject) if number else step(
            one, NOON + timedelta(minutes=1), subject
        )
    calendar = seen(deals["late"], cast.agent, **chosen)
    assert sorted(due(calendar).get(TODAY, [])) == sorted(left)


def test_a_hold_is_filtered_by_whether_it_is_due(cast):
    held = cast.in_state(ON_HOLD)
    day = TODAY + timedelta(days=30)
    assert day not in due(seen(held, cast.agent, day, hold_due=True))
    with clock.set_to(NOON + timedelta(days=30)):
        assert due(seen(held, cast.agent, day, hold_due=True))[day] == ["Waiting on financing", "Send 3 options"]


def test_a_locked_client_shows_the_lock(cast, deal):
    step(deal, NOON + timedelta(days=1))
    assert not seen(deal, cast.agent).by_day[TOMORROW].entries[0].locked
    other = cast.in_state(WON)
    Deal.update(customer=deal.customer).where(Deal.id == other.id).execute()
    cast.losing(Deal.get_by_id(other.id))
    assert seen(deal, cast.agent).by_day[TOMORROW].entries[0].locked


def test_a_full_day_shows_what_fits_and_counts_the_rest_in_as_few_queries(cast, deal):
    agent, _ = cast.agent, deal.pipeline
    step(deal, NOON + timedelta(days=1))
    with queries() as few:
        seen(deal, agent)
    for number in range(FITS[MONTH] + 6):
        step(deal, NOON + timedelta(days=1, minutes=number + 1), f"Call {number}")
    with queries() as many:
        calendar = seen(deal, agent)
    day = calendar.by_day[TOMORROW]
    assert (len(day.entries), day.total, day.more, day.uncounted) == (FITS[MONTH], FITS[MONTH] + 7, 7, False)
    assert len(few) == len(many) == 1
    assert seen(deal, cast.agent, TOMORROW, DAY).by_day[TOMORROW].more == 0


@pytest.mark.parametrize(("due_then", "uncounted"), [(MOST[MONTH], False), (MOST[MONTH] + 1, True)])
def test_no_day_is_counted_without_end(cast, deal, due_then, uncounted):
    facts = {
        "customer": deal.customer_id,
        "deal": deal.id,
        "kind": "task",
        "subject": "Call",
        "due_at": NOON + timedelta(days=1),
    }
    Activity.insert_many([facts] * due_then).execute()
    day = seen(deal, cast.agent).by_day[TOMORROW]
    assert (day.total, day.uncounted) == (MOST[MONTH], uncounted)


# a step on another day


def test_a_moved_step_keeps_its_time_of_day_across_a_change_of_the_clocks(cast):
    """9:30 in New York is 14:30 UTC in winter and 13:30 in summer."""
    deal = cast.deal(cast.agent, "organic")
    one = step(deal, datetime(2027, 3, 12, 14, 30, tzinfo=UTC), "Call about the bank")
    moved = move_to_day(one, cast.agent, date(2027, 3, 15))
    assert (moved.due_at, moved.subject) == (datetime(2027, 3, 15, 13, 30, tzinfo=UTC), "Call about the bank")
    assert Event.get(Event.verb == "step_moved").data == {"activity": one.id}


def test_the_time_of_day_is_that_of_whoever_moves_it(cast, deal):
    one = step(deal, datetime(2026, 11, 20, 4, 30, tzinfo=UTC))
    manager = in_zone(cast.manager, "Europe/Berlin")
    assert move_to_day(one, manager, date(2026, 11, 24)).due_at == datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    assert move_to_day(one, cast.agent, date(2026, 11, 24)).due_at == datetime(2026, 11, 25, 4, 30, tzinfo=UTC)


def test_no_step_is_moved_into_the_past(cast, deal):
    one = step(deal, NOON + timedelta(days=2, hours=-1))
    with refused("due", field="on", remedies=("activities.edit_step",)) as caught:
        move_to_day(one, cast.agent, TODAY)
    assert "11:00 has passed today" in caught.value.refusals[0].sentence
    for day in (TODAY - timedelta(days=1), date.min):
        with refused("due", field="on"):
            move_to_day(one, cast.agent, day)
    for day in (None, date.max):
        with refused("day", field="on"):
            move_to_day(one, cast.agent, day)


def test_a_step_is_moved_by_those_who_work_the_deal(cast, deal):
    one = step(deal, NOON + timedelta(days=1))
    for who in ("agent2", "retention", "cancellations", "compliance", "admin"):
        with forbidden():
            move_to_day(one, getattr(cast, who), TODAY + timedelta(days=3))


def test_while_the_client_is_under_review_the_managers_alone_move_their_steps(cast, deal):
    one = step(deal, NOON + timedelta(days=1))
    other = cast.in_state(WON)
    Deal.update(customer=deal.customer).where(Deal.id == other.id).execute()
    cast.losing(Deal.get_by_id(other.id))
    with refused("locked", remedies=("deals.flag",)) as caught:
        move_to_day(one, cast.agent, TODAY + timedelta(days=3))
    assert caught.value.refusals[0].sentence == SENTENCE
    assert move_to_day(one, cast.manager, TODAY + timedelta(days=3)).due_at == NOON + timedelta(days=3)
