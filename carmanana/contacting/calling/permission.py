"""May this person be called, texted or mailed now? One answer for the lead's page, the lists and the dialer: every
reason why not, each with the rule that it goes by (domain 6; data in `calling_rule`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from carmanana.contacting import attempts, cancelled, lock, wishes
from carmanana.contacting.calling import grounds
from carmanana.contacting.calling.hours import RuleBook, closed, next_opening
from carmanana.contacting.calling.places import name_of
from carmanana.contacting.calling.regions import binding, region_of_words
from carmanana.contacting.calling.rule_book import marks, rule_book
from carmanana.contacting.rules import REMEMBERED, contacts_of, contacts_since, too_many
from carmanana.core import clock, locales
from carmanana.core.query import Prepared, prepared
from carmanana.core.text import several
from carmanana.core.together import ask_ahead, ask_together
from carmanana.core.workflow import Refusal, Remedy
from carmanana.records.activities import Activity
from carmanana.records.calling import CALL, EMAIL, TEXT, CallingRule
from carmanana.records.customers import CustomerEmail, CustomerPhone, Person, first_person
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.sops import SOP_CONDUCT, SOP_LOCK
from carmanana.schema.suppressed import suppressed

GAP = timedelta(minutes=60)
EARLY = timedelta(minutes=10)  # an agreed callback may come so much before its time
CALLBACK = timedelta(days=1)
SET_REGION = Remedy("Set the region…", "customers.edit", (), "globe")


def may_contact(
    person: Person,
    channel: str,
    at: datetime,
    by: User,
    value: str = "",
    book: RuleBook | None = None,
) -> list[Refusal]:
    """Why not, all of it; empty where it may be done. `channel`: call, text or email. `value` is the number (E.164) or
    the address; else the first one that is not known to be wrong."""
    return Asked(person, channel, at, by, value, book).refusals


def why_not(person: Person, at: datetime, by: User, **more: tuple) -> dict[str, list[Refusal]]:
    """As `may_contact`, by every channel. `more` is what else is asked with what they ask."""
    book = rule_book(at)
    call = Asked(person, CALL, at, by, "", book)
    every = {CALL: call} | {channel: Asked(person, channel, at, by, "", book, call) for channel in (TEXT, EMAIL)}
    wishes_of_ways = (
        (channel, (wishes.standing_wishes, asked.value.lower(), wishes.WISH_OF[channel]))
        for channel, asked in every.items()
    )
    ask_together(**dict(wishes_of_ways), **grounds.asked_of(call.rows, person, at), **more)
    return {channel: asked.refusals for channel, asked in every.items()}


def asked_of_contact(person: Person, at: datetime) -> dict[str, tuple]:
    """What `may_contact` is going to ask of this person at this moment, by any channel, for `ask_together`."""
    return {
        "rules": (marks,),
        "address": (first_email, person.id),
        "any_address": (any_email, person.id),
        **_asked_of_call(person, at),
    }


def _asked_of_call(person: Person, at: datetime) -> dict[str, tuple]:
    customer = person.customer_id
    return {
        "number": (first_number, person.id),
        "ways_closed": (wishes.ways_closed, customer, person.id),
        "suppressed": (suppressed,),
        "losing": (lock.losing_of, customer),
        "consents_at": (grounds.consents_at, person.id, at),
        "contacts": (contacts_since, customer, at - REMEMBERED),
        "first_person": (first_person, customer),
    }


def asked_of_call(person: Person, at: datetime, by: User, book: RuleBook | None) -> "Asked":
    """May they be called now? In a transaction all that the checks need is read by two statements."""
    ask_ahead(**_asked_of_call(person, at))
    asked = Asked(person, CALL, at, by, given_book=book)
    wish = wishes.standing_wishes, asked.value.lower(), wishes.WISH_OF[CALL]
    ask_ahead(wish=wish, **grounds.asked_of(asked.rows, person, at))
    return asked


@dataclass
class Asked:
    """What several checks need, read once. `beside` asks the same of another channel."""

    person: Person
    channel: str
    at: datetime
    by: User
    value: str = ""
    given_book: RuleBook | None = None
    beside: "Asked | None" = None

    def __post_init__(self):
        self.value = self.value or first_way(self.person, self.channel)

    @property
    def refusals(self) -> list[Refusal]:
        return [refusal for check in CHECKS for refusal in check(self)]

    @cached_property
    def book(self) -> RuleBook:
        return self.given_book or rule_book(self.at)

    @property
    def number(self) -> str:
        return "" if self.channel == EMAIL else self.value

    @cached_property
    def where(self) -> tuple[list[str], list[str]]:
        if self.beside and self.beside.value == self.value:
            return self.beside.where
        customer = self.person.customer
        return binding(region_of_words(customer.region, customer.timezone, self.number), customer.timezone, self.number)

    @cached_property
    def regions(self) -> list[str]:
        """Those that bind, a state and its country."""
        return list(dict.fromkeys(bound for region in self.where[0] for bound in self.book.regions_binding(region)))

    @cached_property
    def rows(self) -> list[CallingRule]:
        """The rows in force that say on what terms; call rows bind texts too where a region has none for them."""
        day, found = self.at.date(), []
        for region in self.regions:
            own = self.book.rows(region, self.channel, day)
            found += own or (self.book.rows(region, CALL, day) if self.channel == TEXT else [])
        return found

    @cached_property
    def contacts(self) -> list[Activity]:
        return self.beside.contacts if self.beside else contacts_of(self.person.customer, self.at, self.person)

    @cached_property
    def locked(self) -> bool:
        return self.beside.locked if self.beside else lock.closed_to(self.person.customer, self.by)

    @cached_property
    def tried(self) -> list[datetime]:
        """When nobody answered, since they last did."""
        tried = self.beside.tried if self.beside else attempts.attempts(self.contacts, late=True)
        return tried if self.beside else [attempt.at for attempt in tried]


def first_way(person: Person, channel: str) -> str:
    if channel == EMAIL:
        found = first_email.first(person)
        return found.address if found else ""
    found = first_number.first(person)
    return found.e164 if found else ""


@prepared
def first_email(person):
    emails = CustomerEmail.select().where(CustomerEmail.person == person, CustomerEmail.wrong_at.is_null())
    return emails.order_by(CustomerEmail.position).limit(1)


@prepared
def first_number(person):
    phones = CustomerPhone.select().where(CustomerPhone.person == person, CustomerPhone.wrong_at.is_null())
    return phones.where(CustomerPhone.e164.is_null(False)).order_by(CustomerPhone.position, CustomerPhone.id).limit(1)


def _any_of(model) -> Prepared:
    return prepared(lambda person: model.select(model.id).where(model.person == person).limit(1))


any_email, any_phone = _any_of(CustomerEmail), _any_of(CustomerPhone)


# the checks, in the order in which they are told


def _wish(asked: Asked) -> Iterable[Refusal]:
    person, channel = asked.person, asked.channel
    said = wishes.forbids(person.customer, channel, person)
    if said or (asked.value and wishes.forbids_value(asked.value, channel)):
        how = {CALL: "called", TEXT: "texted", EMAIL: "emailed"}[channel]
        yield Refusal("do_not_contact", f"{person.called} asked not to be {how}.", SOP_CONDUCT)


def _cancelled(asked: Asked) -> Iterable[Refusal]:
    if refusal := cancelled.why_not(asked.person.customer):
        yield refusal


def _lock(asked: Asked) -> Iterable[Refusal]:
    if asked.locked:
        yield Refusal("locked", lock.SENTENCE, SOP_LOCK)


def _way(asked: Asked) -> Iterable[Refusal]:
    if not asked.value:
        what, any_known = ("email address", any_email) if asked.channel == EMAIL else ("phone number", any_phone)
        known = any_known.first(asked.person)
        sentence = f"No {what} of theirs works: none is valid, or each was marked wrong."
        yield Refusal("bad_number", sentence if known else f"There is no {what} of theirs on file.", SOP_CONDUCT)


def _hours(asked: Asked) -> Iterable[Refusal]:
    if asked.channel == EMAIL or not asked.value:
        return
    regions, zones = asked.where
    found = closed(asked.book, regions, zones, asked.at, asked.channel)
    if found and found.rule is None:
        sentence = (
            "Where they are is not known well enough to say when they may be contacted. Set their region and time zone."
        )
        yield Refusal("region_unknown", sentence, "Calling rules", (SET_REGION,))
    elif found:
        opens = next_opening(asked.book, regions, zones, asked.at, asked.channel)
        again = f" Again from {_told(opens, asked.by)} your time." if opens else ""
        local = locales.hour(found.local, asked.by.locale) if found.local else ""
        yield Refusal("hours", f"It is {local} where they are, outside the permitted hours.{again}", found.rule.cited)


def _told(at: datetime, by: User) -> str:
    local = clock.local(at, by.timezone)
    today = local.date() == clock.today(by.timezone)
    return locales.hour(local, by.locale) if today else f"{local:%a} {locales.hour(local, by.locale)}"


def _consent(asked: Asked) -> Iterable[Refusal]:
    for row in asked.rows:
        if grounds.lacks_consent(row, asked.person, asked.channel, asked.number, asked.at):
            what = "an email" if asked.channel == EMAIL else f"a {asked.channel}"
            sentence = f"{name_of(row.region)} asks for consent on file before {what}, and there is none for it."
            yield Refusal("consent", sentence, row.cited)
            return


def _register(asked: Asked) -> Iterable[Refusal]:
    for row in asked.rows:
        if why := grounds.barred_by_register(row, asked.person, asked.channel, asked.number, asked.at):
            sentence = f"Not without consent or a relationship: {why}."
            yield Refusal("register", sentence, row.cited)
            return


def _caps(asked: Asked) -> Iterable[Refusal]:
    if refusal := too_many(asked.tried, asked.at):
        yield refusal
    out = [contact for contact in asked.contacts if contact.direction == "out" and contact.kind in ("call", "text")]
    for row in asked.rows:
        if row.cap and asked.channel != EMAIL:
            since = asked.at - timedelta(hours=row.cap_hours)
            if len([contact for contact in out if contact.at > since]) >= row.cap:
                allowed = f"{several(row.cap, 'attempt')} in {several(row.cap_hours, 'hour')}"
                sentence = f"{name_of(row.region)} allows {allowed}, and that many were made."
                yield Refusal("region_cap", sentence, row.cited)
                return


def _gap(asked: Asked) -> Iterable[Refusal]:
    if asked.channel == EMAIL:
        return
    last = asked.tried[-1] if asked.tried else None
    if last and asked.at - last < GAP and not agreed_callback(asked.person, asked.at):
        again = _told(last + GAP, asked.by)
        sentence = f"The last attempt was less than an hour ago. Again from {again}, unless they agreed to a callback."
        yield Refusal("gap", sentence, "House rule: 60 minutes between two attempts")


def agreed_callback(person: Person, at: datetime) -> Activity | None:
    """A step that they agreed to when we spoke, due about now."""
    return _agreed.first(person, at - CALLBACK, at + EARLY)


@prepared
def _agreed(person, since, until):
    spoken = Activity.alias()
    leads = Lead.select(Lead.id).where(Lead.person == person)
    due = (Activity.due_at >= since) & (Activity.due_at <= until)
    steps = Activity.select().where(Activity.kind == "task", Activity.done_at.is_null(), due, Activity.lead.in_(leads))
    agreed = (spoken.direction == "in") | spoken.outcome.startswith("connected")
    found = steps.join(spoken, on=(Activity.follows == spoken.id)).where(agreed)
    return found.order_by(Activity.due_at).limit(1)


CHECKS = (_wish, _cancelled, _lock, _way, _hours, _consent, _register, _caps, _gap)
