"""What lets somebody be contacted where the law asks for a ground: consent on file, a purchase, or an inquiry that is being
answered; and what the do-not-call registers say (domain 6, *Consent and inquiry*, *Registers*)."""

from datetime import date, datetime

import phonenumbers
from peewee import fn

from carmanana.core import clock
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
    found = Consent.select(Consent.id).where(
        Consent.person == person,
        Consent.channels.contains(f" {channel} "),
        Consent.given_at <= at,
        Consent.withdrawn_at.is_null() | (Consent.withdrawn_at > at),
    )
    return (found.where(Consent.proof.is_null(False)) if proven else found).exists()


def may_hear_recordings(person: Person, at: datetime) -> bool:
    """Did they agree to recorded voicemails? An inquiry or a consent to be called is none (47 CFR 64.1200)."""
    return (
        Consent.select(Consent.id)
        .where(
            Consent.person == person,
            Consent.purpose == RECORDED_VOICEMAIL,
            Consent.given_at <= at,
            Consent.withdrawn_at.is_null() | (Consent.withdrawn_at > at),
        )
        .exists()
    )


def inquired(person: Person, channel: str, at: datetime, months: int | None) -> bool:
    """Did they ask within so many months, and want the answer by this channel?"""
    since = _months_before(at, months or INQUIRY_MONTHS)
    asked = Lead.select(Lead.id).where(Lead.person == person, Lead.received_at >= since, Lead.received_at <= at)
    return asked.where(Lead.answer_by.contains(f" {channel} ")).exists()


def bought(person: Person, at: datetime, months: int | None) -> bool:
    if not months:
        return False
    won = Deal.select(Deal.id).where(Deal.customer == person.customer_id, Deal.won_at.is_null(False), Deal.won_at <= at)
    return won.where(Deal.won_at >= _months_before(at, months)).exists()


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
    """Why the register forbids it: the number stands in it, or the newest one is too old to know. Empty where it does not, or
    where consent or a relationship excuses from it."""
    if channel not in (CALL, TEXT) or (row.register_days is None and row.consent != "register"):
        return ""
    why = _registered(row, e164, at.date())
    if why and (bought(person, at, row.relationship_purchase_months) or consented(person, channel, at)):
        return ""
    months = row.relationship_inquiry_months
    return "" if why and (months or row.inquiry_excuses) and inquired(person, channel, at, months) else why


def _registered(row: CallingRule, e164: str, day: date) -> str:
    newest = DoNotCallRegister.select(fn.MAX(DoNotCallRegister.taken_on)).where(DoNotCallRegister.region == row.region)
    taken_on = newest.scalar()
    if taken_on is None or (row.register_days and (day - _day(taken_on)).days > row.register_days):
        return f"the do-not-call register of {row.region} is older than {row.register_days or 0} days, or missing"
    registers = DoNotCallRegister.select(DoNotCallRegister.id).where(DoNotCallRegister.region == row.region)
    listed = RegisteredNumber.select(RegisteredNumber.id)
    if listed.where(RegisteredNumber.e164 == e164, RegisteredNumber.register.in_(registers)).exists():
        return f"the number stands in the do-not-call register of {row.region}"
    return ""


def _day(told: date | str) -> date:
    return date.fromisoformat(told) if isinstance(told, str) else told
