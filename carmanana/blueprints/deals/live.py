"""What somebody else has changed, for a page that is open: the touched columns as they stand now, and in words the
newest of the changes. On a list or a calendar the words alone, and a way to see it as it stands now. On a deal's page,
who else looks at it and that it has changed; what is typed there stays."""

from flask import Response, render_template, url_for
from markupsafe import escape

from carmanana.blueprints.deals.board import board_for, columns_of
from carmanana.blueprints.deals.board_header import head_of
from carmanana.blueprints.deals.columns import Drawn, draw, sum_of
from carmanana.blueprints.deals.view_kinds import BOARD, BY_ENDING, View
from carmanana.boards.board import PAGE, Board
from carmanana.boards.change_log import News, is_still, news
from carmanana.boards.change_messages import last_told, newest_told
from carmanana.core.db import reading
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.web.current_user import me
from carmanana.web.fragment_cache import for_this_browser
from carmanana.web.fragments import partial, pieces
from carmanana.web.loading import number_of

MOST_CARDS = 400  # of a column that somebody has scrolled down


def answer_changes(slug: str, args) -> Response | None:
    """204 where nothing is new; None where there is no such board."""
    since = number_of(args.get("since", ""), -1)
    if is_still(slug, since):
        return pieces(status=204, X_Version=str(since))
    found = news(slug, since)
    if found is None:
        return None
    if not found:
        return pieces(status=204, X_Version=str(found.version))
    board = board_for(slug, args)
    if board is None:
        return None
    view = BY_ENDING.get(args.get("view", ""), BOARD)
    if view != BOARD:
        return _answer_in_words(board, view, found, args)
    _show_as_many(board, args.get("shown", ""))
    with reading():
        parts = _whole(board) if found.whole else _touched(board, found)
        parts += _heads(board, found)
    return pieces(*parts, X_Version=str(found.version))


def _answer_in_words(board: Board, view: View, found: News, args) -> Response:
    said = newest_told(found, board.user) or ("Deals here have changed" if found.whole else "")
    if not said:
        return pieces(status=204, X_Version=str(found.version))
    here = {name: value for name, value in args.items() if name not in ("since", "view")}
    html = render_template(
        "boards/_news.html", news=said, here=url_for(view.endpoint, slug=board.pipeline.slug, **here)
    )
    return pieces(partial("#news", html), X_Version=str(found.version))


def _show_as_many(board: Board, shown: str) -> None:
    """As many cards as a column has been scrolled down to: "s3-40,s7-25"."""
    for one in shown[:500].split(","):
        key, _, cards = one.rpartition("-")
        if column := board.column(key):
            column.limit = max(column.limit, min(number_of(cards, PAGE), MOST_CARDS))


def _whole(board: Board) -> list[str]:
    drawn = draw(board)
    return [partial("[data-board]", drawn.filled(columns_of(board, drawn.log)).decode(), "innerMorph")]


def _touched(board: Board, found: News) -> list[str]:
    drawn = draw(board, found.keys).columns
    said = newest_told(found, board.user)
    parts = [part for key in found.keys if key in drawn for part in _as_it_stands(key, drawn[key])]
    return [*parts, partial("#said", escape(said))] if said else parts


def _as_it_stands(key: str, drawn: Drawn) -> list[str]:
    return [
        partial(f"#head-{key}", drawn.head, "outerMorph"),
        partial(f"#cards-{key}", for_this_browser(drawn.below.decode()), "innerMorph"),
    ]


def _heads(board: Board, found: News) -> list[str]:
    filters = head_of(board, BOARD, log=found)["filters"]
    return [
        partial("#board-sum", sum_of(board)),
        partial("#filters", filters, "innerMorph strip:true"),
    ]


def answer_look(deal: Deal, others: list[User], args) -> Response:
    """204 where what the page was told last is so still. `drawn` is the version of the deal that the page shows."""
    version = "-".join(str(one) for one in (deal.version, *(person.id for person in others)))
    if args.get("since") == version:
        return pieces(status=204, X_Version=version)
    news_of = "" if args.get("drawn") == str(deal.version) else last_told(deal, me())
    html = render_template("deals/_live.html", deal=deal, others=others, news=news_of)
    return pieces(partial("#deal-live", html), X_Version=version)
