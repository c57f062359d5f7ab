"""Taking back one's own last step, on any machine: what stood before it comes back as a step of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from carmanana.core.db import Record
from carmanana.core.undo import UndoStep
from carmanana.core.workflow import Attempt, Refusal, Rule, T


def only_the_last(record: Record) -> Refusal:
    return Refusal("not_undone", "Something has changed since. Only the very last step is undone.")


@dataclass
class Undoing:
    """How the steps of a machine are taken back. `beside` is what stands beside the record and may be touched by a
    step, `restore` brings it back; `final` says why a state's last step is not undone; `back` has the fields that come
    back, `event_data` what the audit event holds of them; `rules` may still forbid it, `then` tells people."""

    beside: Callable[[Record], dict] = lambda record: {}
    restore: Callable[[Record, dict], None] = lambda record, stood: None
    final: Callable[[Record], Refusal] = only_the_last
    back: Callable[[Attempt, UndoStep], dict] = lambda attempt, step: step.fields_of(type(attempt.record))
    event_data: Callable[[Attempt, UndoStep, dict], dict] = lambda attempt, step, fields: {"fields": sorted(fields)}
    rules: tuple[Rule, ...] = ()
    then: Callable[[Attempt, UndoStep], None] = lambda attempt, step: None
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def rows(self, table: Iterable[T], states: Iterable[str], who: Callable[[Attempt], bool]) -> list[T]:
        """The way back of every step of the table that can be taken back. What leads from one state to another is
        `undo_` and the first trigger that did; what stays in its state is `undo`."""
        for t in table:
            if t.undo and t.source != t.dest:
                self.names.setdefault((t.dest, t.source), f"undo_{t.trigger}")
        rows = [("undo", state, state) for state in states]
        rows += [(name, was, back) for (was, back), name in self.names.items()]
        return [
            T(name, was, back, lambda a: who(a) and _theirs(a), (self.is_the_last, *self.rules), self.take_back)
            for name, was, back in rows
        ]

    def trigger(self, record: Record, step: UndoStep | None = None) -> str:
        """Which step of the machine it is to take back the record's last one."""
        step = step or UndoStep.last(record)
        return self.names.get((record.state, step.was if step else record.state), "undo")

    def taken_by(self, record: Record, by) -> UndoStep | None:
        """The last step, where it was theirs and can be taken back."""
        attempt = Attempt(record, by, "undo")
        step = last_step(attempt)
        if step is None or step.by_id != by.id or any(rule(attempt) for rule in self.rules):
            return None
        return step

    def moved_on(self, record: Record, version: int) -> Refusal:
        """Why the step that led to this version of the record is not taken back any more."""
        final = self.final(record)
        if UndoStep.of(record, version).where(UndoStep.undone_at.is_null(False)).exists():
            return Refusal("undone", "This is undone already.", final.sop)
        if version == record.version - 1 and UndoStep.too_old(record):
            return Refusal("undone_too_late", "A step is undone within a day. This one is older.", final.sop)
        return final

    def is_the_last(self, attempt: Attempt):
        record, step = attempt.record, last_step(attempt)
        if step is None or self.trigger(record, step) != attempt.trigger:
            return self.moved_on(record, record.version - 1)

    def take_back(self, attempt: Attempt) -> dict:
        step = last_step(attempt)
        fields = self.back(attempt, step)
        attempt.event_data |= {"undid": step.verb} | self.event_data(attempt, step, fields)
        if stood := step.before["beside"]:
            self.restore(attempt.record, stood)
        self.then(attempt, step)
        UndoStep.update(undone_at=attempt.at).where(UndoStep.id == step.id).execute()
        return fields


def last_step(attempt: Attempt) -> UndoStep | None:
    if "step" not in attempt.read:
        attempt.read["step"] = UndoStep.last(attempt.record)
    return attempt.read["step"]


def _theirs(attempt: Attempt) -> bool:
    step = last_step(attempt)
    return step is None or step.by_id == attempt.by.id
