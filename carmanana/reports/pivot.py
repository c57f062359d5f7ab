"""Numbers of the same rows by several of their columns at once; the rows are read once."""

from collections.abc import Callable, Iterable

from peewee import Select

from carmanana.core.db import database


def pivot(rows: Select, by: Iterable[str], measures: Callable) -> dict[str, dict]:
    """For each column named in `by`, the measures of each of its values. `rows` selects these columns, and what
    `measures` makes its sums and counts of, by their names; nothing but sums and counts, which are added up here."""
    by = tuple(by)
    table = rows.cte("counted", materialized=True)
    keys = [getattr(table.c, name) for name in by]
    found = {name: {} for name in by}
    counted = Select([table], [*keys, *measures(table.c)]).group_by(*keys).with_cte(table)
    for row in counted.bind(database).tuples():
        values, numbers = row[: len(by)], row[len(by) :]
        for name, value in zip(by, values, strict=True):
            so_far = found[name].get(value)
            found[name][value] = [a + b for a, b in zip(so_far, numbers, strict=True)] if so_far else list(numbers)
    return found
