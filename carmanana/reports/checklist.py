"""A table whose lines are rules, each with cases of its own: how many there were, and how many kept to it."""

from collections.abc import Callable
from dataclasses import dataclass

from peewee import Node, Select

from carmanana.core.db import database
from carmanana.reports.measures import count, share
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.tables import Row, Table


@dataclass(frozen=True)
class Check:
    """`line` is the SOP's own sentence, `definition` what is counted for it. `rows` are the cases, `kept` the
    condition for those that keep to it; `subject` and `id` as in a Table."""

    key: str
    line: str
    definition: str
    subject: str
    rows: Callable[[ReportScope], Select]
    id: Node
    kept: Callable[[ReportScope], Node]
    missed: Callable[[ReportScope], Select] | None = None
    by_day: tuple[Callable[[ReportScope], Select], Node] | None = None

    def counted(self, scope: ReportScope) -> tuple[int, int]:
        """How many cases there were, and how many of them kept to it."""
        if self.missed is None:
            both = MEASURES[0].counted(scope), MEASURES[1].counted(scope, self.kept(scope))
            return database.execute(self.rows(scope).select(*both)).fetchone()
        cases = self._cases(scope)
        return cases, cases - self.missed(scope).count()

    def _cases(self, scope: ReportScope) -> int:
        days, weight = self.by_day
        whole = database.execute(days(scope).select(MEASURES[0].counted(scope, weight=weight))).fetchone()[0]
        return whole + sum(self.rows(end).count() for end in scope.ends)


MEASURES = (
    count("cases", "Cases", "What there was to keep the line in; what it is stands under each line."),
    count("kept", "Kept", "Those that keep to the line."),
    count("missed", "Not kept", "The others."),
    share("rate", "Share", "Kept, of all cases.", "kept", "cases"),
)


@dataclass(frozen=True)
class Checklist(Table):
    checks: tuple[Check, ...] = ()

    def subject_of(self, key: str) -> str:
        found = self._check(key)
        return found.subject if found else self.subject

    def id_of(self, key: str) -> Node:
        found = self._check(key)
        return found.id if found else self.id

    def behind(self, scope: ReportScope, key: str, measure) -> Select | None:
        check = self._check(key)
        if check is None:
            return None
        conditions = {"kept": [check.kept(scope)], "missed": [~check.kept(scope)]}.get(measure.key, [])
        return check.rows(scope).where(*conditions).select(check.id)

    def name_of(self, scope: ReportScope, key: str) -> str:
        found = self._check(key)
        return found.line if found else self.otherwise

    def _check(self, key: str) -> Check | None:
        return next((check for check in self.checks if check.key == key), None)

    def _by_value(self, scope: ReportScope) -> list[Row]:
        return [self._row(check, scope) for check in self.checks]

    def _row(self, check: Check, scope: ReportScope) -> Row:
        found, good = check.counted(scope)
        return Row(check.key, check.line, {"cases": found, "kept": good, "missed": found - good}, check.definition)
