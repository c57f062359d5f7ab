"""What stands on the chips of a list, and over its rows: how many each finds, by its key, and how many are shown, under
"". What is not known without a look at the rows is asked in one query."""

from collections.abc import Mapping
from functools import reduce
from operator import and_

from peewee import SQL, Expression, Select, fn

from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.core.query import planned_once
from carmanana.web.lists.counting import up_to


def known(shown) -> dict[str, int]:
    """Counts that need no look at the rows."""
    counts = {} if shown.text else shown.list.known_counts(shown)
    alone = _alone(shown)
    return counts | ({"": counts[alone]} if alone in counts and "" not in counts else {})


def asked(shown, known: dict[str, int], every: Select) -> dict[str, int]:
    """All the others; `every` are the rows without the chips."""
    if shown.text:
        return _sifted(shown)
    chips = [chip for chip in shown.chips if chip.counted and chip.key not in known]
    conditions = {chip.key: chip.where(shown.by) for chip in chips}
    if shown.list.counted_in_one_pass(shown.by):
        return _in_one_pass(shown, conditions, every)
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
    text, given = Select(columns=columns).bind(database).sql()
    row = database.execute_sql(planned_once(text), given).fetchone()
    return dict(zip(found, row, strict=True))


def _in_one_pass(shown, conditions: dict[str, Expression | None], every: Select) -> dict[str, int]:
    """Over all that this person sees, which is dearer to find out than what each chip asks of it."""
    on = (chip.where(shown.by) for chip in shown.on)
    conditions = {"": reduce(and_, (where for where in on if where is not None), SQL("1"))} | conditions
    number = fn.COUNT(shown.list.id)
    columns = [number.filter(SQL("1") if where is None else where) for where in conditions.values()]
    text, given = every.select(*columns).order_by().sql()
    return dict(zip(conditions, database.execute_sql(planned_once(text), given).fetchone(), strict=True))


def _sifted(shown) -> dict[str, int]:
    each = zip(shown.chips, shown.sifted.each, strict=True)
    return {"": shown.sifted.number} | {chip.key: many for chip, many in each}
