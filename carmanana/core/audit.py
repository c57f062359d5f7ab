"""Who did what, when, from what to what, and why: append-only, each event carrying the hash
of the one before. Events hold ids, codes and state names, never a person's name, number or words."""

import hashlib
from collections.abc import Iterable
from contextlib import nullcontext
from functools import lru_cache

from peewee import AutoField, CharField, IntegerField

from carmanana.core import clock
from carmanana.core.db import JsonField, Record, UtcField, as_json, database, insert_rows, transaction
from carmanana.core.query import prepared


class Event(Record):
    id = AutoField()
    at = UtcField()
    actor_id = IntegerField(null=True)
    subject = CharField()
    subject_id = IntegerField()
    verb = CharField()
    was = CharField(null=True)
    became = CharField(null=True)
    data = JsonField()
    hash = CharField()

    def digest(self, previous: str) -> str:
        """The hash that it has behind one of that hash."""
        told = [
            Event.at.db_value(self.at),
            self.actor_id,
            self.subject,
            self.subject_id,
            self.verb,
            self.was,
            self.became,
            self.data,
            previous,
        ]
        return _sha(as_json(told))


def _sha(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


def record(verb: str, subject: Record, by=None, was=None, became=None, **data) -> None:
    """Write one event; call it inside the transaction of the change it tells of."""
    record_rows([row_of(verb, subject, by, was, became, **data)])


def row_of(verb: str, subject: Record, by=None, was=None, became=None, **data) -> tuple:
    """An event not yet written, for `record_rows`."""
    at, actor_id = Event.at.db_value(clock.now()), by and by.id
    return at, actor_id, type(subject)._meta.table_name, subject.id, verb, was, became, data


COLUMNS = ("at", "actor_id", "subject", "subject_id", "verb", "was", "became", "data", "hash")
_quoted = lru_cache(1_000)(as_json)


def record_rows(rows: Iterable[tuple]) -> None:
    """Chain and write events in their order, as `row_of` makes them, the data perhaps as its text; the last hash is
    read under the lock that writes."""
    with nullcontext() if database.in_transaction() else transaction():  # one INSERT needs no savepoint
        insert_rows("event", COLUMNS, _chained(rows))


def record_alike(verb: str, records: list[Record], by=None, became: str = "state") -> None:
    """One event for each of many records of a table, which came to be as their field `became` says."""
    at, actor_id = Event.at.db_value(clock.now()), by and by.id
    record_rows((at, actor_id, r._meta.table_name, r.id, verb, None, getattr(r, became), {}) for r in records)


def _chained(rows: Iterable[tuple]) -> Iterable[tuple]:
    """Each with its hash, over the very text of `Event.digest`; the words that come again and again are quoted once."""
    chain = Chain()
    for at, actor_id, subject, subject_id, verb, was, became, data in rows:
        data = data if isinstance(data, str) else as_json(data)
        who = f"{_quoted(actor_id)}, {_quoted(subject)}, {subject_id}"
        what = f"{_quoted(verb)}, {_quoted(was)}, {_quoted(became)}"
        yield at, actor_id, subject, subject_id, verb, was, became, data, chain(f'["{at}", {who}, {what}, {data}')


class Chain:
    """Gives the hash of one event after the other, each of the beginning of what `Event.digest` tells, which lacks the
    hash of the one before."""

    def __init__(self):
        self.last = last_hash()

    def __call__(self, told: str) -> str:
        self.last = _sha(f'{told}, "{self.last}"]')
        return self.last


def last_hash() -> str:
    newest = _newest.first()
    return newest.hash if newest else "0" * 64


@prepared
def _newest():
    return Event.select(Event.hash).order_by(Event.id.desc()).limit(1)


def broken_event() -> Event | None:
    """The first event whose hash does not follow from its content and the one before."""
    last = "0" * 64
    for event in Event.select().order_by(Event.id).iterator():
        if event.hash != event.digest(last):
            return event
        last = event.hash
    return None


def history_of(subject: Record) -> list[Event]:
    """As `history`, without the chain of hashes."""
    return told_of(type(subject)._meta.table_name, subject.id)


def histories_of(*subjects: Record) -> list[list[Event]]:
    """Of each of them; of two, asked for at once."""
    if len(subjects) != 2:
        return [history_of(one) for one in subjects]
    names = [(type(one)._meta.table_name, one.id) for one in subjects]
    told = _told_of_both(*names[0], *names[1])
    return [[event for event in told if (event.subject, event.subject_id) == name] for name in names]


TOLD = Event.id, Event.at, Event.actor_id, Event.verb, Event.was, Event.became, Event.data


@prepared
def told_of(subject, subject_id):
    return Event.select(*TOLD).where(Event.subject == subject, Event.subject_id == subject_id).order_by(Event.id)


@prepared
def _told_of_both(one, one_id, other, other_id):
    told = Event.select(*TOLD, Event.subject, Event.subject_id)
    found = ((Event.subject == one) & (Event.subject_id == one_id)) | (
        (Event.subject == other) & (Event.subject_id == other_id)
    )
    return told.where(found).order_by(Event.id)


def history(subject: Record):
    same = (Event.subject == type(subject)._meta.table_name) & (Event.subject_id == subject.id)
    return Event.select().where(same).order_by(Event.id)
