"""Whether the law may let this customer cancel, and until when. Days end in the customer's zone, and a statement
counts on the day it was sent. What is not known never speaks against a right."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, Payment
from carmanana.schema.sqlite import of_ids

EARLIEST_ZONE, LATEST_ZONE = "Etc/GMT+12", "Etc/GMT-14"


@dataclass(frozen=True)
class Found:
    """`right` is None where the region is unknown or has no row; `covers` says whether the order is of its kind;
    `last_day` is None while the days have not begun; `agreed` whether there is anything to cancel."""

    right: CancellationRight | None = None
    covers: bool = False
    last_day: date | None = None
    sent_on: date | None = None
    agreed: bool = False

    @property
    def in_time(self) -> bool:
        return self.last_day is None or self.sent_on <= self.last_day

    @property
    def applies(self) -> bool:
        """As far as is known, the law lets them."""
        return self.covers and self.in_time

    @property
    def stands(self) -> bool:
        """It takes effect, unless somebody has decided that it does not apply."""
        return self.applies and self.agreed


def right_of(request: CancellationRequest) -> Found:
    """By the day on which the statement was sent; where nobody said it, on which we heard of it."""
    return right_on(request.deal, _sent(request))


def _sent(request: CancellationRequest) -> date:
    return request.sent_on or sent_on(request.requested_at, request.deal.customer.timezone)


def right_on(deal: Deal, sent: date) -> Found:
    """What the law of that day gives the customer; of several rows that which lets them longest."""
    rows = _of_region(deal.customer.region, sent)
    return _longest(rows, deal, sent, _agreed(deal)) if rows else Found(sent_on=sent)


def _longest(rows: list[CancellationRight], deal: Deal, sent: date, agreed: bool) -> Found:
    found = [Found(row, covers(row, deal), last_day(row, deal), sent, agreed) for row in rows]
    return max(found, key=lambda one: (one.covers, one.last_day or date.max, len(one.right.region), one.right.id))


def running_among(requests: list[CancellationRequest]) -> dict[int, Found]:
    """Of a list, the rights that take effect and that nobody has decided on, by the number of the request. Two queries
    at most, however long the list."""
    undecided = [request for request in requests if request.open and not request.right_dismissed_at]
    rows = _of_regions({place for request in undecided for place in _places(request.deal.customer.region)})
    found = {request.id: _of_rows(request, rows) for request in undecided} if rows else {}
    applying = [request for request in undecided if request.id in found and found[request.id].applies]
    unsigned = [request.deal_id for request in applying if not _signed(request.deal)]
    paid = {deal for (deal,) in _paid_among(unsigned)} if unsigned else set()
    agreed = [request.id for request in applying if _signed(request.deal) or request.deal_id in paid]
    return {number: found[number] for number in agreed}


def _of_rows(request: CancellationRequest, rows: list[CancellationRight]) -> Found:
    sent, places = _sent(request), _places(request.deal.customer.region)
    rows = [row for row in rows if row.region in places and row.counted_on(sent)]
    return _longest(rows, request.deal, sent, agreed=True) if rows else Found(sent_on=sent)


@of_ids
def _paid_among(deals):
    return Payment.select(Payment.deal).where(Payment.deal.in_(deals), Payment.stands()).tuples()


def right_today(deal: Deal) -> Found:
    """If they sent their statement now."""
    return right_on(deal, today_of(deal.customer))


def today_of(customer: Customer) -> date:
    return sent_on(clock.now(), customer.timezone)


def _of_region(region: str, day: date) -> list[CancellationRight]:
    """The rows of the state and of its country."""
    return _rows(*_places(region), day)


def _places(region: str) -> tuple[str, str]:
    return region, region.split("-")[0]


@of_ids
def _of_regions(regions):
    return CancellationRight.select().where(CancellationRight.region.in_(regions)).order_by(CancellationRight.id)


@prepared
def _rows(region, country, day):
    R = CancellationRight
    return R.select().where((R.region == region) | (R.region == country), R.counts_on(day)).order_by(R.id)


def _agreed(deal: Deal) -> bool:
    return _signed(deal) or bool(_paid(deal.id))


def _signed(deal: Deal) -> bool:
    return bool(deal.won_at or deal.agreement_on or deal.delivered_on)


@prepared
def _paid(deal_id):
    return Payment.select(Payment.id).where(Payment.deal == deal_id, Payment.stands()).limit(1)


def covers(right: CancellationRight, deal: Deal) -> bool:
    kind = not right.order_types or deal.order_type in right.order_types
    how = not right.agreed_how or deal.agreed_how is None or deal.agreed_how in right.agreed_how
    return kind and how and _price_within(right, deal) and _agreed_since(right, deal)


def _price_within(right: CancellationRight, deal: Deal) -> bool:
    unknown = None in (right.price_up_to_cents, deal.value_cents) or right.currency != deal.currency
    return unknown or deal.value_cents <= right.price_up_to_cents


def _agreed_since(right: CancellationRight, deal: Deal) -> bool:
    return None in (right.agreed_from, deal.agreement_on) or deal.agreement_on >= right.agreed_from


def last_day(right: CancellationRight, deal: Deal) -> date | None:
    """The day of the event itself does not count. Before delivery no days run, nor is an end known while the later of
    two days is."""
    days = [deal.delivered_on, deal.agreement_on] if right.runs_from == "later" else [deal.delivered_on]
    if None in days:
        return None
    return max(days) + timedelta(days=right.days)


def sent_on(at: datetime, zone: str) -> date:
    """The day in the customer's zone. Where that is unknown, the earliest day that it was anywhere."""
    return clock.local(at, zone or EARLIEST_ZONE).date()
