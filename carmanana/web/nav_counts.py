"""The counts in the bar: what needs this person now, in one query."""

from functools import cache

from flask import g
from peewee import Select, fn

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


def needing() -> dict[str, int]:
    """By the endpoint that shows them; asked once a request."""
    if "needing" not in g:
        by = me()
        pages, counts = _question(by.is_manager, by.has(RETENTION), by.has(COMPLIANCE))
        g.needing = dict(zip(pages, counts.first(by.id, tonight(by)), strict=True))
    return g.needing


@cache
def _question(reviews: bool, rescues: bool, scores: bool) -> tuple[list[str], Prepared]:
    """The pages with a count, and what asks for the counts of a person until a moment."""
    pages = ["notifications.index"] + ["cancellations.index"] * reviews + ["retention.index"] * rescues
    pages += ["compliance.index"] * scores

    def counts(by, until):
        unread = Notification.select(fn.COUNT(Notification.id)).where(
            Notification.user == by, Notification.read_at.is_null(), Notification.listed()
        )
        reviewed = waiting_for(by).select(fn.COUNT(CancellationRequest.id))
        rescued = due_before(until, by).select(fn.COUNT(RetentionPlan.id))
        scored = ReviewCase.select(fn.COUNT(ReviewCase.id)).where(waits_for(by))
        asked = {"notifications.index": unread, "cancellations.index": reviewed, "retention.index": rescued}
        asked["compliance.index"] = scored
        return Select(columns=[asked[page] for page in pages]).bind(database).tuples()

    return pages, Prepared(counts)


def unread() -> int:
    return needing()["notifications.index"]
