"""Where one turns an email of ours off by its link, without signing in; mail programs post there by themselves (RFC
8058)."""

from flask import Blueprint, abort, current_app, render_template, request

from carmanana.leads import inquiry_limits
from carmanana.notifying import preferences, stopping
from carmanana.notifying.digest import DIGEST
from carmanana.reports import weekly
from carmanana.web.access import public, without_token

blueprint = Blueprint("stopping", __name__)
EMAILS = {DIGEST: ("the daily digest", preferences.stop_digest), weekly.WEEKLY: ("the weekly report", weekly.stop)}


@blueprint.route("/emails/stop/<stop_token>", methods=["GET", "POST"])
@without_token(blueprint)  # the signed link guards it
@public
def stop(stop_token: str):
    """A link alone changes nothing, since mail programs look at links; the button, or the mail program's own, does."""
    email, user = stopping.meant(current_app.config["SECRET_KEY"], stop_token) or abort(404)
    name, turn_off = EMAILS[email]
    if request.method == "POST":
        inquiry_limits.count(inquiry_limits.STOP, request.remote_addr or "")
        turn_off(user)
    return render_template("notifications/stop.html", token=stop_token, name=name, done=request.method == "POST")
