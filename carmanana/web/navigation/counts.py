"""The counts in the bar: what needs this person now, in one query."""

from functools import cache

from flask import g
from peewee import Select

from carmanana.cancellations.queue import waiting_for
from carmanana.cancellations.retention.desk import due_before, tonight
from carmanana.compliance.queue import waits_for
from carmanana.core.db import database
from carmanana.core.query import Prepared
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.notifications import Notification
from carmanana.records.people import COMPLIANCE, RETENTION
from carmanana.records.retention import RetentionPlan
from carmanana.records.scorecards import ReviewCase
from carmanana.web.current_user import me
from carmanana.web.lists.counting import up_to

MOST = 99  # a count in the bar says no more than 99+


def nav_counts() -> dict[str, int]:
    """By the endpoint that shows them; asked once a request."""
    if "nav_counts" not in g:
        by = me()
        pages, counts = _question(by.is_manager, by.has(RETENTION), by.has(COMPLIANCE))
        g.nav_counts = dict(zip(pages, counts.first(by.id, tonight(by)), strict=True))
    return g.nav_counts


@cache
def _question(reviews: bool, rescues: bool, scores: bool) -> tuple[list[str], Prepared]:
    """The pages with a count, and what asks for the counts of a person until a moment."""
    pages = ["notifications.index"] + ["cancellations.index"] * reviews + ["retention.index"] * rescues
    pages += ["compliance.index"] * scores

    def counts(by, until):
        unread = Notification.select().where(
            Notification.user == by, Notification.read_at.is_null(), Notification.listed()
        )
        asked = {
            "notifications.index": (unread, Notification),
            "cancellations.index": (waiting_for(by), CancellationRequest),
            "retention.index": (due_before(until, by), RetentionPlan),
            "compliance.index": (ReviewCase.select().where(waits_for(by)), ReviewCase),
        }
        counted = [up_to(found, model.id, MOST) for found, model in map(asked.get, pages)]
        return Select(columns=counted).bind(database).tuples()

    return pages, Prepared(counts)


def unread() -> int:
    return nav_counts()["notifications.index"]


def in_bar(count: int) -> str:
    return f"{MOST}+" if count > MOST else str(count)
