"""Counting no further than a page has to say."""

from collections.abc import Iterable

from peewee import JOIN, OP, SQL, Case, Expression, Join, Node, Select, fn

from carmanana.core.limits import COUNTED
from carmanana.schema.sqlite import unindexed_condition


def up_to(found: Select, number: Node, most: int = COUNTED) -> Expression:
    """The number of rows, counted a little further than it is shown: is there one behind so many? Only where there is
    none are they counted. An index is passed over in a third of the steps that its rows take to be counted."""
    found = found.order_by()
    more = fn.EXISTS(found.select(SQL("1")).limit(1).offset(most))
    return Case(None, [(more, most + 1)], found.select(fn.COUNT(number)))


def up_to_by_rows(found: Select, number: Node, most: int = COUNTED) -> Select:
    """The same where no index leads to these rows alone, so that each of many is looked at: once."""
    few = found.select(number).order_by().limit(most + 1)
    return Select([few], [fn.COUNT(SQL("1"))])


def all_up_to(found: Iterable[Select], number: Node) -> Select:
    """The numbers of each of these, in one row."""
    return Select(columns=[up_to(one, number) for one in found]).tuples()


def first_told(scope: Select, number: Node, whose: Node, customers: Select) -> Select:
    """The rows of these customers, one after the other as they are found: of very many, not all are looked for."""
    found, model = customers.alias("found"), number.model
    both = Join(found, model, JOIN.CROSS, on=(whose == found.c.customer_id))
    return Select([both], [number]).distinct().where(unindexed_condition(scope._where))


def among(number: Node, ids: list[int]) -> Expression:
    """As `in_`, which takes longer to write a thousand numbers than SQLite to look them up."""
    return Expression(number, OP.IN, SQL(f"({', '.join(map(str, ids))})"))
