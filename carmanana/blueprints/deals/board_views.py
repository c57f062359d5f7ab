"""The boards: one per pipeline."""

from flask import Blueprint, abort, redirect, request, url_for

from carmanana.blueprints.deals.board import board_below, board_for, board_page
from carmanana.blueprints.deals.calendar import calendar_page
from carmanana.blueprints.deals.cards import drawn
from carmanana.blueprints.deals.listing import list_page
from carmanana.blueprints.deals.live import answer_changes
from carmanana.blueprints.deals.saved_view_forms import address_of
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Pipeline
from carmanana.records.saved_views import SavedView
from carmanana.web.access import signed_in
from carmanana.web.current_user import me
from carmanana.web.loading import number_of

blueprint = Blueprint("boards", __name__, url_prefix="/board")
blueprint.add_app_template_global(drawn)

FIRST = "used-vehicle-orders"


@blueprint.get("/")
@signed_in
def first():
    if saved := SavedView.first_of(me()):
        return redirect(address_of(saved))
    pipeline = Pipeline.get_or_none(Pipeline.slug == FIRST) or Pipeline.in_order().first()
    return redirect(url_for("boards.show", slug=pipeline.slug))


@blueprint.get("/<slug>")
@signed_in
def show(slug: str):
    board = board_for(slug, request.args) or abort(404)
    return board_page(board)


@blueprint.get("/<slug>/list")
@signed_in
def listing(slug: str):
    board = board_for(slug, request.args) or abort(404)
    return list_page(board, request.args)


@blueprint.get("/<slug>/columns/<key>")
@signed_in
def more(slug: str, key: str):
    """The next cards of a column, below the card `after`."""
    board = board_for(slug, request.args) or abort(404)
    if board.column(key) is None:
        abort(404)
    return board_below(board, key, _last())


@blueprint.get("/<slug>/calendar")
@signed_in
def calendar(slug: str):
    board = board_for(slug, request.args) or abort(404)
    return calendar_page(board, request.args)


def _last() -> Deal:
    after = number_of(request.args.get("after", ""), None)
    return Deal.visible_to(me()).where(Deal.id == after).first() or abort(404)


@blueprint.get("/<slug>/changes")
@signed_in
def changes(slug: str):
    """Asked every few seconds by whoever looks at the board: what is new since the version that they have."""
    return answer_changes(slug, request.args) or abort(404)
