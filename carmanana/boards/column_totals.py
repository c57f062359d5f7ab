"""What stands over the columns and in the chips: read from tallies that the database keeps, where no filter is set."""

from datetime import datetime, timedelta

from peewee import SQL, Case, Value, fn

from carmanana.boards.deal_filter import Filter
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LIVE, LOST, ORGANIC, WON
from carmanana.records.deals import Deal
from carmanana.records.people import AGENT, HOUSE_ID, User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.sqlite import by_index, unindexed, unindexed_name

NOBODY = 0

# the sums of a row: deals, their value in the house's currency; of this month, their value; how many have aged; how many have
# a value in another currency, and of this month; the house's currency
HOUSE = "(SELECT currency FROM house)"
VALUE = f"COALESCE(SUM(value_cents) FILTER (WHERE currency = {HOUSE}), 0)"
OTHERS = f"COUNT(value_cents) FILTER (WHERE currency <> {HOUSE})"
KEPT = """
SELECT state, stage_id, SUM(deals), SUM(value_cents), 0, 0, 0, SUM(others), 0, (SELECT currency FROM house) FROM deal_tally
WHERE pipeline_id = ? AND {seen} GROUP BY state, stage_id
"""
OF_CASES = f"""
SELECT state, stage_id, COUNT(*), {VALUE}, 0, 0, 0, {OTHERS}, 0, {HOUSE} FROM deal
WHERE {unindexed_name("pipeline_id")} = ? AND retention_id = ? AND COALESCE(owner_id, 0) NOT IN ({{owners}}) AND {{narrow}} GROUP BY state, stage_id
"""
OF_MONTH = f"""
SELECT state, 0, 0, 0, COUNT(*), {VALUE}, 0, 0, {OTHERS}, {HOUSE} FROM deal
WHERE pipeline_id = ? AND state IN (?, ?) AND state_since >= ? AND {{seen}} GROUP BY state
"""
# an order counts as won in the month in which it was won, whatever happens to it later
WON_IN_MONTH = f"""
SELECT 'won', 0, 0, 0, COUNT(*), {VALUE}, 0, 0, {OTHERS}, {HOUSE} FROM deal WHERE pipeline_id = ? AND won_at >= ? AND {{seen}}
"""
AGED = """
SELECT state, stage_id, 0, 0, 0, 0, COUNT(*), 0, 0, (SELECT currency FROM house) FROM deal
WHERE state = 'active' AND stage_id = ? AND in_stage_since <= ? AND {seen} GROUP BY stage_id
"""
CHIPS = f"""
SELECT
  (SELECT COUNT(*) FROM deal WHERE pipeline_id = :pipeline AND state IN ('active', 'on_hold') AND next_due_at < :now AND {{seen}})
  + (SELECT COUNT(*) FROM deal WHERE pipeline_id = :pipeline AND state = 'won' AND delivered_on IS NULL
     AND (next_due_at < :now OR eta_on < :today) AND {{seen}}),
  (SELECT COUNT(*) FROM deal WHERE pipeline_id = :pipeline AND state = 'on_hold' AND held_until <= :today AND {{seen}}),
  (SELECT COUNT(*) FROM deal {by_index("deal_flagged")} WHERE pipeline_id = :pipeline AND state IN ('active', 'on_hold') AND flagged_at IS NOT NULL AND {{seen}}),
  SUM(deals) FILTER (WHERE owner_id = :by), SUM(deals) FILTER (WHERE owner_id IN (0, :house)),
  SUM(deals) FILTER (WHERE readiness = 'live'), SUM(deals) FILTER (WHERE readiness = 'organic')
FROM (
  SELECT owner_id, readiness, deals FROM deal_tally WHERE pipeline_id = :pipeline AND state IN ('active', 'on_hold') AND {{kept}}
  UNION ALL SELECT COALESCE(owner_id, 0), readiness, 1 FROM deal
  WHERE :cases AND {unindexed_name("pipeline_id")} = :pipeline AND {unindexed_name("state")} IN ('active', 'on_hold') AND retention_id = :by AND COALESCE(owner_id, 0) NOT IN ({{owners}})
)
"""


def head_sums(pipeline: Pipeline, stages: list[Stage], user: User, chosen: Filter):
    """State, stage, and the sums of a row."""
    narrow = chosen.in_tallies(user)
    return _computed(pipeline, stages, user, chosen) if narrow is None else _kept(pipeline, stages, user, narrow)


