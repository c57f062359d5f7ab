"""Everything that was said, done and changed with a customer, of all their records that this person sees: the one
timeline, over many subjects in as many queries however many they are."""

import json
from collections import defaultdict
from functools import cache, reduce
from operator import or_

from flask import g, request
from peewee import Select

from carmanana.core.audit import Event
from carmanana.core.db import Record
from carmanana.core.query import Numbered, numbered
from carmanana.core.verbs import CATALOGUES, Line, Lines
from carmanana.customers import finding
from carmanana.records.attachments import Attachment
from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.schema.sqlite import OfIds, of_ids
from carmanana.web.customers.page import tabs_for
from carmanana.web.loading import number_of
from carmanana.web.timeline import Entry, counts_of, timeline
from carmanana.web.timeline.history import Past, named_in, people_of, pipeline_names, stage_names
from carmanana.web.timeline.lines import lines

AT_ONCE, MOST = 100, 2_000

Lines(
    Customer,
    {
        "enter": Line("Customer added", "", "plus"),
        "correct": Line("Facts corrected", "", "pencil"),
        "entrust": Line(
            lambda data, names: f"Given to {names.name_of(data.get('owner'), 'somebody')}", "", "user-plus"
        ),
        "merge": Line("Merged with another record", "", "users"),
        "add_person": Line("Person added", "", "user-plus"),
        "correct_person": Line("Person corrected", "", "pencil"),
        "remove_person": Line("Person removed", "", "trash"),
        "imported": Line("Imported", "", "upload"),
    },
)


def subjects_of(customer: Customer, by: User) -> list[tuple[str, Select]]:
    """Each kind of record that a tab lists and whose events are told, with those of theirs that this person sees."""
    found = [(tab.label, tab.counted(customer, by)) for tab in tabs_for(by)]
    told = [(label, query) for label, query in found if query is not None and query.model in CATALOGUES]
    return [("", Customer.select().where(Customer.id == customer.id)), *told]


def entries_of(customer: Customer, by: User, most: int) -> list[Entry]:
    """The newest first; one more than asked tells that there are more."""
    subjects = subjects_of(customer, by)
    events = _events(by.roles)(customer.id, by.id, most + 1)
    activities = _activities(by.roles)(customer.id, by.id, most + 1)
    files = _files([one.id for one in activities]) if activities else []
    people = {person.id: person for person in people_of(json.dumps(sorted(named_in(events, activities))))}
    entries = []
    for label, record, theirs in _records(subjects, events, customer):
        said = (activities, files) if record == customer else ([], [])
        told = timeline(_one_of_many(record, theirs, *said, people))
        entries += [_named(entry, label, record) if entry.kind == "change" else entry for entry in told]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[: most + 1]


@cache
def _events(roles: frozenset[str]) -> Numbered:
    """The last ones of all that this person sees of a customer."""
    columns = (Event.id, Event.at, Event.actor_id, Event.subject, Event.subject_id, Event.verb, Event.was, Event.became)

    def events(customer, by, most):
        theirs = [
            (Event.subject == query.model._meta.table_name)
            & Event.subject_id.in_(query.select(query.model.id).order_by())
            for _, query in subjects_of(Customer(id=customer), User(id=by, roles=roles))
        ]
        found = Event.select(*columns, Event.data).where(reduce(or_, theirs))
        return found.order_by(Event.id.desc()).limit(most)

    return numbered(events)


@cache
def _activities(roles: frozenset[str]) -> Numbered:
    return numbered(
        lambda customer, by, most: finding.activities_of(Customer(id=customer), User(id=by, roles=roles)).limit(most)
    )


@of_ids
def _files(activities):
    return Attachment.select().where(Attachment.activity.in_(activities))


def _records(subjects, events: list[Event], customer: Customer):
    """The customer, and every record that something is told of, with its events, the oldest first."""
    of = defaultdict(list)
    for event in reversed(events):
        of[event.subject, event.subject_id].append(event)
    yield "", customer, of.get(("customer", customer.id), [])
    for label, query in subjects[1:]:
        table = query.model._meta.table_name
        ids = [number for subject, number in of if subject == table]
        for record in _of_model(query.model)(ids) if ids else ():
            yield label, record, of[table, record.id]


@cache
def _of_model(model: type[Record]) -> OfIds:
    return of_ids(lambda ids: model.select().where(model.id.in_(ids)))


def _one_of_many(record: Record, events, activities, files, people: dict[int, User]) -> Past:
    """What a past would look up by itself is looked up for all of them at once."""
    past = Past(record, events, activities, files, people)
    past.__dict__.update({"stays": [], "stages": [], "_near": {}, "_far": _names()[0], "pipelines": _names()[1]})
    return past


def _names() -> tuple[dict, dict]:
    if "stage_names" not in g:
        g.stage_names = dict(stage_names()), dict(pipeline_names())
    return g.stage_names


def _named(entry: Entry, label: str, record: Record) -> Entry:
    """With the record that it is told of."""
    if not label:
        return entry
    what = next(
        (words for name in ("vehicle", "subject", "about", "number") if (words := getattr(record, name, ""))), ""
    )
    told = f"{label}: {what}" if what else label
    return entry._replace(beside=" · ".join(filter(None, (told, entry.beside))))


def history(customer: Customer, by: User) -> dict:
    asked = number_of(request.args.get("shown", ""), AT_ONCE)
    shown = min(max(asked, AT_ONCE), MOST)
    entries = entries_of(customer, by, shown)
    more = shown + AT_ONCE if len(entries) > shown and shown < MOST else 0
    entries = entries[:shown]
    return {"entries": entries, "entry_counts": counts_of(entries), "lines": lines, "more": more}
