"""Filling a calendar: one query of all its days, each of which takes the first of its holds, ETAs and steps from their
indexes, counts a few more and stops: how many are due at all does not matter."""

import json
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from peewee import JOIN, SQL, Select, Value

from carmanana.boards.calendar import FITS, Calendar, Entry
from carmanana.boards.card_rows import LOCKED
from carmanana.boards.deal_filter import Filter
from carmanana.contacting.log import may_log
from carmanana.core import clock
from carmanana.core.db import UtcField, as_json, database
from carmanana.core.query import Parameter, Prepared
from carmanana.deals.may_work import may_work
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal, Hold
from carmanana.records.open_steps import HeldDeal, OpenStep
from carmanana.records.people import HOUSE_ID, User
from carmanana.schema.sqlite import members_named

DAYS = f"""
WITH days AS MATERIALIZED ({members_named("day", "next_day", "begins", "ends")})
SELECT day, {{kinds}} FROM days
"""
TO_DELIVER = SQL("state = 'won' AND delivered_on IS NULL AND eta_on IS NOT NULL")  # as the index has it
# how many of a kind are due on a day, and the first of them as a list of lists
KIND = """
(SELECT COUNT(*) FROM ({counted})),
(SELECT json_group_array(json_array({columns})) FROM ({shown}) AS due {joins}
  LEFT JOIN user AS owner ON owner.id = due.owner_id)
"""
LOCKED_DUE = LOCKED.replace("deal.customer_id", "due.customer_id")
COLUMNS = (
    f"due.id, due.at, due.what, due.deal_id, {{client}}, ({LOCKED_DUE}), due.owner_id, owner.name, owner.email,"
    " due.retention_id"
)
OF_ENTRY, OF_ETA = COLUMNS.format(client="due.client"), COLUMNS.format(client="customer.name")
OF_CUSTOMER = "JOIN customer ON customer.id = due.customer_id"


class Row(NamedTuple):
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
    read = _reader(calendar, Asked(calendar.user), clock.now())
    days = as_json([_edges(day.on, calendar.user.timezone) for day in calendar.days])
    for row in _asked(calendar)(calendar.user, calendar.pipeline, days):
        day = calendar.by_day[date.fromisoformat(row[0])]
        counts = row[1::2]
        day.total, day.uncounted = (sum(min(n, calendar.most) for n in counts), max(counts) > calendar.most)
        day.told, day.read = row, read
    return calendar


@lru_cache(4096)
def _edges(on: date, zone: str) -> tuple[str, str, str, str]:
    """Of a day, as they are stored: itself and the next one, and when it begins and ends in a zone."""
    after, stored = on + timedelta(days=1), UtcField().db_value
    begins, ends = clock.start_of_day(on, zone), clock.start_of_day(after, zone)
    return on.isoformat(), after.isoformat(), stored(begins), stored(ends)


# what is asked


