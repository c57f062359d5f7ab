"""A part of the schema that is made of the tables, by its name: what it creates, in order, and how it is filled."""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

CREATED = re.compile(r"CREATE (?:VIRTUAL )?(TABLE|VIEW|TRIGGER) (\w+)")


@dataclass(frozen=True)
class Fill:
    """A statement over the rows of a table, some at a time: `:after` and `:until` are their ids."""

    table: str
    sql: str


@dataclass(frozen=True)
class Part:
    """`indexes` are made once it is filled, and go with their table. `before` and `after` make its filling quick, and
    nothing else."""

    name: str
    objects: tuple[str, ...]
    fills: tuple[Fill, ...] = ()
    indexes: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        return sha256(
            "\n".join([*self.objects, *(fill.sql for fill in self.fills), *self.indexes]).encode()
        ).hexdigest()

    @cached_property
    def names(self) -> dict[str, str]:
        """What it creates, and the kind of it."""
        return {name: kind for kind, name in (CREATED.match(sql).groups() for sql in self.objects)}

    def of_kind(self, *kinds: str) -> dict[str, str]:
        """The statements, by the name of what each creates."""
        return {name: sql for sql, (name, kind) in zip(self.objects, self.names.items(), strict=True) if kind in kinds}


def trigger(name: str, when: str, *statements: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN {' '.join(statements)} END"


def differs(*columns: str) -> str:
    return f"({', '.join(f'OLD.{name}' for name in columns)}) IS NOT ({', '.join(f'NEW.{name}' for name in columns)})"


def changed(table: str, *columns: str) -> str:
    return f"UPDATE OF {', '.join(columns)} ON {table} WHEN {differs(*columns)}"
