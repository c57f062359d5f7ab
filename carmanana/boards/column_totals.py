"""What stands over the columns and in the chips: read from tallies that the database keeps, where no filter is set."""

from datetime import datetime, timedelta
from itertools import chain

from carmanana.boards.deal_filter import DELIVERY_DUE, Filter
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LIVE, LOST, ORGANIC, STATES
from carmanana.records.deals import Deal
from carmanana.records.people import AGENT, HOUSE_ID, User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.sqlite import by_index, unindexed_name

NOBODY = 0
ENDED_BADLY = (LOST, CANCELLED)

# the sums of a row: deals, their value in the house's currency; of this month, their value; how many have aged; how many have
# a value in another currency, and of this month; the house's currency
HOUSE = "(SELECT currency FROM house)"
VALUE = f"COALESCE(SUM(value_cents) FILTER (WHERE currency = {HOUSE}), 0)"
VALUE_IN = VALUE.replace("(WHERE", "(WHERE state_since >= '{month}' AND")
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
AGED = f"""
SELECT 'active', ?, 0, 0, 0, 0, COUNT(*), 0, 0, (SELECT currency FROM house) FROM (
  SELECT 1 FROM deal WHERE state = 'active' AND stage_id = ? AND in_stage_since <= ? AND {{seen}} LIMIT {COUNTED + 1})
"""
CHIPS = f"""
SELECT
  (SELECT COUNT(*) FROM (
     SELECT 1 FROM deal WHERE pipeline_id = :pipeline AND state IN ('active', 'on_hold') AND next_due_at < :now AND {{seen}} LIMIT :most))
  + (SELECT COUNT(*) FROM (SELECT 1 FROM deal WHERE pipeline_id = :pipeline AND state = 'won' AND {DELIVERY_DUE.sql} < :now
     AND delivered_on IS NULL AND (next_due_at < :now OR eta_on < :today) AND {{seen}} LIMIT :most)),
  (SELECT COUNT(*) FROM (
     SELECT 1 FROM deal WHERE pipeline_id = :pipeline AND state = 'on_hold' AND held_until <= :today AND {{seen}} LIMIT :most)),
  (SELECT COUNT(*) FROM (SELECT 1 FROM deal {by_index("deal_flagged")}
     WHERE pipeline_id = :pipeline AND state IN ('active', 'on_hold') AND flagged_at IS NOT NULL AND {{seen}} LIMIT :most)),
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
        given += [stage.id, stage.id, _text(_aged_before(stage))]
    if not user.sees_every_deal:
        parts.append(OF_CASES.format(owners=_owners(user), narrow=narrow))
        given += [pipeline.id, user.id]
    return database.execute_sql(" UNION ALL ".join(parts), given).fetchall()


def _computed(pipeline: Pipeline, stages: list[Stage], user: User, chosen: Filter):
    """Counted state by state, each as far as COUNTED."""
    seen = (chosen.on(Deal.pipeline, pipeline.id), Deal.visible(user))
    parts = [_of_state(state, chosen.conditions(user, state, by_due=True), seen, stages, user) for state in STATES]
    parts.append(_won_this_month(chosen.conditions(user), seen, user))
    texts, given = zip(*parts, strict=True)
    return database.execute_sql(" UNION ALL ".join(texts), list(chain.from_iterable(given))).fetchall()


def _of_state(state: str, conditions: list, seen: tuple, stages: list[Stage], user: User) -> tuple[str, list]:
    deals = Deal.select(Deal.stage, Deal.value_cents, Deal.currency, Deal.state_since, Deal.in_stage_since)
    text, given = deals.where(Deal.state == state, *seen, *conditions).limit(COUNTED + 1).sql()
    month, theirs = f"FILTER (WHERE state_since >= '{_text(_month(user))}')", f"currency <> {HOUSE}"
    of_month = f"COUNT(*) {month}, {VALUE_IN.format(month=_text(_month(user)))}" if state in ENDED_BADLY else "0, 0"
    others_of_month = f"COUNT(value_cents) {month[:-1]} AND {theirs})" if state in ENDED_BADLY else "0"
    before = " ".join(f"WHEN {stage.id:d} THEN '{_text(_aged_before(stage))}'" for stage in stages)
    aged = (
        f"COUNT(*) FILTER (WHERE in_stage_since <= CASE stage_id {before} END)" if state == ACTIVE and stages else "0"
    )
    sums = f"COUNT(*), {VALUE}, {of_month}, {aged}, {OTHERS}, {others_of_month}, {HOUSE}"
    return f"SELECT '{state}', stage_id, {sums} FROM ({text}) GROUP BY stage_id", given


def _won_this_month(conditions: list, seen: tuple, user: User) -> tuple[str, list]:
    deals = Deal.select(Deal.value_cents, Deal.currency).where(*seen, Deal.won_at >= _month(user), *conditions)
    text, given = deals.limit(COUNTED + 1).sql()
    return f"SELECT 'won', 0, 0, 0, COUNT(*), {VALUE}, 0, 0, {OTHERS}, {HOUSE} FROM ({text})", given


def chip_counts(pipeline: Pipeline, user: User) -> dict[str, int]:
    """How many open deals each chip would leave."""
    sql = CHIPS.format(seen=_seen(user), kept=_seen_in_tally(user), owners=_owners(user))
    given = {
        "pipeline": pipeline.id,
        "by": user.id,
        "house": HOUSE_ID,
        "most": COUNTED + 1,
        "now": _text(clock.now()),
        "today": clock.today(user.timezone).isoformat(),
    }
    given["cases"] = not user.sees_every_deal
    row = database.execute_sql(sql, given).fetchone()
    names = ("overdue", "hold_due", "flagged", "mine", "unowned", LIVE, ORGANIC)
    return dict(zip(names, [count or 0 for count in row], strict=True))


def _seen(user: User) -> str:
    """`Deal.visible` as text."""
    return (
        "1" if user.sees_every_deal else f"(COALESCE(owner_id, 0) IN ({_owners(user)}) OR retention_id = {user.id:d})"
    )


def _seen_in_tally(user: User) -> str:
    return "1" if user.sees_every_deal else f"owner_id IN ({_owners(user)})"


def _owners(user: User) -> str:
    """Whose deals a person sees beside those that they try to save."""
    return f"{user.id:d}, {NOBODY}, {HOUSE_ID}" if user.has(AGENT) else f"{user.id:d}"


def _month(user: User) -> datetime:
    return clock.start_of_day(clock.today(user.timezone).replace(day=1), user.timezone)


def _aged_before(stage: Stage) -> datetime:
    return clock.now() - timedelta(days=stage.ageing_days + 1)


def _text(at: datetime) -> str:
    return Deal.created_at.db_value(at)
