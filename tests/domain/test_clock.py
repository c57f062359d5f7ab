"""The only clock: UTC inside, a person's own wall clock outside, daylight saving decided."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from carmanana.core import clock

NEW_YORK, HAVANA, LONDON = "America/New_York", "America/Havana", "Europe/London"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "meant"),
    [
        ("2026-07-01T12:00", NEW_YORK, "2026-07-01T16:00"),
        ("2026-12-01T12:00", NEW_YORK, "2026-12-01T17:00"),
        ("2026-03-08T01:59", NEW_YORK, "2026-03-08T06:59"),
        ("2026-03-08T02:30", NEW_YORK, "2026-03-08T07:30"),  # skipped: 03:30 by the clocks that were put forward
        ("2026-03-08T03:30", NEW_YORK, "2026-03-08T07:30"),
        ("2026-11-01T01:30", NEW_YORK, "2026-11-01T05:30"),  # repeated: its first pass
        ("2026-11-01T02:30", NEW_YORK, "2026-11-01T07:30"),
        ("2026-03-29T01:30", LONDON, "2026-03-29T01:30"),
        ("2026-10-25T01:30", LONDON, "2026-10-25T00:30"),
        ("2026-06-01T12:00", "Asia/Kathmandu", "2026-06-01T06:15"),
    ],
)
def test_a_wall_clock_reading_means_one_moment(wall, zone, meant):
    assert clock.from_local(datetime.fromisoformat(wall), zone) == utc(meant)


def test_the_second_pass_of_a_repeated_hour_still_shows_as_that_hour():
    assert f"{clock.local(utc('2026-11-01T06:30'), NEW_YORK):%H:%M}" == "01:30"


@pytest.mark.parametrize(
    ("day", "zone", "starts"),
    [
        (date(2026, 3, 8), NEW_YORK, "2026-03-08T05:00"),
        (date(2026, 11, 1), NEW_YORK, "2026-11-01T04:00"),
        (date(2026, 3, 8), HAVANA, "2026-03-08T05:00"),  # midnight is skipped there: the day begins at one
        (date(2026, 11, 1), HAVANA, "2026-11-01T04:00"),  # and repeated here: its first pass
    ],
)
def test_a_day_begins_at_its_own_midnight(day, zone, starts):
    assert clock.start_of_day(day, zone) == utc(starts)
    assert clock.local(clock.start_of_day(day, zone), zone).date() == day


@pytest.mark.parametrize(
    ("at", "zone", "today"),
    [
        ("2026-11-19T03:00", NEW_YORK, date(2026, 11, 18)),
        ("2026-11-19T05:00", NEW_YORK, date(2026, 11, 19)),
        ("2026-11-18T16:00", "Asia/Tokyo", date(2026, 11, 19)),
    ],
)
def test_today_is_where_the_person_is(at, zone, today):
    with clock.set_to(utc(at)):
        assert clock.today(zone) == today


def test_another_moment_is_for_one_thread_and_ends():
    heard = []
    with clock.set_to(datetime(2026, 1, 1, 7, tzinfo=UTC)):
        with clock.set_to(clock.now() + timedelta(days=1)):
            assert clock.now() == utc("2026-01-02T07:00")
        assert clock.now() == utc("2026-01-01T07:00")
        other = threading.Thread(target=lambda: heard.append(clock.now()))
        other.start()
        other.join()
    assert abs(heard[0] - datetime.now(UTC)) < timedelta(minutes=1)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_moment_without_a_zone_is_refused():
    """A naive time would be read in the server's zone."""
    from carmanana.core.db import UtcField

    with pytest.raises(ValueError):
        UtcField().db_value(datetime(2026, 1, 1, 7))
