"""What stands over the columns: read from tallies that the database keeps, where no filter is set."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import chain

from carmanana.boards.deal_filter import Filter, aged_before
from carmanana.boards.filtered import month_of
from carmanana.core.db import database
from carmanana.core.limits import AT_A_GLANCE, counted
from carmanana.records.deal_codes import CANCELLED, LOST
from carmanana.records.deals import Deal
from carmanana.records.people import AGENT, HOUSE_ID, User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.sqlite import as_literals, by_index, unindexed_name

NOBODY = 0

# the sums of a row: deals, their value in the house's currency; of this month, their value; how many have aged; how
# many have
# a value in another currency, and of this month; the house's currency
HOUSE = "(SELECT currency FROM house)"
VALUE = f"COALESCE(SUM(value_cents) FILTER (WHERE currency = {HOUSE}), 0)"
OTHERS = f"COUNT(value_cents) FILTER (WHERE currency <> {HOUSE})"
KEPT = """
SELECT state, stage_id, SUM(deals), SUM(value_cents), 0, 0, 0, SUM(others), 0, (SELECT currency FROM house)
FROM board_tally WHERE pipeline_id = ? AND state IN ({states}) AND {seen} GROUP BY state, stage_id
"""
KEPT_OF_OWNERS = KEPT.replace(
    "board_tally WHERE", f"deal_tally {by_index('deal_tally_owner')} WHERE owner_id IN ({{owners}}) AND"
)
OF_CASES = f"""
SELECT state, stage_id, COUNT(*), {VALUE}, 0, 0, 0, {OTHERS}, 0, {HOUSE} FROM deal
WHERE {unindexed_name("pipeline_id")} = ? AND retention_id = ? AND COALESCE(owner_id, 0) NOT IN ({{owners}}) AND {{narrow}}
GROUP BY state, stage_id
"""
OF_MONTH = f"SELECT state, 0, 0, 0, COUNT(*), {VALUE}, 0, 0, {OTHERS}, {HOUSE} FROM {{deals}} GROUP BY state"
# an order counts as won in the month in which it was won, whatever happens to it later
WON_IN_MONTH = f"SELECT 'won', 0, 0, 0, COUNT(*), {VALUE}, 0, 0, {OTHERS}, {HOUSE} FROM {{deals}}"
THE_LOST = f"""
SELECT state, value_cents, currency FROM deal
WHERE {unindexed_name("pipeline_id")} = ? AND state IN ({as_literals((LOST, CANCELLED))}) AND state_since >= ? AND {{seen}}
"""
THE_WON = f"""
SELECT value_cents, currency FROM deal WHERE {unindexed_name("pipeline_id")} = ? AND won_at >= ? AND {{seen}}
"""
# whole days of UTC from the tally, and what is left of the first one of the month
OF_DAYS = f"""
SELECT ended, 0, 0, 0, SUM(deals), SUM(value_cents), 0, 0, SUM(others), {HOUSE} FROM ended_tally
WHERE pipeline_id = ? AND ended IN (?, ?, 'won') AND day > ? AND {{seen}} GROUP BY ended
"""
LOST_ON_THE_FIRST = OF_MONTH.format(
    deals="deal WHERE pipeline_id = ? AND state IN (?, ?) AND state_since >= ? AND state_since < ? AND {seen}"
)
WON_ON_THE_FIRST = WON_IN_MONTH.format(deals="deal WHERE pipeline_id = ? AND won_at >= ? AND won_at < ? AND {seen}")
AGED = """
SELECT 'active', {stage}, 0, 0, 0, 0, {count}, 0, 0, (SELECT currency FROM house)
"""
AGED_IN = "SELECT 1 FROM deal WHERE state = 'active' AND stage_id = {stage} AND in_stage_since <= ? AND {seen}"
OWNERS = """
SELECT owner_id, CASE WHEN user.house THEN '' ELSE COALESCE(user.name, '') END, SUM(deals) FROM deal_tally
LEFT JOIN user ON user.id = owner_id WHERE pipeline_id = ? AND state IN ({states}) AND {narrow}
GROUP BY owner_id HAVING SUM(deals) > 0
"""
AGED_OF_ONE = f"""
SELECT 'active', stage_id, 0, 0, 0, 0, COUNT(*) FILTER (WHERE in_stage_since <= CASE stage_id {{before}} END), 0, 0,
  {HOUSE} FROM deal
