"""What a text found in a list is little: it is looked at once, for the first rows in the order of the list and for what
each of its chips finds."""

from dataclasses import dataclass

from peewee import SQL, Case, Expression, Node, Select

from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.customers import finding as customers
from carmanana.records.people import User
from carmanana.web.lists.counting import first_told


@dataclass(frozen=True)
class Sifted:
    """The first ids of what is shown, how many are, and how many each of the conditions finds."""

    ids: list[int]
    number: int
    each: list[int]


def told(described, by: User, text: str) -> list[int]:
    scope = described.scope(by)
    if described.text_of:
        found = first_told(scope, described.id, described.text_of, customers.ids(text))
    else:
        found = scope.where(described.text(text)).select(described.id).order_by()
    return [number for (number,) in database.execute(found.limit(COUNTED + 1)).fetchall()]


LOOKED_AT = "WITH told AS MATERIALIZED ({found}) SELECT * FROM (SELECT COUNT(*){sums} FROM told)"
FIRST = (
    "SELECT * FROM (SELECT number{blanks} FROM told WHERE shown ORDER BY place {turn}, number {turn} LIMIT {most:d})"
)


def sift(
    found: Select, number: Node, place: Node, descending: bool, shown: list[Expression], each: list, most: int
) -> Sifted:
    """`shown` must all hold of what is shown; None of `each` is a condition that all of it meets."""
    whole = SQL("1")
    for condition in shown:
        whole = whole if condition is None else whole & condition
    flags = [_flag(whole).alias("shown"), *(_flag(one).alias(f"flag{at}") for at, one in enumerate(each))]
    sql, given = found.select(number.alias("number"), place.alias("place"), *flags).order_by().sql()
    names = ["shown", *(f"flag{at}" for at in range(len(each)))]
    counted = LOOKED_AT.format(found=sql, sums="".join(f", SUM({name})" for name in names))
    turn = "DESC" if descending else "ASC"
    first = FIRST.format(blanks=", 0" * len(names), turn=turn, most=most)
    (_, many, *sums), *rows = database.execute_sql(f"{counted} UNION ALL {first}", given).fetchall()
    return Sifted([row[0] for row in rows], many or 0, [one or 0 for one in sums])


def _flag(condition) -> Node:
    return SQL("1") if condition is None else Case(None, [(condition, 1)], 0)