class Asking(Prepared):
    """Of a person, a pipeline and days, for all who see as far; what a filter leaves is written each time."""

    def __init__(self, sight: str, span: str, most: int, chosen: Filter, user: User | None = None):
        self.sight, self.fits, self.most = sight, FITS[span], most
        self.conditions = chosen.conditions(user) if chosen else []
        self.sql, self.read = None, tuple

    def _write(self) -> None:
        by, pipeline, days = map(Parameter, range(3))
        kinds = [
            self._kind(*kind)
            for kind in (self._held(by, pipeline), self._etas(by, pipeline), self._steps(by, pipeline))
        ]
        self.given = [days, *(value for _, given in kinds for value in given)]
        self.sql = DAYS.format(kinds=", ".join(sql for sql, _ in kinds))

    def _kind(self, found: Select, columns: str, joins: str) -> tuple[str, list]:
        counted = found.select(SQL("1")).order_by().limit(self.most + 1)
        (counted, more), (shown, given) = (
            database.get_sql_context().sql(one).query() for one in (counted, found.limit(self.fits))
        )
        return KIND.format(counted=counted, shown=shown, columns=columns, joins=joins), [*more, *given]

    def _held(self, by, pipeline) -> tuple[Select, str, str]:
        held = HeldDeal
        told = held.select(held.id, held.held_until.alias("at"), held.sub_status.alias("what"), *_whose(held, held.id))
        return self._of_days(self._among(told, held, held.id, by, pipeline), held.held_until), OF_ENTRY, ""

    def _etas(self, by, pipeline) -> tuple[Select, str, str]:
        told = Deal.select(Deal.id, Deal.eta_on.alias("at"), Value("ETA").alias("what"), *_whose(Deal, Deal.id))
        mine = told.where(Deal.pipeline == pipeline, Deal.within(self.sight, by), TO_DELIVER, *self.conditions)
        return self._of_days(mine, Deal.eta_on), OF_ETA, OF_CUSTOMER

    def _steps(self, by, pipeline) -> tuple[Select, str, str]:
        step = OpenStep
        told = step.select(step.id, step.due_at.alias("at"), step.subject.alias("what"), *_whose(step, step.record_id))
        mine = self._among(told, step, step.record_id, by, pipeline)
        due = mine.where(step.due_at >= SQL("days.begins"), step.due_at < SQL("days.ends"))
        return due.order_by(step.due_at, step.id), OF_ENTRY, ""

    def _among(self, found: Select, model, deal, by, pipeline) -> Select:
        """What this person may see, of the deals that the filter leaves."""
        if self.conditions:
            found = found.join(Deal, JOIN.CROSS).where(Deal.id == deal, *self.conditions)
        return found.where(model.pipeline == pipeline, model.within(self.sight, by))

    def _of_days(self, found: Select, on) -> Select:
        return found.where(on >= SQL("days.day"), on < SQL("days.next_day")).order_by(on, SQL("1"))


def _whose(model, deal) -> list:
    """As much of a deal as its entry tells."""
    told = [deal.alias("deal_id"), model.customer, model.owner, model.retention]
    return told if model is Deal else [*told, model.client]


def _asked(calendar: Calendar) -> Asking:
    sight, span = calendar.user.deal_sight, calendar.span
    return (
        Asking(sight, span, calendar.most, calendar.filter, calendar.user)
        if calendar.filter
        else _unfiltered(sight, span, calendar.most)
    )


@cache
def _unfiltered(sight: str, span: str, most: int) -> Asking:
    return Asking(sight, span, most, Filter())


# what is read


def _reader(calendar: Calendar, asked: Asked, now: datetime):
    """What makes the entries of a day: those that fit."""

    def read(told: tuple) -> list[Entry]:
        on = date.fromisoformat(told[0])
        held, etas, steps = (map(Row._make, json.loads(rows)) for rows in told[2::2])
        entries = [_of_hold(row, on, calendar, asked) for row in held]
        entries += [_of_eta(row, on, calendar, asked) for row in etas]
        entries += [_of_step(row, on, now, asked) for row in steps]
        return entries[: FITS[calendar.span]]

    return read


def _of_hold(row: Row, on: date, calendar: Calendar, asked: Asked) -> Entry:
    what, movable = Hold.SUB_STATUSES[row.what], asked.works(row.whose)
    return _entry(row, asked, on=on, what=what, movable=movable, late=on < calendar.today)


def _of_eta(row: Row, on: date, calendar: Calendar, asked: Asked) -> Entry:
    return _entry(row, asked, on=on, what=row.what, movable=False, late=on < calendar.today, eta=True)


def _of_step(row: Row, on: date, now: datetime, asked: Asked) -> Entry:
    at = Activity.due_at.python_value(row.due)
    return _entry(row, asked, on=on, what=row.what, movable=asked.logs(row.whose), late=at < now, at=at)


def _entry(row: Row, asked: Asked, **given) -> Entry:
    owner = asked.owner(row.whose)
    return Entry(id=row.id, deal_id=row.deal_id, client=row.client, owner=owner, locked=bool(row.locked), **given)
