"""What goes back to a customer who used their right to cancel, by when, and what the law leaves to us."""

from datetime import date, timedelta

from carmanana.cancellations.money_owed import RETURNED_WITHIN
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.deals import Deal, balance


def with_us(deal: Deal) -> int:
    return max(0, balance(deal))


def most_kept(right: CancellationRight, deal: Deal) -> int:
    """In cents: restocking and mileage, never more than is with us. In another currency than the law's nobody
    can say."""
    foreign = right.currency is not None and right.currency != deal.currency
    return 0 if foreign else min(with_us(deal), _restocking(right, deal) + (right.mileage_most_cents or 0))


def _restocking(right: CancellationRight, deal: Deal) -> int:
    share = right.restocking_percent_hundredths
    if share is None or deal.value_cents is None:
        return 0
    cents = max(deal.value_cents * share // 10_000, right.restocking_least_cents or 0)
    return min(cents, right.restocking_most_cents) if right.restocking_most_cents is not None else cents


def returned_by(right: CancellationRight, sent: date) -> date:
    """The law's day, counted from the statement; the house's own two weeks where the row names none."""
    return sent + (timedelta(days=right.refund_days) if right.refund_days else RETURNED_WITHIN)
