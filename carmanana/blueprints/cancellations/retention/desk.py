"""The desk: a person's cases, and one of them in full."""

from flask import request

from carmanana.blueprints.cancellations.retention.base import blueprint
from carmanana.blueprints.cancellations.retention.page import (
    CARDS,
    cards,
    case_or_404,
    desk_page,
    first_cards,
    history,
)
from carmanana.cancellations.retention.desk import opened
from carmanana.web.access import allow
from carmanana.web.fragments import wants_fragment


@blueprint.get("/retention")
@allow("manager", "retention")
def index():
    """What is due first stands open."""
    which = request.args.get("cards", "")
    if which in CARDS and wants_fragment():
        return cards(which)
    cases = first_cards()
    return desk_page(opened(cases[0]) if cases else None, cases)


@blueprint.get("/retention/<id:request_id>")
@allow("manager", "retention")
def show(request_id: int):
    case = case_or_404(request_id)
    if request.args.get("part") == "history" and wants_fragment():
        return history(case)
    return desk_page(case)
