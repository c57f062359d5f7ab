"""Numbers of the same rows by several of their columns at once; the rows are read once."""

from collections.abc import Callable, Iterable
from functools import reduce

from peewee import Select, Value

from carmanana.core.db import database


def pivot(rows: Select, by: Iterable[str], measures: Callable) -> dict[str, dict]:
    """For each column named in `by`, the measures of each of its values. `rows` selects these columns, and what
    `measures` makes its sums and counts of, by their names."""
    by = tuple(by)
    table = rows.cte("counted", materialized=True)
    parts = [_counted_by(table, name, measures(table.c)) for name in by]
    found = {name: {} for name in by}
    counted = reduce(lambda all, part: all.union_all(part), parts).with_cte(table).bind(database).tuples()
    for name, value, *numbers in counted:
        found[name][value] = numbers
    return found


def _counted_by(table, name: str, measures: list) -> Select:
    value = getattr(table.c, name)
    return Select([table], [Value(name), value, *measures]).group_by(value)
