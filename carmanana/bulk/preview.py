"""What would become of each record, by the rules that guard the single step."""

from dataclasses import dataclass, field

from carmanana.bulk.selection import Seen
from carmanana.bulk.subjects import subject_of
from carmanana.core.db import Record
from carmanana.core.query import by_id
from carmanana.core.workflow import Refusal
from carmanana.records.people import User

from .kinds import Kind

NAMED = 40


@dataclass
class Sort:
    """Records with the same first refusal; `named` are the first of them with their customers' names."""

    refusal: Refusal
    ids: list[int] = field(default_factory=list)
    named: list[tuple[int, str]] = field(default_factory=list)

    @property
    def more(self) -> int:
        return len(self.ids) - len(self.named)


@dataclass
class Preview:
    """`may` are the numbers of those that may go, `gone` is how many are not there; the most frequent refusal first."""

    may: list[int]
    refused: list[Sort]
    gone: int = 0

    @property
    def refusals(self) -> int:
        return sum(len(sort.ids) for sort in self.refused) + self.gone


def preview(kind: Kind, records: list[Seen], by: User, given: dict, gone: int = 0) -> Preview:
    """What the form itself still lacks refuses nothing here: it is asked for there."""
    asked = {refusal.code for refusal in kind.lacks(by, given)}
    marks, known, may, sorts = kind.alike(records, given), {}, [], {}
    for one in records:
        mark = marks[one.id]
        if mark not in known:
            known[mark] = _first_refusal(kind, one, by, given, asked)
        refusal = known[mark]
        if refusal is None:
            may.append(one.id)
        else:
            sorts.setdefault((refusal.code, refusal.sentence), Sort(refusal)).ids.append(one.id)
    refused = sorted(sorts.values(), key=lambda sort: -len(sort.ids))
    _name(refused, kind.model)
    return Preview(may, refused, gone)


def _first_refusal(kind: Kind, one: Seen, by: User, given: dict, asked: set[str]) -> Refusal | None:
    refusals = kind.why_not(by_id(kind.model, one.id), by, given)
    return next((refusal for refusal in refusals if refusal.code not in asked), None)


def _name(sorts: list[Sort], model: type[Record]) -> None:
    shown = [number for sort in sorts for number in sort.ids[:NAMED]]
    names = subject_of(model).called(shown, None) if shown else {}
    for sort in sorts:
        sort.named = [(number, names[number][0]) for number in sort.ids[:NAMED] if number in names]
