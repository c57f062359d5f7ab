"""The secret address of one's calendar, and what a calendar program finds there."""

from flask import Response, abort, current_app, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from carmanana.blueprints.team.base import blueprint
from carmanana.records.calendar_feeds import CalendarFeed
from carmanana.records.people import User
from carmanana.today import calendar_feed
from carmanana.web.access import public, signed_in
from carmanana.web.current_user import me as person
from carmanana.web.files.calendars import calendar_file
from carmanana.web.fragments import go


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="calendar")


def address_of(user: User) -> str:
    """Whoever knows it reads the file; empty where they have none."""
    feed = CalendarFeed.of(user)
    if feed is None:
        return ""
    path = url_for("people.calendar", secret=_signer().dumps([user.id, feed.nonce]))
    return current_app.config["SETTINGS"].public_url.rstrip("/") + path


@blueprint.get("/calendar/<secret>.ics")
@public
def calendar(secret: str) -> Response:
    """Calendar programs can't sign in: the address is what lets them in."""
    try:
        user_id, nonce = _signer().loads(secret[:500])
    except (BadSignature, ValueError, TypeError):
        abort(404)
    user = calendar_feed.reader(user_id, nonce) or abort(404)
    answer = calendar_file(calendar_feed.due_for(user))
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.post("/me/calendar")
@signed_in
def open_calendar():
    calendar_feed.open_feed(person())
    return go(url_for("people.me"), "Your calendar has a new address")


@blueprint.post("/me/calendar/end")
@signed_in
def close_calendar():
    calendar_feed.close_feed(person())
    return go(url_for("people.me"), "The address of your calendar has ended")
