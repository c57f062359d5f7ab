"""Keeping what the guard found, for later review. The words stay here and go into no event and no log."""

from contextlib import contextmanager

from carmanana.contacting.phrase_check.judging import Verdict
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import COMPLIANCE, MANAGER, User
from carmanana.records.phrases import CONDUCT, HAPPENED, LONGEST_EXCERPT, REFUSED, SORTS, Finding

LONGEST_NOTE = 1000


def keep(by: User, verdicts, where: str, outcome: str, deal=None, customer=None, activity=None) -> list[Finding]:
    """One finding for each verdict. Where the text was refused, call this outside the transaction that was undone."""
    customer = customer or (deal.customer_id if deal else None)
    about = {"user": by, "deal": deal, "customer": customer, "activity": activity, "where": where, "outcome": outcome}
    with transaction():
        return [
            Finding.create(sort=verdict.sort, phrase=verdict.phrase_id, excerpt=_excerpt(verdict), **about)
            for verdict in verdicts
        ]


def about(record) -> dict:
    """The deal that it was written on; of a lead, the customer alone."""
    return {"deal": record} if isinstance(record, Deal) else {"customer": record.customer_id}


def keep_refused(refused: Refused, by: User, where: str, deal=None, customer=None) -> list[Finding]:
    """What was found in a text that was refused, from the refusal itself."""
    verdicts = [verdict for refusal in refused.refusals for verdict in getattr(refusal, "verdicts", ())]
    return keep(by, verdicts, where, REFUSED, deal, customer) if verdicts else []


@contextmanager
def kept_if_refused(by: User, where: str, deal=None, customer=None):
    """What the guard refuses in here is kept for review, once all that was to be written is undone."""
    try:
        yield
    except Refused as refused:
        keep_refused(refused, by, where, deal, customer)
        raise


def keep_conduct(sort: str, by: User, where: str, deal) -> Finding:
    """What somebody did rather than wrote, for the same later review."""
    return Finding.create(
        user=by, deal=deal, customer=deal.customer_id, sort=sort, excerpt="", where=where, outcome=HAPPENED
    )


def _excerpt(verdict: Verdict) -> str:
    return verdict.words[:LONGEST_EXCERPT]


def may_review(by: User) -> bool:
    return by.has(MANAGER, COMPLIANCE)


def listed(sort: str = "", reviewed: bool | None = None, user_id: int | None = None):
    """Newest first."""
    reviewer = User.alias()
    found = Finding.select(Finding, User, Customer, reviewer).join(User, on=Finding.user).switch(Finding)
    found = (
        found.left_outer_join(Customer)
        .switch(Finding)
        .left_outer_join(reviewer, on=(Finding.reviewed_by == reviewer.id), attr="reviewed_by")
    )
    if sort in SORTS or sort in CONDUCT:
        found = found.where(Finding.sort == sort)
    if user_id is not None:
        found = found.where(Finding.user == user_id)
    if reviewed is not None:
        found = found.where(Finding.reviewed_at.is_null(not reviewed))
    return found.order_by(Finding.id.desc())


def review(finding: Finding, by: User, version: int, note: str) -> Finding:
    """Somebody has looked at it and says what came of it. A manager does not review what they wrote themselves."""
    if not may_review(by):
        raise Forbidden("findings")
    with transaction():
        fresh = Finding.get_by_id(finding.id)
        if fresh.version != version:
            raise Stale(fresh)
        if refusals := list(filter(None, (_is_open(fresh), _is_not_their_own(fresh, by), _note_given(note)))):
            raise Refused(refusals, fresh)
        change(fresh, reviewed_at=clock.now(), reviewed_by=by, note=note.strip())
        audit.record("review_finding", fresh, by)
    return fresh


def _is_open(finding: Finding):
    if finding.reviewed_at:
        return Refusal("reviewed", "This finding was reviewed already.")


def _is_not_their_own(finding: Finding, by: User):
    if finding.user_id == by.id:
        return Refusal("own", "Somebody else reviews what you wrote.", "Cancellation SOP, review of calls and emails")


def _note_given(note: str):
    if not 0 < len((note or "").strip()) <= LONGEST_NOTE:
        return Refusal(
            "note", f"Say in a few words what came of it, at most {LONGEST_NOTE:,} characters.", field="note"
        )
