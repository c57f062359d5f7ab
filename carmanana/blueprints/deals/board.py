"""Boards for the page and for the fragments that answer a move."""

from urllib.parse import SplitResult, parse_qsl

from flask import Response, render_template
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from carmanana.blueprints.deals import columns
from carmanana.blueprints.deals.board_header import head_of
from carmanana.blueprints.deals.board_keys import CARD_KEYS, bulk_kinds
from carmanana.blueprints.deals.cards import drawn
from carmanana.blueprints.deals.sight import Sight
from carmanana.blueprints.deals.view_kinds import BOARD, BY_ENDING, View
from carmanana.boards.board import RAIL, Board, column_key
from carmanana.boards.cache import COUNTS
from carmanana.boards.card_rows import Card, card_of, cards_of
from carmanana.boards.change_log import News, last_of_all
from carmanana.boards.deal_filter import Filter
from carmanana.core.db import reading
from carmanana.deals import positions
from carmanana.records.deal_codes import OPEN, STATES
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage, all_stages
from carmanana.web.current_user import me
from carmanana.web.fragment_cache import for_anybody, for_this_browser, piece
from carmanana.web.fragments import page_behind, partial, pieces, toast
from carmanana.web.http.requests import once_a_request

CLOSED = RAIL.keys() - {"on_hold"}  # columns whose deals are in no sum of what is open


class StagesOfBoards:
    """The open stages of all boards, by their own numbers and by their boards' names."""

    def __init__(self, stages: list[Stage]):
        self.by_id, self.by_slug = {stage.id: stage for stage in stages}, {}
        for stage in stages:
            self.by_slug.setdefault(stage.pipeline.slug, []).append(stage)
        self.pipelines = [own[0].pipeline for own in self.by_slug.values()]


def stages_of_boards() -> StagesOfBoards:
    """Asked once a request; they are as they were until the log of changes tells otherwise."""
    return once_a_request("stages", _stages_as_they_are)


def _stages_as_they_are() -> StagesOfBoards:
    key = "stages", last_of_all()
    return COUNTS.get(key) or COUNTS.put(key, StagesOfBoards(all_stages()))


def stage_of(number: int) -> Stage | None:
    """The archived ones too, so that a rule can say what is wrong with them."""
    return stages_of_boards().by_id.get(number) or Stage.get_or_none(Stage.id == number)


def board_for(slug: str, args) -> Board | None:
    stages = stages_of_boards()
    own = stages.by_slug.get(slug)
    if not own:
        return None
    board = Board(own[0].pipeline, own, me(), Filter.read(args) if args else Filter(), args.get("open", ""))
    board.pipelines = stages.pipelines
    return board


def board_page(board: Board) -> bytes:
    with reading():
        drawn = columns.draw(board)
        html = render_template(
            "boards/show.html",
            board=board,
            columns=columns_of(board, drawn.log),
            card_keys=CARD_KEYS,
            **_around(board),
            **head_of(board, BOARD, log=drawn.log),
        )
        return drawn.filled(html)


def _around(board: Board) -> dict[str, Markup]:
    """What stands above and below the columns, drawn once for what it counts."""
    shown = board.pipeline, board.pipeline.slug, board.filter, *Sight.ours().scope
    counts = tuple((column.name, column.count) for column in board.by_key.values())
    bar = board.open_count, board.uncounted
    return {
        "stage_switch": piece(
            ("stages", *shown, counts), lambda: render_template("boards/_stage_switch.html", board=board)
        ),
        "bulk_bar": piece(
            ("bulk", *shown, *bar),
            lambda: render_template("boards/_bulk_bar.html", board=board, bulk_kinds=bulk_kinds()),
        ),
    }


def columns_of(board: Board, log: News) -> Markup:
    """Everything below the head of the page, with places for the heads and the cards: `DrawnBoard.filled` has them."""
    told = {"board": board, "head": columns.head_of, "below": columns.below_of}
    shown = board.pipeline, board.filter, board.open_key, bool(board.open_count), log.of_all, *Sight.ours().scope
    draw = lambda: piece(("columns", *shown), lambda: render_template("boards/_board.html", **told))  # noqa: E731
    return Markup(for_anybody(draw))


