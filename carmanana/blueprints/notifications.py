"""What somebody should know; opening one marks it as read."""

from flask import Blueprint, abort, render_template, url_for

from carmanana.notifications.models import Notification
from carmanana.people.rights import leads_people
from carmanana.web.access import signed_in
from carmanana.web.fragments import go
from carmanana.web.paging import page_of
from carmanana.web.signed import me

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")


@blueprint.get("/")
@signed_in
def index():
    return render_template("notifications/index.html", page=page_of(Notification.of(me())), address=_address)


@blueprint.post("/<id:notification_id>/read")
@signed_in
def read(notification_id: int):
    notification = Notification.of(me()).where(Notification.id == notification_id).first() or abort(404)
    notification.mark_read()
    return go(_address(notification) or url_for("notifications.index"))


@blueprint.post("/read")
@signed_in
def read_all():
    Notification.mark_all_read(me())
    return go(url_for("notifications.index"), "All read")


def _address(notification: Notification) -> str:
    """The page that it is about; empty where there is none for this person."""
    if notification.deal_id:
        return url_for("deals.show", deal_id=notification.deal_id)
    if notification.customer_id:
        return url_for("customers.show", customer_id=notification.customer_id)
    if notification.about_id and leads_people(me()):
        return url_for("people.show", user_id=notification.about_id)
    return ""
