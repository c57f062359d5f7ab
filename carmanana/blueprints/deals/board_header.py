"""What stands above the deals in every view: the ways of looking, the chips with their counts, whose deals."""

from flask import render_template, request
from markupsafe import Markup

from carmanana.blueprints.deals.cards import Sight
from carmanana.blueprints.deals.view_kinds import VIEWS, View
from carmanana.boards.board import Board
from carmanana.boards.change_log import NEVER, news
from carmanana.boards.column_totals import chip_counts
from carmanana.core.query import prepared
from carmanana.records.people import AGENT, MANAGER, User
from carmanana.web.fragment_cache import piece


def head_of(board: Board, view: View, keeps: dict | None = None, version: int | None = None) -> dict:
    """`keeps` is what the view's address has beside the filter, `version` the last change of the board. The chips are
    drawn once until the next change, and once a minute for what is late."""
    keeps, sight = keeps or {}, Sight.ours()
    version = news(board.pipeline.slug, NEVER).version if version is None else version
    shown = board.pipeline.id, view.ending, board.filter, *keeps.items(), board.user.id, *sight.scope
    filters = piece(("filters", *shown, version, sight.written[:16]), lambda: _filters(board, view, keeps))
    return {"filters": filters, "view": view, "views": VIEWS, "keeps": keeps, "version": version}


def _filters(board: Board, view: View, keeps: dict) -> Markup:
    chips, owners = chip_counts(board.pipeline, board.stages, board.user), _owners(board, view, keeps)
    return Markup(
        render_template("boards/_filters.html", board=board, view=view, keeps=keeps, chips=chips, owners=owners)
    )


def _owners(board: Board, view: View, keeps: dict) -> Markup | str:
    """A menu of everybody who may own a deal, for those who see all deals."""
    if not board.user.sees_all:
        return ""
    owners = owning()
    shown = (
        request.script_root,
        board.pipeline.slug,
        view.endpoint,
        board.filter,
        *keeps.items(),
        *((one.id, one.name, one.email) for one in owners),
    )
    return piece(
        ("owners", *shown),
        lambda: render_template("boards/_owners.html", board=board, view=view, keeps=keeps, owners=owners),
    )


@prepared
def owning():
    """Who may own a deal, by name."""
    return User.working(AGENT, MANAGER).select(User.id, User.name, User.email, User.house)
