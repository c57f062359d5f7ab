"""The right to cancel that the law gives: what is unknown never speaks against it, and its days are the customer's."""

from datetime import UTC, date, datetime, timedelta

import pytest

from carmanana.cancellations.rights.deadlines import covers, last_day, right_of, sent_on
from carmanana.records.cancellation_rights import CancellationRight

DAY = date(2026, 11, 2)


@pytest.fixture
def request_of(cast):
    def made(region: str, zone: str = "America/Los_Angeles", **facts):
        request = cast.request_in("requested")
        deal, customer = request.deal, request.deal.customer
        customer.region, customer.timezone = region, zone
        for name, value in facts.items():
            setattr(deal, name, value)
        return request

    return made


def california() -> CancellationRight:
    return CancellationRight.get(CancellationRight.region == "US-CA")


def test_no_row_is_unknown_and_each_member_state_has_its_own(request_of):
    assert [right_of(request_of(region)).right for region in ("", "US-TX", "US", "CH", "MX")] == [None] * 5
    assert [right_of(request_of(region)).right.region for region in ("US-CA", "DE", "DE-BY", "GB")] == [
        "US-CA", "DE", "DE", "GB",
    ]  # fmt: skip
    assert CancellationRight.select().where(CancellationRight.source.startswith("Dir.")).count() == 27


def test_only_what_is_known_speaks_against_a_right(request_of):
    german = CancellationRight.get(CancellationRight.region == "DE")
    known = {"value_cents": 50_000_00, "currency": "USD", "agreement_on": date(2026, 10, 1), "agreed_how": "in_person"}
    told = [
        (california(), {}, True),
        (california(), {"value_cents": 50_000_01}, False),
        (california(), {"value_cents": 50_000_01, "currency": "EUR"}, True),
        (california(), {"agreement_on": date(2026, 9, 30)}, False),
        (california(), {"value_cents": None, "agreement_on": None, "agreed_how": None}, True),
        (german, {}, False),
        (german, {"agreed_how": None}, True),
        (german, {"agreed_how": "distance"}, True),
        (german, {"agreed_how": "off_premises"}, True),
    ]
    request = request_of("US-CA")
    wrong = []
    for right, facts, expected in told:
        for name, value in (known | facts).items():
            setattr(request.deal, name, value)
        if covers(right, request.deal) is not expected:
            wrong.append((right.region, facts))
    assert wrong == []


def test_days_run_from_delivery_or_the_later_day(request_of):
    german = CancellationRight.get(CancellationRight.region == "DE")
    deal = request_of("US-CA", delivered_on=DAY, agreement_on=DAY + timedelta(days=2)).deal
    assert (last_day(california(), deal), last_day(german, deal)) == (date(2026, 11, 7), date(2026, 11, 16))
    deal.agreement_on = None
    assert (last_day(california(), deal), last_day(german, deal)) == (None, date(2026, 11, 16))
    deal.delivered_on = None
    assert last_day(german, deal) is None


def test_a_statement_counts_on_the_customers_own_day_also_where_clocks_change(request_of):
    at = {
        ("2026-11-06T07:59", "America/Los_Angeles"): date(2026, 11, 5),
        ("2026-11-06T08:00", "America/Los_Angeles"): date(2026, 11, 6),
        ("2026-10-25T21:59", "Europe/Berlin"): date(2026, 10, 25),
        ("2026-10-25T22:59", "Europe/Berlin"): date(2026, 10, 25),
        ("2026-10-25T23:00", "Europe/Berlin"): date(2026, 10, 26),
        ("2026-03-28T23:00", "Europe/Berlin"): date(2026, 3, 29),
        ("2026-11-06T09:59", "Pacific/Kiritimati"): date(2026, 11, 6),
        ("2026-11-06T11:59", ""): date(2026, 11, 5),
    }
    found = {key: sent_on(datetime.fromisoformat(key[0]).replace(tzinfo=UTC), key[1]) for key in at}
    assert found == at
    request = request_of("US-CA", delivered_on=date(2026, 11, 2), agreement_on=date(2026, 11, 2))
    request.requested_at = datetime(2026, 11, 6, 7, 59, tzinfo=UTC)
    assert right_of(request).in_time
    request.requested_at += timedelta(minutes=1)
    assert not right_of(request).in_time
