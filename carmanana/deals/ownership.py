"""Taking, giving and questioning deals (SOP 1, section E)."""

from datetime import datetime

from carmanana.contacting.business_hours import end_of_business_day
from carmanana.contacting.next_steps import FIRST_CONTACT
from carmanana.contacting.phrase_check.findings import keep_conduct
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.query import again, prepared
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.deals import rules, undo_steps
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import OPEN, STATES
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import CRM_ADMIN, HOUSE_ID, MANAGER, User, managers_here
from carmanana.records.phrases import OWN_REVIEW


def claim(deal: Deal, by: User) -> Deal:
    """An unowned deal becomes theirs; exactly one of two simultaneous claims wins.
    A first-contact task is due the same business day."""
    if not by.works_deals:
        raise Forbidden("claim")
    with transaction():
        fresh = again(deal)
        if fresh.state not in OPEN:
            raise Refused([_not_claimable(fresh)], fresh, "claim")
        if _give_free.rows(deal, by, clock.now()) != 1:
            raise Refused([_taken(fresh, by)], fresh, "claim")
        undo_steps.keep(fresh, by, "claim", fresh.state, ["owner", "claimed_at"], undo_steps.standing(fresh))
        _assign_steps.rows(fresh, by)
        _first_contact(fresh, by)
        audit.record("claim", fresh, by, was_owner=fresh.owner_id, owner=by.id)
        return again(deal)


@prepared
def _give_free(deal, by, at):
    free = (Deal.id == deal) & Deal.is_unowned() & Deal.state.in_(OPEN)
    return Deal.update(owner=by, claimed_at=at.to(Deal.claimed_at), version=Deal.version + 1).where(free)


def _not_claimable(deal: Deal) -> Refusal:
    if deal.locked:
        return Refusal("under_review", "A deal under cancellation is assigned by a manager.", rules.SOP_CANCEL)
    return Refusal("not_open", f"This deal is {STATES[deal.state]}. Only open deals are claimed.", rules.SOP_OWNER)


def _taken(deal: Deal, by: User) -> Refusal:
    if deal.owner_id == by.id:
        return Refusal("yours", "This deal is yours already.", rules.SOP_OWNER)
    return Refusal("taken", f"{deal.owner.name} has taken it already.", rules.SOP_OWNER)


def first_contact_due(deal: Deal) -> datetime:
    """When the task is due that the newest claim made."""
    made = Activity.select(Activity.due_at).where(Activity.deal == deal, Activity.subject == FIRST_CONTACT)
    return made.order_by(Activity.id.desc()).first().due_at


def _first_contact(deal: Deal, by: User) -> None:
    Activity.create(
        customer=deal.customer_id,
        deal=deal,
        kind="task",
        subject=FIRST_CONTACT,
        due_at=end_of_business_day(clock.now(), by.timezone),
        author=by,
        assignee=by,
    )


def _hand_over_steps(deal: Deal, was: int | None, to: User) -> None:
    """The former owner's go with the deal; what a manager gave to somebody else, or the review has, stays theirs."""
    if was in (None, HOUSE_ID):
        _assign_steps.rows(deal, to)
    else:
        _assign_owners_steps.rows(deal, to, was)


@prepared
def _assign_steps(deal, to):
    """All but the task of its cancellation review, which is the reviewer's or the retention member's."""
    return _giving(deal, to)


@prepared
def _assign_owners_steps(deal, to, was):
    return _giving(deal, to).where(
        (Activity.assignee == was) | Activity.assignee.is_null() | (Activity.assignee == HOUSE_ID)
    )


def _giving(deal, to):
    theirs = CancellationRequest.select(CancellationRequest.task).where(
        CancellationRequest.deal == deal, CancellationRequest.task.is_null(False)
    )
    open_steps = (
        (Activity.deal == deal) & (Activity.kind == "task") & Activity.done_at.is_null() & Activity.id.not_in(theirs)
    )
    return Activity.update(assignee=to, version=Activity.version + 1).where(open_steps)


def reassign(deal: Deal, owner: User | None, reason: str, by: User, version: int | None = None) -> Deal:
    """A manager gives a deal to somebody else, in any state, and says why."""
    if not by.is_manager:
        raise Forbidden("reassign")
    return _give(deal, owner, reason, by, version)


def hand_over(deal: Deal, owner: User | None, reason: str, by: User) -> Deal:
    """The same for somebody who leaves or is away: an admin, who sees them off, may do it as well."""
    if not by.has(MANAGER, CRM_ADMIN):
        raise Forbidden("hand_over")
    return _give(deal, owner, reason, by)


