"""The clock of a first contact runs in business hours, in the reviewer's own zone (domain 4; quality, time)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carmanana.contacting.business_hours import (
    add_holiday,
    decision_due,
    drop_holiday,
    due_after,
    end_of_business_day,
    first_contact_due,
    open_hours,
    set_hours,
)
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale
from carmanana.deals import ownership
from carmanana.records.activities import Activity
from carmanana.records.business_hours import BusinessHours, Holiday, ReviewTerms
from carmanana.records.people import User

from ..cast import NOON, Cast, forbidden, refused

NEW_YORK, BERLIN, KOLKATA = "America/New_York", "Europe/Berlin", "Asia/Kolkata"


def at(wall: str, zone: str = NEW_YORK) -> datetime:
    return clock.from_local(datetime.fromisoformat(wall), zone)


def wall(moment: datetime, zone: str = NEW_YORK) -> str:
    return f"{clock.local(moment, zone):%Y-%m-%d %H:%M}"


# Monday to Friday 9 to 18, Saturday 10 to 16; 26 November 2026 is a holiday here
DUE = [
    ("within the day", "2026-11-18 12:00", 60, "2026-11-18 13:00"),
    ("exactly at closing time", "2026-11-18 17:00", 60, "2026-11-18 18:00"),
    ("across the evening", "2026-11-18 17:30", 60, "2026-11-19 09:30"),
    ("asked at closing time", "2026-11-18 18:00", 60, "2026-11-19 10:00"),
    ("asked at night", "2026-11-18 23:59", 60, "2026-11-19 10:00"),
    ("asked before we open", "2026-11-18 06:00", 60, "2026-11-18 10:00"),
    ("Friday evening", "2026-11-20 17:45", 60, "2026-11-21 10:45"),
    ("Saturday across Sunday", "2026-11-21 15:30", 60, "2026-11-23 09:30"),
    ("on a Sunday", "2026-11-22 12:00", 60, "2026-11-23 10:00"),
    ("on a holiday", "2026-11-26 12:00", 60, "2026-11-27 10:00"),
    ("across a holiday", "2026-11-25 17:30", 60, "2026-11-27 09:30"),
    ("over two evenings", "2026-11-18 17:00", 60 + 9 * 60 + 30, "2026-11-20 09:30"),
    ("the clock goes back at night", "2026-10-31 15:30", 60, "2026-11-02 09:30"),
    ("the clock goes forward at night", "2026-03-07 15:30", 60, "2026-03-09 09:30"),
]


@pytest.fixture
def thanksgiving(cast):
    return Holiday.create(day=date(2026, 11, 26), name="Thanksgiving")


@pytest.mark.parametrize(("asked", "minutes", "due"), [row[1:] for row in DUE], ids=[row[0] for row in DUE])
def test_the_minutes_run_while_we_are_open(thanksgiving, asked, minutes, due):
    assert wall(due_after(at(asked), minutes, NEW_YORK)) == due


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        (NEW_YORK, "2026-11-18 13:00"),
        (BERLIN, "2026-11-19 10:00"),
        (KOLKATA, "2026-11-19 10:00"),
        ("Pacific/Kiritimati", "2026-11-19 10:00"),
    ],
)
def test_the_hours_are_those_of_the_reviewers_own_zone(cast, zone, due):
    User.update(timezone=zone).where(User.id == cast.manager.id).execute()
    assert wall(first_contact_due(NOON, cast.manager), zone) == due


def test_a_day_on_which_the_clock_changes_has_its_own_length(cast):
    """Open around the clock on the Sunday when 2:00 becomes 3:00, and when 3:00 becomes 2:00 again."""
    BusinessHours.update(opens="00:00", closes="23:59").execute()
    assert wall(due_after(at("2026-03-08 00:00"), 180, NEW_YORK)) == "2026-03-08 04:00"
    assert wall(due_after(at("2026-11-01 00:00"), 180, NEW_YORK)) == "2026-11-01 02:00"


def test_a_business_that_never_opens_still_answers(cast):
    BusinessHours.update(opens=None, closes=None).execute()
    assert due_after(NOON, 60, NEW_YORK) >= NOON + timedelta(hours=1)


def test_whatever_the_moment_the_minutes_between_are_as_many_as_were_given(cast):
    """Counted one by one, over half a year that holds both changes of the clock."""
    Holiday.create(day=date(2026, 12, 25), name="Christmas")
    hours, holidays = open_hours(), {date(2026, 12, 25)}

    @settings(deadline=None)
    @given(st.integers(0, 180 * 24 * 60), st.integers(5, 1500), st.sampled_from([NEW_YORK, BERLIN, KOLKATA]))
    def counted(start, minutes, zone):
        begins = datetime(2026, 9, 20, tzinfo=UTC) + timedelta(minutes=start)
        due = due_after(begins, minutes, zone)
        span = range(int((due - begins).total_seconds()) // 60)
        walls = (clock.local(begins + timedelta(minutes=minute), zone) for minute in span)
        assert sum(_is_open(here, hours, holidays) for here in walls) == minutes

    counted()


def _is_open(here: datetime, hours, holidays) -> bool:
    opening = hours.get(here.weekday())
    return bool(opening) and here.date() not in holidays and opening[0] <= here.time() < opening[1]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-18 12:00", "2026-11-18 18:00"),
        ("2026-11-18 17:30", "2026-11-19 18:00"),
        ("2026-11-20 19:00", "2026-11-21 16:00"),
    ],
)
def test_a_decision_is_due_by_the_end_of_the_business_day(cast, now, due):
    assert wall(decision_due(at(now), cast.manager)) == due


# changing them

WEEK = {day: (time(8), time(17)) for day in range(5)} | {5: (None, None), 6: (None, None)}


def test_managers_and_admins_set_the_hours_and_the_minutes(cast):
    version = ReviewTerms.now().version
    set_hours(cast.manager, 30, WEEK, version)
    assert (first_contact_due(NOON, cast.manager), set(open_hours())) == (NOON + timedelta(minutes=30), {0, 1, 2, 3, 4})
    with pytest.raises(Stale):
        set_hours(cast.manager2, 45, WEEK, version)
    set_hours(cast.admin, 45, WEEK, ReviewTerms.now().version)
    told = Event.select().where(Event.verb == "hours").order_by(Event.id).get().data
    assert [(told[end]["minutes"], told[end]["Monday"]) for end in ("from", "to")] == [
        (60, "09:00–18:00"),
        (30, "08:00–17:00"),
    ]
    for person in (cast.agent, cast.retention, cast.compliance):
        with forbidden():
            set_hours(person, 60, WEEK, ReviewTerms.now().version)


@pytest.mark.parametrize(
    ("minutes", "days", "codes"),
    [
        (4, {}, ["minutes"]),
        (2401, {}, ["minutes"]),
        (None, {}, ["minutes"]),
        (60, {0: (time(9), None)}, ["hours"]),
        (60, {0: (None, time(9))}, ["hours"]),
        (60, {0: (time(9), time(9))}, ["hours"]),
        (60, {0: (time(18), time(9))}, ["hours"]),
        (60, {day: (None, None) for day in range(7)}, ["closed"]),
    ],
)
def test_hours_that_make_no_sense_are_refused(cast, minutes, days, codes):
    manager, version = cast.manager, ReviewTerms.now().version
    with refused(*codes):
        set_hours(manager, minutes, WEEK | days, version)


def test_holidays_are_added_once_ahead_and_dropped(cast):
    manager, day = cast.manager, date(2026, 12, 25)
    for wrong, code in (
        ((None, "Christmas"), "holiday"),
        ((day, " "), "holiday"),
        ((date(2026, 11, 17), "Yesterday"), "past"),
    ):
        with refused(code, field="day"):
            add_holiday(*wrong, manager)
    holiday = add_holiday(day, " Christmas ", manager)
    assert holiday.name == "Christmas"
    with refused("known", field="day"):
        add_holiday(day, "Christmas", manager)
    for person in (cast.agent, cast.retention, cast.compliance):
        with forbidden():
            add_holiday(date(2026, 12, 31), "Eve", person)
        with forbidden():
            drop_holiday(holiday, person)
    drop_holiday(holiday, cast.admin)
    assert not Holiday.select().exists()


@pytest.mark.parametrize(
    ("asked", "closes"),
    [
        ("2026-11-18 17:59", "2026-11-18 18:00"),
        ("2026-11-18 18:00", "2026-11-19 18:00"),
        ("2026-11-20 20:00", "2026-11-21 16:00"),
        ("2026-11-22 10:00", "2026-11-23 18:00"),
        ("2026-11-25 19:00", "2026-11-27 18:00"),
        ("2026-11-26 10:00", "2026-11-27 18:00"),
        ("2026-10-30 18:30", "2026-10-31 16:00"),
    ],
)
def test_the_business_day_ends_when_we_close(thanksgiving, asked, closes):
    assert wall(end_of_business_day(at(asked), NEW_YORK)) == closes


def test_a_first_contact_is_due_when_the_day_of_whoever_claims_closes(thanksgiving):
    cast = Cast()
    set_hours(cast.manager, 60, {weekday: (time(8), time(20)) for weekday in range(5)}, None)
    User.update(timezone=BERLIN).where(User.id == cast.agent2.id).execute()
    for by, due, zone in ((cast.agent, "2026-11-18 20:00", NEW_YORK), (cast.agent2, "2026-11-18 20:00", BERLIN)):
        deal = ownership.claim(cast.deal(None), by)
        assert wall(Activity.next_step(deal).due_at, zone) == due
