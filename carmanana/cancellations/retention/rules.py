"""What must hold while an order is being saved: nothing beyond what the manager approved (SOP 0, steps 3.3 and 6)."""

from carmanana.cancellations.form_rules import ahead, one_of, said, words
from carmanana.cancellations.retention.offer_terms import at_odds
from carmanana.core import clock, money
from carmanana.core.limits import FARTHEST
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.activities import CONNECTED, Activity
from carmanana.records.people import RETENTION, Absence, User
from carmanana.records.retention import ANSWERS, OFFER_KINDS, CounterOffer, Offer, Presentation, RetentionPlan
from carmanana.records.sellers import sold_it
from carmanana.records.sops import SOP_ONLY_APPROVED, SOP_RETENTION

ENDED_BY_HAND = ("declined", "no_response", "expired", "recalled")
REASONABLE = 3


def assignee(attempt: Attempt) -> bool:
    plan = RetentionPlan.current(attempt.record)
    return plan is not None and attempt.by.has(RETENTION) and plan.assignee_id == attempt.by.id


def as_it_stands(attempt: Attempt, name: str, model):
    """The given record read anew in this transaction, since the page that it was chosen on may be old."""
    given = attempt.given.get(name)
    return model.get_or_none(model.id == given.id) if isinstance(given, model) else None


# the plan

instructions_given = words("instructions", "Write the plan: how the order is to be saved.", SOP_RETENTION)
due_is_ahead = ahead("due_at", "Choose when it is due, from now on and within two years.", SOP_RETENTION)


def limits_given(attempt: Attempt):
    """How far they may go: of each offer, or of the whole plan."""
    offers = attempt.given.get("offers") or []
    if offers and not said(attempt, "limits") and not all((offer.get("limits") or "").strip() for offer in offers):
        return Refusal("limits", "Write the limits of each offer: how far they may go.", SOP_RETENTION, field="offers")


def new_offers_limited(attempt: Attempt):
    """A revision's own, once they are whole otherwise: what the plan said of others does not hold for them."""
    return None if offers_whole(attempt) else limits_given(attempt)


def member_chosen(attempt: Attempt):
    """Never who sold the order."""
    person, request = attempt.given.get("assignee"), attempt.record
    if person is None or not (person.active and person.has(RETENTION)):
        return Refusal("assignee", "Choose somebody of the Retention Team.", SOP_RETENTION, field="assignee")
    if person.absent:
        return Refusal(
            "assignee_away", f"{person.name} is away. Choose somebody else.", SOP_RETENTION, field="assignee"
        )
    if _away_when_due(attempt, person):
        return Refusal(
            "assignee_away",
            f"{person.name} is away on the day it is due. Choose another day or somebody else.",
            SOP_RETENTION,
            field="assignee",
        )
    if sold_it(request.deal, person, request.requested_at):
        return Refusal(
            "assignee_involved",
            f"{person.name} has sold this order. Choose somebody else.",
            SOP_RETENTION,
            field="assignee",
        )


def _away_when_due(attempt: Attempt, person: User) -> bool:
    plan = RetentionPlan.current(attempt.record)
    due = attempt.given.get("due_at") or (plan and plan.due_at)
    return due is not None and Absence.of(person, clock.local(due, person.timezone).date()).exists()


def due_before_the_offers_end(attempt: Attempt):
    """Nobody could present anything on the day it is due once every offer has expired."""
    given, plan = attempt.given, RetentionPlan.current(attempt.record)
    due = given.get("due_at") or (plan and plan.due_at)
    gone = {offer.id for offer in given.get("withdrawn") or []}
    kept = (
        [offer.expires_at for offer in plan.offers if offer.withdrawn_at is None and offer.id not in gone]
        if plan
        else []
    )
    ends = kept + [offer["expires_at"] for offer in given.get("offers") or [] if offer.get("expires_at")]
    if due and ends and not offers_whole(attempt) and max(ends) < due <= attempt.at + FARTHEST:
        return Refusal(
            "due_late",
            "Every offer has expired by then. Choose an earlier day, or let an offer stand longer.",
            SOP_RETENTION,
            field="due_at",
        )


def member_is_another(attempt: Attempt):
    plan = RetentionPlan.current(attempt.record)
    if attempt.given.get("assignee") == plan.assignee:
        return Refusal("same_member", f"{plan.assignee.name} has the case already.", SOP_RETENTION, field="assignee")


