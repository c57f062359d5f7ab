"""The open next steps of a deal: whose they are, how far ahead, which a contact answers, and how they end (domain
3)."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from carmanana.contacting import lock
from carmanana.contacting.business_hours import end_of_business_day
from carmanana.core import clock
from carmanana.core.limits import FOLLOW_UP_MONTHS, NEXT_STEP_DAYS
from carmanana.core.query import Prepared, prepared
from carmanana.core.workflow import Refusal
from carmanana.records.activities import DONE, DROPPED, WRONG, Activity
from carmanana.records.cancellations import RETENTION, CancellationRequest
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.retention import Commitment
from carmanana.records.sops import SOP_FLOW

WHAT = {Deal: "a deal", Lead: "a lead", CustomerCase: "a case"}
FIRST_CONTACT = "First contact"

# the words of a step by which it is seen that a contact of a kind answers it
TELLING = {
    "call": r"call|phone|ring|dial|voicemail|try again",
    "email": r"e-?mail|mail|write",
    "text": r"text|sms|whatsapp|message",
}
DELIVERING = re.compile(
    r"\b(deliver|ship|transport|title|registr|insur|hand ?over|pick ?up|collect|invoice|balance|paper)", re.IGNORECASE
)


# whose it is


def belongs_to(deal: Deal | Lead, by: User) -> User:
    """Whoever may contact the customer: the owner, or while they are locked the reviewer or the retention member."""
    if request := _locking(deal):
        return _may_contact(request, by)
    return by if deal.unowned or deal.owner_id == by.id else deal.owner


def _locking(deal: Deal | Lead) -> CancellationRequest | None:
    """The open request of this deal, else one of another deal of the customer."""
    requests = lock.open_requests(deal.customer)
    own = (request for request in requests if isinstance(deal, Deal) and request.deal_id == deal.id)
    return next(own, requests[0] if requests else None)


def _may_contact(request: CancellationRequest, by: User) -> User:
    if request.state == RETENTION and request.deal.retention:
        return request.deal.retention
    directed = request.contacted_at is not None and lock.direction_of(request, by)
    return by if directed else request.reviewer


# how far ahead


def too_far(deal: Deal | Lead | None, due_at: datetime | None, zone: str) -> Refusal | None:
    """A live order is worked within two weeks; anything else waits for a year at most."""
    if deal is None or due_at is None:
        return None
    if due_at > latest(deal, zone):
        worked = deal.live and deal.state == ACTIVE
        ahead = f"{NEXT_STEP_DAYS} days" if worked else f"{FOLLOW_UP_MONTHS} months"
        what = "a live order" if worked else WHAT[type(deal)]
        sentence = f"The next step of {what} is at most {ahead} ahead. Choose a nearer day."
        return Refusal("too_far", sentence, SOP_FLOW, field="due_at")
    return None


def latest(deal: Deal | Lead, zone: str) -> datetime:
    """The last moment at which the next step may be due."""
    today = clock.today(zone)
    worked = deal.live and deal.state == ACTIVE
    day = today + timedelta(days=NEXT_STEP_DAYS) if worked else clock.in_months(today, FOLLOW_UP_MONTHS)
    return clock.start_of_day(day + timedelta(days=1), zone) - timedelta(microseconds=1)


# which a contact answers


def free(deal: Deal | Lead) -> list[Activity]:
    """The open steps that are no cancellation review's own, no money to return and no promise: those end by other
    means. A lead has none of these, nor has a case."""
    return free_of(deal)(deal.id)


def free_of(deal: Deal | Lead | CustomerCase) -> Prepared:
    """The query that `free` asks."""
    if isinstance(deal, CustomerCase):
        return open_steps_of_case
    return open_steps_of_lead if isinstance(deal, Lead) else free_steps


open_steps_of_lead = prepared(
    lambda lead: (
        Activity.select()
        .where(Activity.lead == lead, Activity.kind == "task", Activity.done_at.is_null())
        .order_by(Activity.due_at, Activity.id)
    )
)

open_steps_of_case = prepared(
    lambda case: (
        Activity.select()
        .where(Activity.case == case, Activity.kind == "task", Activity.done_at.is_null())
        .order_by(Activity.due_at, Activity.id)
    )
)


@prepared
def open_steps(deal):
    """All that are not done, the soonest first."""
    steps = Activity.select().where(Activity.deal == deal, Activity.kind == "task", Activity.done_at.is_null())
    return steps.order_by(Activity.due_at, Activity.id)


def ask_for_first_contact(record: Deal | Lead, owner: User, by: User, at: datetime, **about) -> None:
    """A task of whoever has it now, due the same business day."""
    Activity.create(
        kind="task",
        subject=FIRST_CONTACT,
        customer=record.customer_id,
        due_at=end_of_business_day(at, owner.timezone),
        author=by,
        assignee=owner,
        at=at,
        created_at=at,
        **{"lead" if isinstance(record, Lead) else "deal": record},
        **about,
    )


def first_contact_due(record: Deal | Lead) -> datetime | None:
    """When whoever has taken it is to make the first contact, while that is ahead."""
    steps = (open_steps_of_lead if isinstance(record, Lead) else open_steps)(record.id)
    ahead = (step.due_at for step in steps if step.subject == FIRST_CONTACT and step.due_at >= clock.now())
    return max(ahead, default=None)


@prepared
def free_steps(deal):
    reviews = CancellationRequest.select(CancellationRequest.task)
    reviews = reviews.where(CancellationRequest.deal == deal, CancellationRequest.task.is_null(False))
    promises = Commitment.select(Commitment.task).join(CancellationRequest).where(CancellationRequest.deal == deal)
    steps = Activity.select().where(Activity.deal == deal, Activity.kind == "task", Activity.done_at.is_null())
    returns = CancellationRequest.select(CancellationRequest.return_task)
    returns = returns.where(CancellationRequest.deal == deal, CancellationRequest.return_task.is_null(False))
    steps = steps.where(Activity.id.not_in(returns))
    return steps.where(Activity.id.not_in(reviews), Activity.id.not_in(promises)).order_by(Activity.due_at, Activity.id)


def kinds_of(step: Activity) -> set[str]:
    """The kinds of contact that answer a step, by its words; any of them answers the first contact."""
    if step.subject == FIRST_CONTACT:
        return {"call", "voicemail", "email", "text"}
    kinds = {kind for kind, words in TELLING.items() if re.search(rf"\b({words})", step.subject, re.IGNORECASE)}
    return kinds | ({"voicemail"} if "call" in kinds else set())


def answered_beforehand(steps: Iterable[Activity], kind: str, outcome: str | None = None) -> list[Activity]:
    """Those that are ticked until whoever logs the contact says otherwise. Nobody was reached at a wrong number."""
    return [] if outcome == WRONG else [step for step in steps if kind in kinds_of(step)]


def answer(contact: Activity, steps: list[Activity], by: User) -> None:
    """They are done, by this contact."""
    done_at = clock.now()
    for step in steps:
        _answer.rows(step, done_at, by, contact)


@prepared
def _answer(step, done_at, by, contact):
    done = {Activity.done_at: done_at.to(Activity.done_at), Activity.done_by: by.to(Activity.done_by)}
    told = {Activity.closed_as: DONE, Activity.answered_by: contact.to(Activity.answered_by)}
    closed = Activity.update({**done, **told, Activity.version: Activity.version + 1})
    return closed.where(Activity.id == step, Activity.done_at.is_null())


# how they end


def drop(steps: Iterable[Activity], by: User, at: datetime) -> None:
    """Nobody did them, and nobody is to do them any more."""
    if ids := [step.id for step in steps]:
        dropped = Activity.update(done_at=at, done_by=by, closed_as=DROPPED, version=Activity.version + 1)
        dropped.where(Activity.id.in_(ids), Activity.done_at.is_null()).execute()


def serves_delivery(step: Activity) -> bool:
    """By its words; whoever wins the order chooses."""
    return DELIVERING.search(step.subject) is not None


def move_to(steps: Iterable[Activity], day: date, zone: str) -> None:
    """To another day, at the same time of day."""
    for step in steps:
        at = clock.local(step.due_at, zone).time()
        _move.rows(step, clock.from_local(datetime.combine(day, at), zone))


def bring_near(deal: Deal, zone: str) -> None:
    """What is due later than a live order's next step may be is due by then."""
    last = clock.local(clock.now(), zone).date() + timedelta(days=NEXT_STEP_DAYS)
    move_to([step for step in free(deal) if clock.local(step.due_at, zone).date() > last], last, zone)


@prepared
def _move(step, due_at):
    moved = Activity.update(due_at=due_at.to(Activity.due_at), version=Activity.version + 1)
    return moved.where(Activity.id == step)