def _kept(pipeline: Pipeline, stages: list[Stage], user: User, narrow: str):
    """Deals that somebody tries to save are counted one by one: the tallies know owners alone."""
    seen, in_tally = f"{_seen(user)} AND {narrow}", f"{_seen_in_tally(user)} AND {narrow}"
    parts, given = (
        [KEPT.format(seen=in_tally), OF_MONTH.format(seen=seen), WON_IN_MONTH.format(seen=seen)],
        [pipeline.id, pipeline.id, LOST, CANCELLED, _text(_month(user)), pipeline.id, _text(_month(user))],
    )
    for stage in stages:
        parts.append(AGED.format(seen=seen))
        given += [stage.id, _text(_aged_before(stage))]
    if not user.sees_all:
        parts.append(OF_CASES.format(owners=_owners(user), narrow=narrow))
        given += [pipeline.id, user.id]
    return database.execute_sql(" UNION ALL ".join(parts), given).fetchall()


def _computed(pipeline: Pipeline, stages: list[Stage], user: User, chosen: Filter):
    this_month = Deal.state.in_((LOST, CANCELLED)) & (Deal.state_since >= _month(user))
    ours, theirs = Deal.currency == SQL(HOUSE), (Deal.currency != SQL(HOUSE)) & Deal.value_cents.is_null(False)
    aged = [
        (Deal.state == ACTIVE) & (Deal.stage == stage) & (Deal.in_stage_since <= _aged_before(stage))
        for stage in stages
    ]
    sums = (
        fn.COUNT(Deal.id),
        fn.COALESCE(fn.SUM(Case(None, [(ours, Deal.value_cents)], 0)), 0),
        fn.SUM(Case(None, [(this_month, 1)], 0)),
        fn.COALESCE(fn.SUM(Case(None, [(this_month & ours, Deal.value_cents)], 0)), 0),
        fn.SUM(Case(None, [(condition, 1) for condition in aged], 0)),
        fn.SUM(Case(None, [(theirs, 1)], 0)),
        fn.SUM(Case(None, [(this_month & theirs, 1)], 0)),
        SQL(HOUSE),
    )
    deals = chosen.apply(Deal.select(), user).select(Deal.state, Deal.stage, *sums)
    seen = (chosen.on(Deal.pipeline, pipeline.id), Deal.visible(user))
    return (deals.where(*seen).group_by(*_grouped(chosen)) + _won(user, chosen, seen)).tuples()


def _won(user: User, chosen: Filter, seen: tuple):
    ours, theirs = Deal.currency == SQL(HOUSE), (Deal.currency != SQL(HOUSE)) & Deal.value_cents.is_null(False)
    cents, others = fn.SUM(Case(None, [(ours, Deal.value_cents)], 0)), fn.SUM(Case(None, [(theirs, 1)], 0))
    sums = (fn.COUNT(Deal.id), fn.COALESCE(cents, 0), Value(0), Value(0), fn.COALESCE(others, 0), SQL(HOUSE))
    won = chosen.apply(Deal.select(), user).select(Value(WON), Value(0), Value(0), Value(0), *sums)
    return won.where(*seen, Deal.won_at >= _month(user))


def _grouped(chosen: Filter) -> tuple:
    """The overdue are found by when they are due, which the order of the groups must not prevent."""
    return (unindexed(Deal.state), unindexed(Deal.stage)) if chosen.overdue else (Deal.state, Deal.stage)


def chip_counts(pipeline: Pipeline, user: User) -> dict[str, int]:
    """How many open deals each chip would leave."""
    sql = CHIPS.format(seen=_seen(user), kept=_seen_in_tally(user), owners=_owners(user))
    given = {
        "pipeline": pipeline.id,
        "by": user.id,
        "house": HOUSE_ID,
        "now": _text(clock.now()),
        "today": clock.today(user.timezone).isoformat(),
    }
    given["cases"] = not user.sees_all
    row = database.execute_sql(sql, given).fetchone()
    names = ("overdue", "hold_due", "flagged", "mine", "unowned", LIVE, ORGANIC)
    return dict(zip(names, [count or 0 for count in row], strict=True))


def _seen(user: User) -> str:
    """`Deal.visible` as text."""
    return "1" if user.sees_all else f"(COALESCE(owner_id, 0) IN ({_owners(user)}) OR retention_id = {user.id:d})"


def _seen_in_tally(user: User) -> str:
    return "1" if user.sees_all else f"owner_id IN ({_owners(user)})"


def _owners(user: User) -> str:
    """Whose deals a person sees beside those that they try to save."""
    return f"{user.id:d}, {NOBODY}, {HOUSE_ID}" if user.has(AGENT) else f"{user.id:d}"


def _month(user: User) -> datetime:
    return clock.start_of_day(clock.today(user.timezone).replace(day=1), user.timezone)


def _aged_before(stage: Stage) -> datetime:
    return clock.now() - timedelta(days=stage.ageing_days + 1)


def _text(at: datetime) -> str:
    return Deal.created_at.db_value(at)
