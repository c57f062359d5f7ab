"""Calling rules in administration: rows that change from a day on, holidays, registers, and the trial of a moment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from carmanana.contacting.calling import editing, region_holidays, registers, what_if
from carmanana.contacting.calling.editing import FACTS
from carmanana.contacting.calling.hours import closed
from carmanana.contacting.calling.rule_book import rule_book
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale
from carmanana.core.workflow import Forbidden, Refused
from carmanana.records.calling import CallingRule, DoNotCallRegister, RegionHoliday, RegisteredNumber

CONNECTICUT = "(860) 555-0144"


def of_region(region: str) -> CallingRule:
    return CallingRule.get(CallingRule.region == region)


def facts(rule: CallingRule, **other) -> dict:
    return {name: getattr(rule, name) for name in FACTS} | other


def refused(verb, *args, **given) -> set[str]:
    with pytest.raises(Refused) as error:
        verb(*args, **given)
    return {refusal.field or refusal.code for refusal in error.value.refusals}


def allowed(at: datetime, where: str = CONNECTICUT, kind: str = "call") -> bool:
    return what_if.ask(rule_book(at), where, at, kind).allowed


# rows


def test_a_change_closes_the_row_and_opens_another_and_the_past_stays(cast):
    rule, day = of_region("US-CT"), clock.today() + timedelta(days=10)
    made = editing.replace(rule, cast.admin, rule.version, day, **facts(rule, closes="18:00"))
    old = CallingRule.get_by_id(rule.id)
    assert (old.closes, old.effective_until) == ("20:00", day - timedelta(days=1))
    assert (made.closes, made.effective_from, made.region, made.source) == ("18:00", day, "US-CT", rule.source)
    evening = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)  # 19:30 in Connecticut
    assert allowed(evening) and not allowed(evening + timedelta(days=14)), (
        "the old hours until then, the new ones after"
    )
    event = Event.select().where(Event.verb == "calling_rule_replaced").get()
    assert event.data == {"replaces": rule.id, "fields": ["closes"]}


def test_only_an_admin_changes_rules(cast):
    rule, later = of_region("US-CT"), clock.today() + timedelta(days=1)
    for who in (cast.manager, cast.compliance, cast.agent):
        with pytest.raises(Forbidden):
            editing.replace(rule, who, rule.version, later, **facts(rule))
        with pytest.raises(Forbidden):
            editing.add(who, "US-CT", "call", later, **facts(rule))
        with pytest.raises(Forbidden):
            editing.end(rule, who, rule.version, later)
        with pytest.raises(Forbidden):
            region_holidays.add(who, "DE", later, "X")
        with pytest.raises(Forbidden):
            registers.load(who, "US", clock.today(), "x.csv", b"3055550100")


def test_what_was_changed_meanwhile_and_what_is_history_stays(cast):
    rule, later = of_region("US-CT"), clock.today() + timedelta(days=1)
    editing.replace(of_region("US-CT"), cast.admin, 1, later, **facts(rule))
    with pytest.raises(Stale):
        editing.replace(rule, cast.admin, 1, later, **facts(rule))
    editing.end(CallingRule.get_by_id(rule.id), cast.admin, 2, clock.today() - timedelta(days=1))
    past = CallingRule.get_by_id(rule.id)
    assert refused(editing.end, past, cast.admin, past.version, clock.today()) == {"past"}


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({"weekdays": ""}, {"weekdays"}),
        ({"opens": "9"}, {"opens"}),
        ({"opens": "24:00"}, {"opens", "closes"}),
        ({"opens": "20:00", "closes": "09:00"}, {"closes"}),
        ({"clock": "Mars/Olympus"}, {"clock"}),
        ({"cap": 3, "cap_hours": None}, {"cap_hours"}),
        ({"cap": 0, "cap_hours": 24}, {"cap"}),
        ({"consent": "maybe", "confidence": "sure", "source": " "}, {"consent", "confidence", "source"}),
    ],
)
def test_what_a_row_may_not_say_is_told_at_its_field(cast, told, fields):
    rule = of_region("US-CT")
    assert refused(editing.add, cast.admin, "US-CT", "call", clock.today(), **facts(rule, **told)) == fields
    assert (
        refused(editing.replace, rule, cast.admin, 1, clock.today() + timedelta(days=1), **facts(rule, **told))
        == fields
    )


def test_places_and_days_of_a_row(cast):
    rule = of_region("US-CT")
    for region in ("", "XX", "US-ZZ", "Florida", "us-fl"):
        assert refused(editing.add, cast.admin, region, "call", clock.today(), **facts(rule)) == {"region"}
    assert refused(editing.add, cast.admin, "JP", "fax", None, **facts(rule)) == {"kind", "effective_from"}
    for day in (None, clock.today() - timedelta(days=1)):
        assert refused(editing.replace, rule, cast.admin, 1, day, **facts(rule)) == {"effective_from"}
    assert editing.add(cast.admin, "JP", "call", date(2020, 1, 1), **facts(rule)).region == "JP"


# the trial


def test_a_trial_cites_the_row_that_decides(cast):
    sunday = datetime(2026, 11, 29, 19, 12, tzinfo=UTC)
    answer = what_if.ask(rule_book(sunday), CONNECTICUT, sunday)
    assert answer.allowed and answer.place == "Connecticut" and answer.rule.source.startswith("Conn. Gen. Stat.")
    assert answer.until == datetime(2026, 11, 30, 1, 0, tzinfo=UTC) and [wall.hour for wall in answer.until_there] == [
        20
    ]
    late = what_if.ask(rule_book(sunday), "Connecticut", sunday + timedelta(hours=6))
    assert (
        not late.allowed and late.rule.region == "US-CT" and late.from_then == datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
    )
    german = what_if.ask(rule_book(sunday), "+49 711 5550100", sunday)
    assert not german.allowed and german.rule.region == "DE"
    assert what_if.ask(rule_book(sunday), "Japan", sunday).unknown


def test_a_trial_agrees_with_what_guards_the_call(cast):
    at = datetime(2026, 12, 20, tzinfo=UTC)
    book = rule_book(at)
    for hours in range(0, 24 * 14, 5):
        for where, regions, zones in (
            (CONNECTICUT, ["US-CT"], ["America/New_York"]),
            ("France", ["FR"], ["Europe/Paris"]),
        ):
            moment = at + timedelta(hours=hours)
            answer = what_if.ask(book, where, moment)
            assert answer.allowed == (closed(book, regions, zones, moment) is None)
            if answer.until:
                assert allowed(answer.until - timedelta(minutes=1), where) and not allowed(answer.until, where)
            if answer.from_then:
                assert allowed(answer.from_then, where) and not allowed(answer.from_then - timedelta(minutes=1), where)


@pytest.mark.parametrize("where", ["", "Atlantis", "US-ZZ", "555 0144", "x" * 500, "\U0001f697"])
def test_a_place_that_is_none_is_asked_for_again(cast, where):
    assert refused(what_if.ask, rule_book(), where, clock.now()) == {"where"}


# holidays


def test_holidays_are_rows_that_close_and_that_an_admin_edits(cast):
    region_holidays.load_ahead()
    christmas = datetime(2026, 12, 25, 12, 0, tzinfo=UTC)
    assert not allowed(christmas, "Germany") and what_if.ask(rule_book(christmas), "Germany", christmas).holiday
    row = RegionHoliday.get(RegionHoliday.region == "DE", RegionHoliday.day == date(2026, 12, 25))
    region_holidays.drop(row, cast.admin)
    assert allowed(christmas, "Germany")
    assert region_holidays.load((2026, 2027)) == 0, "a year that was loaded stays as it was edited"
    assert allowed(christmas, "Germany") is not False
    region_holidays.add(cast.admin, "DE", date(2026, 12, 10), "Founders’ day")
    assert not allowed(datetime(2026, 12, 10, 12, 0, tzinfo=UTC), "Germany")
    assert refused(region_holidays.add, cast.admin, "DE", date(2026, 12, 10), "Again") == {"day"}
    assert refused(region_holidays.add, cast.admin, "Bavaria", None, "") == {"region", "day", "name"}


def test_the_years_of_a_new_region_are_loaded(cast):
    editing.add(cast.admin, "JP", "call", clock.today(), **facts(of_region("DE")))
    assert region_holidays.load_ahead() > 10 and region_holidays.load_ahead() == 0
    assert RegionHoliday.select().where(RegionHoliday.region == "JP").exists()


# registers

TABLE = (
    b'\xef\xbb\xbfNumber;Since\r\n305-555-0100;2020-01-01\r\n"(305) 555-0101";2020-01-02\n+1 305 555 '
    b"0101\nnone\n555\n13055550102,x\n"
)


def test_of_registers_the_newest_counts(cast):
    today = clock.today()
    first = registers.load(cast.admin, "US", today - timedelta(days=40), "a.txt", b"3055550100\n3055550199\n")
    assert first.numbers == 2 and registers.listing("+13055550199") == first
    us = next(age for age in registers.ages() if age.region == "US")
    assert (us.days, us.limit, us.too_old) == (40, 31, True)
    second = registers.load(cast.admin, "US", today, "b.csv", TABLE)
    assert {row.e164 for row in RegisteredNumber.select()} == {"+13055550100", "+13055550101", "+13055550102"}
    assert (
        registers.listing("+13055550199") is None
        and not next(age for age in registers.ages() if age.region == "US").too_old
    )
    assert refused(registers.load, cast.admin, "US", today - timedelta(days=1), "c.csv", TABLE) == {"taken_on"}
    assert DoNotCallRegister.select().count() == 2 and second.loaded_by == cast.admin.id
    assert what_if.ask(rule_book(), "(305) 555-0100", clock.now()).register == second


def test_numbers_are_read_as_dialled_in_their_country():
    assert list(registers.read(b"0711 5550100\n0049 711 5550101\n+49 711 5550102", "DE")) == [
        "+497115550100",
        "+497115550101",
        "+497115550102",
    ]


def test_a_file_that_is_none_is_refused(cast):
    for content in (b"", b"\x00\xff\xfe\x89PNG", b"name,email\nAna,ana@example.com"):
        assert refused(registers.load, cast.admin, "US", clock.today(), "x", content) == {"file"}
    assert refused(registers.load, cast.admin, "Nowhere", clock.today() + timedelta(days=1), "x", b"3055550100") == {
        "region",
        "taken_on",
    }
