"""A person's next steps for their calendar program. The file leaves the house, so it holds initials and the kind of
step, never a name or a word of what is agreed."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from carmanana.contacting.next_steps import TELLING
from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.query import prepared
from carmanana.records.activities import KINDS, Activity
from carmanana.records.calendar_feeds import CalendarFeed
from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.schema.sqlite import literally

BACK, AHEAD = timedelta(days=30), timedelta(days=400)
MOST, MOST_LATE = 300, 100
LASTS = timedelta(minutes=15)
SOONEST = (Activity.due_at, Activity.id)

# the address


def open_feed(user: User, nonce: str = "") -> CalendarFeed:
    """A new address; an earlier one ends. What is random in it comes from the demo world where that makes one."""
    with transaction():
        CalendarFeed.delete().where(CalendarFeed.user == user).execute()
        feed = CalendarFeed.create(user=user, nonce=nonce or secrets.token_urlsafe(16))
        audit.record("open_calendar", user, user)
    return feed


def close_feed(user: User) -> None:
    with transaction():
        if CalendarFeed.delete().where(CalendarFeed.user == user).execute():
            audit.record("close_calendar", user, user)


def reader(user_id: int, nonce: str) -> User | None:
    """Whose address it is, if it counts still and they work here."""
    feed = CalendarFeed.get_or_none(CalendarFeed.user == user_id, CalendarFeed.nonce == nonce)
    return feed.user if feed and feed.user.active else None


# the file

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//CarManana//CRM//EN\r\nMETHOD:PUBLISH\r\n"
NAMED = "X-WR-CALNAME:CarManana\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
EVENT = (
    "BEGIN:VEVENT\r\nSUMMARY:{summary}\r\nDTSTART:{begins}\r\nDTEND:{ends}\r\nDTSTAMP:{made}\r\n"
    "UID:step-{id}@carmanana\r\nSEQUENCE:{version}\r\nEND:VEVENT\r\n"
)
END = "END:VCALENDAR\r\n"


class Due(NamedTuple):
    """A step as the file tells it, with its moments as they are stored."""

    id: int
    version: int
    subject: str
    created_at: str
    due_at: str
    customer: str


def due_for(user: User) -> bytes:
    """What is to come, the soonest first, and the last of what is late: as much as a calendar can show."""
    now = clock.now()
    late = _late(user, now - BACK, now, MOST_LATE)
    return _file([*reversed(late), *_to_come(user, now, now + AHEAD, MOST)], NAMED)


def file_of(step: Activity) -> bytes:
    """One step, for one's own calendar."""
    moments = (Activity.due_at.db_value(moment) for moment in (step.created_at, step.due_at))
    return _file([Due(step.id, step.version, step.subject, *moments, step.customer.name)])


@prepared
def _to_come(user, since, until, most):
    return _steps(user).where(Activity.due_at >= since, Activity.due_at < until).order_by(*SOONEST).limit(most)


@prepared
def _late(user, since, until, most):
    late = _steps(user).where(Activity.due_at >= since, Activity.due_at < until)
    return late.order_by(*(column.desc() for column in SOONEST)).limit(most)


def _steps(user):
    told = (
        Activity.id,
        Activity.version,
        Activity.subject,
        Activity.created_at.coerce(False),
        Activity.due_at.coerce(False),
        Customer.name,
    )
    steps = Activity.select(*told).join(Customer)
    return steps.where(
        Activity.assignee == user, literally(Activity.kind, "task"), Activity.done_at.is_null()
    ).namedtuples()


def _file(steps: Iterable, more: str = "") -> bytes:
    """The same steps make the same bytes, so that what has not changed is not sent again. No line needs folding and no
    value a backslash: of what people typed there are two letters."""
    return "".join([HEAD, more, *map(_event, steps), END]).encode()


def _event(step) -> str:
    id, version, subject, made, due, name = step
    summary = f"{kind_of(subject)} {initials(name)}".rstrip()
    ends = (datetime.fromisoformat(due) + LASTS).isoformat(" ")
    return EVENT.format(
        summary=summary, begins=_stamp(due), ends=_stamp(ends), made=_stamp(made), id=id, version=version
    )


def _stamp(stored: str) -> str:
    """20261130T110500Z of 2026-11-30 11:05:00.000000."""
    return f"{stored[:4]}{stored[5:7]}{stored[8:10]}T{stored[11:13]}{stored[14:16]}{stored[17:19]}Z"


TOLD = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in TELLING.items())
WORDS = re.compile(r"\w+")


@lru_cache(2_000)
def kind_of(subject: str) -> str:
    told = (kind for kind, words in TOLD if words.search(subject))
    return KINDS.get(next(told, ""), "Next step")


def initials(name: str) -> str:
    """A letter of the first word and one of the last."""
    words = WORDS.findall(name)
    return "".join(dict.fromkeys((words[0][0], words[-1][0]))).upper() if words else ""
