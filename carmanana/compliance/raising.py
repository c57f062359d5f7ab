"""Findings that raise themselves (domain 9): what the records of the last days show against the SOP, each once. What
was imported is history, and raises nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from peewee import fn

from carmanana.compliance.findings import raise_by_rule
from carmanana.contacting.business_hours import days_off, end_of_business_day, open_hours
from carmanana.contacting.next_steps import FIRST_CONTACT
from carmanana.core.audit import Event
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.cancellations import CancellationRequest, Direction
from carmanana.records.compliance import LATE_CONTACT, LATE_REVIEW, LOCKED, PARKED, SILENT, UNOWNED, Finding
from carmanana.records.deal_codes import ACTIVE, ON_HOLD
from carmanana.records.deals import Deal, Hold
from carmanana.records.lead_codes import WORKED
from carmanana.records.leads import Lead
from carmanana.records.mail import Letter
from carmanana.records.people import HOUSE_ID, RETENTION, User
from carmanana.records.phrases import OWN_REVIEW
from carmanana.records.retention import RetentionPlan
from carmanana.records.sellers import sold_it

LOOKS_BACK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
AT_ONCE = 200


def raise_all(as_of: datetime) -> int:
    """How many are new."""
    since = as_of - LOOKS_BACK
    return sum(finding is not None for rule in SWEPT for finding in rule(since, as_of))


Raised = Iterator[Finding | None]


def contacts_while_locked(since: datetime, as_of: datetime) -> Raised:
    """SOP 0, step 4: the next contact is the manager's. The letter that the law owes the customer is none."""
    R = CancellationRequest
    open_then = (R.requested_at <= Activity.at) & (R.ended_at.is_null() | (Activity.at < R.ended_at))
    out = Activity.kind.in_(CONTACTS) & (Activity.direction == "out") & (Activity.at >= since)
    found = R.select(R, Deal, Activity).join(Deal).join(Activity, on=(Activity.customer == Deal.customer), attr="found")
    owed = fn.EXISTS(Letter.select(Letter.id).where(Letter.activity == Activity.id, Letter.owed))
    found = found.where(
        R.ended_at.is_null() | (R.ended_at >= since), open_then, out, Activity.author.is_null(False), ~owed
    )
    for request in found.order_by(Activity.id).limit(AT_ONCE):
        contact = request.deal.found
        if not _was_let(request, contact):
            source = f"locked:{contact.id}"
            yield raise_by_rule(source, contact.author, LOCKED, activity=contact, request=request)


def _was_let(request: CancellationRequest, contact: Activity) -> bool:
    """As it stood then: who reviews it, and from the first contact on other managers, the retention member, who was
    directed."""
    by, at = contact.author, contact.at
    if by.house or by.id == request.reviewer_id or by.id in _reviewed_before(request):
        return True
    if request.contacted_at is None or at < request.contacted_at:
        return False
    if by.is_manager and not sold_it(request.deal, by, request.requested_at):
        return True
    plans = RetentionPlan.select().where(RetentionPlan.request == request, RetentionPlan.assignee == by)
    directed = Direction.select().where(Direction.request == request, Direction.user == by)
    in_time = (Direction.given_at <= at) & (Direction.until >= at)
    return (by.has(RETENTION) and plans.exists()) or directed.where(in_time).exists()


def _reviewed_before(request: CancellationRequest) -> set[int]:
    told = _events("cancellation_request", request.id)
    return {event.data["was_reviewer"] for event in told if event.data.get("was_reviewer")}


def _events(subject: str, number: int):
    return Event.select().where(Event.subject == subject, Event.subject_id == number).order_by(Event.id)


