"""A phone without a signal: the service worker, the page that is shown then, and the forms that are filled in
meanwhile."""

from flask import Blueprint, Response, jsonify, render_template

from carmanana.web.access import public, signed_in
from carmanana.web.current_user import me
from carmanana.web.http.tokens import page_token
from carmanana.web.panels.composer import lasting_composer

from .worker import script

blueprint = Blueprint("offline", __name__)


@blueprint.get("/service-worker.js")
@public
def worker():
    """From the root, so that it serves every page."""
    return Response(script(), mimetype="text/javascript")


@blueprint.get("/offline")
@public
def index():
    """What waits on this phone. The phone keeps it as somebody who is not signed in sees it."""
    return render_template("offline/index.html")


@blueprint.get("/offline/forms")
@public
def forms():
    """A contact and a next step of no record: where the dialog of one can't be asked for, this is opened in its
    stead."""
    return render_template("offline/forms.html", composer=lasting_composer())


@blueprint.get("/offline/token")
@signed_in
def token():
    """For what has waited: whose it is sent as, and today's token."""
    return jsonify(person=me().id, token=page_token())
