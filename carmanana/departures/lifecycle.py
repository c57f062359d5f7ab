"""The cancellation of a customer as one table (customer cancellation help; domain 7). Opening the tool begins it; it is
worked in stages, then processed or removed; an admin may reactivate the customer."""

from carmanana.core import audit
from carmanana.core.db import Stale, transaction
from carmanana.core.query import again
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused, T, Workflow
from carmanana.departures import effects, rules
from carmanana.departures.sections import SOP, required
from carmanana.records.customers import Customer
from carmanana.records.departures import PENDING, PROCESSED, REACTIVATED, REMOVED, STATES, Departure
from carmanana.records.people import CRM_ADMIN, CUSTOMER_CANCELLATION, User
from carmanana.records.privacy import Erasure


def may_cancel(by: User) -> bool:
    return by.has(CUSTOMER_CANCELLATION, CRM_ADMIN)


def cancels(attempt: Attempt) -> bool:
    return may_cancel(attempt.by)


def admin(attempt: Attempt) -> bool:
    return attempt.by.has(CRM_ADMIN)


STEPS = {
    "add_reason": ((rules.reason_written,), effects.add_reason),
    "edit_reason": ((rules.reason_is_theirs, rules.reason_written), effects.edit_reason),
    "drop_reason": ((rules.reason_is_theirs,), effects.drop_reason),
    "plan_owner": ((rules.owner_chosen,), effects.plan_owner),
    "perform_now": ((rules.owner_planned, rules.planned_owner_is_here), effects.perform),
    "note_mood": ((rules.mood_known,), effects.note_mood),
}

TABLE = [
    T("process", PENDING, PROCESSED, cancels, (*required(), rules.planned_owner_is_here), effects.process),
    T("remove", PENDING, REMOVED, cancels, (), effects.remove),
    T("reactivate", PROCESSED, REACTIVATED, admin, (rules.is_the_newest, rules.words_given), effects.reactivate),
    *(T(trigger, PENDING, PENDING, cancels, broken, effect) for trigger, (broken, effect) in STEPS.items()),
]

leaving = Workflow(Departure, STATES, TABLE, {}, rules.not_from_here)


def begin(customer: Customer, by: User, version: int | None = None) -> Departure:
    """The customer is pending cancellation from now on: Live (PC)."""
    if not may_cancel(by):
        raise Forbidden("begin")
    with transaction():
        fresh = again(customer)
        if version not in (None, fresh.version):
            raise Stale(fresh)
        if refusal := why_not_begun(fresh):
            raise Refused([refusal], fresh, "begin")
        departure = Departure.create(customer=fresh, begun_by=by)
        effects.mark(fresh, "pending_cancellation", by, departure)
        audit.record("begin", departure, by, None, PENDING, customer=fresh.id)
    return departure


def why_not_begun(customer: Customer) -> Refusal | None:
    if customer.leaving:
        return Refusal("pending", "This customer is pending cancellation already. View the cancellation.", SOP)
    if customer.cancelled:
        return Refusal("cancelled", "This customer is cancelled already. An admin may reactivate them.", SOP)
    if Erasure.of(customer):
        return Refusal("erased", "This customer was erased: nothing of theirs is left to cancel.", SOP)
