"""What must hold before a review takes a step (SOP 0, steps 5 to 7)."""

from collections.abc import Mapping
from datetime import timedelta

from peewee import fn

from carmanana.cancellations.form_rules import ahead, said, words
from carmanana.cancellations.retention.accepting import accepted_offers
from carmanana.contacting import attempts
from carmanana.contacting.log import may_log
from carmanana.core import clock, money
from carmanana.core.limits import FARTHEST
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.activities import NO_VM, VM_LEFT, WRONG, Activity
from carmanana.records.attachments import Attachment
from carmanana.records.cancellations import MAIN_REASONS, CancellationRequest
from carmanana.records.deal_codes import WON
from carmanana.records.deals import balance
from carmanana.records.people import CRM_ADMIN, MANAGER, User
from carmanana.records.sellers import sold_it
from carmanana.records.sops import SOP_FIRST, SOP_LOCK, SOP_OUTCOME

from . import contacts
from .reviewers import why_not

NEXT_ATTEMPT_WITHIN = timedelta(days=4)
MISSED = (VM_LEFT, NO_VM, WRONG)
HOW = {
    "call": "They answered my call",
    "call_in": "They called me",
    "reply": "They answered my email",
    "logged": "It is logged already",
}


# who may


def reviewer(attempt: Attempt) -> bool:
    return attempt.by.is_manager and attempt.record.reviewer_id == attempt.by.id


def whose(request: CancellationRequest, by: User) -> str:
    """What a manager is told of a review that another one has; a page that stands open may be older than that."""
    if not by.is_manager or request.reviewer_id == by.id:
        return ""
    return f"{request.reviewer.name} reviews it now. What you typed stays here; take the review over to go on."


def manager(attempt: Attempt) -> bool:
    return attempt.by.is_manager


def leader(attempt: Attempt) -> bool:
    """An admin sees people off, and hands their reviews over."""
    return attempt.by.has(MANAGER, CRM_ADMIN)


def the_house(attempt: Attempt) -> bool:
    """Nobody: the sweep acts for CarManana."""
    return attempt.by.house


reason_given = words("reason", "Say why, in words.", SOP_FIRST)


# the reviewer


def reviewer_is_another(attempt: Attempt):
    chosen = attempt.given.get("reviewer")
    if chosen and chosen.id == attempt.record.reviewer_id:
        return Refusal("same_reviewer", f"{chosen.name} reviews it already.", SOP_FIRST, field="reviewer")


def successor_may_review(attempt: Attempt):
    """Whom an overdue request goes to, where it goes to somebody."""
    return reviewer_may_review(attempt) if attempt.given.get("reviewer") else None


def reviewer_may_review(attempt: Attempt):
    request = attempt.record
    return why_not(attempt.given.get("reviewer"), request.deal, request.requested_by, SOP_FIRST, request.requested_at)


# trying to reach the customer


def attempt_is_one(attempt: Attempt):
    kind = attempt.given.get("kind")
    if kind not in ("call", "email"):
        return Refusal("kind", "Choose what you tried: a call, or an email after it.", SOP_FIRST, field="kind")
    if kind == "call" and attempt.given.get("outcome") not in MISSED:
        return Refusal(
            "outcome", "Choose how the call ended. If they answered, log the first contact.", SOP_FIRST, field="outcome"
        )


def call_comes_first(attempt: Attempt):
    """A call is preferred; an email only after one that did not reach (where they may be called)."""
    request = attempt.record
    if (
        attempt.given.get("kind") == "email"
        and contacts.may_be_called(request)
        and not contacts.call_that_missed(request)
    ):
        return Refusal(
            "call_first", "Call first. An email goes out after a call that did not reach them.", SOP_FIRST, field="kind"
        )


def enough_attempts(attempt: Attempt):
    request = attempt.record
    if attempts.all_wrong(request.deal.customer):
        return None
    tried, zone = contacts.attempts(request), attempt.by.timezone
    if not attempts.enough(tried, zone):
        return Refusal("attempts", f"Not reached means {attempts.shortfall(tried, zone)}.", SOP_FIRST)
    kinds = set().union(*(one.kinds for one in tried))
    if contacts.may_be_called(request) and not kinds & set(contacts.CALLS):
        return Refusal("no_call", "A call must be among the attempts.", SOP_FIRST)
    if contacts.may_be_emailed(request) and "email" not in kinds:
        return Refusal("no_email", "An email must be among the attempts.", SOP_FIRST)


# the first contact


def files_of(request: CancellationRequest) -> dict[str, int]:
    """What there is to read, and how much of it: activities always; recordings and emails where there are any."""
    return to_read(dict(_kinds_of_log(request.deal_id)), dict(_kinds_of_files(request.deal_id)))


def to_read(log: Mapping[str, int], files: Mapping[str, int]) -> dict[str, int]:
    """Of how many contacts and notes, and files, of which kind."""
    recordings = files.get("recording", 0)
    found = {
        "activities": sum(log.values()),
        "recordings": recordings,
        "emails": log.get("email", 0) + sum(files.values()) - recordings,
    }
    return {name: count for name, count in found.items() if count or name == "activities"}


@prepared
def _kinds_of_log(deal_id):
    said = Activity.select(Activity.kind, fn.COUNT(Activity.id)).where(
        Activity.deal == deal_id, Activity.kind != "task"
    )
    return said.group_by(Activity.kind).tuples()


@prepared
def _kinds_of_files(deal_id):
    files = Attachment.select(Attachment.kind, fn.COUNT(Attachment.id)).join(Activity).where(Activity.deal == deal_id)
    return files.group_by(Attachment.kind).tuples()


