"""A picture or a recording that another application has shared with this one. The phone keeps it
(static/service-worker) until this page has asked which deal it is for; it goes there as every other file does. Nothing
of it is stored before."""

from flask import Blueprint, render_template, request, url_for

from carmanana.schema.search_words import MOST_LETTERS
from carmanana.search.deals import to_log_on
from carmanana.web.access import allow, without_token
from carmanana.web.current_user import me
from carmanana.web.fragments import go

blueprint = Blueprint("sharing", __name__)
WORKERS = ("agent", "manager", "retention")
MISSED = "It did not arrive. Share it once more"


@blueprint.get("/shared")
@allow(*WORKERS)
def index():
    text = request.args.get("text", "").replace("\x00", " ").strip()[:MOST_LETTERS]
    return render_template("sharing/index.html", text=text, deals=to_log_on(me(), text))


@blueprint.post("/shared")
@without_token(blueprint)  # another application brings none; nothing of what it sends is read or stored
@allow(*WORKERS)
def missed():
    """Where the phone has not caught it itself."""
    return go(url_for("sharing.index"), MISSED)