def _give(deal: Deal, owner: User | None, reason: str, by: User, version: int | None = None) -> Deal:
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        if version is not None and fresh.version != version:
            raise Stale(fresh)
        if refusals := why_not_reassigned(fresh, owner, reason, by):
            raise Refused(refusals, fresh, "reassign")
        was = fresh.owner
        change(fresh, owner=owner, **({"claimed_at": clock.now()} if fresh.unowned else {}))
        _hand_over_steps(fresh, was and was.id, owner)
        _write_reassignment(fresh, was, owner, reason, by)
        _report_own_review(fresh, owner)
        audit.record("reassign", fresh, by, was_owner=was and was.id, owner=owner.id)
    return fresh


def _report_own_review(deal: Deal, owner: User) -> None:
    """Where no other manager is here, the reviewer may come to own the order that they review; it is a finding."""
    request = CancellationRequest.open_for(deal)
    if request and request.reviewer_id == owner.id:
        keep_conduct(OWN_REVIEW, owner, "review", deal)


def why_not_reassigned(deal: Deal, owner: User | None, reason: str, by: User) -> list[Refusal]:
    attempt = Attempt(deal, by, "reassign", {"owner": owner, "reason": reason})
    return [
        refusal
        for rule in (rules.new_owner_works_deals, rules.reason_given, _is_another, _stands_apart)
        if (refusal := rule(attempt))
    ]


def _is_another(attempt: Attempt):
    owner = attempt.given["owner"]
    if owner and owner.id == attempt.record.owner_id:
        return Refusal("same_owner", f"{owner.name} owns it already.", rules.SOP_OWNER, field="owner")


def _stands_apart(attempt: Attempt):
    """Whoever reviews its cancellation, while another could, or tries to save it, does not become the owner."""
    owner, request = attempt.given["owner"], CancellationRequest.open_for(attempt.record)
    if not (owner and request):
        return None
    reviews = owner.id == request.reviewer_id and any(manager != owner for manager in managers_here())
    if reviews or owner.id == attempt.record.retention_id:
        sentence = f"{owner.name} {'reviews its cancellation' if reviews else 'is to save this order'}. Hand that over first, or choose somebody else."
        return Refusal("of_the_review", sentence, rules.SOP_CANCEL, field="owner")


def _write_reassignment(deal: Deal, was: User | None, owner: User, reason: str, by: User) -> None:
    Activity.create(
        customer=deal.customer_id,
        deal=deal,
        kind="note",
        subject=f"Reassigned to {owner.name}",
        summary=reason.strip(),
        author=by,
    )
    Notification.tell(owner, f"{deal.customer.name} is yours now", by, deal=deal)
    Notification.tell(was, f"{deal.customer.name} was reassigned to {owner.name}", by, deal=deal)


def may_flag(deal: Deal, by: User) -> bool:
    return by.works_deals and (by.is_manager or deal.unowned or deal.owner_id == by.id)


def flag(deal: Deal, words: str, by: User) -> Deal:
    """Put a questionable deal before the manager."""
    if not may_flag(deal, by):
        raise Forbidden("flag")
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        _need_words(fresh, words)
        change(fresh, flagged_at=clock.now(), flagged_by=by)
        Activity.create(
            customer=fresh.customer_id,
            deal=fresh,
            kind="note",
            subject="Flagged for the manager",
            summary=words.strip(),
            author=by,
        )
        Notification.tell_manager_of(by, f"{fresh.customer.name} is flagged for you", by, deal=fresh)
        audit.record("flag", fresh, by)
    return fresh


def clear_flag(deal: Deal, words: str, by: User) -> Deal:
    if not by.is_manager:
        raise Forbidden("clear_flag")
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        if fresh.flagged_at is None:
            raise Refused([Refusal("not_flagged", "This deal is not flagged any more.")], fresh, "clear_flag")
        _need_words(fresh, words)
        raised_by = fresh.flagged_by
        change(fresh, flagged_at=None, flagged_by=None)
        Activity.create(
            customer=fresh.customer_id,
            deal=fresh,
            kind="note",
            subject="Flag answered",
            summary=words.strip(),
            author=by,
        )
        Notification.tell(raised_by, f"{fresh.customer.name}: your flag is answered", by, deal=fresh)
        audit.record("clear_flag", fresh, by)
    return fresh


def _need_words(deal: Deal, words: str) -> None:
    if not (words or "").strip():
        raise Refused(
            [Refusal("reason", "Say what it is about, in words.", rules.SOP_OWNER, field="reason")], deal, "flag"
        )
