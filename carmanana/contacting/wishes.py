"""What somebody asked us not to do: said once, it holds at once, for the person and for every number and address of
theirs, in whichever record it stands (Lead & deal SOP, section F; domain 6). Only an admin takes it back, with a
reason.

Behind different extensions there are different people, and yet a wish closes the number with all of them: it is one
number to whoever dials it and to the law, and a wrong guess would be a call to somebody who said no. An admin opens it
again for one of them, and whoever said it behind another extension keeps their wish."""

from collections.abc import Collection

from peewee import fn

from carmanana.core import audit, clock
from carmanana.core.db import change, transaction
from carmanana.core.fields import CHOICE, TICK, WORDS, Field
from carmanana.core.phones import extension
from carmanana.core.query import again, prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.consents import DoNotContact
from carmanana.records.customers import WISHES, Customer, CustomerEmail, CustomerPhone, Person
from carmanana.records.people import CRM_ADMIN, User
from carmanana.records.sops import SOP_CONDUCT
from carmanana.schema import suppressed

WISH_OF = {"call": "no_calls", "voicemail": "no_calls", "email": "no_emails", "text": "no_texts"}
NAMES = {"no_calls": "calls", "no_emails": "emails", "no_texts": "texts"}


def forbids(customer: Customer, kind: str, person: Person | None = None) -> bool:
    """Did they ask not to be contacted so: the person, or whoever has every number or address of theirs?"""
    wish = WISH_OF[kind]
    return getattr(person or customer, wish) or _is_shut(customer, person, wish)


def _is_shut(customer: Customer, person: Person | None, wish: str) -> bool:
    found = ways_closed.first(customer, person.id if person else 0)
    return bool(found and found[WISHES.index(wish)])


def forbids_value(value: str, kind: str) -> bool:
    """Is this number (E.164) or address not to be contacted so, whoever's it is?"""
    return bool(standing_wishes.first(value.lower(), WISH_OF[kind])) or suppressed.forbids(value, WISH_OF[kind])


@prepared
def ways_closed(customer, person_id):
    """For each wish whether it closes the way to them: of the first person, where none is named."""
    whom = (
        Person.select(Person.id)
        .where(Person.customer == customer)
        .order_by(Person.id != person_id, Person.position, Person.id)
        .limit(1)
    )
    return Person.select(*map(_is_closed, WISHES)).where(Person.id == whom).tuples()


def _is_closed(wish: str):
    """Their wish, or each number or address of theirs is closed, and there is one."""
    way, value = (CustomerEmail, CustomerEmail.address) if wish == "no_emails" else (CustomerPhone, CustomerPhone.e164)
    theirs = way.select(way.id).where(way.person == Person.id)
    shut = DoNotContact.select(DoNotContact.id).where(
        DoNotContact.value == fn.LOWER(value), DoNotContact.channel == wish, DoNotContact.lifted_at.is_null()
    )
    none_left = fn.EXISTS(theirs) & ~fn.EXISTS(theirs.where(~fn.EXISTS(shut)))
    return getattr(Person, wish) | none_left


@prepared
def standing_wishes(value, channel):
    return DoNotContact.select(DoNotContact.id).where(
        DoNotContact.value == value, DoNotContact.channel == channel, DoNotContact.lifted_at.is_null()
    )


# saying it, and taking it back: what each asks for

STOP = (
    Field("no_calls", "No calls", TICK),
    Field("no_emails", "No emails", TICK),
    Field("no_texts", "No texts", TICK),
)
LIFT = (
    Field(
        "wish",
        "What may be done again",
        CHOICE,
        choices={"no_calls": "Calls", "no_emails": "Emails", "no_texts": "Texts"},
    ),
    Field("reason", "Why: when and how they said so", WORDS, most=2000),
)


def stop(person: Person, by: User | None, wishes: Collection[str] = WISHES) -> Person:
    """They asked not to be contacted so. It may be said by anybody who hears it, and holds from now on."""
    with transaction():
        fresh = again(person)
        new = [wish for wish in WISHES if wish in wishes and not getattr(fresh, wish)]
        if new:
            change(fresh, **dict.fromkeys(new, True))
            audit.record("stop_contact", fresh, by, wishes=new, customer=fresh.customer_id)
    return fresh


def lift(person: Person, wish: str, reason: str, by: User) -> Person:
    """They may be contacted so again, in all their records that share a number or an address."""
    if not by.has(CRM_ADMIN):
        raise Forbidden("lift_wish", "Only an admin takes back what a customer asked for.")
    if wish not in WISHES or not (reason or "").strip():
        raise Refused(
            [
                Refusal(
                    "reason",
                    "Say why they may be contacted again: when and how they said so.",
                    SOP_CONDUCT,
                    field="reason",
                )
            ],
            person,
        )
    with transaction():
        fresh = again(person)
        values = _values(fresh, wish)
        for one in [fresh, *_the_same_line(values, wish, fresh)]:
            if getattr(one, wish):
                change(one, **{wish: False})
                audit.record("lift_wish", one, by, wish=wish, customer=one.customer_id)
        _lift_values(values, wish, reason.strip(), by)
        title = f"May be contacted again: {NAMES[wish]}"
        Activity.create(
            customer=fresh.customer_id, person=fresh, kind="note", subject=title, summary=reason.strip(), author=by
        )
    return fresh


def _values(person: Person, wish: str) -> list[str]:
    if wish == "no_emails":
        return [email.address.lower() for email in person.emails]
    return [phone.e164 for phone in person.phones if phone.e164]


def _others_with(values: list[str], wish: str, person: Person) -> list[Person]:
    model, value = (
        (CustomerEmail, fn.LOWER(CustomerEmail.address)) if wish == "no_emails" else (CustomerPhone, CustomerPhone.e164)
    )
    return list(
        Person.select().where(
            Person.id.in_(model.select(model.person).where(value.in_(values))), Person.id != person.id
        )
    )


def _the_same_line(values: list[str], wish: str, person: Person) -> list[Person]:
    """Without those whom only another extension of the number reaches."""
    others = _others_with(values, wish, person)
    if wish == "no_emails":
        return others
    return [one for one in others if any(may_be_one_line(a, b) for a in person.phones for b in one.phones)]


def may_be_one_line(a: CustomerPhone, b: CustomerPhone) -> bool:
    """The same number, and no two different extensions."""
    inner = {extension(one.typed) for one in (a, b)} - {""}
    return a.e164 is not None and a.e164 == b.e164 and len(inner) < 2


def _lift_values(values: list[str], wish: str, reason: str, by: User) -> None:
    standing = DoNotContact.value.in_(values) & (DoNotContact.channel == wish) & DoNotContact.lifted_at.is_null()
    DoNotContact.update(lifted_at=clock.now(), lifted_by=by, lift_reason=reason).where(standing).execute()
