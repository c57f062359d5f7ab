"""The counts in the bar: what needs this person now, in one query."""

from flask import g
from peewee import Select, fn

from carmanana.cancellations.models import CancellationRequest
from carmanana.cancellations.waiting import waiting_for
from carmanana.db import database
from carmanana.notifications.models import Notification
from carmanana.people.models import RETENTION, User
from carmanana.retention.desk import due_today
from carmanana.retention.models import RetentionPlan

from .signed import me


def needing() -> dict[str, int]:
    """By the endpoint that shows them; asked once a request."""
    if "needing" not in g:
        asked = _asked(me())
        row = next(iter(Select(columns=list(asked.values())).bind(database).tuples()))
        g.needing = dict(zip(asked, row, strict=True))
    return g.needing


def _asked(by: User) -> dict:
    unread = (Notification.user == by) & Notification.read_at.is_null()
    asked = {"notifications.index": Notification.select(fn.COUNT(Notification.id)).where(unread)}
    if by.is_manager:
        asked["cancellations.index"] = waiting_for(by).select(fn.COUNT(CancellationRequest.id))
    if by.has(RETENTION):
        asked["retention.index"] = due_today(by).select(fn.COUNT(RetentionPlan.id))
    return asked


def unread() -> int:
    return needing()["notifications.index"]
