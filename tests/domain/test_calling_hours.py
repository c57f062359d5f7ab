"""Permitted hours: 10,000 random moments and regions agree with a calculation that shares nothing with ours."""

import csv
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from carmanana.contacting.calling.hours import RuleBook, closed, next_opening, weekdays_of
from carmanana.contacting.calling.reference import FILE, rules
from carmanana.contacting.calling.regions import binding, region_of_number, region_of_words

HOLIDAYS = [("US", date(2026, 12, 25)), ("GB", date(2026, 12, 25)), ("GB", date(2026, 12, 28)), ("IT", date(2026, 12, 8)), ("US-MS", date(2026, 4, 27)),
            ("FR", date(2026, 7, 14)), ("DE", date(2026, 10, 3)), ("AU", date(2026, 1, 26))]  # fmt: skip
ZONES = {"US": ["America/New_York", "America/Chicago", "America/Los_Angeles"], "CA": ["America/Toronto"], "GB": ["Europe/London"], "FR": ["Europe/Paris"],
         "DE": ["Europe/Berlin"], "IT": ["Europe/Rome"], "ES": ["Europe/Madrid"], "AU": ["Australia/Sydney", "Australia/Perth"], "NZ": ["Pacific/Auckland"],
         "ZA": ["Africa/Johannesburg"], "IE": ["Europe/Dublin"], "NL": ["Europe/Amsterdam"]}  # fmt: skip


@pytest.fixture(scope="module")
def book():
    return RuleBook.of(rules(), HOLIDAYS)


def plainly_permitted(rows, region, zones, at) -> bool:
    """Straight from the file, the slow way."""
    known = {row["region"] for row in rows if row["kind"] == "call"}
    country = region.split("-")[0]
    bound = {country} | ({region} if region in known else {"US-other"} if country == "US" and "-" in region else set())
    off = {}
    for where, day in HOLIDAYS:
        off.setdefault(where, set()).add(day)
    for one in bound & known:
        mine = [row for row in rows if row["region"] == one and row["kind"] == "call"]
        for zone in zones:
            good, any_in_force = False, False
            for row in mine:
                local = at.astimezone(ZoneInfo(zone if row["clock"] == "called party" else row["clock"]))
                day = local.date()
                if row["effective_from"] and day < date.fromisoformat(row["effective_from"]):
                    continue
                any_in_force = True
                holidays = off.get(one, set()) | off.get(one.split("-")[0], set())
                if row["holidays"] == "none" and day in holidays:
                    continue
                first, _, last = row["weekdays"].replace(",E", "").partition("-")
                days = range(int(first), int(last or first) + 1)
                fits = day.isoweekday() in days
                if one == "IT" and day + timedelta(days=1) in holidays:
                    fits = "E" in row["weekdays"]
                minute = local.hour * 60 + local.minute
                hour = lambda text: int(text[:2]) * 60 + int(text[3:])  # noqa: E731
                good |= fits and hour(row["opens"]) <= minute < hour(row["closes"])
            if any_in_force and not good:
                return False
    return True


def test_ten_thousand_random_moments_agree_with_a_plain_calculation(book):
    dice = random.Random(20261130)
    with FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    regions = sorted({row["region"] for row in rows} - {"US-other"} | {"US-NY", "US-OH"})
    for _ in range(10_000):
        region = dice.choice(regions)
        offered = ZONES[region.split("-")[0]]
        zones = dice.sample(offered, dice.randint(1, len(offered)))
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(366 * 24 * 60))
        assert (closed(book, [region], zones, at) is None) == plainly_permitted(rows, region, zones, at), (
            region,
            zones,
            at,
        )


def test_nobody_of_an_unknown_region_is_called(book):
    noon = datetime(2026, 11, 18, 17, tzinfo=UTC)
    assert closed(book, [], ["America/New_York"], noon) is not None
    assert closed(book, ["XX"], ["America/New_York"], noon) is not None
    assert closed(book, ["US-FL"], [], noon) is not None


def test_a_refusal_cites_its_row(book):
    found = closed(book, ["US-FL"], ["America/New_York"], datetime(2026, 11, 19, 1, 30, tzinfo=UTC))
    assert found.rule.region == "US-FL" and "501.616" in found.rule.cited and "seen" in found.rule.cited
    assert f"{found.local:%H:%M}" == "20:30"


def test_the_next_opening_is_permitted_and_nothing_before_it(book):
    dice = random.Random(7)
    for region, zone in (
        ("US-TX", "America/Chicago"),
        ("FR", "Europe/Paris"),
        ("GB", "Europe/London"),
        ("US-RI", "America/New_York"),
        ("IT", "Europe/Rome"),
    ):
        for _ in range(20):
            at = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(100 * 24 * 60))
            opening = next_opening(book, [region], [zone], at)
            assert closed(book, [region], [zone], opening) is None
            probe = at
            while probe < opening:
                assert closed(book, [region], [zone], probe) is not None
                probe += timedelta(minutes=15)


@pytest.mark.parametrize(("at", "open_"), [
    (datetime(2026, 3, 8, 12, 0, tzinfo=UTC), True),  # 08:00 EDT, the morning after the clocks went forward
    (datetime(2026, 3, 8, 11, 59, tzinfo=UTC), False),
    (datetime(2026, 11, 1, 13, 0, tzinfo=UTC), True),  # 08:00 EST, the day they went back
    (datetime(2026, 11, 1, 12, 59, tzinfo=UTC), False),
])  # fmt: skip
def test_both_edges_of_daylight_saving(book, at, open_):
    assert (closed(book, ["US-FL"], ["America/New_York"], at) is None) is open_


def test_every_zone_that_a_number_may_be_in_must_allow(book):
    regions, zones = binding("", "", "+18005551234")
    assert regions == ["US"] and len(zones) > 20
    assert closed(book, regions, zones, datetime(2026, 11, 18, 17, tzinfo=UTC)) is not None
    assert closed(book, ["US-CA"], ["America/Los_Angeles"], datetime(2026, 11, 18, 17, tzinfo=UTC)) is None


def test_address_and_area_code_both_bind():
    assert binding("US-TX", "", "+13055551234") == (["US-TX", "US-FL"], ["America/New_York"])
    assert region_of_number("+442071234567") == "GB"
    written = ["Fla.", "tx.", "D.C.", "Washington DC", "Miami, FL 33101", "Québec", "Washington D.C.", "Perth", "3"]
    assert [region_of_words(one) for one in written] == "US-FL US-TX US-DC US-DC US-FL CA US-DC".split() + ["", ""]


def test_a_code_of_a_state_and_of_a_country_is_told_apart_by_number_or_zone():
    told = [("DE", "", ""), ("DE", "", "+493012345678"), ("DE", "Europe/Berlin", ""), ("CA", "", "+14165550123")]
    told += [("CA", "America/Toronto", "+13055550123"), ("DE", "Europe/Berlin", "+13025550123"), ("FR", "", "")]
    assert [region_of_words(*one) for one in told] == ["US-DE", "DE", "DE", "CA", "US-CA", "US-DE", "FR"]


@pytest.mark.parametrize(("text", "days"), [("1-7", "1234567"), ("6", "6"), ("6-7", "67"), ("6,E", "6E")])
def test_weekdays_as_they_are_written(text, days):
    assert weekdays_of(text) == days
