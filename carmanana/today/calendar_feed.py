"""A person's next steps for their calendar program. The file leaves the house, so it holds initials and the kind of
step, never a name or a word of what is agreed."""

import re
import secrets
from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from carmanana.contacting.next_steps import TELLING
from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.records.activities import KINDS, Activity
from carmanana.records.calendar_feeds import CalendarFeed
from carmanana.records.customers import Customer
from carmanana.records.people import User

BACK, AHEAD, MOST = timedelta(days=90), timedelta(days=400), 2_000
LASTS = timedelta(minutes=15)
REFRESHED = timedelta(hours=1)

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


def due_for(user: User) -> bytes:
    now = clock.now()
    steps = Activity.select(Activity, Customer).join(Customer)
    steps = steps.where(Activity.assignee == user, Activity.kind == "task", Activity.done_at.is_null())
    steps = steps.where(Activity.due_at.between(now - BACK, now + AHEAD))
    return file_of(steps.order_by(Activity.due_at, Activity.id).limit(MOST), "CarManana")


def file_of(steps: Iterable[Activity], name: str = "") -> bytes:
    """The same steps make the same bytes, so that what has not changed is not sent again."""
    calendar = Calendar()
    calendar.add("prodid", "-//CarManana//CRM//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    for step in steps:
        calendar.add_component(_event(step))
    return calendar.to_ical()


def _event(step: Activity) -> Event:
    event = Event()
    event.add("uid", f"step-{step.id}@carmanana")
    event.add("dtstamp", step.created_at)
    event.add("sequence", step.version)
    event.add("summary", f"{kind_of(step)} {initials(step.customer)}")
    event.add("dtstart", step.due_at)
    event.add("dtend", step.due_at + LASTS)
    return event


def kind_of(step: Activity) -> str:
    told = (kind for kind, words in TELLING.items() if re.search(rf"\b(?:{words})\b", step.subject, re.IGNORECASE))
    return KINDS.get(next(told, ""), "Next step")


def initials(customer: Customer) -> str:
    """A letter of the first word and one of the last."""
    words = [word for word in re.split(r"\W+", customer.name) if word]
    return "".join(dict.fromkeys((words[0][0], words[-1][0]))).upper() if words else ""
