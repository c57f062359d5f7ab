"""What stands on the chips of a list, and over its rows: how many each finds, by its key, and how many are shown, under
"". What is not known without a look at the rows is asked in one query."""

from collections.abc import Mapping
from functools import reduce
from operator import and_

from peewee import Case, Expression, Select, fn

from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.web.lists.counting import up_to

Conditions = Mapping[str, Expression | None]


def known(shown) -> dict[str, int]:
    """Counts that need no look at the rows."""
    counts = {} if shown.text else shown.list.known_counts(shown)
    alone = _alone(shown)
    return counts | ({"": counts[alone]} if alone in counts and "" not in counts else {})


def asked(shown, known: dict[str, int], every: Select) -> dict[str, int]:
    """All the others; `every` are the rows without the chips."""
    chips = [chip for chip in shown.chips if chip.counted and chip.key not in known]
    conditions = {chip.key: chip.where(shown.by) for chip in chips}
    if shown.text:
        on = [where for chip in shown.on if (where := chip.where(shown.by)) is not None]
        return _in_one_look(shown, every, {"": reduce(and_, on) if on else None} | conditions)
    alone = _alone(shown)
    found = {} if "" in known or alone else {"": shown.query}
    found |= {key: every if where is None else every.where(where) for key, where in conditions.items()}
    counts = _one_by_one(shown, found, {chip.key: chip.counted_to for chip in chips if chip.key != alone})
    return counts | ({"": counts[alone]} if alone in counts else {})


def _alone(shown) -> str:
    """The one chip that is on: what it finds is what is shown."""
    return shown.on[0].key if len(shown.on) == 1 and shown.on[0].counted else ""


def _one_by_one(shown, found: dict[str, Select], most: Mapping[str, int]) -> dict[str, int]:
    if not found:
        return {}
    columns = [up_to(one, shown.list.id, most.get(key) or COUNTED) for key, one in found.items()]
    row = Select(columns=columns).bind(database).tuples().execute()[0]
    return dict(zip(found, row, strict=True))


def _in_one_look(shown, every: Select, conditions: Conditions) -> dict[str, int]:
    """What a text found is little by now: each row is looked at once."""
    number = shown.list.id
    sums = [fn.COUNT(number) if where is None else fn.SUM(Case(None, [(where, 1)], 0)) for where in conditions.values()]
    row = database.execute(every.select(*sums).order_by()).fetchone()
    return {key: count or 0 for key, count in zip(conditions, row, strict=True)}
