"""The numbers of order cancellation, reckoned by hand beside what the report says."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.rights.acknowledging import acknowledge
from carmanana.contacting import business_hours
from carmanana.core import clock
from carmanana.core.workflow import Refused
from carmanana.records.business_hours import Holiday
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.playbook import PlaybookAnswer
from carmanana.records.retention import Offer
from carmanana.reports.cases import cases, headings
from carmanana.reports.contact_times import BusinessTime, seconds
from carmanana.reports.pages import REPORTS
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.tables import Figures

from ..cast import NOON

ZONE = "America/New_York"
ENDING = {"retained": ("retain",), "cancelled": ("cancel",), "withdrawn": ("withdraw",)}


def scope(**query) -> ReportScope:
    named = {"first": "from", "last": "to"}
    manager = User.get(User.email == "manager@carmanana.example")
    return ReportScope.read({named.get(name, name): value for name, value in query.items()}, ZONE, viewer=manager)


class Desk:
    """Requests that came in at noon, and went their way by lawful steps."""

    def __init__(self, cast):
        self.cast = cast

    def asked(self, owner=None, reviewer=None) -> CancellationRequest:
        deal = self.cast.in_state(WON, owner or self.cast.agent)
        return self.cast.losing(deal, deal.owner, reviewer=reviewer or self.cast.manager)

    def contacted(self, after: int, reason: str = "delivery", **asked) -> CancellationRequest:
        request = self.asked(**asked)
        with clock.set_to(clock.now() + timedelta(minutes=after)):
            request = review.fire(request, "begin_review", request.reviewer)
            return review.fire(
                request,
                "log_first_contact",
                request.reviewer,
                **self.cast.review_given("log_first_contact", main_reason=reason),
            )

    def ended(self, request: CancellationRequest, state: str, after: int = 180) -> CancellationRequest:
        with clock.set_to(clock.now() + timedelta(minutes=after)):
            return self.cast.walked(request, state, ENDING[state])

    def offered(self, request: CancellationRequest, answer: str, kinds=("price",)) -> CancellationRequest:
        """To the retention member, who presents one offer of each kind."""
        with clock.set_to(clock.now() + timedelta(minutes=150)):
            given = self.cast.review_given("assign_retention")
            given["offers"] = [given["offers"][0] | {"kind": kind} for kind in kinds]
            request = review.fire(request, "assign_retention", request.reviewer, **given)
            for offer in list(Offer.select().order_by(Offer.id.desc()).limit(len(kinds))):
                told = {
                    "offer": offer,
                    "kind": "call",
                    "direction": "out",
                    "outcome": "connected_follow_up",
                    "summary": "Heard it",
                }
                request = review.fire(request, "present", self.cast.retention, answer=answer, **told)
            if answer == "declined":
                request = review.fire(
                    request, "end_retention", self.cast.retention, **self.cast.review_given("end_retention")
                )
            return request


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def seven(cast, desk) -> list[CancellationRequest]:
    """Two retained, three cancelled, one withdrawn, one open."""
    second = {"owner": cast.agent2, "reviewer": cast.manager2}
    return [
        desk.ended(desk.contacted(10), "retained"),
        desk.ended(desk.offered(desk.contacted(45, "price"), "accepted", ("price", "price", "eta")), "retained"),
        desk.ended(desk.offered(desk.contacted(120, "price"), "declined"), "cancelled"),
        desk.ended(desk.contacted(60, **second), "cancelled"),
        desk.ended(desk.contacted(14, "life", **second), "cancelled"),
        desk.ended(desk.asked(**second), "withdrawn"),
        desk.asked(),
    ]


def told(key: str, chosen: ReportScope | None = None) -> Figures:
    return REPORTS["cancellations"].table(key).figures(chosen or scope())


def cells(key: str, *measures: str, chosen: ReportScope | None = None) -> dict[str, tuple]:
    return {row.name: tuple(row.cells[measure] for measure in measures) for row in told(key, chosen).rows}


def whole(key: str, *measures: str, chosen: ReportScope | None = None) -> tuple:
    found = told(key, chosen).whole
    return tuple(found.cells[measure] if found else 0 for measure in measures)


def test_what_ended_by_a_right_to_cancel_was_not_ours_to_save(cast, seven):
    """It stands beside the save rate and in no other number."""
    request = cast.losing(cast.in_state("won"), cast.agent)
    Customer.update(region="DE").where(Customer.id == request.deal.customer_id).execute()
    acknowledge(CancellationRequest.get_by_id(request.id), cast.manager, conditions=True)
    with clock.set_to(NOON + timedelta(hours=4)):
        for key in ("reviewers", "months"):
            assert whole(key, "right", "ended", "cancelled", "rate") == (1, 6, 3, 40), key


def test_the_save_rate_is_what_was_retained_of_what_was_decided(seven):
    with clock.set_to(NOON + timedelta(hours=4)):
        assert whole("reviewers", "ended", "retained", "cancelled", "withdrawn", "decided", "rate") == (
            6,
            2,
            3,
            1,
            5,
            40,
        )
        assert whole("open", "open", "overdue") == (1, 1)
        # each on an accepted $600 off
        assert whole("reviewers", "kept") == ({"USD": 2 * (3890000 - 60000)},)


def test_fewer_than_five_decided_are_too_few_to_say(desk):
    for _ in range(4):
        desk.ended(desk.contacted(10), "retained")
    assert whole("reviewers", "rate") == (None,)
    desk.ended(desk.contacted(10), "retained")
    assert whole("reviewers", "rate") == (100,)


def test_each_table_counts_the_same_requests_another_way(seven, cast):
    CancellationRequest.update(diagnosis="fear").where(CancellationRequest.id == seven[1].id).execute()
    for step in ("empathise", "diagnose"):
        PlaybookAnswer.create(request=seven[1], step=step, answered_by=cast.retention)
    PlaybookAnswer.create(request=seven[2], step="empathise", answered_by=cast.retention)
    expected = {
        "reasons": {
            "Delivery takes too long": (2, 2, 1),
            "Price or payment": (2, 2, 1),
            "Something in their life changed": (1, 1, 0),
            "Not known": (1, 0, 0),
        },
        "diagnoses": {"Not diagnosed": (5, 4, 1), "Fear": (1, 1, 1)},
        "owners": {"Marta Sandoval": (3, 3, 2), "Thabo Okafor": (3, 2, 0)},
        "reviewers": {"Ingrid Dahl": (3, 3, 2), "Oskar Lind": (3, 2, 0)},
        "members": {"Never with retention": (4, 3, 1), "Samira Mendes": (2, 2, 1)},
        "answered": {"None": (4, 3, 1), "1 of 6": (1, 1, 0), "2 of 6": (1, 1, 1)},
        "steps": {"Empathise": (2, 2, 1), "Diagnose the why": (1, 1, 1)},
    }
    assert {key: cells(key, "ended", "decided", "retained") for key in expected} == expected


def test_an_offer_counts_once_a_request_and_is_kept_with_when_it_was_accepted(seven):
    found = cells("offers", "presented", "accepted", "with", "decided", "retained")
    assert found == {"Price adjustment": (2, 1, 1, 2, 1), "ETA change": (1, 1, 1, 1, 1)}


def test_orders_lost_after_they_were_retained_or_retained_twice_count_once_or_not(cast, desk):
    kept, lost, twice = (desk.ended(desk.contacted(10), "retained") for _ in range(3))
    with clock.set_to(NOON + timedelta(hours=4)):
        cast.walked(cast.losing(Deal.get_by_id(lost.deal_id), cast.agent), "cancelled")
        cast.walked(cast.losing(Deal.get_by_id(twice.deal_id), cast.agent), "retained")
        assert whole("reviewers", "kept") == ({"USD": kept.deal.value_cents + twice.deal.value_cents},)


def test_a_team_and_a_person_are_those_of_the_order_and_of_its_review(cast, seven):
    chosen = {name: scope(**{name: str(user.id)}) for name, user in (("team", cast.manager), ("owner", cast.agent2))}
    assert {name: whole("reviewers", "ended", chosen=one) for name, one in chosen.items()} == {
        "team": (3,),
        "owner": (3,),
    }
    asked = ReportScope.read({}, ZONE, viewer=cast.agent2)
    assert whole("reviewers", "ended", chosen=asked) == (3,), "who asked for them reads of them"


# time to the first contact


def test_waits_are_counted_in_business_minutes(seven):
    assert whole("waits", "reached", "quarter", "hour", "half_day", "same_day", "later") == (5, 2, 2, 1, 0, 0)
    assert whole("waits", "median", "nine") == (45, 120)
    assert cells("waits", "reached", "median") == {"Ingrid Dahl": (3, 45), "Oskar Lind": (2, 14)}
    assert whole("first-try", "requests", "in_time", "late", "untried") == (7, 4, 1, 1)


def test_an_open_request_counts_in_the_waits_from_its_first_contact(desk):
    desk.contacted(30)
    assert (told("reviewers").rows, whole("waits", "reached", "median")) == ([], (1, 30))


def test_a_try_in_time_stops_the_clock_though_the_client_answers_later(cast, desk):
    request = desk.asked()
    request = review.fire(request, "begin_review", request.reviewer)
    with clock.set_to(NOON + timedelta(minutes=20)):
        request = review.fire(request, "log_attempt", request.reviewer, **cast.review_given("log_attempt"))
    with clock.set_to(NOON + timedelta(hours=24)):
        review.fire(request, "log_first_contact", request.reviewer, **cast.review_given("log_first_contact"))
        assert whole("waits", "median", "later") == (540, 1)
        assert whole("first-try", "requests", "in_time") == (1, 1)


STARTS = [
    NOON,
    datetime(2026, 11, 20, 22, 50, tzinfo=UTC),  # Friday, ten minutes before it closes
    datetime(2026, 11, 22, 3, 0, tzinfo=UTC),  # Saturday night
    datetime(2026, 10, 31, 19, 30, tzinfo=UTC),  # the Saturday before the clocks go back
    datetime(2026, 12, 24, 15, 0, tzinfo=UTC),  # before a holiday
]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("minutes", [1, 59, 60, 600, 2400])
def test_minutes_between_are_the_counterpart_of_when_it_is_due(cast, start, minutes):
    Holiday.create(day=date(2026, 12, 25), name="Christmas Day")
    due = business_hours.due_after(start, minutes, ZONE)
    business = BusinessTime()
    assert business.minutes(seconds(start), seconds(due), ZONE) == minutes
    assert business.minutes(seconds(start), seconds(due - timedelta(minutes=1)), ZONE) == minutes - 1


# the days


def test_the_last_day_counts_to_its_end_in_the_zone_of_who_looks(desk, cast):
    request = desk.contacted(10)
    with clock.set_to(datetime(2026, 11, 19, 4, 30, tzinfo=UTC)):  # half past eleven at night in New York
        desk.ended(request, "retained", 0)
    here = [scope(first=day, last=day) for day in ("2026-11-18", "2026-11-19")]
    there = ReportScope.read({"from": "2026-11-19", "to": "2026-11-19"}, "Europe/Berlin", viewer=cast.manager)
    assert [whole("reviewers", "ended", chosen=one) for one in (*here, there)] == [(1,), (0,), (1,)]


def test_months_are_the_last_twelve_and_begin_with_this_one(seven):
    months = cells("months", "decided", chosen=scope(first="2020-01-01", last="2020-01-02"))
    assert [*months][0] == "November 2026" and [*months][-1] == "December 2025"
    assert [*months.values()] == [(5,), *[(0,)] * 11]


def test_a_pipeline_narrows_everything(seven):
    other = scope(pipeline="new-vehicle-orders")
    tables = REPORTS["cancellations"].tables
    assert {table.key: table.figures(other).empty for table in tables} == {table.key: True for table in tables}
    assert whole("reviewers", "ended", chosen=scope(pipeline="used-vehicle-orders")) == (6,)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"period": "7"}, ["period"]),
        ({"first": "yesterday"}, ["from"]),
        ({"first": "0001-01-01", "last": "9999-12-31"}, ["from", "to"]),
        ({"first": "2026-11-18", "last": "2026-11-01"}, ["from"]),
        ({"pipeline": "boats"}, ["pipeline"]),
    ],
)
def test_days_that_make_no_sense_are_refused_by_their_field(cast, query, fields):
    with pytest.raises(Refused) as caught:
        scope(**query)
    assert [refusal.field for refusal in caught.value.refusals] == fields


# the cases


def test_each_case_is_a_row_of_codes_and_figures(seven):
    chosen = scope()
    table = [dict(zip(headings(chosen), row, strict=True)) for row in cases(chosen)]
    assert [row["State"] for row in table] == [
        "retained",
        "retained",
        "cancelled",
        "cancelled",
        "cancelled",
        "withdrawn",
        "requested",
    ]
    assert [row["Business minutes to first contact"] for row in table] == [10, 45, 120, 60, 14, "", ""]
    assert [row["Retention member"] for row in table[:3]] == ["", "Samira Mendes", "Samira Mendes"]
    first = table[0]
    assert (first["Requested (America/New_York)"], first["First contact (America/New_York)"]) == (
        "2026-11-18 12:00",
        "2026-11-18 12:10",
    )
    assert (first["Agent"], first["Manager"], first["Value"], first["Currency"]) == (
        "Marta Sandoval",
        "Ingrid Dahl",
        Decimal("38900.00"),
        "USD",
    )
    assert not any("Gutiérrez" in str(cell) for row in table for cell in row.values())
