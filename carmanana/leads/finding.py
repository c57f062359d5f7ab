"""Leads of a list: who may be called now, who waits, and how often each was tried."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from peewee import OP, SQL, Column, Expression, Tuple

from carmanana.contacting import attempts
from carmanana.contacting.calling.hours import RuleBook, closed
from carmanana.contacting.calling.rule_book import mark, rule_book
from carmanana.core import clock
from carmanana.core.db import as_json
from carmanana.customers import finding as customers
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.lead_codes import NEW, OPEN, WORKED
from carmanana.records.leads import Lead
from carmanana.schema.sqlite import as_literals, distinct, literally, members_named, of_ids, unindexed_condition

PLACES = members_named("region", "timezone")
# kept by triggers (schema/derived/columns.py)
LEAD_DUE, CALLABLE = (Column(Lead._meta.table, name) for name in ("next_due_at", "callable"))


def overdue(of_all: bool = True):
    """A next step of theirs is past its time, or the follow-up of a hold is. Those of all are found by how they stand,
    those of one person by whose they are."""
    state = literally(Lead.state, *OPEN)
    return late() & (state if of_all else unindexed_condition(state))


def late():
    """Of open ones alone, where their state need not be looked at again."""
    return LEAD_DUE < Lead.received_at.db_value(clock.now())


def untouched():
    return Lead.touched_at.is_null() & (Lead.state == NEW)


def callable_now(open_now: list[tuple[str, str]]):
    """Worked leads in these regions and zones, where calls are permitted now, with a number that was not closed to
    calls. What depends on the person, caps and consent, is asked before each call."""
    within = Expression(Tuple(Lead.region, Lead.timezone), OP.IN, SQL(f"({PLACES})", (as_json(open_now),)))
    return literally(Lead.state, *WORKED) & within & CALLABLE


def places() -> list[tuple[str, str]]:
    """Each region and zone of a worked lead that may be called, found by going from one to the next in their index."""
    return distinct("lead", ("region", "timezone"), f"state IN ({as_literals(WORKED)}) AND callable", "lead_place")


@dataclass(frozen=True)
class OpenPlaces:
    """Regions with their zones in which calls are permitted at a moment; each is looked up once."""

    book: RuleBook
    at: datetime
    known: dict[tuple[str, str], bool] = field(default_factory=dict)

    @classmethod
    def now(cls) -> "OpenPlaces":
        """Hours begin and end with a minute, so that what was looked up counts for all of it."""
        return _open_places(mark(), clock.now().replace(second=0, microsecond=0))

    def __contains__(self, place: tuple[str, str]) -> bool:
        if place not in self.known:
            region, zones = place
            self.known[place] = bool(region and zones) and closed(self.book, [region], zones.split(), self.at) is None
        return self.known[place]

    def of_worked(self) -> list[tuple[str, str]]:
        return [place for place in places() if place in self]


@lru_cache(4)
def _open_places(mark: int | None, at: datetime) -> OpenPlaces:
    return OpenPlaces(rule_book(at), at)


def found(text: str):
    return Lead.customer.in_(customers.ids(text))


def tries(ids: list[int]) -> dict[int, int]:
    """How often nobody answered, of these leads."""
    contacts: dict[int, list[Activity]] = {}
    for contact in _contacts(ids):
        contacts.setdefault(contact.lead_id, []).append(contact)
    return {lead_id: len(attempts.attempts(of_one, late=True)) for lead_id, of_one in contacts.items()}


@of_ids
def _contacts(ids):
    columns = (Activity.id, Activity.lead, Activity.at, Activity.created_at, Activity.kind)
    found = Activity.select(*columns, Activity.direction, Activity.outcome)
    return found.where(Activity.lead.in_(ids), Activity.kind.in_(CONTACTS))
