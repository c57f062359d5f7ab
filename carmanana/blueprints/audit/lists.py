"""The list of the audit trail: who did what, when, and from what to what."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from flask import current_app
from peewee import SQL

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.query import prepared
from carmanana.records.people import User
from carmanana.reports import trail
from carmanana.reports.behind import stage_names
from carmanana.reports.period import Period
from carmanana.schema.sqlite import distinct, of_ids
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.lists import Chip, Choice, Column, List, Shown
from carmanana.web.lists.counting import all_up_to

RECORD = re.compile(r"\s*([a-z][a-z _]*?)\s*#?(\d{1,15})?\s*", re.IGNORECASE)
MOST_VERBS = 400
PAGES = {
    "deal": ("deals.show", "deal_id"),
    "lead": ("leads.show", "lead_id"),
    "customer": ("customers.show", "customer_id"),
    "cancellation_request": ("cancellations.show", "request_id"),
    "finding": ("findings.show", "finding_id"),
    "consequence": ("consequences.show", "consequence_id"),
    "user": ("people.show", "user_id"),
    "customer_case": ("cases.show", "case_id"),
    "quotation": ("quotations.show", "quotation_id"),
    "departure": ("departures.show", "departure_id"),
    "nightly_proof": ("today.proof_of", "proof_id"),
    "import_batch": ("importing.show", "batch_id"),
}


@dataclass(frozen=True)
class Beside:
    people: dict
    stages: dict

    def change(self, event: Event) -> list:
        return trail.change_of(event, self.people, self.stages)

    def facts(self, event: Event) -> str:
        return trail.facts_of(event, self.people)

    def record(self, event: Event) -> str:
        """A person by their name, as beside the step."""
        person = self.people.get(event.subject_id) if event.subject == "user" else None
        return person.name if person else trail.record_of(event)

    def url(self, event: Event) -> str:
        """Of its page, where there is one that the reader may see."""
        endpoint, key = PAGES.get(event.subject, ("", ""))
        may = endpoint and me().has(*current_app.view_functions[endpoint].access)
        return address(endpoint, **{key: event.subject_id}) if may else ""

    def who(self, event: Event) -> str:
        found = self.people.get(event.actor_id)
        return found.name if found else "CarManana"


_everybody = prepared(lambda: User.select(User.id, User.name))


def _beside() -> Beside:
    return Beside({user.id: user for user in _everybody()}, stage_names())


def _load(ids: list[int]) -> list[Event]:
    """Each with what is told beside it."""
    beside, events = _beside(), _events(ids)
    for event in events:
        event.beside, event.who = beside, beside.who(event)
    return events


_events = of_ids(lambda ids: Event.select().where(Event.id.in_(ids)))


def _people(by: User) -> dict[str, str]:
    return {str(user.id): user.name for user in sorted(_everybody(), key=lambda user: user.name)}


def _verbs(by: User) -> dict[str, str]:
    """Those there are."""
    found = {verb: trail.verb_of(verb) for (verb,) in distinct("event", ("verb",), "1", "event_verb")[:MOST_VERBS]}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


@prepared
def _of_all():
    return all_up_to([Event.select()], Event.id)


def _counts(shown: Shown) -> dict[str, int]:
    whole = not (shown.on or shown.chosen or shown.list.values)
    return {"": _of_all.first()[0]} if whole else {}


def _record(text: str):
    """ "deal 123", "cancellation 4", or a kind of record alone."""
    found = RECORD.fullmatch(text)
    if found is None:
        return SQL("0")
    same = Event.subject == trail.subject_of(found[1])
    return same & (Event.subject_id == int(found[2])) if found[2] else same


def _since(days: int):
    return lambda by: Event.at >= clock.now() - timedelta(days=days)


def in_days(period: Period) -> List:
    """Of those that happened within the days."""
    values = {name: value for name, value in period.query.items() if name in ("from", "to")}
    if not values:
        return EVENTS
    return replace(
        EVENTS,
        scope=lambda by: Event.select().where(period.within(Event.at)),
        values=values,
        empty=("search", "No event in these days", "Try other days, or all of them."),
    )


EVENTS = List(
    name="audit",
    title="Audit",
    endpoint="audit.index",
    one="event",
    many="events",
    columns=(
        Column("when", "When", lambda event: f"{event.at:%Y-%m-%d %H:%M:%S} UTC", Event.at, always=True),
        Column("who", "Who", lambda event: event.who),
        Column("verb", "What", lambda event: trail.verb_of(event.verb)),
        Column("record", "Record", lambda event: event.beside.record(event)),
        Column("change", "From → to", lambda event: _in_words(event.beside.change(event))),
        Column("facts", "Details", lambda event: event.beside.facts(event), wide=True),
        Column("number", "Event", lambda event: event.id, wide=True, number=True),
    ),
    scope=lambda by: Event.select(),
    load=_load,
    cells="audit/_cells.html",
    id=Event.id,
    sort="when",
    descending=True,
    chips=(
        Chip("day", "Last 24 hours", _since(1), counted=False),
        Chip("week", "7 days", _since(7), counted=False),
        Chip("month", "30 days", _since(30), counted=False),
    ),
    known_counts=_counts,
    choices=(
        Choice("who", "Person", _people, lambda code, by: Event.actor_id == int(code)),
        Choice("verb", "What", _verbs, lambda code, by: Event.verb == code),
    ),
    text=_record,
    placeholder="A record: deal 123",
    unmatched="Name a record by its kind and number, such as deal 123 or cancellation 4, or try fewer filters.",
    empty=(
        "history",
        "Nothing has happened yet",
        "Each step of anybody’s stands here, and nothing is ever taken away.",
    ),
    template="audit/index.html",
)


def _in_words(changes: list) -> str:
    return "; ".join(f"{name}: {was} → {became}" for name, was, became in changes)
