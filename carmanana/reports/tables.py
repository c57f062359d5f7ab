"""A table of numbers as it is described: which rows are counted, by what, and what each number means. The same words
give the number and the rows behind it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from peewee import SQL, Node, Select, fn

from carmanana.core.db import database
from carmanana.reports.measures import ADDED, COUNT, FIRST, MIDDLE, OWN, PREVIOUS, SHARE, SUM, Measure, middle_of
from carmanana.reports.report_scope import ReportScope, text_of
from carmanana.reports.tally import percent

EVERY = "*"  # the key of the line that holds all rows
NOTHING = SQL("NULL")
LONGEST = 1 << 40  # more seconds than anything lasted


@dataclass(frozen=True)
class Line:
    """A row of a table that is not one value of a column: the condition for what belongs to it, and, by the key of a
    measure, what else that asks of it."""

    key: str
    name: str
    where: Node
    also: dict[str, Node] = field(default_factory=dict)


@dataclass
class Row:
    key: str
    name: str
    cells: dict = field(default_factory=dict)
    note: str = ""
    spread: dict = field(default_factory=dict)
    lengths: Counter = field(default_factory=Counter)

    def add(self, currency: str | None, numbers: dict, sums: dict) -> None:
        for key, number in numbers.items():
            self.cells[key] = self.cells.get(key, 0) + number
        for key, cents in sums.items():
            found = self.cells.setdefault(key, {})
            if cents:
                found[currency] = found.get(currency, 0) + int(cents)

    def add_row(self, row: "Row") -> None:
        """As it is before shares and middles are told."""
        self.add(None, {key: value for key, value in row.cells.items() if isinstance(value, int)}, {})
        for key, sums in row.cells.items():
            if isinstance(sums, dict):
                self.cells.setdefault(key, {})
                for currency, cents in sums.items():
                    self.add(currency, {}, {key: cents})
        for key, spread in row.spread.items():
            self.spread[key] = self.spread.get(key, Counter()) + spread


@dataclass(frozen=True)
class Figures:
    table: "Table"
    rows: list[Row]
    total: Row | None

    @property
    def empty(self) -> bool:
        return not any(value for row in self.rows for value in row.cells.values())

    def most(self, key: str) -> float:
        return max((size(row.cells.get(key)) for row in self.rows), default=0)

    def size(self, row: Row) -> float:
        return size(row.cells[self.table.chart])

    @property
    def whole(self) -> Row | None:
        """All of it as one line."""
        return self.total or next(iter(self.rows), None)


def size(value) -> float:
    """How long a bar is: of money, what there is most of."""
    return max(value.values(), default=0) if isinstance(value, dict) else value or 0


@dataclass(frozen=True)
class Table:
    """`rows` are the records counted, `subject` what one of them is (reports/behind.py) and `id` its column. They are
    told apart `by` a column, whose values have `names`, or by `lines`. `what` heads the first column, `chart` names the
    measure that is drawn. `rests` says that it tells of now, whatever days are chosen. `by_day` counts the same of what
    is kept by the day of UTC, where `weight` tells how many a row stands for; the records themselves are then counted
    at the ends alone. Where `by` is told by another table, rows are counted along `near`, a number of their own, and
    `far` gives for it the value of `by`: numbers sort sooner than words. `split` names two measures, kept and gone, that
    are drawn side by side. `several` says that a record may stand in several lines."""

    key: str
    title: str
    what: str
    subject: str
    rows: Callable[[ReportScope], Select]
    id: Node
    measures: tuple[Measure, ...]
    by: Node | None = None
    names: Callable[[ReportScope], dict] = lambda scope: {}
    otherwise: str = "Not known"
    lines: Callable[[ReportScope], list[Line]] | None = None
    in_order: bool = False
    total: bool = True
    chart: str = ""
    empty: str = "Nothing was counted in these days."
    rests: bool = False
    currency: Node | None = None
    weight: Node | None = None
    by_day: "Table | None" = None
    near: Node | None = None
    far: Callable[[], dict] | None = None
    split: tuple[str, str] = ()
    several: bool = False

    def measure(self, key: str) -> Measure | None:
        return next((measure for measure in self.measures if measure.key == key), None)

    def subject_of(self, key: str) -> str:
        """What the records behind a line are."""
        return self.subject

    def id_of(self, key: str) -> Node:
        return self.id

    def figures(self, scope: ReportScope) -> Figures:
        rows = self._by_line(scope) if self.lines else self._by_value(scope)
        total = self._everything(rows) if self.total and len(rows) > 1 else None
        if total:
            self._settle(total)
        for number, row in enumerate(rows):
            self._add_shares(row, rows[number - 1] if number else None, rows[0])
        if total:
            self._add_shares(total, None, total)
        return Figures(self, rows, total)

    def behind(self, scope: ReportScope, key: str, measure: Measure) -> Select | None:
        """The ids of the records that a number counts; None where there is no such line."""
        found = self.rows(scope)
        if condition := measure.condition(scope):
            found = found.where(condition)
        if measure.length:
            found = found.where(measure.length(scope).is_null(False))
        if key == EVERY:
            return found.select(self.id).distinct(self.several)
        if self.lines:
            line = next((line for line in self.lines(scope) if line.key == key), None)
            return line and found.where(line.where, *filter(None, [line.also.get(measure.key)])).select(self.id)
        return found.where(text_of(self.by) == key).select(self.id)

    def name_of(self, scope: ReportScope, key: str) -> str:
        if key == EVERY:
            return "All"
        if self.lines:
            return next((line.name for line in self.lines(scope) if line.key == key), self.otherwise)
        return {str(value): name for value, name in self.names(scope).items()}.get(key, self.otherwise)

    def _everything(self, rows: list[Row]) -> Row:
        total = Row(EVERY, "All")
        for row in rows:
            total.add_row(row)
        return total

    # counting

    def _of(self, *kinds: str) -> list[Measure]:
        return [measure for measure in self.measures if measure.kind in kinds]

    def _by_line(self, scope: ReportScope) -> list[Row]:
        lines, counts = self.lines(scope), self._of(COUNT)
        numbers = [m.counted(scope, line.where, line.also.get(m.key)) for line in lines for m in counts]
        found = list(database.execute(self.rows(scope).select(*numbers)).fetchone()) if numbers else []
        rows = [Row(line.key, line.name) for line in lines]
        for row in rows:
            row.cells = {m.key: found.pop(0) for m in counts}
        return rows

    def _by_value(self, scope: ReportScope) -> list[Row]:
        names, rows = self.names(scope), {}
        for value, currency, long, numbers, sums in self._counted(scope):
            row = rows.setdefault(value, Row("" if value is None else str(value), names.get(value, self.otherwise)))
            number = numbers.pop(EVERY, 0)
            row.add(currency, numbers, sums)
            if long is not None:
                row.lengths[long] += number
        self._measure_lengths(scope, rows)
        for row in rows.values():
            self._settle(row)
        return self._ordered(rows, list(names))

    def _counted(self, scope: ReportScope):
        """All counts and sums of a value (of a currency, where there are sums; of a length, where only one is
        measured), from one look at the rows."""
        if self.by_day:
            yield from self.by_day._counted(scope)
            for end in scope.ends:
                yield from replace(self, by_day=None)._counted(end)
            return
        counts, sums, length = self._of(COUNT, ADDED), self._of(SUM), self._one_length()
        by = self.by if self.near is None else self.near
        keys = [by, self.currency if sums else NOTHING, length(scope) if length else NOTHING]
        columns = [m.counted(scope, weight=self.weight) for m in counts] + [m.summed(scope) for m in sums]
        grouped = self.rows(scope).select(*keys, *columns, fn.COUNT(SQL("1")))
        grouped, far = grouped.group_by(*self._groups(keys)), self.far() if self.far else {}
        for value, currency, long, *numbers, rows in database.execute(grouped).fetchall():
            value = far.get(value, value)
            counted = dict(zip((m.key for m in counts), numbers, strict=False)) | {EVERY: rows}
            summed = dict(zip((m.key for m in sums), numbers[len(counts) :], strict=True))
            yield value, currency, long, counted, summed

    def _groups(self, keys: list[Node]) -> list[Node]:
        """A number and a length are sorted as one number."""
        near, currency, length = keys
        if self.near is not None and currency is NOTHING and length is not NOTHING:
            return [near * LONGEST + length]
        return [key for key in keys if key is not NOTHING]

    def _one_length(self) -> Callable | None:
        asked = {(measure.length, measure.where) for measure in self._of(MIDDLE)}
        length, where = asked.pop() if len(asked) == 1 else (None, None)
        return None if where else length

    def _measure_lengths(self, scope: ReportScope, rows: dict) -> None:
        found: dict = {}
        for measure in self._of(MIDDLE):
            asked = measure.length, measure.where
            if asked not in found and not self._one_length():
                found[asked] = self._lengths(scope, measure)
            for value, row in rows.items():
                row.spread[measure.key] = found[asked].get(value, Counter()) if asked in found else row.lengths

    def _lengths(self, scope: ReportScope, measure: Measure) -> dict:
        """Of each value how many rows are how long."""
        rows, length, spread = self.rows(scope), measure.length(scope), {}
        if condition := measure.condition(scope):
            rows = rows.where(condition)
        grouped = rows.select(self.by, length, fn.COUNT(SQL("1"))).group_by(self.by, length)
        for value, long, number in database.execute(grouped).fetchall():
            if long is not None:
                spread.setdefault(value, Counter())[long] += number
        return spread

    def _ordered(self, rows: dict, order: list) -> list[Row]:
        if self.in_order:
            place = {value: number for number, value in enumerate(order)}
            return [rows[value] for value in sorted(rows, key=lambda value: place.get(value, len(place)))]
        first = self.measures[0].key
        return sorted(rows.values(), key=lambda row: (-size(row.cells[first]), row.name))

    def _settle(self, row: Row) -> None:
        for measure in self._of(MIDDLE):
            row.cells[measure.key] = middle_of(row.spread[measure.key].items(), measure.at)

    def _add_shares(self, row: Row, before: Row | None, first: Row) -> None:
        others = {OWN: row, PREVIOUS: before, FIRST: first}
        for measure in self._of(SHARE):
            whole = others[measure.of_line]
            row.cells[measure.key] = whole and percent(row.cells[measure.part], whole.cells[measure.whole])
        row.cells = {measure.key: row.cells[measure.key] for measure in self.measures}
