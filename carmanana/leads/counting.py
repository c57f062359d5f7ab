"""How many leads each filter finds. Whose they are, how they stand, of what kind and whether anybody reached out is
kept (schema/derived/lead_tally.py); what passes with time is counted along an index, no further than it is said."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from peewee import Table

from carmanana.core import clock
from carmanana.core.db import as_json, database
from carmanana.core.limits import counted
from carmanana.core.query import prepared
from carmanana.records.lead_codes import NEW, ON_HOLD, OPEN, PRICE_SHOPPER, WORKED
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID, User
from carmanana.schema.sqlite import as_literals, by_index, members_named

TALLY = Table("lead_tally", ("owner_id", "state", "kind", "touched", "leads"))
NOBODY, EVERYBODY = 0, -1
OWNED = ("owner_id = {by}",)
OWNERS = {"all": ("1",), "own": OWNED, "unowned": (*OWNED, "owner_id IS NULL", f"owner_id = {HOUSE_ID}")}
OVERDUE = (
    f"SELECT id FROM lead {by_index('lead_next_due')} WHERE {{owner}} AND next_due_at < ? AND state IN ({{states}})"
)
OVERDUE_OF = f"""SELECT id FROM lead {by_index("lead_due_of")}
WHERE {{owner}} AND next_due_at < ? AND state IN ({as_literals(WORKED)})"""
OVERDUE_HELD_OF = (
    f"SELECT id FROM lead {by_index('lead_follow_up_of')} WHERE {{owner}} AND next_due_at < ? AND state = '{ON_HOLD}'"
)
CALLABLE = f"""SELECT id FROM lead {by_index("lead_place")}
WHERE (region, timezone) IN ({members_named("region", "timezone")}) AND {{owner}} AND state IN ({as_literals(WORKED)})
AND callable"""


class Group(NamedTuple):
    """Leads that stand alike."""

    own: bool
    unowned: bool
    state: str
    kind: str
    touched: bool
    leads: int

    def holds(self, chosen: dict[str, str]) -> bool:
        return all(getattr(self, name) == code for name, code in chosen.items())


FILTERS: dict[str, Callable[[Group], bool]] = {
    "mine": lambda group: group.own,
    "unowned": lambda group: group.unowned,
    "untouched": lambda group: group.state == NEW and not group.touched,
    "shoppers": lambda group: group.kind == PRICE_SHOPPER,
}


def groups(by: User) -> list[Group]:
    """All that this person may see."""
    rows = _tally(by)
    found = [Group(owner == by.id, owner == NOBODY, *alike) for owner, *alike in rows if owner != EVERYBODY]
    if by.sight == "own":
        return [group for group in found if group.own]
    return found + _others(rows, found) if by.sight == "all" else found


def _others(rows: list[tuple], found: list[Group]) -> list[Group]:
    """Those of everybody else."""
    named = Counter()
    for _, _, *alike, leads in found:
        named[tuple(alike)] += leads
    every = [row for row in rows if row[0] == EVERYBODY]
    return [Group(False, False, *alike, leads - named[tuple(alike)]) for _, *alike, leads in every]


@prepared
def _tally(by):
    return TALLY.select().where(TALLY.owner_id.in_((by, NOBODY, EVERYBODY))).bind(database).tuples()


def number(groups: Iterable[Group], on: Collection[str]) -> int:
    """How many of them these filters let through together."""
    return sum(group.leads for group in groups if all(FILTERS[key](group) for key in on))


def passing(
    by: User, states: Collection[str], places: Collection[tuple[str, str]], most: tuple[int, int]
) -> tuple[int, int]:
    """How many in these states are overdue, and how many may be called in these places; as leads/finding says both."""
    now, there = [Lead.received_at.db_value(clock.now())], [as_json(list(places))]
    (overdue, late), (called, open_now) = (
        _as_far_as_said(_overdue(by, states), by, most[0], now),
        _as_far_as_said([CALLABLE], by, most[1], there),
    )
    return database.execute_sql(f"SELECT {overdue}, {called}", late + open_now).fetchone()


def _overdue(by: User, states: Collection[str]) -> list[str]:
    """Those of all are found by how they stand, those of one owner by whose they are."""
    if by.sight == "all":
        return [OVERDUE.replace("{states}", as_literals(state for state in OPEN if state in states))]
    return [OVERDUE_OF, OVERDUE_HELD_OF] if ON_HOLD in states else [OVERDUE_OF]


def _as_far_as_said(statements: list[str], by: User, most: int, given: list) -> tuple[str, list]:
    owners = [owner.format(by=int(by.id)) for owner in OWNERS[by.sight]]
    arms = [sql.replace("{owner}", owner) for sql in statements for owner in owners]
    return counted(*arms, most=most), given * len(arms) * 2
