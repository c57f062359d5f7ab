"""Whether the law may let this customer cancel, and until when. Days end in the customer's zone, and a statement
counts on the day it was sent. What is not known never speaks against a right."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from carmanana.core import clock
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal


@dataclass(frozen=True)
class Found:
    """`right` is None where the region is unknown or has no row; `covers` says whether the order is of its kind;
    `last_day` is None while the days have not begun."""

    right: CancellationRight | None = None
    covers: bool = False
    last_day: date | None = None
    sent_on: date | None = None

    @property
    def in_time(self) -> bool:
        return self.last_day is None or self.sent_on <= self.last_day


def right_of(request: CancellationRequest) -> Found:
    deal, customer = request.deal, request.deal.customer
    right = _of_region(customer.region)
    if right is None:
        return Found()
    return Found(right, covers(right, deal), last_day(right, deal), sent_on(request.requested_at, customer.timezone))


def _of_region(region: str) -> CancellationRight | None:
    """The row of the state, else of its country."""
    rows = CancellationRight.select().where(CancellationRight.region.in_([region, region.split("-")[0]]))
    return max(rows, key=lambda row: len(row.region), default=None)


def covers(right: CancellationRight, deal: Deal) -> bool:
    how = deal.agreed_how is None or deal.agreed_how in right.agreed_how
    return how and _price_within(right, deal) and _agreed_since(right, deal)


def _price_within(right: CancellationRight, deal: Deal) -> bool:
    unknown = None in (right.price_up_to_cents, deal.value_cents) or right.currency != deal.currency
    return unknown or deal.value_cents <= right.price_up_to_cents


def _agreed_since(right: CancellationRight, deal: Deal) -> bool:
    return None in (right.agreed_from, deal.agreement_on) or deal.agreement_on >= right.agreed_from


def last_day(right: CancellationRight, deal: Deal) -> date | None:
    """The day of the event itself does not count. Before delivery no days run, nor is an end known while the later of two
    days is."""
    days = [deal.delivered_on, deal.agreement_on] if right.runs_from == "later" else [deal.delivered_on]
    if None in days:
        return None
    return max(days) + timedelta(days=right.days)


def sent_on(at: datetime, zone: str) -> date:
    """The day in the customer's zone. Where that is unknown, the earliest day that it was anywhere."""
    return clock.local(at, zone or "Etc/GMT+12").date()
