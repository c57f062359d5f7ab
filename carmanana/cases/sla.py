"""The time that a case has, by the one business calendar. While it waits on the customer or on a supplier its clock
stands."""

from datetime import datetime

from carmanana.contacting.business_hours import due_after, minutes_between
from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.customer_cases import PRIORITIES, CaseTerms, CustomerCase
from carmanana.records.people import User
from carmanana.records.rights import leaders_only

MOST_MINUTES = 60_000


def zone_of(case: CustomerCase) -> str:
    """Of whoever works on it, else of whoever opened it."""
    person = case.assignee or case.opened_by
    return person.timezone if person and not person.house else User.timezone.default


def begin(case: CustomerCase, at: datetime) -> dict:
    """The clock starts with all the time of its priority."""
    return running(case, CaseTerms.now().minutes(case.priority), at)


def minutes_of(priority: str) -> int:
    return CaseTerms.now().minutes(priority)


def running(case: CustomerCase, minutes: int, at: datetime) -> dict:
    return {"due_at": due_after(at, minutes, zone_of(case)), "minutes_left": None, "told_late_at": None}


def stopped(case: CustomerCase, at: datetime) -> dict:
    return {"due_at": None, "minutes_left": minutes_left(case, at)}


def minutes_left(case: CustomerCase, at: datetime) -> int:
    """In business minutes; none where it is late already."""
    if case.minutes_left is not None:
        return case.minutes_left
    return minutes_between(at, case.due_at, zone_of(case)) if case.due_at and case.due_at > at else 0


def of_another_priority(case: CustomerCase, priority: str, at: datetime) -> dict:
    """What is used up stays used up."""
    terms = CaseTerms.now()
    more = terms.minutes(priority) - terms.minutes(case.priority)
    left = max(minutes_left(case, at) + more, 0)
    if case.clock_stands or case.due_at is None:
        return {"minutes_left": left}
    return running(case, left, at)


def set_terms(by: User, version: int, **minutes: int | None) -> CaseTerms:
    """How long cases of each priority may take; those that are under way keep their day."""
    leaders_only(by)
    refused = [_unclear(priority) for priority in PRIORITIES if not _fits(minutes.get(f"{priority}_minutes"))]
    if refused:
        raise Refused(refused)
    with transaction():
        terms = CaseTerms.get_by_id(1)
        if terms.version != version:
            raise Stale(terms)
        fields = {f"{priority}_minutes": minutes[f"{priority}_minutes"] for priority in PRIORITIES}
        change(terms, **fields)
        audit.record("case_terms", terms, by, **fields)
    return terms


def _fits(minutes: int | None) -> bool:
    return minutes is not None and 5 <= minutes <= MOST_MINUTES


def _unclear(priority: str) -> Refusal:
    return Refusal("minutes", f"From 5 to {MOST_MINUTES:,} business minutes.", field=f"{priority}_minutes")