def silent_leads(since: datetime, as_of: datetime) -> Raised:
    """SOP 1, section I: no lead with zero activity after you touched it; by the end of the business day on which it was
    taken."""
    opened = open_hours(), days_off()
    told = Activity.select(Activity.id).where(Activity.lead == Lead.id, Activity.kind.in_(CONTACTS))
    owned = ~Lead.is_unowned() & Lead.state.in_(WORKED) & Lead.import_id.is_null()
    taken = Lead.claimed_at.between(since, as_of)
    found = Lead.select(Lead, User).join(User, on=Lead.owner)
    for lead in found.where(owned, taken, ~fn.EXISTS(told.where(Activity.at >= Lead.claimed_at))).limit(AT_ONCE):
        if end_of_business_day(lead.claimed_at, lead.owner.timezone, opened) < as_of:
            yield raise_by_rule(f"silent:{lead.id}:{lead.claimed_at:%Y%m%d%H%M%S}", lead.owner, SILENT, lead=lead)


def parked_live_orders(since: datetime, as_of: datetime) -> Raised:
    """SOP 1, section D: the database refuses a live order on hold; making it organic for the hold's sake is the way
    round."""
    holds = Hold.select(Hold, Deal).join(Deal).where(Deal.state == ON_HOLD, Hold.lifted_at.is_null())
    for hold in holds.where(Hold.placed_at >= since).limit(AT_ONCE):
        made = [event for event in _events("deal", hold.deal_id) if event.verb == "mark_organic"]
        near = [event for event in made if timedelta() <= hold.placed_at - event.at <= ONE_DAY]
        if near and near[-1].actor_id == hold.placed_by_id:
            yield raise_by_rule(f"parked:{hold.id}", hold.placed_by, PARKED, deal=hold.deal)


def unowned_deals(since: datetime, as_of: datetime) -> Raised:
    """SOP 1, section E: nobody's deals are swept every day. They are nobody's finding, for the managers to mend."""
    known = Finding.select(Finding.id).where(Finding.deal == Deal.id, Finding.sort == UNOWNED)
    old = Deal.created_at.between(since - LOOKS_BACK, as_of - ONE_DAY)
    found = Deal.select().where(
        Deal.is_unowned(), Deal.state == ACTIVE, Deal.import_id.is_null(), old, ~fn.EXISTS(known)
    )
    house = User.get_by_id(HOUSE_ID)
    for deal in found.order_by(Deal.id).limit(AT_ONCE):
        yield raise_by_rule(f"unowned:{deal.id}", house, UNOWNED, deal=deal)


def late_reviews(since: datetime, as_of: datetime) -> Raised:
    """SOP 0, step 5: it went to the next manager because the first contact was overdue; the one before is told."""
    R = CancellationRequest
    for request in R.select(R, Deal).join(Deal).where(R.escalated_at >= since).limit(AT_ONCE):
        for event in _events("cancellation_request", request.id):
            was = event.data.get("was_reviewer") if event.verb == "escalate" and event.at >= since else None
            if was:
                source = f"late_review:{event.id}"
                yield raise_by_rule(source, User.get_by_id(was), LATE_REVIEW, request=request, deal=request.deal)


def late_first_contacts(since: datetime, as_of: datetime) -> Raised:
    """SOP 1, section E: whoever takes a deal contacts the customer the same business day."""
    late = (Activity.kind == "task") & Activity.done_at.is_null() & Activity.due_at.between(since, as_of)
    found = Activity.select(Activity, User).join(User, on=Activity.assignee)
    for step in found.where(late, Activity.subject == FIRST_CONTACT, ~User.house).limit(AT_ONCE):
        yield raise_by_rule(f"late_contact:{step.id}", step.assignee, LATE_CONTACT, activity=step)


def own_reviews(since: datetime, as_of: datetime) -> Raised:
    """Domain 1: who sold an order is never its reviewer. Where the guard has noted it, it is noted."""
    R = CancellationRequest
    for request in R.select(R, Deal).join(Deal).where(R.ended_at >= since).limit(AT_ONCE):
        noted = Finding.select().where(Finding.deal == request.deal, Finding.sort == OWN_REVIEW)
        if sold_it(request.deal, request.reviewer, request.requested_at) and not noted.exists():
            source = f"own_review:{request.id}"
            yield raise_by_rule(source, request.reviewer, OWN_REVIEW, request=request, deal=request.deal)


SWEPT = (
    contacts_while_locked,
    silent_leads,
    parked_live_orders,
    unowned_deals,
    late_reviews,
    late_first_contacts,
    own_reviews,
)