def board_below(board: Board, key: str, last: Deal) -> str:
    """The next cards of a column."""
    with reading():
        column = board.load_more(key, last)
        return render_template("boards/_more.html", board=board, column=column)


def board_of_page() -> Board | None:
    """The board that the browser shows as one while it asks."""
    view, board = page_of_board()
    return board if view == BOARD else None


def page_of_board() -> tuple[View | None, Board | None]:
    """The view and the board that the browser shows while it asks, from the address it sends."""
    return board_at(page_behind())


def board_at(address: SplitResult) -> tuple[View | None, Board | None]:
    board, slug, *ending = [*address.path.strip("/").split("/"), ""][:3]
    view = BY_ENDING.get("".join(ending)) if board == "board" else None
    if view is None:
        return None, None
    return view, board_for(slug, query_of(address) if address.query else {})


def query_of(address: SplitResult) -> MultiDict:
    return MultiDict(parse_qsl(address.query))


def moved(
    board: Board, deal: Deal, was: str, after: int | None, said: str, undo: bool = False, heads: bool = True
) -> Response:
    """The card in its new place, the heads of both columns, and what happened in words. Of a card that has another
    place in its column, no head tells otherwise."""
    shown = tuple(dict.fromkeys((was, column_key(deal)))) if heads else ()
    with reading():
        parts = _moved(board, deal, was, after, shown)
    closed = partial("#dialog", ""), partial("#refusal", "")
    return pieces(*parts, *closed, toast(said, deal if undo else None), HX_Reswap="none")


def _moved(board: Board, deal: Deal, was: str, after: int | None, heads: tuple[str, ...]) -> list[str]:
    now = column_key(deal)
    if heads:
        board.load_heads(OPEN if CLOSED.isdisjoint(heads) else tuple(STATES), keys=heads)
    card, above = _with_the_card(deal, after)
    after = above if above or was != now and after is None else card_above(board, deal)
    parts = [partial(f"#deal-{deal.id}", "", "delete"), *_put(board, card, now, after)]
    parts += [_column_again(board, key) for key in heads if board.column(key)]
    return [*parts, partial("#board-sum", columns.sum_of(board))] if heads else parts


def _with_the_card(deal: Deal, after: int | None) -> tuple[Card, int | None]:
    """The card of a deal, and `after` again if that card stands above it."""
    found = {card.row.id: card for card in cards_of([deal.id] if after is None else [deal.id, after])}
    card, above = found[deal.id], found.get(after)
    stands = (
        above is not None and column_key(above.row) == column_key(card.row) and above.row.position < card.row.position
    )
    return card, after if stands else None


def card_above(board: Board | None, deal: Deal) -> int | None:
    """The card of the board below which a deal stands in its stage, or None for the top."""
    column = board.column(column_key(deal)) if board else None
    if column is None or not column.is_stage:
        return None
    chosen = board.filter.apply(Deal.visible_to(board.user), board.user) if board.filter else None
    return positions.card_above(deal, board.user, chosen)


def _put(board: Board, card: Card, key: str, after: int | None) -> list[str]:
    column = board.column(key)
    if column is None or not column.is_stage:
        return []
    html = drawn(card, "boards/_card.html")
    return [partial(f"#deal-{after}", html, "afterend") if after else partial(f"#cards-{key}", html, "afterbegin")]


def _column_again(board: Board, key: str) -> str:
    """The head of a stage; of the rail also the deals, whose order is by time."""
    column = board.column(key)
    head = partial(f"#head-{key}", columns.head(board, column), "outerHTML")
    if column.is_stage:
        return head
    board.load_cards([key])
    return head + partial(f"#cards-{key}", for_this_browser(columns.cards_in(board, column)))


def card_again(board: Board, deal: Deal, *parts: str, status: int = 200):
    """A card as it stands now, in the place where it is."""
    with reading():
        html = drawn(card_of(deal), "boards/_card.html")
    return pieces(partial(f"#deal-{deal.id}", html, "outerHTML"), *parts, status=status, HX_Reswap="none")
