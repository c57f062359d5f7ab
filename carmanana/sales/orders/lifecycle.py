"""The sales order machine (domain 7): completed by its delivery, which is the deal's own; cancelled by its deal's
cancellation only, never around the review; reopened by an admin."""

from carmanana.core import audit
from carmanana.core.db import change
from carmanana.core.query import by_id
from carmanana.core.workflow import Attempt, Refusal, Remedy, T, Workflow, asked_in_words
from carmanana.deals import order_dates
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import CRM_ADMIN
from carmanana.records.sales_orders import CANCELLED, COMPLETED, OPENED, STATES, SalesOrder

SOP = "Cancelling a customer, sales orders"
reason_given = asked_in_words("reason", "Say why, in words.", SOP)
TO_THE_DEAL = Remedy("Open the deal", "sales_orders.deal", (), "board")


def works(attempt: Attempt) -> bool:
    return attempt.record.worked_by(attempt.by)


def admin(attempt: Attempt) -> bool:
    return attempt.by.has(CRM_ADMIN)


def delivery_given(attempt: Attempt):
    day = attempt.given.get("delivered_on")
    if day is None:
        return Refusal("delivered_on", "On which day was it delivered?", SOP, field="delivered_on")
    deal = attempt.record.deal
    if deal.locked:
        return Refusal("locked", "Its cancellation is under review. The manager decides first.", SOP, (TO_THE_DEAL,))
    return order_dates.delivery_refusal(deal, day, deal.agreement_on, attempt.by)


def complete(attempt: Attempt) -> dict:
    day = attempt.given["delivered_on"]
    _deliver(attempt, day)
    return {"completed_on": day}


def reopen(attempt: Attempt) -> dict:
    deal, by, reason = attempt.record.deal, attempt.by, attempt.given["reason"].strip()
    subject = f"{attempt.record.name} reopened: it was not delivered"
    Activity.create(customer=deal.customer_id, deal=deal, kind="note", subject=subject, summary=reason, author=by)
    text = f"{deal.customer.name}: {attempt.record.name} is open again"
    Notification.tell_manager_of(by if deal.unowned else deal.owner, "deal_changed", text, by, deal=deal)
    _deliver(attempt, None)
    return {"completed_on": None}


def _deliver(attempt: Attempt, day) -> None:
    """The deal's own day of delivery; what follows from it the database does (schema/derived/sales.py)."""
    deal = by_id(Deal, attempt.record.deal_id)
    told = {"from": {"delivered_on": _iso(deal.delivered_on)}, "to": {"delivered_on": _iso(day)}}
    change(deal, delivered_on=day)
    audit.record("correct", deal, attempt.by, fields=["delivered_on"], **told)
    attempt.event_data |= told


def _iso(day) -> str | None:
    return day and day.isoformat()


def not_from_here(order: SalesOrder, trigger: str) -> Refusal:
    if trigger == "cancel":
        sentence = "A sales order is cancelled by its deal’s cancellation review, never around it."
        return Refusal("by_review", sentence, SOP, (TO_THE_DEAL,))
    return Refusal("not_from_here", f"{order.name} is {STATES[order.state].lower()}; this does not lead on.", SOP)


TABLE = [
    T("complete", OPENED, COMPLETED, works, (delivery_given,), complete),
    T("reopen", COMPLETED, OPENED, admin, (reason_given,), reopen),
]
ordering = Workflow(SalesOrder, (OPENED, COMPLETED, CANCELLED), TABLE, {}, not_from_here)