def member_if_given(attempt: Attempt):
    return member_chosen(attempt) if attempt.given.get("assignee") else None


def due_if_given(attempt: Attempt):
    return due_is_ahead(attempt) if attempt.given.get("due_at") else None


def offers_approved(attempt: Attempt):
    offers = attempt.given.get("offers") or []
    if not offers:
        return Refusal("offers", "Approve at least one offer.", SOP_RETENTION, field="offers")
    return offers_whole(attempt)


def offers_whole(attempt: Attempt):
    deal = attempt.record.deal
    for number, offer in enumerate(attempt.given.get("offers") or [], 1):
        if sentence := _wrong_with(offer, attempt.at) or _beyond_the_price(offer, deal) or at_odds(offer, deal):
            return Refusal("offer", f"Offer {number}: {sentence}", SOP_RETENTION, field="offers")


def _wrong_with(offer: dict, now) -> str:
    if offer.get("kind") not in OFFER_KINDS:
        return "choose what kind it is."
    if not (offer.get("terms") or "").strip():
        return "write its terms."
    if offer["kind"] == "price" and not offer.get("value_cents"):
        return "enter how much it is worth."
    if offer.get("expires_at") is None or not now < offer["expires_at"] <= now + FARTHEST:
        return "choose when it expires, from now on and within two years."
    return ""


def _beyond_the_price(offer: dict, deal) -> str:
    """Nothing comes off a price that is more than the price."""
    if offer["kind"] != "price" or deal.value_cents is None or offer["value_cents"] <= deal.value_cents:
        return ""
    return f"no more comes off the price than the order's value, {money.shown(deal.value_cents, deal.currency)}."


def revision_changes_something(attempt: Attempt):
    given, plan = attempt.given, RetentionPlan.current(attempt.record)
    changed = [said(attempt, name) not in ("", getattr(plan, name)) for name in ("instructions", "limits")]
    changed += [given.get(name) not in (None, getattr(plan, name)) for name in ("assignee", "due_at")]
    if not (any(changed) or given.get("offers") or given.get("withdrawn")):
        return Refusal("nothing", "Nothing is changed.", SOP_RETENTION, field="instructions")


def offers_left(attempt: Attempt):
    """A plan keeps something that may be offered."""
    plan = RetentionPlan.current(attempt.record)
    gone = {offer.id for offer in attempt.given.get("withdrawn") or []}
    standing = [offer for offer in plan.offers if offer.standing and offer.id not in gone]
    if not standing and not attempt.given.get("offers"):
        return Refusal(
            "offers", "At least one offer stays approved. To stop, recall the case.", SOP_RETENTION, field="offers"
        )


def withdrawn_are_of_this_plan(attempt: Attempt):
    plan = RetentionPlan.current(attempt.record)
    for chosen in attempt.given.get("withdrawn") or []:
        offer = Offer.get_by_id(chosen.id)
        if offer.plan_id != plan.id or offer.withdrawn_at:
            return Refusal("not_approved", "That offer is not one of this plan.", SOP_RETENTION, field="offers")
        if offer.presentation:
            return Refusal(
                "presented", "An offer that was presented stands as it was said.", SOP_RETENTION, field="offers"
            )


# presenting


def offer_is_approved(attempt: Attempt):
    """Only an approved, unexpired one, once."""
    offer, plan = as_it_stands(attempt, "offer", Offer), RetentionPlan.current(attempt.record)
    if offer is None or offer.plan_id != plan.id:
        sentence = "Only what the manager approved may be offered. Ask for approval of the customer's terms instead."
        return Refusal("not_approved", sentence, SOP_ONLY_APPROVED, field="offer")
    if offer.withdrawn_at:
        return Refusal("withdrawn_offer", "The manager took this offer back.", SOP_ONLY_APPROVED, field="offer")
    if offer.expired:
        return Refusal(
            "expired", "This offer has expired. Ask the manager for a new one.", SOP_ONLY_APPROVED, field="offer"
        )
    if offer.presentation:
        return Refusal("presented", "This offer was presented already.", SOP_ONLY_APPROVED, field="offer")


