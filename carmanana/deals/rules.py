"""What must hold before a deal takes a step. Each rule answers None, or why not and how to mend it."""

from peewee import fn

from carmanana.contacting import attempts, cancelled
from carmanana.contacting.next_steps import too_far
from carmanana.core import clock, money
from carmanana.core.limits import FOLLOW_UP_MONTHS, HOLD_CONTACT
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal, Remedy
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deal_codes import LOSS_REASONS, ORGANIC
from carmanana.records.deals import Hold, balance
from carmanana.records.sops import SOP_CANCEL, SOP_FLOW, SOP_HOLD, SOP_OWNER

LOG_CALL = Remedy("Log a call", "activities.new", (("kind", "call"),), "phone")
WRITE_EMAIL = Remedy("Write the email", "letters.new", (), "mail")
LOG_TEXT = Remedy("Log a text", "activities.new", (("kind", "text"),), "text")
MAKE_ORGANIC = Remedy("Make it organic…", "deals.readiness", (), "organic")
CLOSE_AS_LOST = Remedy("Mark as lost…", "deals.loss")
CLAIM = Remedy("Claim", "deals.claim", (), "user-plus")
ASK_MANAGER = Remedy("Ask the manager…", "deals.flag", (), "flag")
REQUEST_CANCELLATION = Remedy("Request a cancellation…", "deals.cancellation", (), "losing")
EDIT_NEEDS = Remedy("Add what they want", "deals.needs", (), "car")
EDIT_ORDER = Remedy("Fill in the order", "deals.edit", (), "pencil")
ADD_STEP = Remedy("Add a next step", "activities.new_step", (), "task")


# who owns it


def is_owned(attempt: Attempt):
    """Whoever is no manager takes a deal before they work it."""
    return None if attempt.by.is_manager else has_owner(attempt)


def has_owner(attempt: Attempt):
    if attempt.record.unowned:
        return Refusal("unowned", "Nobody owns this deal. Take it first, then work it.", SOP_OWNER, (CLAIM,))


def new_owner_works_deals(attempt: Attempt):
    owner = attempt.given.get("owner")
    if owner is None or not owner.active or not owner.works_deals:
        return Refusal("owner", "Choose somebody who is here and works deals.", SOP_OWNER, field="owner")


# holding


def is_organic(attempt: Attempt):
    if attempt.record.readiness != ORGANIC:
        sentence = "This is a live order. Live orders are actively worked or properly closed, never parked on hold."
        return Refusal("live_order", sentence, SOP_HOLD, (LOG_CALL, MAKE_ORGANIC, CLOSE_AS_LOST))


def contact_attempted(attempt: Attempt):
    """A call within three days, and an email after it where nobody answered. Where the customer may
    not be called, an email alone; where they may not be emailed, the call alone; where neither, any
    contact that is left. Where all that we have of them is wrong, there is nothing to try."""
    may_call, may_email = _reach.first(attempt.record.customer_id)
    if not may_call and not may_email:
        return _contacted_at_all(attempt)
    recent = _recent(attempt.record, attempt.at)
    call, email = _newest(recent, ("call", "voicemail")), _newest(recent, ("email",))
    if not may_call:
        return (
            None
            if email
            else Refusal("no_email", "No email to the customer within the last 3 days.", SOP_HOLD, (WRITE_EMAIL,))
        )
    if call is None:
        return Refusal("no_call", "No call to the customer within the last 3 days.", SOP_HOLD, (LOG_CALL,))
    if call.connected or not may_email:
        return None
    if email is None or email.at < call.at:
        return Refusal("no_email", "No email after the unanswered call.", SOP_HOLD, (WRITE_EMAIL,))


def _contacted_at_all(attempt: Attempt):
    if not _recent(attempt.record, attempt.at) and not attempts.all_wrong(attempt.record.customer_id):
        sentence = "No contact with the customer within the last 3 days, and they may be neither called nor emailed."
        return Refusal("no_contact", sentence, SOP_HOLD, (LOG_TEXT, CLOSE_AS_LOST))


def contact_evidence(deal, at) -> str:
    """The contact that `contact_attempted` goes by, in words, for the checklist."""
    latest = _newest(_recent(deal, at), CONTACTS)
    return f"{latest.kind_name.lower()}, {latest.outcome_name.lower() or 'they reached us'}" if latest else ""


def _newest(contacts: list[Activity], kinds: tuple[str, ...]) -> Activity | None:
    return next((contact for contact in contacts if contact.kind in kinds), None)


def _recent(deal, at) -> list[Activity]:
    """The contacts of the last three days that count, the newest first: out, or a call in."""
    since = at - HOLD_CONTACT
    found = (contact for contact in attempts.since_claim(deal, at) if contact.at >= since)
    return [contact for contact in found if contact.direction == "out" or contact.kind == "call"]


def may_reach(deal) -> tuple[bool, bool]:
    """May the customer be called, and may they be emailed?"""
    return tuple(map(bool, _reach.first(deal.customer_id)))


