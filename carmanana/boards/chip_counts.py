"""How many open deals each chip above a board would leave.

What goes with the time is counted, a little further than it is said. Where there are many more than that, they are
counted again only after so many changes that they could have become few: a change takes away one deal at most, and the
time none."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from carmanana.boards.cache import COUNTS
from carmanana.boards.change_log import News
from carmanana.boards.column_totals import owners_of, seen_by
from carmanana.boards.deal_filter import DELIVERY_DUE, aged_before
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.limits import COUNTED, counted
from carmanana.records.deal_codes import LIVE, ORGANIC
from carmanana.records.deals import Deal
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.sqlite import by_index, unindexed_name

MANY = COUNTED + 1
FURTHER = 2 * COUNTED

# what goes with the time or is few, by the name of its chip: in several queries where it is of several kinds
STOPPING = {
    "overdue": (
        """SELECT 1 FROM deal
           WHERE pipeline_id = :pipeline AND state IN ('active', 'on_hold') AND next_due_at < :now AND {seen}""",
        f"""SELECT 1 FROM deal WHERE pipeline_id = :pipeline AND state = 'won' AND {DELIVERY_DUE.sql} < :now
            AND delivered_on IS NULL AND (next_due_at < :now OR eta_on < :today) AND {{seen}}""",
    ),
    "hold_due": (
        "SELECT 1 FROM deal WHERE pipeline_id = :pipeline AND state = 'on_hold' AND held_until <= :today AND {seen}",
    ),
    "flagged": (
        f"""SELECT 1 FROM deal {by_index("deal_flagged")}
            WHERE pipeline_id = :pipeline AND state IN ('active', 'on_hold') AND flagged_at IS NOT NULL AND {{seen}}""",
    ),
}
AGED = """SELECT 1 FROM deal
  WHERE state = 'active' AND stage_id = {stage:d} AND in_stage_since <= :before{stage:d} AND {{seen}}"""
STOPPED = {*STOPPING, "aged"}

# their own and nobody's, and by readiness: of all, or of those that a person sees
OPEN_TALLY = "pipeline_id = :pipeline AND state IN ('active', 'on_hold')"
KEPT = f"SELECT owner_id, readiness, deals FROM deal_tally WHERE {OPEN_TALLY} AND owner_id IN ({{owners}})"
KEPT_OF_ALL = f"""SELECT owner_id, '' AS readiness, deals FROM deal_tally
  WHERE {OPEN_TALLY} AND owner_id IN (:by, 0, :house)
  UNION ALL SELECT -1, readiness, deals FROM board_tally WHERE {OPEN_TALLY}"""
CHIPS = f"""
SELECT
  SUM(deals) FILTER (WHERE owner_id = :by), SUM(deals) FILTER (WHERE owner_id IN (0, :house)),
  SUM(deals) FILTER (WHERE readiness = 'live'), SUM(deals) FILTER (WHERE readiness = 'organic') {{counts}}
FROM (
  {{kept}}
  UNION ALL SELECT COALESCE(owner_id, 0), readiness, 1 FROM deal
  WHERE {{cases:d}} AND {unindexed_name("pipeline_id")} = :pipeline
    AND {unindexed_name("state")} IN ('active', 'on_hold')
    AND retention_id = :by AND COALESCE(owner_id, 0) NOT IN ({{owners}})
)
"""


class Many(NamedTuple):
    """There were at least so many, at that change of the board and on that day."""

    at_least: int
    version: int
    day: date

    def still(self, version: int, day: date) -> bool:
        return self.version <= version and self.day <= day and self.at_least - (version - self.version) > COUNTED


class Known(NamedTuple):
    """What was counted last, when, and what of it were many."""

    when: tuple
    counts: dict[str, int]
    many: dict[str, Many]


def chip_counts(pipeline: Pipeline, stages: list[Stage], user: User, log: News | None = None) -> dict[str, int]:
    """A count that stops says one more than COUNTED. Where it is known how far the log of changes is, it is counted
    once until the next change, and once a minute."""
    if log is None:
        return _said(_counted(pipeline, stages, user, ()))
    now, day = clock.now(), clock.today(user.timezone)
    place = pipeline.id, user.id, user.deal_sight, log.of_all
    when, known = (log.version, now.replace(second=0, microsecond=0), day), COUNTS.get(place)
    if known is None or known.when != when:
        many = {name: one for name, one in known.many.items() if one.still(log.version, day)} if known else {}
        counts = _counted(pipeline, stages, user, many)
        many |= {name: Many(counts[name], log.version, day) for name in STOPPED & counts.keys() if counts[name] > MANY}
        known = COUNTS.put(place, Known(when, _said(counts), many))
    return known.counts


def _said(counts: dict[str, int]) -> dict[str, int]:
    return counts | {name: min(counts.get(name, MANY), MANY) for name in STOPPED}


def _counted(pipeline: Pipeline, stages: list[Stage], user: User, but: Iterable[str]) -> dict[str, int]:
    limits = aged_before(stages)
    asked = tuple(name for name in (*STOPPING, "aged") if name not in but)
    sql = _written(user.sees_every_deal, seen_by(user), owners_of(user), asked, tuple(stage for stage, _ in limits))
    given = {
        "pipeline": pipeline.id,
        "by": user.id,
        "house": HOUSE_ID,
        "now": _stored(clock.now()),
        "today": clock.today(user.timezone).isoformat(),
    } | {f"before{stage}": before for stage, before in limits}
    row = database.execute_sql(sql, given).fetchone()
    return dict(zip(("mine", "unowned", LIVE, ORGANIC, *asked), [count or 0 for count in row], strict=True))


@lru_cache(maxsize=500)
def _written(of_all: bool, seen: str, owners: str, asked: tuple[str, ...], stages: tuple[int, ...]) -> str:
    aged = " UNION ALL ".join(AGED.format(stage=stage) for stage in stages) or "SELECT 1 WHERE 0"
    found = [(STOPPING | {"aged": (aged,)})[name] for name in asked]
    counts = [" + ".join(counted(one.format(seen=seen), most=FURTHER - 1) for one in kinds) for kinds in found]
    kept = KEPT_OF_ALL if of_all else KEPT.format(owners=owners)
    return CHIPS.format(counts="".join(f", {count}" for count in counts), kept=kept, owners=owners, cases=not of_all)


_stored = Deal.created_at.db_value