def files_read(attempt: Attempt):
    read = set(attempt.get("files_read") or ())
    if set(files_of(attempt.record)) - read:
        return Refusal(
            "files", "Read the file first: tick the activities, recordings and emails.", SOP_FIRST, field="files_read"
        )


def client_was_reached(attempt: Attempt):
    how, request = attempt.given.get("how"), attempt.record
    if how not in HOW:
        return Refusal("how", "Choose how you reached them.", SOP_FIRST, field="how")
    if how == "logged" and not contacts.reached(request):
        return Refusal("not_logged", "No call with them is logged since the request.", SOP_FIRST, field="how")
    if how == "reply" and not contacts.email_after_it(request):
        return Refusal(
            "no_email",
            "A reply counts when your email went out after a call that did not reach them.",
            SOP_FIRST,
            field="how",
        )


def main_reason_chosen(attempt: Attempt):
    if attempt.given.get("main_reason") not in MAIN_REASONS or attempt.given.get("main_reason") == "not_reached":
        return Refusal("main_reason", "Choose the main reason.", SOP_FIRST, field="main_reason")


situation_told = words("situation", "Write down the customer's situation.", SOP_FIRST)
expectations_told = words("expectations", "Write down what they expect.", SOP_FIRST)
real_reason_told = words("real_reason", "Write down the real reason, in their words.", SOP_FIRST)


# the decision


decision_documented = words("decision", "Document the final decision and any conditions.", SOP_OUTCOME)


def money_handled(attempt: Attempt):
    """Refunded, kept and pending make up what is with us."""
    parts = [attempt.given.get(name) for name in ("refunded_cents", "kept_cents", "pending_cents")]
    if any(part is None or part < 0 for part in parts):
        sentence = "Enter what is refunded, kept and pending; 0 where nothing is."
        return Refusal("money", sentence, SOP_OUTCOME, field="refunded_cents")
    paid = max(0, balance(attempt.record.deal))
    if sum(parts) != paid:
        ours, told = (money.shown(cents, attempt.record.deal.currency) for cents in (paid, sum(parts)))
        sentence = f"Refunded, kept and pending must make {ours}, which is with us; they make {told}."
        return Refusal("sum", sentence, SOP_OUTCOME, field="refunded_cents")


# keeping the order


def client_was_spoken_to(attempt: Attempt):
    """Somebody who was never reached has not said that they stay."""
    if attempt.record.unreachable and not contacts.spoken(attempt.record):
        return Refusal(
            "never_reached",
            "Nobody has spoken with the customer since the request. Log that first.",
            SOP_OUTCOME,
            field="kept_by",
        )


what_kept_them = words("kept_by", "Say what solution or offer kept the customer.", SOP_OUTCOME)


def place_to_return(attempt: Attempt):
    back_to = attempt.given.get("back_to")
    if back_to != WON and (back_to is None or not hasattr(back_to, "pipeline_id")):
        return Refusal("back_to", "Choose where the order goes back to.", SOP_OUTCOME, field="back_to")


def follow_up_given(attempt: Attempt):
    """An order that is worked again has a next step."""
    step, due = said(attempt, "next_step"), attempt.given.get("due_at")
    if not step and (due or attempt.given.get("back_to") != WON):
        return Refusal("next_step", "Say what the follow-up is.", SOP_OUTCOME, field="next_step")
    if step and (due is None or due <= attempt.at):
        return Refusal("due", "Choose when the follow-up is due, from now on.", SOP_OUTCOME, field="due_at")


def commitments_told(attempt: Attempt):
    promised = attempt.given.get("commitments") or []
    if not promised and not attempt.given.get("no_commitments") and not accepted_offers(attempt.record):
        return Refusal(
            "commitments", "Write down what we promised, or tick that nothing was.", SOP_OUTCOME, field="no_commitments"
        )
    today = clock.today(attempt.by.timezone)
    for number, promise in enumerate(promised, 1):
        if sentence := _wrong_with(promise, today):
            return Refusal("commitment", f"Promise {number}: {sentence}", SOP_OUTCOME, field="no_commitments")


def _wrong_with(promise: dict, today) -> str:
    owner = promise.get("owner")
    if not (promise.get("words") or "").strip():
        return "say what it is."
    if promise.get("due_on") is None or not today <= promise["due_on"] <= today + FARTHEST:
        return "choose the day it is due, from today on and within two years."
    if not isinstance(owner, User) or not (owner.active and owner.works_deals):
        return "choose who keeps it."
    return ""


# directing a salesperson


def is_salesperson(person: User, deal) -> bool:
    """A manager who sold the order is one in this matter."""
    return not person.is_manager or sold_it(deal, person)


def salesperson_chosen(attempt: Attempt):
    person = attempt.given.get("user")
    if person is None or not (person.active and person.works_deals) or not is_salesperson(person, attempt.record.deal):
        return Refusal("user", "Choose the agent.", SOP_LOCK, field="user")
    if not may_log(attempt.record.deal, person):
        return Refusal(
            "not_theirs", f"{person.name} does not work this order. Reassign it first.", SOP_LOCK, field="user"
        )


until_is_ahead = ahead("until", "Choose until when, from now on.", SOP_LOCK)
instruction_given = words("words", "Write the instruction.", SOP_LOCK)
next_attempt_is_ahead = ahead(
    "next_attempt_at", "Choose when you try again, within four days.", SOP_FIRST, NEXT_ATTEMPT_WITHIN
)