@prepared
def _reach(customer):
    """May the customer be called, and may they be emailed, where they are really reached?"""
    phone = fn.EXISTS(
        CustomerPhone.select(CustomerPhone.id).where(
            CustomerPhone.customer == customer, CustomerPhone.wrong_at.is_null()
        )
    )
    email = fn.EXISTS(
        CustomerEmail.select(CustomerEmail.id).where(
            CustomerEmail.customer == customer, CustomerEmail.wrong_at.is_null()
        )
    )
    return (
        Customer.select(~Customer.no_calls & phone, ~Customer.no_emails & email).where(Customer.id == customer).tuples()
    )


def sub_status_chosen(attempt: Attempt):
    if attempt.given.get("sub_status") not in Hold.SUB_STATUSES:
        return Refusal("sub_status", "Choose why it is waiting.", SOP_HOLD, field="sub_status")


def follow_up_is_ahead(attempt: Attempt):
    day = attempt.given.get("follow_up_on")
    if day is None or day <= clock.today(attempt.by.timezone):
        return Refusal("follow_up", "Choose a follow-up date after today.", SOP_HOLD, field="follow_up_on")
    if day > clock.in_months(clock.today(attempt.by.timezone), FOLLOW_UP_MONTHS):
        sentence = f"A follow-up is at most {FOLLOW_UP_MONTHS} months ahead. Choose a nearer day."
        return Refusal("follow_up", sentence, SOP_HOLD, field="follow_up_on")


def reason_given(attempt: Attempt):
    if not (attempt.given.get("reason") or "").strip():
        return Refusal("reason", "Say why, in words.", SOP_HOLD, field="reason")


def next_step_given(attempt: Attempt):
    if not (attempt.given.get("next_step") or "").strip():
        return Refusal("next_step", "Say what the next step is.", SOP_FLOW, field="next_step")
    due = attempt.given.get("due_at")
    if due is None or due <= attempt.at:
        return Refusal("due", "Choose when it is due, from now on.", SOP_FLOW, field="due_at")
    return too_far(attempt.record, due, attempt.by.timezone)


def hold_stands(attempt: Attempt):
    """A deal on hold has its reason and date beside it."""
    hold = attempt.record.hold if attempt.record.id else None
    if hold is None and "hold" not in attempt.given:
        return Refusal("no_hold", "A deal on hold needs its reason and follow-up date.", SOP_HOLD)


# winning and losing


def has_value(attempt: Attempt):
    if attempt.get("value_cents") is None:
        return Refusal("value", "Enter what the order is worth.", SOP_FLOW, field="value_cents")


def has_agreement(attempt: Attempt):
    if attempt.get("agreement_on") is None:
        return Refusal("agreement", "Enter the date of the signed agreement.", SOP_FLOW, field="agreement_on")


def has_deposit_or_reason(attempt: Attempt):
    if attempt.given.get("deposit_cents") or (attempt.get("no_deposit_reason") or "").strip():
        return None
    if not attempt.record.id or not attempt.record.deposit_cents:
        return Refusal("deposit", "Enter the deposit, or say why there is none.", SOP_FLOW, field="deposit_cents")


def deposit_is_not_ahead(attempt: Attempt):
    paid = attempt.given.get("deposit_on")
    if paid and paid > clock.today(attempt.by.timezone):
        return Refusal("deposit_on", "Enter the deposit once it has come in.", SOP_FLOW, field="deposit_on")


def loss_reason_chosen(attempt: Attempt):
    if attempt.get("loss_reason") not in LOSS_REASONS:
        return Refusal("loss_reason", "Choose why it was lost.", SOP_FLOW, field="loss_reason")


def no_agreement_and_no_deposit(attempt: Attempt):
    deal = attempt.record
    if deal.agreement_on or balance(deal) > 0:
        has = "an agreement" if deal.agreement_on else "money of the customer’s with us"
        sentence = f"This order has {has}. It ends only through a manager's cancellation review."
        return Refusal("agreed", sentence, SOP_CANCEL, (REQUEST_CANCELLATION,))


def has_an_agreement(attempt: Attempt):
    if attempt.record.agreement_on is None:
        return Refusal("no_agreement", "There is no agreement to take back.", SOP_FLOW)


def no_money_with_us(attempt: Attempt):
    if (held := balance(attempt.record)) > 0:
        sentence = (
            f"{money.shown(held, attempt.record.currency)} of the customer’s is with us. Record its refund, or void "
            f"what was entered by mistake."
        )
        return Refusal("money", sentence, SOP_CANCEL)


def customer_is_not_cancelled(attempt: Attempt):
    return cancelled.why_no_deal(attempt.record.customer_id)


def not_delivered(attempt: Attempt):
    if attempt.record.delivered_on:
        return Refusal("delivered", "This order is delivered. It is a return now, not a mistake.", SOP_FLOW)


def not_live_yet(attempt: Attempt):
    if attempt.record.live:
        return Refusal("already_live", "This is a live order already.", SOP_HOLD)


def not_organic_yet(attempt: Attempt):
    if not attempt.record.live:
        return Refusal("already_organic", "This is an organic order already.", SOP_HOLD)
