"""Transition tables, and the one door through which a state changes.

A table is the SOP in code: trigger, from, to, who may, what must hold. *Who may* is permission
(Forbidden); *what must hold* is law (Refused, with the reason and the way to mend it)."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any

from transitions import Machine

from carmanana.core import audit, clock
from carmanana.core.db import Record, Stale, change_what_differs, insert_all, next_id, transaction
from carmanana.core.query import by_id
from carmanana.core.undo import keep


@dataclass(frozen=True)
class Remedy:
    """A button that mends a refusal: its label and the endpoint it leads to."""

    label: str
    endpoint: str
    values: tuple[tuple[str, Any], ...] = ()
    icon: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done. `field` names the form field that can mend it in place."""

    code: str
    sentence: str
    sop: str = ""
    remedies: tuple[Remedy, ...] = ()
    field: str | None = None


class Refused(Exception):
    def __init__(self, refusals: Iterable[Refusal], record: Record | None = None, trigger: str = ""):
        self.refusals = list(refusals)
        self.record = record
        self.trigger = trigger
        super().__init__("; ".join(refusal.sentence for refusal in self.refusals))

    def without_frames(self) -> "Refused":
        """To be kept: what was under way where it was raised, as a query half read, is let go."""
        self.__traceback__ = self.__context__ = self.__cause__ = None
        return self


class Forbidden(Exception):
    """Not theirs to do; `sentence` says whose it is, where that is not plain from their roles."""

    def __init__(self, what: str, sentence: str = ""):
        self.sentence = sentence
        super().__init__(what)


@dataclass
class Attempt:
    """One try of a trigger: the record as it stands in this transaction, by whom, and with what.
    While a step takes effect the record is in its new state, and `was` the one it leaves. What several rules
    need is `read` once."""

    record: Record
    by: Record
    trigger: str
    given: dict = field(default_factory=dict)
    at: datetime = field(default_factory=clock.now)
    event_data: dict = field(default_factory=dict)
    read: dict = field(default_factory=dict)
    was: str = ""

    def get(self, name: str):
        """What was given for a field, or what the record already has."""
        given = self.given.get(name)
        return getattr(self.record, name, None) if given is None else given

    def words(self, name: str) -> str:
        """What was typed for a field, without the blanks around it."""
        return (self.given.get(name) or "").strip()


_under_way: ContextVar[tuple[Record, ...]] = ContextVar("under_way", default=())


@contextmanager
def _taking_effect(record: Record):
    token = _under_way.set((*_under_way.get(), record))
    try:
        yield
    finally:
        _under_way.reset(token)


def is_under_way(record: Record) -> bool:
    """A step of this very record takes effect now, so that one of another machine may belong to it."""
    return any(record is one for one in _under_way.get())


Rule = Callable[[Attempt], Refusal | None]


def asked_in_words(name: str, sentence: str, sop: str) -> Rule:
    """The rule that something was typed for a field."""

    def typed(attempt: Attempt) -> Refusal | None:
        return None if attempt.words(name) else Refusal(name, sentence, sop, field=name)

    return typed


@dataclass(frozen=True)
class T:
    """A row of the table. `undo` says that whoever takes the step may take it back, `beside` that it touches more than
    the record itself; `event` is what the audit trail calls it, where that is not its trigger."""

    trigger: str
    source: str
    dest: str
    who: Callable[[Attempt], bool]
    rules: tuple[Rule, ...] = ()
    effect: Callable[[Attempt], dict] = lambda attempt: {}
    undo: bool = False
    beside: bool = False
    event: str = ""


