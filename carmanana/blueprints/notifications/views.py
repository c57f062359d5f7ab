"""What somebody should know; opening one marks it as read."""

from flask import Blueprint, abort, url_for

from carmanana.blueprints.notifications.links import Links
from carmanana.blueprints.notifications.lists import NOTIFICATIONS
from carmanana.records.notifications import Notification
from carmanana.web.access import signed_in
from carmanana.web.current_user import me
from carmanana.web.fragments import go

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")


@blueprint.get("/")
@signed_in
def index():
    return NOTIFICATIONS.answer()


@blueprint.route("/<id:notification_id>", methods=["GET"], endpoint="opened")
@blueprint.post("/<id:notification_id>/read")
@signed_in
def read(notification_id: int):
    """From the list; or from an email or a push, which lead here by an address alone."""
    notification = Notification.of(me()).where(Notification.id == notification_id).first() or abort(404)
    notification.mark_read()
    return go(Links(me(), [notification]).of(notification) or url_for("notifications.index"))


@blueprint.post("/read")
@signed_in
def read_all():
    Notification.mark_all_read(me())
    return go(url_for("notifications.index"), "All read")
