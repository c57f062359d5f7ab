"""What somebody else has changed, for a page that is open: the touched columns as they stand now, and in words the
newest of the changes. On a deal's page, who else looks at it and that it has changed; what is typed there stays."""

from flask import Response, render_template

from carmanana.db import reading
from carmanana.deals.board import PAGE, Board
from carmanana.deals.changes import News, news
from carmanana.deals.models import Deal
from carmanana.deals.telling import last_told, newest_told
from carmanana.people.models import User

from .boards import board_for, head_of
from .cards import find_drawn
from .fragments import partial, pieces
from .loading import number_of
from .signed import me
from .views import BOARD

MOST_CARDS = 400  # of a column that somebody has scrolled down


def answer_changes(slug: str, args) -> Response | None:
    """204 where nothing is new; None where there is no such board."""
    found = news(slug, number_of(args.get("since", ""), -1))
    if found is None:
        return None
    if not found:
        return pieces(status=204, X_Version=str(found.version))
    board = board_for(slug, args)
    if board is None:
        return None
    _show_as_many(board, args.get("shown", ""))
    with reading():
        parts = _whole(board) if found.whole else _touched(board, found)
        parts += _heads(board)
    return pieces(*parts, X_Version=str(found.version))


def _show_as_many(board: Board, shown: str) -> None:
    """As many cards as a column has been scrolled down to: "s3-40,s7-25"."""
    for one in shown[:500].split(","):
        key, _, cards = one.rpartition("-")
        if column := board.column(key):
            column.limit = max(column.limit, min(number_of(cards, PAGE), MOST_CARDS))


def _whole(board: Board) -> list[str]:
    find_drawn(board.load())
    return [partial("[data-board]", render_template("boards/_board.html", board=board), "innerMorph")]


def _touched(board: Board, found: News) -> list[str]:
    columns = board.load_columns(found.keys)
    find_drawn(board)
    said = newest_told(found, board.user)
    return [part for column in columns for part in _as_it_stands(board, column)] + ([partial("#said", said)] if said else [])


def _as_it_stands(board: Board, column) -> list[str]:
    def html(template: str) -> str:
        return render_template(f"boards/{template}.html", board=board, column=column)

    if column.is_stage or column.key == board.open_key:
        return [partial(f"#head-{column.key}", html("_head"), "outerMorph"), partial(f"#cards-{column.key}", html("_cards"), "innerMorph")]
    return [partial(f"#col-{column.key}", html("_dock"), "outerMorph")]


def _heads(board: Board) -> list[str]:
    chips = render_template("boards/_filters.html", board=board, **head_of(board, BOARD))
    return [partial("#board-sum", render_template("boards/_sum.html", board=board)), partial("#filters", chips, "innerMorph strip:true")]


def answer_look(deal: Deal, others: list[User], args) -> Response:
    """204 where what the page was told last is so still. `drawn` is the version of the deal that the page shows."""
    version = "-".join(str(one) for one in (deal.version, *(person.id for person in others)))
    if args.get("since") == version:
        return pieces(status=204, X_Version=version)
    news_of = "" if args.get("drawn") == str(deal.version) else last_told(deal, me())
    html = render_template("deals/_live.html", deal=deal, others=others, news=news_of)
    return pieces(partial("#deal-live", html), X_Version=version)