class Workflow:
    """A machine over one model's `state`. `standing` holds, by state, the rules that are true of
    every record in it however it came there; `undoing` (core/undoing.py) how its steps are taken back; `whose` says
    to somebody whose roles would do whose step it is."""

    def __init__(
        self,
        model,
        states,
        transitions: Iterable[T],
        standing: dict[str, tuple[Rule, ...]],
        elsewhere: Callable[[Record, str], Refusal],
        undoing=None,
        whose: Callable[[Record, Record], str] = lambda record, by: "",
    ):
        self.model, self.undoing, self.whose = model, undoing, whose
        self.table = {(t.trigger, t.source): t for t in transitions}
        self.standing = standing
        self.elsewhere = elsewhere
        self.machine = Machine(
            model=None,
            states=list(states),
            initial=None,
            auto_transitions=False,
            send_event=True,
            transitions=[{"trigger": t.trigger, "source": t.source, "dest": t.dest} for t in transitions],
        )

    def extend(self, transitions: Iterable[T]) -> None:
        """Steps that a higher floor brings: its own machine takes them, or guards them with rules of its own."""
        for t in transitions:
            self.table[t.trigger, t.source] = t
            self.machine.add_transition(t.trigger, t.source, t.dest)

    @property
    def triggers(self) -> list[str]:
        return list(dict.fromkeys(trigger for trigger, _ in self.table))

    def leads(self, record: Record, trigger: str) -> bool:
        return (trigger, record.state) in self.table

    def keeps(self, record: Record, trigger: str) -> bool:
        """Can this step be taken back by whoever takes it?"""
        row = self.table.get((trigger, record.state))
        return row is not None and row.undo

    def permits(self, record: Record, trigger: str, by) -> bool:
        row = self.table.get((trigger, record.state))
        return row is not None and row.who(Attempt(record, by, trigger))

    def refusals(self, record: Record, trigger: str, by, **given) -> list[Refusal]:
        """Every reason why this would be refused; a checklist is drawn from the same answer."""
        row = self.table.get((trigger, record.state))
        if row is None:
            return [self.elsewhere(record, trigger)]
        return self._broken(row.rules, Attempt(record, by, trigger, given))

    def first_of(self, among: Iterable[Rule], record: Record, trigger: str, by) -> Refusal | None:
        """Why this would be refused, as far as a few of its rules tell."""
        row = self.table.get((trigger, record.state))
        if row is None:
            return self.elsewhere(record, trigger)
        rules = [rule for rule in row.rules if rule in among]
        return next(iter(self._broken(rules, Attempt(record, by, trigger))), None)

    def fire(self, record: Record, trigger: str, by, version: int | None = None, **given) -> Record:
        """Take one step, whole or not at all, and return the fresh record.

        Raises Forbidden (role), Refused (law) or Stale (the row has moved on)."""
        with transaction():
            fresh = by_id(self.model, record.id)
            if version is not None and version != fresh.version:
                raise Stale(fresh)
            row = self.table.get((trigger, fresh.state))
            if row is None:
                raise Refused([self.elsewhere(fresh, trigger)], fresh, trigger)
            attempt = Attempt(fresh, by, trigger, given)
            if not row.who(attempt):
                raise Forbidden(f"{trigger} by {by.id}", self.whose(fresh, by))
            if broken := self._broken(row.rules, attempt):
                raise Refused(broken, fresh, trigger)
            self._step(row, attempt)
        return fresh

    def load(
        self, records: list[Record], by, verb: str = "imported", beside: Iterable[dict] = ()
    ) -> list[tuple[Record, list[Refusal]]]:
        """The door for history in bulk: whole rows in a state that the rules allow. Writes those
        that stand, with an event each, and returns the refused with their reasons. Call it inside
        a transaction; ids are given here, in order. `beside` tells, record by record, what will
        stand with it in other tables: its hold, its deposit."""
        standing, refused = [], []
        for record, given in zip_longest(records, beside, fillvalue={}):
            broken = self.objections(record, by, verb, given)
            refused.append((record, broken)) if broken else standing.append(record)
        for number, record in enumerate(standing, next_id(self.model)):
            record.id = number
        insert_all(standing)
        audit.record_alike(verb, standing, by)
        return refused

    def objections(self, record: Record, by, verb: str = "imported", beside: dict | None = None) -> list[Refusal]:
        """Why a whole row may not stand in its state."""
        return self._broken(self.standing.get(record.state, ()), Attempt(record, by, verb, beside or {}))

    def _broken(self, rules: Iterable[Rule], attempt: Attempt) -> list[Refusal]:
        return [refusal for rule in rules if (refusal := rule(attempt))]

    def _step(self, row: T, attempt: Attempt) -> None:
        record, was = attempt.record, attempt.record.state
        attempt.was = was
        stood = self.undoing.beside(record) if row.undo and row.beside else None
        self.machine.events[row.trigger].trigger(record)
        with _taking_effect(record):
            fields = row.effect(attempt)
        if record.state != was and hasattr(record, "state_since"):
            fields = {"state_since": attempt.at} | fields
        if row.undo:
            keep(record, attempt.by, row.trigger, was, fields, stood, attempt.at)
        became, record.state = record.state, was
        change_what_differs(record, state=became, **fields)
        audit.record(row.event or row.trigger, record, attempt.by, was, became, **attempt.event_data)
