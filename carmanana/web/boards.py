"""Boards for the page and for the fragments that answer a move."""

from urllib.parse import parse_qs

from flask import render_template
from werkzeug.datastructures import MultiDict

from carmanana.deals.board import Board, Card, all_stages, card_of, column_key
from carmanana.deals.filtering import Filter, chip_counts
from carmanana.deals.models import Deal
from carmanana.people.models import AGENT, MANAGER, User

from .fragments import page_behind, partial, pieces, toast
from .signed import me


def board_for(slug: str, args) -> Board | None:
    stages = all_stages()
    own = [stage for stage in stages if stage.pipeline.slug == slug]
    if not own:
        return None
    board = Board(own[0].pipeline, own, me(), Filter.read(args), args.get("open", ""))
    board.pipelines = list(dict.fromkeys(stage.pipeline for stage in stages))
    return board


def board_page(board: Board) -> str:
    scope = (Deal.pipeline == board.pipeline) & Deal.visible(board.user)
    owners = User.working(AGENT, MANAGER) if board.user.sees_all else []
    return render_template("boards/show.html", board=board, chips=chip_counts(scope, board.user), owners=list(owners))


def board_of_page() -> Board | None:
    """The board that the browser shows while it asks, from the address it sends."""
    address = page_behind()
    parts = address.path.strip("/").split("/")
    if len(parts) != 2 or parts[0] != "board":
        return None
    args = MultiDict((name, value) for name, values in parse_qs(address.query).items() for value in values)
    return board_for(parts[1], args)


def moved(board: Board, deal: Deal, was: str, after: int | None, said: str):
    """The card in its new place, the heads of both columns, and what happened in words."""
    board.load_heads()
    card, now = card_of(deal), column_key(deal)
    parts = [partial(f"#deal-{deal.id}", "", "delete"), *_put(board, card, now, after)]
    parts += [_column_again(board, key) for key in dict.fromkeys((was, now)) if board.column(key)]
    parts += [partial("#board-sum", render_template("boards/_sum.html", board=board)), partial("#dialog", ""), partial("#refusal", "")]
    return pieces(*parts, toast(said), HX_Reswap="none")


def _put(board: Board, card: Card, key: str, after: int | None) -> list[str]:
    column = board.column(key)
    if column is None or not column.is_stage:
        return []
    html = render_template("boards/_card.html", card=card, board=board)
    return [partial(f"#deal-{after}", html, "afterend") if after else partial(f"#cards-{key}", html, "afterbegin")]


def _column_again(board: Board, key: str) -> str:
    column = board.column(key)
    if column.is_stage:
        return partial(f"#head-{key}", render_template("boards/_head.html", column=column, board=board), "outerHTML")
    board.load_cards_of(column)
    template = "boards/_column.html" if key == board.open_key else "boards/_dock.html"
    return partial(f"#col-{key}", render_template(template, column=column, board=board), "outerHTML")


def card_again(board: Board, deal: Deal, *parts: str, status: int = 200):
    """A card as it stands now, in the place where it is."""
    html = render_template("boards/_card.html", card=card_of(deal), board=board)
    return pieces(partial(f"#deal-{deal.id}", html, "outerHTML"), *parts, status=status, HX_Reswap="none")
