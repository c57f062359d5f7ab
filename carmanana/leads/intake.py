"""New leads: who they are, where, what they asked and how they want to be answered."""

from collections.abc import Iterable
from datetime import datetime

from carmanana.contacting import next_steps
from carmanana.contacting.calling.regions import region_of_number, region_of_words, zones_of_number
from carmanana.core import audit, clock
from carmanana.core.db import change, transaction
from carmanana.core.query import again
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.customers.settling import settle
from carmanana.records.consents import INQUIRY, Consent
from carmanana.records.customers import Customer, CustomerPhone, Person
from carmanana.records.lead_codes import INQUIRY as AN_INQUIRY
from carmanana.records.lead_codes import KINDS, NEW, SOURCES
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.sops import SOP_LEADS

MOST_ZONES = 4


def enter(
    by: User, choice: str, name: str, phones: Iterable[str], emails: Iterable[str], owner: User | None = None, **facts
) -> Lead:
    """Somebody here writes down who asked. `choice` says who it is where a number or an address is known already.
    Whose it is has the first contact to make, as after a claim, and hears of it from whoever else has entered it."""
    if not by.works_deals or (owner not in (None, by) and not by.is_manager):
        raise Forbidden("enter_lead")
    _refuse_unclear(phones, emails, facts)
    with transaction():
        customer = settle(by, choice, name, phones, emails)
        lead = take_in(customer, by, owner=owner, **facts)
        if owner and not lead.unowned:
            next_steps.ask_for_first_contact(lead, owner, by, clock.now(), person=lead.person_id)
            Notification.tell(owner, "lead_mine", f"{customer.name} is your lead now", by, lead=lead)
    return lead


def _refuse_unclear(phones: Iterable[str], emails: Iterable[str], facts: dict) -> None:
    refusals = []
    if not list(phones) and not list(emails):
        refusals.append(
            Refusal("reach", "Enter a phone number or an email address to answer them by.", SOP_LEADS, field="phones")
        )
    if facts.get("kind", AN_INQUIRY) not in KINDS:
        refusals.append(Refusal("kind", "Choose what it is.", SOP_LEADS, field="kind"))
    if facts.get("source") not in SOURCES:
        refusals.append(Refusal("source", "Choose where it came from.", SOP_LEADS, field="source"))
    received = facts.get("received_at")
    if received and received > clock.now():
        refusals.append(Refusal("received_at", "It is entered once it has come in.", SOP_LEADS, field="received_at"))
    if refusals:
        raise Refused(refusals)


def take_in(
    customer: Customer,
    by: User | None,
    owner: User | None = None,
    person: Person | None = None,
    received_at: datetime | None = None,
    consent: dict | None = None,
    **facts,
) -> Lead:
    """A lead of a customer who is here; `consent` is what they agreed to with it. Call it where the customer is
    settled, in one transaction."""
    now = clock.now()
    person = person or Person.first_of(customer)
    place = where(customer, person)
    facts["answer_by"] = set(facts.get("answer_by") or ()) or _ways_to(person)
    with transaction():
        lead = Lead.create(
            customer=customer,
            person=person,
            owner=owner,
            claimed_at=now if owner else None,
            received_at=received_at or now,
            **place | {name: value for name, value in facts.items() if value not in (None, "")},
        )
        audit.record("take_in", lead, by, None, NEW, owner=owner and owner.id, source=lead.source)
        if consent:
            agree(person, by, **consent)
    return lead


def _ways_to(person: Person) -> set[str]:
    """Who says nothing of it is answered by what they gave."""
    return ({"call"} if person.phones.exists() else set()) | ({"email"} if person.emails.exists() else set())


def where(customer: Customer, person: Person) -> dict:
    """Region and zone as calling rules name them: what the record says, else what the number tells."""
    number = next(
        (phone.e164 for phone in person.phones.order_by(CustomerPhone.position) if phone.e164 and not phone.wrong_at),
        None,
    )
    zones = zones_of_number(number) if number else ()
    return {
        "region": region_of_words(customer.region, customer.timezone, number or "")
        or (region_of_number(number) if number else ""),
        "timezone": customer.timezone or " ".join(zones[:MOST_ZONES]),
    }


def agree(
    person: Person,
    by: User | None,
    channels,
    words: str,
    how: str,
    purpose: str = INQUIRY,
    given_at: datetime | None = None,
) -> Consent:
    """What they agreed to is kept with its words."""
    if not (words or "").strip() or not channels:
        raise Refused(
            [
                Refusal(
                    "consent",
                    "Write down the words that they agreed to, and for which channels.",
                    SOP_LEADS,
                    field="words",
                )
            ],
            person,
        )
    with transaction():
        consent = Consent.create(
            person=person,
            channels=channels,
            words=words.strip(),
            how=how,
            purpose=purpose,
            given_at=given_at or clock.now(),
            taken_by=by,
        )
        audit.record("consent", consent, by, person=person.id, channels=sorted(channels), purpose=purpose)
    return consent


def withdraw(consent: Consent, words: str, by: User) -> Consent:
    """They take it back, by any means, and that holds at once."""
    with transaction():
        fresh = again(consent)
        if fresh.withdrawn_at is None:
            change(fresh, withdrawn_at=clock.now(), withdrawn_words=(words or "").strip())
            audit.record("consent_withdrawn", fresh, by, person=fresh.person_id)
    return fresh
