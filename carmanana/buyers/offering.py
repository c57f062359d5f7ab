"""Offering a vehicle to the buyers that were chosen: by email to many, or by telephone, one after the other.

Mail to many goes to whom has agreed to hear of offers by email, and to nobody who is locked, cancelled or asked us not
to; each carries where one unsubscribes. It is logged like every email, so that the price guard and the attempt caps
hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from carmanana.buyers.rows import Row, load
from carmanana.contacting.calling.permission import first_way, may_contact
from carmanana.contacting.log import log
from carmanana.contacting.mail import outbox_address
from carmanana.contacting.mail.addresses import usable
from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.idempotency import first
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.leads.dialing import building
from carmanana.records.activities import SENT
from carmanana.records.calling import EMAIL
from carmanana.records.consents import OFFERS, Consent
from carmanana.records.customers import CustomerEmail, Person
from carmanana.records.mail import OutgoingMail
from carmanana.records.offered_vehicles import EMAIL as BY_EMAIL
from carmanana.records.offered_vehicles import SEQUENCE, OfferedVehicle, VehicleOffer
from carmanana.records.people import User
from carmanana.records.sequences import SET_ASIDE, CallSequence, SequenceCall
from carmanana.records.wanted import CANCELLED, UNDER_REVIEW, Wanted

MOST = 200
NO_CONSENT = "No consent on file to hear of offers by email."
FOOT = "\n\n--\nYou get this because you agreed to hear of vehicles from us.\nUnsubscribe: {address}\n"
Address = Callable[[Person, str], str]


@dataclass
class Report:
    """`left` are those who got nothing, with the reason; `again` says that the form was sent before."""

    again: bool = False
    sent: list[Row] = field(default_factory=list)
    left: list[tuple[Row, str]] = field(default_factory=list)


def chosen(ids: Iterable[int], by: User) -> list[Row]:
    """Of what was ticked, what this person may see, each customer once."""
    seen = [one.id for one in Wanted.visible_to(by).where(Wanted.id.in_(list(ids)[:MOST]))]
    place = {number: index for index, number in enumerate(ids)}
    once = {}
    for row in sorted(load(seen), key=lambda row: place[row.id]) if seen else []:
        once.setdefault(row.customer.id, row)
    return list(once.values())


def person_of(row: Row) -> Person:
    return row.subject.person if row.is_lead and row.subject.person_id else Person.first_of(row.customer.id)


def why_no_email(row: Row, by: User, at: datetime) -> str:
    """Empty where an email may go to them."""
    if barred := _barred(row):
        return barred
    person = person_of(row)
    if refusals := may_contact(person, EMAIL, at, by):
        return refusals[0].sentence
    if not usable(first_way(person, EMAIL)):
        return "Their address is none that a mail server takes."
    return "" if agreed(person, at) else NO_CONSENT


def _barred(row: Row) -> str:
    barred = Wanted.get_by_id(row.id).barred
    if barred & UNDER_REVIEW:
        return "A cancellation is under review."
    return "This customer has cancelled." if barred & CANCELLED else ""


def agreed(person: Person, at: datetime) -> bool:
    """Consent to hear of offers that names email, given and not withdrawn."""
    standing = (Consent.given_at <= at) & Consent.withdrawn_at.is_null()
    by_email = (Consent.purpose == OFFERS) & Consent.channels.contains(f" {EMAIL} ")
    return Consent.select(Consent.id).where(Consent.person == person, standing, by_email).exists()


def email_all(
    offered: OfferedVehicle,
    rows: list[Row],
    by: User,
    subject: str,
    text: str,
    next_step: str,
    due_at: datetime | None,
    unsubscribe: Address,
    key: str = "",
) -> Report:
    """One email each, however often the form with this one-time key arrives; what one of them refuses holds up no
    other."""
    if not by.works_deals:
        raise Forbidden("offer")
    _refuse_words(rows, subject, text)
    if not first(key, by, "offering.email_all"):
        return Report(again=True)
    report = Report()
    for row in rows:
        if why := why_no_email(row, by, clock.now()):
            report.left.append((row, why))
            continue
        try:
            _email(offered, row, by, subject.strip(), text.strip(), next_step, due_at, unsubscribe)
            report.sent.append(row)
        except Refused as refused:
            report.left.append((row, refused.refusals[0].sentence))
        except Forbidden:
            report.left.append((row, "Only its owner or a manager may email them."))
    return report


def _refuse_words(rows: list[Row], subject: str, text: str) -> None:
    broken = [
        ("none", "Choose the buyers first.", None, not rows),
        ("server", "No mail server is set up, so nothing can be sent to many. Set SMTP_URL and start again.", None,
         not outbox_address.has_server()),
        ("subject", "Enter a subject of at most 200 characters.", "subject", not 0 < len(subject.strip()) <= 200),
        ("text", "Write what the email says.", "text", not text.strip()),
    ]  # fmt: skip
    if refusals := [Refusal(code, sentence, field=name) for code, sentence, name, holds in broken if holds]:
        raise Refused(refusals)


def _email(offered, row: Row, by: User, subject: str, text: str, next_step: str, due_at, unsubscribe: Address) -> None:
    person = person_of(row)
    to = first_way(person, EMAIL)
    with transaction():
        step = {"next_step": next_step, "due_at": due_at}
        log(row.subject, by, "email", text, "out", outcome=SENT, subject=subject, person=person, **step)
        where = unsubscribe(person, to)
        OutgoingMail.create(to=to, subject=subject, body=text + FOOT.format(address=where), unsubscribe=where)
        _offered(offered, row, BY_EMAIL, by)


def _offered(offered: OfferedVehicle, row: Row, how: str, by: User) -> None:
    about = {"lead": row.subject} if row.is_lead else {"deal": row.subject}
    VehicleOffer.create(vehicle=offered, customer=row.customer, how=how, by=by, **about)
    audit.record("offer_vehicle", row.subject, by, vehicle=offered.id, how=how)


def call_all(offered: OfferedVehicle, rows: list[Row], by: User) -> CallSequence:
    """A call sequence of the leads among them; deals are called from their own pages."""
    leads = [row for row in rows if row.is_lead]
    if not leads:
        sentence = "A call sequence is of leads, and none of these is one. Call deals from their own pages."
        raise Refused([Refusal("none", sentence)])
    guidance = f"They may want the {offered.name}. No price on the phone: lead & deal SOP, section C."
    with transaction():
        sequence = building.prepare(by, by, [row.subject for row in leads], offered.name[:80], guidance)
        aside = SequenceCall.select(SequenceCall.lead).where(
            SequenceCall.sequence == sequence, SequenceCall.standing == SET_ASIDE
        )
        left = {number for (number,) in aside.tuples()}
        for row in leads:
            if row.subject.id not in left and not _barred(row):
                _offered(offered, row, SEQUENCE, by)
    return sequence


def unsubscribe(person_id: int, address: str) -> int:
    """They hear of no more offers by email: for everybody who has this address, and also of none that is on its way.
    Returns how many consents that ends."""
    people = CustomerEmail.select(CustomerEmail.person).where(CustomerEmail.same(address))
    standing = Consent.select().where(
        (Consent.person == person_id) | Consent.person.in_(people),
        Consent.purpose == OFFERS,
        Consent.channels.contains(f" {EMAIL} "),
        Consent.withdrawn_at.is_null(),
    )
    with transaction():
        OutgoingMail.delete().where(
            OutgoingMail.is_to([address]), OutgoingMail.unsubscribe != "", OutgoingMail.sent_at.is_null()
        ).execute()
        ended = list(standing)
        for consent in ended:
            Consent.update(
                withdrawn_at=clock.now(),
                withdrawn_words="Unsubscribed by the link in an email",
                version=Consent.version + 1,
            ).where(Consent.id == consent.id).execute()
            audit.record("withdraw_consent", consent, None, person=consent.person_id)
    return len(ended)
