"""The tables whose rows hang on a customer, as the schema tells them."""

from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter

from carmanana.core.db import database
from carmanana.schema import sqlite


def run(sql, *values):
    return database.execute_sql(sql, values)


@dataclass
class Table:
    name: str
    columns: list = field(default_factory=list)
    references: dict = field(default_factory=dict)  # the table that a column refers to
    needed: set = field(default_factory=set)  # the tables that a row can't be without
    key: str = ""
    unique: set = field(default_factory=set)
    rows: list = field(default_factory=list)
    roots: dict = field(default_factory=dict)  # the customer that a row hangs on, by its key

    @cached_property
    def highest(self) -> int:
        return max((row[self.key] for row in self.rows), default=0)

    @cached_property
    def texts(self) -> dict:
        return {column: [row[column] for row in self.rows if row[column] not in (None, "")] for column in self.columns}

    def holds(self, column: str, shape) -> bool:
        """Whether all values of a column are of a shape."""
        found = self.texts[column]
        return bool(found) and all(isinstance(value, str) and shape.fullmatch(value) for value in found)

    def span_of(self, column: str) -> int:
        found = [row[column] for row in self.rows if isinstance(row.get(column), int)]
        return max(found) - min(found) + 1 if found else 0

    def most_of(self, column: str) -> int:
        return max((row[column] or 0 for row in self.rows if isinstance(row[column], int)), default=0)


def hanging_on_customers(left_out) -> dict[str, Table]:
    """With their rows; a table comes after those that its rows can't be without."""
    every = [_described(name) for name in sqlite.tables() if name not in left_out]
    hanging = {"customer"}
    while found := {table.name for table in every if hanging & set(table.references.values())} - hanging:
        hanging |= found
    tables = {table.name: table for table in every if table.name in hanging}
    order = TopologicalSorter({name: (table.needed & hanging) - {name} for name, table in tables.items()})
    tables = {name: tables[name] for name in order.static_order()}
    for table in tables.values():
        _read(table)
    _find_roots(tables)
    return tables


def _described(name: str) -> Table:
    table = Table(name)
    told = sqlite.columns(name)
    table.columns = [column for column, *_ in told]
    table.references = sqlite.references(name)
    table.needed = {table.references[column] for column, required, _ in told if required and column in table.references}
    table.key = next((column for column, _, primary in told if primary), table.columns[0])
    table.unique = sqlite.unique_columns(name) - set(table.references) - {table.key}
    return table


def _read(table: Table) -> None:
    rows = run(f'SELECT {", ".join(map(_quoted, table.columns))} FROM "{table.name}" ORDER BY 1').fetchall()
    table.rows = [dict(zip(table.columns, row, strict=True)) for row in rows]


def _quoted(name: str) -> str:
    return f'"{name}"'


def _find_roots(tables: dict[str, Table]) -> None:
    """Again, until no more is found: what a row may be without, as needs are of a deal or of a lead, can come after
    it."""
    tables["customer"].roots = {row["id"]: row["id"] for row in tables["customer"].rows}
    while sum(map(_find_more_roots, tables.values(), [tables] * len(tables))):
        pass


def _find_more_roots(table: Table, tables: dict[str, Table]) -> int:
    towards = [(column, tables[target]) for column, target in table.references.items() if target in tables]
    towards.sort(key=lambda pair: (pair[1].name not in table.needed, pair[1].name != "customer"))
    before = len(table.roots)
    for row in table.rows:
        if row[table.key] not in table.roots:
            found = (target.roots.get(row[column]) for column, target in towards)
            if root := next(filter(None, found), None):
                table.roots[row[table.key]] = root
    return len(table.roots) - before
