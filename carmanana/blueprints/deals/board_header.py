"""What stands above the deals in every view: the ways of looking, the chips with their counts, whose deals."""

from flask import render_template
from markupsafe import Markup

from carmanana.blueprints.deals.sight import Sight
from carmanana.blueprints.deals.view_kinds import VIEWS, View
from carmanana.boards.board import Board
from carmanana.boards.change_log import NEVER, News, news
from carmanana.boards.chip_counts import chip_counts
from carmanana.core.query import prepared
from carmanana.records.people import AGENT, MANAGER, User
from carmanana.web.fragment_cache import piece


def head_of(board: Board, view: View, keeps: dict | None = None, log: News | None = None) -> dict:
    """`keeps` is what the view's address has beside the filter, `log` how far the log of changes is. The chips are
    drawn once for what they count."""
    keeps, sight = keeps or {}, Sight.ours()
    log = log or news(board.pipeline.slug, NEVER)
    shown = board.pipeline, board.pipeline.slug, view.ending, board.filter, *keeps.items(), *sight.scope
    shown = *shown, log.of_all
    chips = chip_counts(board.pipeline, board.stages, board.user, log)
    filters = piece(("filters", *shown, *chips.items()), lambda: _filters(board, view, keeps, chips, shown))
    return {"filters": filters, "view": view, "views": VIEWS, "keeps": keeps, "version": log.version}


def _filters(board: Board, view: View, keeps: dict, chips: dict[str, int], shown: tuple) -> Markup:
    told = {"board": board, "view": view, "keeps": keeps}
    owners = piece(("owners", *shown), lambda: _owners(**told)) if board.user.sees_all else ""
    return Markup(render_template("boards/_filters.html", chips=chips, owners=owners, **told))


def _owners(**told) -> str:
    """A menu of everybody who may own a deal, for those who see all deals."""
    return render_template("boards/_owners.html", owners=owning(), **told)


@prepared
def owning():
    """Who may own a deal, by name."""
    return User.working(AGENT, MANAGER).select(User.id, User.name, User.email, User.house)
