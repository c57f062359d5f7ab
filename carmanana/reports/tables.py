"""A table of numbers as it is described: which rows are counted, by what, and what each number means. The same words give
the number and the rows behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from peewee import SQL, Node, Select, fn

from carmanana.core.db import database
from carmanana.reports.measures import COUNT, FIRST, MIDDLE, OWN, PREVIOUS, SHARE, SUM, Measure, middle_of
from carmanana.reports.report_scope import ReportScope, text_of
from carmanana.reports.tally import percent

EVERY = "*"  # the key of the line that holds all rows


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


def size(value) -> float:
    """How long a bar is: of money, what there is most of."""
    return max(value.values(), default=0) if isinstance(value, dict) else value or 0


@dataclass(frozen=True)
class Table:
    """`rows` are the records counted, `subject` what one of them is (reports/behind.py) and `id` its column. They are told
    apart `by` a column, whose values have `names`, or by `lines`. `what` heads the first column, `chart` names the measure
    that is drawn. `rests` says that it tells of now, whatever days are chosen."""

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

    def measure(self, key: str) -> Measure | None:
        return next((measure for measure in self.measures if measure.key == key), None)

    def subject_of(self, key: str) -> str:
        """What the records behind a line are."""
        return self.subject

    def figures(self, scope: ReportScope) -> Figures:
        rows = self._by_line(scope) if self.lines else self._by_value(scope)
        total = self._everything(scope) if self.total and len(rows) > 1 else None
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
        if key == EVERY:
            return found.select(self.id)
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

    # counting

    def _of(self, kind: str) -> list[Measure]:
        return [measure for measure in self.measures if measure.kind == kind]

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
        counts = self._of(COUNT)
        grouped = self.rows(scope).select(self.by, *(m.counted(scope) for m in counts)).group_by(self.by)
        for value, *numbers in database.execute(grouped).fetchall():
            told = Row("" if value is None else str(value), names.get(value, self.otherwise))
            rows[value] = told
            told.cells = {m.key: number for m, number in zip(counts, numbers, strict=True)}
        self._add_sums(scope, rows, self.by)
        self._add_middles(scope, rows, self.by)
        order = list(names)
        if self.in_order:
            return [rows[value] for value in sorted(rows, key=lambda v: order.index(v) if v in names else len(order))]
        first = self.measures[0].key
        return sorted(rows.values(), key=lambda row: (-size(row.cells[first]), row.name))

    def _everything(self, scope: ReportScope) -> Row:
        whole = replace(self, by=SQL("1"), lines=None, names=lambda scope: {1: "All"})
        rows = {1: Row(EVERY, "All")}
        counts = self._of(COUNT)
        found = database.execute(self.rows(scope).select(*(m.counted(scope) for m in counts))).fetchone()
        rows[1].cells = {m.key: number for m, number in zip(counts, found, strict=True)}
        whole._add_sums(scope, rows, None)
        whole._add_middles(scope, rows, None)
        return rows[1]

    def _grouped(self, scope: ReportScope, measure: Measure, by: Node | None, *columns) -> list:
        found = self.rows(scope)
        if condition := measure.condition(scope):
            found = found.where(condition)
        keys = [by] if by is not None else []
        grouped = found.select(*(keys or [SQL("1")]), *columns).group_by(*keys, columns[0])
        return database.execute(grouped).fetchall()

    def _add_sums(self, scope: ReportScope, rows: dict, by: Node | None) -> None:
        for measure in self._of(SUM):
            for row in rows.values():
                row.cells[measure.key] = {}
            for value, currency, cents in self._grouped(scope, measure, by, self.currency, fn.SUM(measure.of)):
                if cents:
                    rows[value].cells[measure.key][currency] = int(cents)

    def _add_middles(self, scope: ReportScope, rows: dict, by: Node | None) -> None:
        for measure in self._of(MIDDLE):
            spread: dict = {}
            for value, length, number in self._grouped(scope, measure, by, measure.length(scope), fn.COUNT(SQL("1"))):
                if length is not None:
                    spread.setdefault(value, []).append((length, number))
            for value, row in rows.items():
                row.cells[measure.key] = middle_of(spread.get(value, []), measure.at)

    def _add_shares(self, row: Row, before: Row | None, first: Row) -> None:
        others = {OWN: row, PREVIOUS: before, FIRST: first}
        for measure in self._of(SHARE):
            whole = others[measure.of_line]
            row.cells[measure.key] = whole and percent(row.cells[measure.part], whole.cells[measure.whole])
        row.cells = {measure.key: row.cells[measure.key] for measure in self.measures}
