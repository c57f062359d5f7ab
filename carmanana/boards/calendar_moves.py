"""Filling a calendar: one query for the steps, one for the holds and one for the ETAs of won orders, each bounded by
day."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from peewee import JOIN, SQL

from carmanana.boards.calendar import FITS, Calendar, Entry
from carmanana.boards.card_rows import LOCKED
from carmanana.boards.deal_filter import HELD_UNTIL
from carmanana.contacting.log import may_log
from carmanana.core import clock
from carmanana.core.db import UtcField, database
from carmanana.deals.may_work import may_work
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ACTIVE, ON_HOLD, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import HOUSE_ID, User

# Each day takes its first rows from the index and stops: how many are due at all does not matter.
DUE = """
WITH days (day, since, until) AS (VALUES {days}),
found AS MATERIALIZED (
  SELECT days.day, due.id, ROW_NUMBER() OVER (PARTITION BY days.day ORDER BY due.{by}, due.id) AS place,
  COUNT(*) OVER (PARTITION BY days.day) AS total
  FROM days CROSS JOIN {table} AS due ON due.id IN ({ids}))
SELECT found.day, found.total, due.id, due.{by}, {what}, deal.id, customer.name, ({locked}),
  deal.owner_id, owner.name, owner.email, deal.retention_id
FROM found JOIN {table} AS due ON due.id = found.id
JOIN deal ON deal.id = due.{of}
JOIN customer ON customer.id = deal.customer_id
LEFT JOIN user AS owner ON owner.id = deal.owner_id
WHERE found.place <= ? ORDER BY found.day, found.place
"""


class Row(NamedTuple):
    day: str
    total: int
    id: int
    due: str
    what: str
    deal_id: int
    client: str
    locked: int
    owner_id: int | None
    owner: str | None
    owner_email: str | None
    retention_id: int | None

    @property
    def whose(self) -> "Whose":
        return Whose(self.owner_id, self.owner, self.owner_email, self.retention_id)


class Whose(NamedTuple):
    """As much of a deal as decides who may work it: many of a calendar are the same person's."""

    owner_id: int | None
    owner: str | None
    owner_email: str | None
    retention_id: int | None

    @property
    def deal(self) -> Deal:
        return Deal(owner=self.owner_id, retention=self.retention_id)

    @property
    def owned_by(self) -> User | None:
        return (
            User(id=self.owner_id, name=self.owner, email=self.owner_email, house=self.owner_id == HOUSE_ID)
            if self.owner_id
            else None
        )


class Asked:
    """What is asked of each of them, once for all of its deals."""

    def __init__(self, by: User):
        self.owner = cache(lambda whose: whose.owned_by)
        self.works = cache(lambda whose: may_work(whose.deal, by))
        self.logs = cache(lambda whose: may_log(whose.deal, by))


def fill(calendar: Calendar) -> Calendar:
    """A hold's follow-up and an ETA are of the whole day, so they stand before the steps and their times."""
    held, etas, steps = _held(calendar), _etas(calendar), _steps(calendar)
    asked, now = Asked(calendar.user), clock.now()
    calendar.put([_of_hold(row, calendar, asked) for row in held], _totals(held))
    calendar.put([_of_eta(row, calendar, asked) for row in etas], _totals(etas))
    calendar.put([_of_step(row, now, asked) for row in steps], _totals(steps))
    return calendar


def _totals(rows: list[Row]) -> dict[date, int]:
    return {date.fromisoformat(row.day): row.total for row in rows}


# the holds

WHY = "(SELECT sub_status FROM hold WHERE deal_id = due.id AND lifted_at IS NULL)"


def _held(calendar: Calendar) -> list[Row]:
    days = [(day.on.isoformat(), day.on.isoformat(), _next(day.on).isoformat()) for day in calendar.days]
    ids = Deal.select(Deal.id).where(Deal.state == ON_HOLD)
    return _due(calendar, ids, HELD_UNTIL, days, table="deal", by="held_until", what=WHY, of="id")


def _of_hold(row: Row, calendar: Calendar, asked: Asked) -> Entry:
    on = date.fromisoformat(row.day)
    return _entry(
        row,
        asked,
        id=row.deal_id,
        on=on,
        what=Hold.SUB_STATUSES[row.what],
        movable=asked.works(row.whose),
        late=on < calendar.today,
    )


# the ETAs of won orders


def _etas(calendar: Calendar) -> list[Row]:
    ids = Deal.select(Deal.id).where(SQL("state = 'won' AND delivered_on IS NULL AND eta_on IS NOT NULL"))
    days = [(day.on.isoformat(), day.on.isoformat(), _next(day.on).isoformat()) for day in calendar.days]
    return _due(calendar, ids, Deal.eta_on, days, table="deal", by="eta_on", what="due.eta_on", of="id")


def _of_eta(row: Row, calendar: Calendar, asked: Asked) -> Entry:
    on = date.fromisoformat(row.day)
    return _entry(row, asked, id=row.id, on=on, what="ETA", movable=False, late=on < calendar.today, eta=True)


# the steps


def _steps(calendar: Calendar) -> list[Row]:
    step, zone = Activity.alias("step"), calendar.user.timezone
    ids = (
        step.select(step.id)
        .join(Deal, JOIN.CROSS)
        .where(step.deal == Deal.id, SQL("step.kind = 'task'"), step.done_at.is_null())
    )
    days = [
        (day.on.isoformat(), _text(clock.start_of_day(day.on, zone)), _text(clock.start_of_day(_next(day.on), zone)))
        for day in calendar.days
    ]
    return _due(
        calendar,
        ids.where(Deal.state.in_((ACTIVE, ON_HOLD)) | ((Deal.state == WON) & Deal.delivered_on.is_null())),
        step.due_at,
        days,
        table="activity",
        by="due_at",
        what="due.subject",
    )


def _of_step(row: Row, now: datetime, asked: Asked) -> Entry:
    at = Activity.due_at.python_value(row.due)
    return _entry(
        row,
        asked,
        id=row.id,
        on=date.fromisoformat(row.day),
        what=row.what,
        movable=asked.logs(row.whose),
        late=at < now,
        at=at,
    )


def _entry(row: Row, asked: Asked, **given) -> Entry:
    owner = asked.owner(row.whose)
    return Entry(deal_id=row.deal_id, client=row.client, owner=owner, locked=bool(row.locked), **given)


def _due(
    calendar: Calendar, ids, by_when, days: list[tuple[str, str, str]], of: str = "deal_id", **names: str
) -> list[Row]:
    """`ids` are those that the filter leaves; each day takes its own of them."""
    since, until = SQL("days.since"), SQL("days.until")
    mine = calendar.filter.apply(ids, calendar.user).where(
        Deal.pipeline == calendar.pipeline, Deal.visible(calendar.user)
    )
    sql, given = (
        mine.where(by_when >= since, by_when < until).order_by(by_when, SQL("1")).limit(calendar.most + 1).sql()
    )
    told = DUE.format(days=", ".join(["(?, ?, ?)"] * len(days)), ids=sql, locked=LOCKED, of=of, **names)
    rows = database.execute_sql(told, [*(value for day in days for value in day), *given, FITS[calendar.span]])
    return [Row._make(row) for row in rows.fetchall()]


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _text(at: datetime) -> str:
    return UtcField().db_value(at)
