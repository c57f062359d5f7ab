"""How many leads each filter finds. Whose they are, how they stand, of what kind and whether anybody reached out is
kept (schema/derived/lead_tally.py); what passes with time is counted along an index, no further than it is said."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from peewee import Table

from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.limits import counted
from carmanana.core.query import prepared
from carmanana.records.lead_codes import NEW, OPEN, PRICE_SHOPPER, WORKED
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID, User
from carmanana.schema.sqlite import as_literals, by_index

TALLY = Table("lead_tally", ("owner_id", "state", "kind", "touched", "leads"))
NOBODY, EVERYBODY = 0, -1
OWNED = ("owner_id = {by}",)
OWNERS = {"all": ("1",), "own": OWNED, "unowned": (*OWNED, "owner_id IS NULL", f"owner_id = {HOUSE_ID}")}
OVERDUE = "SELECT id FROM lead {index} WHERE {owner} AND next_due_at < ? AND state IN ({states})"
CALLABLE = f"""SELECT id FROM lead {by_index("lead_place")}
WHERE (region, timezone) IN (VALUES {{places}}) AND {{owner}} AND state IN ({as_literals(WORKED)})
AND NOT EXISTS (SELECT 1 FROM person {by_index("person_no_calls")} WHERE id = lead.person_id AND no_calls)
AND EXISTS (SELECT 1 FROM customer_phone {by_index("customer_phone_callable")} WHERE person_id = lead.person_id AND wrong_at IS NULL AND e164 IS NOT NULL)"""


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
    index = by_index("lead_next_due" if by.sight == "all" else "lead_next_due_of")
    due = {"index": index, "states": as_literals(state for state in OPEN if state in states)}
    there = {"places": ", ".join(["(?, ?)"] * len(places)) or "('', '')"}
    asked = [
        _as_far_as_said(OVERDUE, by, most[0], [Lead.received_at.db_value(clock.now())], **due),
        _as_far_as_said(CALLABLE, by, most[1], [value for place in places for value in place], **there),
    ]
    (first, now), (second, called) = asked
    return database.execute_sql(f"SELECT {first}, {second}", now + called).fetchone()


def _as_far_as_said(sql: str, by: User, most: int, given: list, **asked) -> tuple[str, list]:
    arms = [sql.format(owner=owner.format(by=int(by.id)), **asked) for owner in OWNERS[by.sight]]
    return counted(*arms, most=most), given * len(arms)
