"""Leads of a list: who may be called now, who waits, and what is told of each beside its row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from peewee import Column, Tuple, ValuesList, fn

from carmanana.contacting import attempts
from carmanana.contacting.calling.hours import RuleBook, closed
from carmanana.contacting.calling.permission import rule_book
from carmanana.core import clock
from carmanana.customers import finding as customers
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.customers import CustomerPhone, Person
from carmanana.records.deals import NeedsAssessment, VehicleOption
from carmanana.records.lead_codes import NEW, OPEN, WORKED
from carmanana.records.leads import Lead
from carmanana.schema.sqlite import as_literals, distinct, literally, of_ids, unindexed_condition

LEAD_DUE = Column(Lead._meta.table, "next_due_at")  # kept by triggers (schema/derived/columns.py)


def overdue(of_all: bool = True):
    """A next step of theirs is past its time, or the follow-up of a hold is. Those of all are found by how they stand,
    those of one person by whose they are."""
    state = literally(Lead.state, *OPEN)
    return (LEAD_DUE < Lead.received_at.db_value(clock.now())) & (state if of_all else unindexed_condition(state))


def untouched():
    return Lead.touched_at.is_null() & (Lead.state == NEW)


def callable_now(there: "OpenPlaces | None" = None):
    """Worked leads in a region and zone where calls are permitted now, with a number that was not closed to calls. What
    depends on the person, caps and consent, is asked before each call."""
    open_now, person = (there or OpenPlaces.now()).of_worked, Person.alias()
    asked_not = person.select(person.id).where(person.id == Lead.person, person.no_calls)
    good = CustomerPhone.wrong_at.is_null() & CustomerPhone.e164.is_null(False)
    numbers = CustomerPhone.select(CustomerPhone.id).where(CustomerPhone.person == Lead.person, good)
    within = Tuple(Lead.region, Lead.timezone).in_(ValuesList(open_now or [("", "")]))
    return literally(Lead.state, *WORKED) & within & ~fn.EXISTS(asked_not) & fn.EXISTS(numbers)


def places() -> list[tuple[str, str]]:
    """Each region and zone of a worked lead, found by going from one to the next in their index."""
    return distinct("lead", ("region", "timezone"), f"state IN ({as_literals(WORKED)})", "lead_place")


@dataclass(frozen=True)
class OpenPlaces:
    """Regions with their zones in which calls are permitted at a moment; each is looked up once."""

    book: RuleBook
    at: datetime
    known: dict[tuple[str, str], bool] = field(default_factory=dict)

    @classmethod
    def now(cls) -> "OpenPlaces":
        return cls(rule_book(), clock.now())

    def __contains__(self, place: tuple[str, str]) -> bool:
        if place not in self.known:
            region, zones = place
            self.known[place] = bool(region and zones) and closed(self.book, [region], zones.split(), self.at) is None
        return self.known[place]

    @cached_property
    def of_worked(self) -> list[tuple[str, str]]:
        return [place for place in places() if place in self]


def found(text: str):
    return Lead.customer.in_(customers.ids(text))


class Beside:
    """What stands beside the leads of a page, by their ids, each in as many queries whatever their number, and no
    sooner than it is shown."""

    def __init__(self, leads: Iterable[Lead] = (), there: OpenPlaces | None = None):
        self.ids, self.there = [lead.id for lead in leads], there

    @cached_property
    def needs(self) -> dict[int, NeedsAssessment]:
        return {one.lead_id: one for one in _needs(self.ids)}

    @cached_property
    def wants(self) -> dict[int, list[VehicleOption]]:
        lead_of, wants = {one.id: lead_id for lead_id, one in self.needs.items()}, {}
        for option in _named(lead_of) if lead_of else ():
            wants.setdefault(lead_of[option.needs_id], []).append(option)
        return wants

    @cached_property
    def steps(self) -> dict[int, Activity]:
        """The soonest of each."""
        found = {}
        for step in _open_steps(self.ids):
            found.setdefault(step.lead_id, step)
        return found

    @cached_property
    def tries(self) -> dict[int, int]:
        contacts: dict[int, list[Activity]] = {}
        for contact in _contacts(self.ids):
            contacts.setdefault(contact.lead_id, []).append(contact)
        return {lead_id: len(attempts.attempts(of_one, late=True)) for lead_id, of_one in contacts.items()}

    @cached_property
    def open_places(self) -> OpenPlaces:
        return self.there or OpenPlaces.now()

    def may_be_called(self, lead: Lead) -> bool:
        return (lead.region, lead.timezone) in self.open_places

    def vehicles(self, lead: Lead) -> str:
        named = ", ".join(f"{option.brand} {option.model}".strip() for option in self.wants.get(lead.id, ()))
        return named or lead.vehicle

    def known(self, lead: Lead) -> int:
        """Of five things that an assessment asks for."""
        needs = self.needs.get(lead.id)
        facts = (
            (needs.timeline, needs.location, needs.budget_to_cents or needs.budget_from_cents, needs.matters_most)
            if needs
            else ()
        )
        return sum(map(bool, (self.wants.get(lead.id), *facts)))


@of_ids
def _needs(ids):
    return NeedsAssessment.select().where(NeedsAssessment.lead_id.in_(ids))


@of_ids
def _named(ids):
    named = VehicleOption.select(VehicleOption.id, VehicleOption.needs, VehicleOption.brand, VehicleOption.model)
    return named.where(VehicleOption.needs.in_(ids)).order_by(VehicleOption.position)


@of_ids
def _open_steps(ids):
    open_steps = Activity.select(Activity.id, Activity.lead, Activity.subject, Activity.due_at)
    open_steps = open_steps.where(Activity.lead.in_(ids), Activity.kind == "task", Activity.done_at.is_null())
    return open_steps.order_by(Activity.due_at, Activity.id)


@of_ids
def _contacts(ids):
    columns = (Activity.id, Activity.lead, Activity.at, Activity.created_at, Activity.kind)
    found = Activity.select(*columns, Activity.direction, Activity.outcome)
    return found.where(Activity.lead.in_(ids), Activity.kind.in_(CONTACTS))
