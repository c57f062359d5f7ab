"""Search and jump: customers, deals, activities and things to do, as one types."""

from flask import Blueprint, current_app, render_template, request

from carmanana.blueprints.search.keys import KEYS
from carmanana.blueprints.search.page import groups
from carmanana.schema.search_words import MOST_LETTERS
from carmanana.web.access import signed_in
from carmanana.web.fragments import htmx, partial, pieces, wants_fragment

blueprint = Blueprint("search", __name__, url_prefix="/search")


@blueprint.get("")
@signed_in
def index():
    text = request.args.get("text", "").replace("\x00", " ").strip()[:MOST_LETTERS]
    if wants_fragment():
        return current_app.jinja_env.get_template("search/_found.html").render(text=text, groups=groups(text))
    return render_template("search/index.html", text=text, groups=groups(text))


@blueprint.get("/keys")
@signed_in
def keys():
    if htmx:
        return pieces(partial("#dialog", render_template("search/_keys.html", keys=KEYS)), HX_Reswap="none")
    return render_template("search/keys.html", keys=KEYS)
