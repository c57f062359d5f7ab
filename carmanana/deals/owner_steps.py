"""Taking, giving and questioning deals (SOP 1, section E): the rules and effects of those steps."""

from carmanana.contacting import next_steps
from carmanana.core.query import by_id, prepared
from carmanana.core.workflow import Attempt, Refusal
from carmanana.deals import rules
from carmanana.deals.effects import write_note
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import OPEN, STATES
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, User, managers_here
from carmanana.records.sops import SOP_CANCEL, SOP_OWNER

# claiming


def is_free(attempt: Attempt):
    """Exactly one of two simultaneous claims wins: the other finds it taken."""
    deal = attempt.record
    if deal.unowned:
        return None
    if deal.owner_id == attempt.by.id:
        return Refusal("yours", "This deal is yours already.", SOP_OWNER)
    return Refusal("taken", f"{deal.owner.name} has taken it already.", SOP_OWNER)


def not_claimable(deal: Deal) -> Refusal:
    if deal.locked:
        return Refusal("under_review", "A deal under cancellation is assigned by a manager.", SOP_CANCEL)
    return Refusal("not_open", f"This deal is {STATES[deal.state]}. Only open deals are claimed.", SOP_OWNER)


def take(attempt: Attempt) -> dict:
    """With a first-contact task that is due the same business day."""
    deal, by = attempt.record, attempt.by
    _assign_steps.rows(deal, by)
    next_steps.ask_for_first_contact(deal, by, by, attempt.at)
    attempt.event_data |= {"was_owner": deal.owner_id, "owner": by.id}
    return {"owner": by, "claimed_at": attempt.at}


# giving it to somebody else


def is_another(attempt: Attempt):
    owner = attempt.given.get("owner")
    if owner and owner.id == attempt.record.owner_id:
        return Refusal("same_owner", f"{owner.name} owns it already.", SOP_OWNER, field="owner")


def stands_apart(attempt: Attempt):
    """Whoever reviews its cancellation, while another could, or tries to save it, does not become the owner."""
    owner, request = attempt.given.get("owner"), CancellationRequest.open_for(attempt.record)
    if not (owner and request):
        return None
    reviews = owner.id == request.reviewer_id and any(manager != owner for manager in managers_here())
    if reviews or owner.id == attempt.record.retention_id:
        what = "reviews its cancellation" if reviews else "is to save this order"
        sentence = f"{owner.name} {what}. Hand that over first, or choose somebody else."
        return Refusal("of_the_review", sentence, SOP_CANCEL, field="owner")


GIVE = (rules.new_owner_works_deals, rules.reason_given, is_another, stands_apart)


def give(attempt: Attempt) -> dict:
    """In any state, with a reason; its open steps go with it. Nobody has called yet where it was nobody's."""
    deal, owner = attempt.record, attempt.given["owner"]
    was = deal.owner
    _hand_over_steps(deal, was and was.id, owner)
    if deal.unowned and deal.state in OPEN:
        next_steps.ask_for_first_contact(deal, owner, attempt.by, attempt.at)
    _write_reassignment(attempt, was)
    attempt.event_data |= {"was_owner": was and was.id, "owner": owner.id}
    return {"owner": owner} | ({"claimed_at": attempt.at} if deal.unowned else {})


def _hand_over_steps(deal: Deal, was: int | None, to: User) -> None:
    """The former owner's go with the deal; what a manager gave to somebody else, or the review has, stays theirs."""
    if was in (None, HOUSE_ID):
        _assign_steps.rows(deal, to)
    else:
        _assign_owners_steps.rows(deal, to, was)
        _return_to.rows(deal, to, was)


@prepared
def _assign_steps(deal, to):
    """All but the task of its cancellation review, which is the reviewer's or the retention member's."""
    return _giving(deal, to)


@prepared
def _assign_owners_steps(deal, to, was):
    return _giving(deal, to).where(
        (Activity.assignee == was) | Activity.assignee.is_null() | (Activity.assignee == HOUSE_ID)
    )


@prepared
def _return_to(deal, to, was):
    """What the reviewer of a cancellation has meanwhile returns to the new owner."""
    lent = (Activity.deal == deal) & (Activity.returns_to == was) & Activity.done_at.is_null()
    return Activity.update(returns_to=to, version=Activity.version + 1).where(lent)


def _giving(deal, to):
    theirs = CancellationRequest.select(CancellationRequest.task).where(
        CancellationRequest.deal == deal, CancellationRequest.task.is_null(False)
    )
    open_steps = (Activity.deal == deal) & (Activity.kind == "task") & Activity.done_at.is_null()
    open_steps &= Activity.id.not_in(theirs) & Activity.returns_to.is_null()
    return Activity.update(assignee=to, version=Activity.version + 1).where(open_steps)


def _write_reassignment(attempt: Attempt, was: User | None) -> None:
    deal, owner = attempt.record, attempt.given["owner"]
    name = by_id(Customer, deal.customer_id).name
    write_note(attempt, f"Reassigned to {owner.name}")
    Notification.tell(owner, "deal_mine", f"{name} is yours now", attempt.by, deal=deal)
    Notification.tell(was, "deal_given", f"{name} was reassigned to {owner.name}", attempt.by, deal=deal)


# asking the manager


def may_flag(deal: Deal, by: User) -> bool:
    return by.works_deals and (by.is_manager or deal.unowned or deal.owner_id == by.id)


def may_ask(attempt: Attempt) -> bool:
    return may_flag(attempt.record, attempt.by)


def question_asked(attempt: Attempt):
    if not (attempt.given.get("reason") or "").strip():
        return Refusal("reason", "Say what it is about, in words.", SOP_OWNER, field="reason")


def is_flagged(attempt: Attempt):
    if attempt.record.flagged_at is None:
        return Refusal("not_flagged", "This deal is not flagged any more.")


def not_flagged_yet(attempt: Attempt):
    """Of many at once: nobody has read the question that each of them has already."""
    if attempt.record.flagged_at:
        return Refusal("flagged", "It is flagged already, and waits for the manager.", SOP_OWNER)


def raise_flag(attempt: Attempt) -> dict:
    """Put a questionable deal before the manager."""
    write_note(attempt, "Flagged for the manager")
    name = by_id(Customer, attempt.record.customer_id).name
    Notification.tell_manager_of(attempt.by, "deal_flag", f"{name} is flagged for you", attempt.by, deal=attempt.record)
    return {"flagged_at": attempt.at, "flagged_by": attempt.by}


def answer_flag(attempt: Attempt) -> dict:
    deal = attempt.record
    write_note(attempt, "Flag answered")
    name = by_id(Customer, deal.customer_id).name
    Notification.tell(deal.flagged_by, "flag_answered", f"{name}: your flag is answered", attempt.by, deal=deal)
    return {"flagged_at": None, "flagged_by": None}
