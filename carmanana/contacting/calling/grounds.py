"""What lets somebody be contacted where the law asks for a ground: consent on file, a purchase, or an inquiry that is
being answered; and what the do-not-call registers say (domain 6, *Consent and inquiry*, *Registers*)."""

from datetime import date, datetime

import phonenumbers

from carmanana.contacting.calling.places import name_of
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.core.text import several
from carmanana.records.calling import CALL, TEXT, CallingRule, DoNotCallRegister, RegisteredNumber
from carmanana.records.consents import RECORDED_VOICEMAIL, Consent
from carmanana.records.customers import Person
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead

INQUIRY_MONTHS = 3  # where the row of a region says nothing
ASKING = ("express", "prior express", "consent", "opt-in", "mobile opt-in", "recorded")
NEVER_MOBILE = "mobile opt-in"


def consented(person: Person, channel: str, at: datetime, proven: bool = False) -> bool:
    """Is there consent that names the channel, not withdrawn; with its proof where that is asked for?"""
    standing = [consent for consent in consents_at(person, at) if channel in consent.channels]
    return any(consent.proof_id is not None for consent in standing) if proven else bool(standing)


@prepared
def consents_at(person, at):
    not_taken_back = Consent.withdrawn_at.is_null() | (Consent.withdrawn_at > at)
    return Consent.select().where(Consent.person == person, Consent.given_at <= at, not_taken_back)


def may_hear_recordings(person: Person, at: datetime) -> bool:
    """Did they agree to recorded voicemails? An inquiry or a consent to be called is none (47 CFR 64.1200)."""
    return any(consent.purpose == RECORDED_VOICEMAIL for consent in consents_at(person, at))


def inquired(person: Person, channel: str, at: datetime, months: int | None) -> bool:
    """Did they ask within so many months, and want the answer by this channel?"""
    since = _months_before(at, months or INQUIRY_MONTHS)
    return any(channel in answer_by for (answer_by,) in _inquiries(person, since, at))


@prepared
def _inquiries(person, since, at):
    theirs = Lead.select(Lead.answer_by).where(Lead.person == person)
    return theirs.where(Lead.received_at >= since, Lead.received_at <= at).tuples()


def bought(person: Person, at: datetime, months: int | None) -> bool:
    if not months:
        return False
    return bool(_won(person.customer_id, _months_before(at, months), at))


@prepared
def _won(customer_id, since, at):
    won = Deal.select(Deal.id).where(Deal.customer == customer_id, Deal.won_at >= since, Deal.won_at <= at)
    return won.limit(1).tuples()


def _months_before(at: datetime, months: int) -> datetime:
    return clock.start_of_day(clock.in_months(at.date(), -months), "UTC")


def lacks_consent(row: CallingRule, person: Person, channel: str, e164: str, at: datetime) -> bool:
    """Does this row ask for a ground that is not there?"""
    if row.consent == "implied":
        return not (
            bought(person, at, row.relationship_purchase_months)
            or inquired(person, channel, at, row.relationship_inquiry_months)
            or consented(person, channel, at)
        )
    if row.consent not in ASKING or (row.consent == NEVER_MOBILE and not _is_mobile(e164)):
        return False
    answers = row.inquiry_excuses and inquired(person, channel, at, row.relationship_inquiry_months)
    return not (answers or consented(person, channel, at, proven=row.consent == "recorded"))


def _is_mobile(e164: str) -> bool:
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return bool(e164) and phonenumbers.number_type(phonenumbers.parse(e164)) in kinds


def barred_by_register(row: CallingRule, person: Person, channel: str, e164: str, at: datetime) -> str:
    """Why the register forbids it: the number stands in it, or the newest one is too old to know. Empty where it does
    not, or where consent or a relationship excuses from it."""
    if channel not in (CALL, TEXT) or (row.register_days is None and row.consent != "register"):
        return ""
    why = _registered(row, e164, at.date())
    if why and (bought(person, at, row.relationship_purchase_months) or consented(person, channel, at)):
        return ""
    months = row.relationship_inquiry_months
    return "" if why and (months or row.inquiry_excuses) and inquired(person, channel, at, months) else why


def asked_of(rows: list[CallingRule], person: Person, at: datetime) -> dict[str, tuple]:
    """What the registers and the grounds of these rows ask, for `ask_together`."""
    found = {f"register of {row.region}": (registers_of, row.region) for row in rows}
    since = {_months_before(at, row.relationship_inquiry_months or INQUIRY_MONTHS) for row in rows}
    found |= {f"inquired since {one}": (_inquiries, person.id, one, at) for one in since}
    months = {row.relationship_purchase_months for row in rows} - {None, 0}
    bought = {f"bought in {one}": (_won, person.customer_id, _months_before(at, one), at) for one in months}
    return found | bought


def _registered(row: CallingRule, e164: str, day: date) -> str:
    taken_on = max((register.taken_on for register in registers_of(row.region)), default=None)
    if taken_on is None or (row.register_days and (day - taken_on).days > row.register_days):
        kept = several(row.register_days or 0, "day")
        return f"the do-not-call register of {name_of(row.region)} is older than {kept}, or missing"
    if _listed(e164, row.region):
        return f"the number stands in the do-not-call register of {name_of(row.region)}"
    return ""


@prepared
def registers_of(region):
    return DoNotCallRegister.select().where(DoNotCallRegister.region == region)


@prepared
def _listed(e164, region):
    registers = DoNotCallRegister.select(DoNotCallRegister.id).where(DoNotCallRegister.region == region)
    found = RegisteredNumber.select(RegisteredNumber.id).where(RegisteredNumber.e164 == e164)
    return found.where(RegisteredNumber.register.in_(registers)).limit(1).tuples()