def spoken_to_the_client(attempt: Attempt):
    """An offer is put to a person: in a call that was answered, or in writing."""
    kind, direction, outcome = (attempt.given.get(name) for name in ("kind", "direction", "outcome"))
    if kind not in ("call", "email", "text"):
        return Refusal("kind", "Choose how you presented it: a call, an email or a text.", SOP_RETENTION, field="kind")
    if kind == "call" and direction != "in" and outcome not in CONNECTED:
        sentence = "An offer is presented in a call that was answered. Log the attempt on the order instead."
        return Refusal("not_connected", sentence, SOP_RETENTION, field="outcome")


answer_chosen = one_of("answer", ANSWERS, "Choose what the customer said to it.", SOP_RETENTION)


def presented_and_open(attempt: Attempt):
    shown, plan = as_it_stands(attempt, "presentation", Presentation), RetentionPlan.current(attempt.record)
    if shown is None or shown.offer.plan_id != plan.id:
        return Refusal("not_presented", "That offer has not been presented.", SOP_RETENTION, field="presentation")
    if shown.answer != "thinking":
        return Refusal(
            "answered", "The answer to this offer is written down already.", SOP_RETENTION, field="presentation"
        )
    if attempt.given.get("answer") == "thinking":
        return Refusal("answer", "Choose what the customer said to it.", SOP_RETENTION, field="answer")


def still_in_time(attempt: Attempt):
    shown = attempt.given.get("presentation")
    if attempt.given.get("answer") == "accepted" and isinstance(shown, Presentation) and shown.offer.expired:
        return Refusal(
            "expired",
            "The offer had expired when they accepted. Ask the manager for a new one.",
            SOP_ONLY_APPROVED,
            field="answer",
        )


response_told = words("words", "Write down what the customer said.", SOP_RETENTION)
terms_told = words("terms", "Write down the customer's own terms.", SOP_RETENTION)
final_response_told = words("response", "Write down the customer's response.", SOP_RETENTION)


# counter-offers


def counter_waits(attempt: Attempt):
    counter, plan = as_it_stands(attempt, "counter", CounterOffer), RetentionPlan.current(attempt.record)
    if counter is None or counter.plan_id != plan.id or not counter.waits:
        return Refusal("no_counter", "No request of theirs waits for an answer.", SOP_RETENTION, field="counter")


def counter_decided(attempt: Attempt):
    if attempt.given.get("approved") is None:
        return Refusal("approved", "Approve it or not.", SOP_RETENTION, field="approved")
    if attempt.given["approved"] is False and not said(attempt, "words"):
        return Refusal("words", "Say why not.", SOP_RETENTION, field="words")
    if attempt.given["approved"]:
        return offers_approved(attempt)


# ending it


def ending_chosen(attempt: Attempt):
    because = attempt.given.get("because")
    if because not in ENDED_BY_HAND:
        return Refusal("because", "Choose how it ended.", SOP_RETENTION, field="because")
    by_reviewer = attempt.by.id == attempt.record.reviewer_id
    if because == "recalled" and not by_reviewer:
        return Refusal("recalled", "Only the reviewer recalls a case.", SOP_RETENTION, field="because")
    plan = RetentionPlan.current(attempt.record)
    if because == "expired" and any(offer.standing for offer in plan.offers):
        return Refusal("not_expired", "An approved offer still stands.", SOP_RETENTION, field="because")
    if because == "no_response" and (tried := _tries(attempt, plan)) < REASONABLE:
        return Refusal(
            "attempts",
            f"No response means {REASONABLE} attempts; there {'is' if tried == 1 else 'are'} {tried}.",
            SOP_RETENTION,
            field="because",
        )


def _tries(attempt: Attempt, plan: RetentionPlan) -> int:
    since = (Activity.deal == attempt.record.deal_id) & (Activity.at >= plan.made_at) & (Activity.direction == "out")
    return Activity.select().where(since, Activity.author == plan.assignee_id).count()


def offer_was_accepted(attempt: Attempt):
    """The retention member keeps the order on an approved offer only, accepted before it expired; the reviewer on their
    word."""
    if attempt.by.id == attempt.record.reviewer_id:
        return None
    plan = RetentionPlan.current(attempt.record)
    shown = Presentation.select(Presentation, Offer).join(Offer).where(Offer.plan == plan.id)
    if not any(presentation.accepted_in_time for presentation in shown):
        return Refusal(
            "not_accepted", "The customer has not accepted an approved offer.", SOP_ONLY_APPROVED, field="kept_by"
        )
