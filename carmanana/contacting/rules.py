"""What an entry in the log needs, and when the customer may be contacted at all."""

from datetime import datetime, timedelta

from carmanana.contacting import attempts, cancelled, lock, reached, wishes
from carmanana.contacting.next_steps import free_of, too_far
from carmanana.contacting.phrase_check.judging import asked_of_book
from carmanana.contacting.phrase_check.rules import (
    is_in_a_language_we_read,
    names_a_quoted_price,
    offers_only_what_is_approved,
    quotes_no_price_to_a_lead,
    says_nothing_it_may_not,
)
from carmanana.core import clock, locales
from carmanana.core.limits import ATTEMPT_SPAN
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal, Remedy
from carmanana.records.activities import CONNECTED, CONTACTS, OUTCOMES_OF, WRONG, Activity
from carmanana.records.customers import Person, first_person
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.retention import offers_in_force
from carmanana.records.sequences import SequenceCall
from carmanana.records.sops import SOP_CONDUCT, SOP_LEADS, SOP_LOCK, SOP_LOG

DAY_CAP, MONTH_CAP = 3, 10
REMEMBERED = timedelta(days=30)
CHANNELS = {"call": ("call", "voicemail"), "voicemail": ("call", "voicemail"), "email": ("email",), "text": ("text",)}

ASK_MANAGER = Remedy("Ask the manager…", "deals.flag", (), "flag")
ADD_WAY = Remedy("Add it…", "customers.edit", (), "pencil")


def is_contact_out(attempt: Attempt) -> bool:
    return attempt.given.get("kind") in CONTACTS and attempt.given.get("direction") == "out"


def kind_chosen(attempt: Attempt):
    if attempt.given.get("kind") not in (*CONTACTS, "note"):
        return Refusal("kind", "Choose what it was: a call, an email, a text or a note.", SOP_LOG, field="kind")


def direction_chosen(attempt: Attempt):
    if attempt.given.get("kind") in CONTACTS and attempt.given.get("direction") not in ("in", "out"):
        return Refusal("direction", "Choose who reached whom.", SOP_LOG, field="direction")


def outcome_chosen(attempt: Attempt):
    kind = attempt.given.get("kind")
    if is_contact_out(attempt) and attempt.given.get("outcome") not in OUTCOMES_OF[kind]:
        return Refusal("outcome", "Choose the outcome.", SOP_LOG, field="outcome")


def wrong_one_named(attempt: Attempt):
    """Of several numbers only the one that was tried is wrong. Who is not asked which (no `reached_at`) tries the
    first."""
    given = attempt.given
    if not is_contact_out(attempt) or given.get("outcome") != WRONG or "reached_at" not in given:
        return None
    tried = reached.of_kind(given["customer"], given["kind"])
    if len(tried) > 1 and given["reached_at"] not in map(reached.key, tried):
        what = "address" if given["kind"] == "email" else "number"
        return Refusal("reached_at", f"Say which {what} was wrong.", SOP_LOG, field="reached_at")


def summary_given(attempt: Attempt):
    if not (attempt.given.get("summary") or "").strip():
        return Refusal("summary", "Write what the customer wants, or what was said.", SOP_LOG, field="summary")


def next_step_or_closed(attempt: Attempt):
    """`step` is one that the caller has set already."""
    if attempt.given.get("step"):
        return None
    deal = attempt.record
    step, due = (attempt.given.get("next_step") or "").strip(), attempt.given.get("due_at")
    wanted = is_contact_out(attempt) and (deal is None or not deal.ended)
    if not step and (wanted or due):
        return Refusal(
            "next_step", "Say what the next step is: “Send 3 options by Friday”.", SOP_LOG, field="next_step"
        )
    if step and (due is None or due <= attempt.at):
        return Refusal("due", "Choose when the next step is due, from now on.", SOP_LOG, field="due_at")
    return too_far(deal, due, attempt.by.timezone) if step else None


def happened_already(attempt: Attempt):
    at = attempt.given.get("at")
    if at and at > attempt.at + timedelta(minutes=1):
        return Refusal("at", "A contact is logged once it has happened.", SOP_LOG, field="at")


def client_may_be_contacted(attempt: Attempt):
    customer, kind = attempt.given["customer"], attempt.given.get("kind")
    person = attempt.given.get("person")
    if is_contact_out(attempt) and wishes.forbids(customer, kind, person):
        by_what = {"call": "called", "voicemail": "called", "email": "emailed", "text": "texted"}[kind]
        return Refusal(
            "do_not_contact",
            f"{(person and person.name) or customer.name} asked not to be {by_what}.",
            SOP_CONDUCT,
            (ASK_MANAGER,),
        )


def there_is_a_way(attempt: Attempt):
    """Nobody answers at a number or an address that is not on file; who did answer was reached somehow."""
    given = attempt.given
    if (
        not is_contact_out(attempt)
        or given.get("outcome") in CONNECTED
        or reached.of_kind(given["customer"], given["kind"])
    ):
        return None
    what = "email address" if given["kind"] == "email" else "phone number"
    return Refusal(
        "no_way", f"{given['customer'].name} has no {what} on file. Add it, then log the contact.", SOP_LOG, (ADD_WAY,)
    )


def client_is_not_cancelled(attempt: Attempt):
    if is_contact_out(attempt):
        lead = attempt.record if isinstance(attempt.record, Lead) else None
        return cancelled.why_not(attempt.given["customer"], lead)