WHERE owner_id = ? AND state = 'active' AND {unindexed_name("pipeline_id")} = ? AND {{seen}} GROUP BY stage_id
"""


def kept_sums(
    pipeline: Pipeline,
    stages: list[Stage],
    user: User,
    chosen: Filter,
    states: tuple[str, ...],
    whole: bool = True,
    month: bool = True,
) -> list[tuple]:
    """State, stage, and the sums of a row; `whole`: with those that have aged in these stages; `month`: with those of
    this month. Deals that somebody tries to save are counted one by one: the tallies know owners alone."""
    narrow, of_all = chosen.in_tallies(user), user.sees_every_deal and not chosen.owners
    kept, seen = (KEPT, narrow) if of_all else (KEPT_OF_OWNERS, f"{_seen_in_tally(user)} AND {narrow}")
    parts = [(_written(kept, states=as_literals(states), seen=seen, owners=_asked(user, chosen)), [pipeline.id])]
    if not user.sees_every_deal:
        parts.append((_written(OF_CASES, owners=owners_of(user), narrow=narrow), [pipeline.id, user.id]))
    apart, begins = [f"{one} AND {narrow}" for one in _seen_apart(user, chosen)], month_of(user)
    if month:
        parts += _of_month_kept(pipeline, narrow, begins) if of_all else _of_month(pipeline, apart, _text(begins))
    if whole:
        parts += _aged_of_one(pipeline, stages, user, chosen) if chosen.of_one else _aged(stages, apart)
    texts, given = zip(*parts, strict=True)
    return database.execute_sql(" UNION ALL ".join(texts), [*chain.from_iterable(given)]).fetchall()


_written = lru_cache(maxsize=1_000)(str.format)  # of each person the same texts


def _of_month(pipeline: Pipeline, apart: list[str], month: str) -> list[tuple[str, list]]:
    given = [pipeline.id, month] * len(apart)
    return [(_of_each(*which, tuple(apart)), given) for which in ((OF_MONTH, THE_LOST), (WON_IN_MONTH, THE_WON))]


@lru_cache(maxsize=1_000)
def _of_each(sums: str, deals: str, apart: tuple[str, ...]) -> str:
    return sums.format(deals=f"({' UNION ALL '.join(deals.format(seen=one) for one in apart)})")


def _of_month_kept(pipeline: Pipeline, narrow: str, month: datetime) -> list[tuple[str, list]]:
    begins, first = _text(month), month.astimezone(UTC).date()
    second = (first + timedelta(days=1)).isoformat()
    return [
        (_written(OF_DAYS, seen=narrow), [pipeline.id, LOST, CANCELLED, first.isoformat()]),
        (_written(LOST_ON_THE_FIRST, seen=narrow), [pipeline.id, LOST, CANCELLED, begins, second]),
        (_written(WON_ON_THE_FIRST, seen=narrow), [pipeline.id, begins, second]),
    ]


def _aged(stages: list[Stage], apart: list[str]) -> list[tuple[str, list]]:
    """Counted at a glance."""
    return [(_aged_in(stage, tuple(apart)), [before] * len(apart) * 2) for stage, before in aged_before(stages)]


@lru_cache(maxsize=1_000)
def _aged_in(stage: int, apart: tuple[str, ...]) -> str:
    found = [AGED_IN.format(stage=stage, seen=one) for one in apart]
    return AGED.format(stage=stage, count=counted(*found, most=AT_A_GLANCE))


def _seen_apart(user: User, chosen: Filter) -> list[str]:
    """Conditions that find different deals, and together all that `seen_by` and the filter find: each has an index of
    its own, where among all that have aged or ended somebody's may be the last."""
    if user.sees_every_deal and not chosen.owners:
        return ["1"]
    owners = _asked(user, chosen)
    apart = [f"owner_id IN ({owners})", *(["owner_id IS NULL"] if str(NOBODY) in owners.split(", ") else [])]
    theirs = f"retention_id = {user.id:d} AND COALESCE(owner_id, 0) NOT IN ({owners})"
    return apart if user.sees_every_deal else [*(f"{one} AND {seen_by(user)}" for one in apart), theirs]


def _asked(user: User, chosen: Filter) -> str:
    """The owners whose deals are counted, as far as they are told apart; others' that one sees are no tally's."""
    if chosen.unowned:
        return f"{NOBODY}, {HOUSE_ID}"
    return f"{user.id if chosen.mine else chosen.owner:d}" if chosen.of_one else owners_of(user)


def _aged_of_one(pipeline: Pipeline, stages: list[Stage], user: User, chosen: Filter) -> list[tuple[str, list]]:
    """One owner's are looked through once."""
    before = " ".join("WHEN ? THEN ?" for _ in stages)
    limits = chain.from_iterable(aged_before(stages))
    seen = f"{seen_by(user)} AND {chosen.in_tallies(user)}"
    of_one = AGED_OF_ONE.format(before=before, seen=seen)
    return [(of_one, [*limits, user.id if chosen.mine else chosen.owner, pipeline.id])] if stages else []


def owners_in_tallies(pipeline: Pipeline, states: tuple[str, ...], narrow: str) -> list[tuple[int, str, int]]:
    """Who has deals, by the name that they are sorted by, and how many."""
    sql = OWNERS.format(states=as_literals(states), narrow=narrow)
    return database.execute_sql(sql, (pipeline.id,)).fetchall()


def seen_by(user: User) -> str:
    """`Deal.visible` as text."""
    return (
        "1" if user.sees_every_deal else f"(COALESCE(owner_id, 0) IN ({owners_of(user)}) OR retention_id = {user.id:d})"
    )


def _seen_in_tally(user: User) -> str:
    return "1" if user.sees_every_deal else f"owner_id IN ({owners_of(user)})"


def owners_of(user: User) -> str:
    """Whose deals a person sees beside those that they try to save."""
    return f"{user.id:d}, {NOBODY}, {HOUSE_ID}" if user.has(AGENT) else f"{user.id:d}"


def _text(at: datetime) -> str:
    return Deal.created_at.db_value(at)