def not_under_review(attempt: Attempt):
    """While an order of the customer is under cancellation review, the next contact must be the manager. An email of
    ours that went before the request (`on_file`: its .eml is there to show it) is still logged."""
    customer, on_file = attempt.given["customer"], attempt.given.get("on_file")
    if not is_contact_out(attempt) or not lock.closed_to(customer, attempt.by):
        return None
    if on_file and attempt.given.get("at") and lock.precedes(customer, attempt.given["at"]):
        return None
    if attempt.by.is_manager:
        return lock.refusal_to_a_manager(customer, attempt.by)
    return Refusal("locked", lock.SENTENCE + " Your manager can log it." * bool(on_file), SOP_LOCK)


def not_too_many_attempts(attempt: Attempt):
    """House rule: at most 3 unanswered attempts in 24 hours and 10 in 30 days, of a customer's deals on one channel, at
    a lead however it was tried. A call that was answered is no such attempt, and its record must not be lost."""
    if not is_contact_out(attempt) or attempt.given.get("outcome") in CONNECTED:
        return None
    given = attempt.given
    contacts = contacts_of(given["customer"], attempt.at, given.get("person"))
    if isinstance(attempt.record, Lead):
        return None if _follows_a_call(contacts, given["kind"], attempt.at) else capped(contacts, attempt.at)
    return too_many(unanswered(contacts, given["kind"], attempt.at), attempt.at)


def capped(contacts: list[Activity], at: datetime):
    """Why another attempt at the person would be one too many."""
    return too_many([tried.at for tried in attempts.attempts(contacts, late=True)], at)


def _follows_a_call(contacts: list[Activity], kind: str, at: datetime) -> bool:
    """What follows a call within the hour belongs to its attempt."""
    last = attempts.attempts(contacts, late=True)[-1:]
    return kind != "call" and bool(last) and at - last[0].at < ATTEMPT_SPAN


def too_many(tried: list[datetime], at: datetime):
    if len([moment for moment in tried if moment > at - timedelta(days=1)]) >= DAY_CAP:
        return Refusal(
            "day_cap", f"{DAY_CAP} attempts in 24 hours are enough. Try tomorrow.", SOP_CONDUCT, (ASK_MANAGER,)
        )
    if len(tried) >= MONTH_CAP:
        return Refusal(
            "month_cap", f"{MONTH_CAP} unanswered attempts in 30 days are enough.", SOP_CONDUCT, (ASK_MANAGER,)
        )


def contacts_of(customer, at: datetime, person: Person | None = None) -> list[Activity]:
    """What was said with a person in the last 30 days: with the one whom the record is about, where none is named."""
    contacts = contacts_since(customer, at - REMEMBERED)
    if not any(contact.person_id for contact in contacts):
        return contacts if person is None or person == Person.first_of(customer) else []
    first = Person.first_of(customer).id
    wanted = person.id if person else first
    return [contact for contact in contacts if (contact.person_id or first) == wanted]


@prepared
def contacts_since(customer, since):
    columns = (
        Activity.id,
        Activity.at,
        Activity.created_at,
        Activity.kind,
        Activity.direction,
        Activity.outcome,
        Activity.person,
    )
    return Activity.select(*columns).where(
        Activity.customer == customer, Activity.kind.in_(CONTACTS), Activity.at > since
    )


def unanswered(contacts: list[Activity], kind: str, at: datetime) -> list[datetime]:
    """When we tried this channel in the last 30 days since the customer last answered on any."""
    answered = max((c.at for c in contacts if c.connected), default=at - REMEMBERED)
    return [c.at for c in contacts if c.kind in CHANNELS[kind] and c.direction == "out" and c.at > answered]


def not_on_somebodys_screen(attempt: Attempt):
    """Whom somebody calls in a sequence is theirs alone while it is on their screen; what that call itself logs is
    `dialing`."""
    if not (isinstance(attempt.record, Lead) and is_contact_out(attempt)) or attempt.given.get("dialing"):
        return None
    if not (call := SequenceCall.held_by_another(attempt.record, attempt.by, attempt.at)):
        return None
    until = clock.local(call.held_until, attempt.by.timezone)
    who = call.sequence.user.name
    sentence = f"{who} has this lead on the dialer, until {until:%H:%M} at least. Speak to {who} first, or log it then."
    return Refusal("on_screen", sentence, SOP_LEADS)


def asked_of_entry(attempt: Attempt) -> dict[str, tuple]:
    """What logging it is going to ask before it is written, for `ask_ahead`."""
    given, record = attempt.given, attempt.record
    customer, person = record.customer_id, given.get("person")
    asked = asked_of_book() | {"steps": (free_of(record), record.id), "terms": (offers_in_force, customer, attempt.at)}
    if is_contact_out(attempt) or given.get("next_step"):
        asked |= {"losing": (lock.losing_of, customer), "requests": (lock.requests_of, customer)}
    if is_contact_out(attempt):
        asked |= {
            "ways": (reached.emails_of if given["kind"] == "email" else reached.phones_of, customer),
            "ways_closed": (wishes.ways_closed, customer, person.id if person else 0),
            "contacts": (contacts_since, customer, attempt.at - REMEMBERED),
            "first_person": (first_person, customer),
        }
    return asked


LOG = (
    kind_chosen,
    direction_chosen,
    outcome_chosen,
    wrong_one_named,
    summary_given,
    next_step_or_closed,
    happened_already,
    there_is_a_way,
    client_may_be_contacted,
    client_is_not_cancelled,
    not_under_review,
    not_too_many_attempts,
    not_on_somebodys_screen,
    quotes_no_price_to_a_lead,
    says_nothing_it_may_not,
    offers_only_what_is_approved,
    is_in_a_language_we_read,
    names_a_quoted_price,
)


def local_time(customer, by: User) -> str:
    """The customer's wall clock, where their zone is known, as `by` writes hours."""
    return locales.hour(clock.local(clock.now(), customer.timezone), by.locale) if customer.timezone else ""
