"""A board's columns as they were drawn last. What the log of changes tells of since (boards/change_log.py) is drawn
anew, and so is what goes with the time; the rest is kept. People who see the same deals with the same rights share
them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from flask import current_app
from markupsafe import Markup

from carmanana.blueprints.deals.cards import drawn_each
from carmanana.blueprints.deals.sight import Sight
from carmanana.blueprints.deals.stage_heads import stage_head
from carmanana.boards.board import SUMS, Board, Column
from carmanana.boards.cache import COLUMNS, size_of_column
from carmanana.boards.card_rows import Card
from carmanana.boards.change_log import NEVER, News, news
from carmanana.web.fragment_cache import MARK, sent_to_this_browser

PLACE = MARK.encode()
head_of, below_of = f"{MARK}head {{}}{MARK}".format, f"{MARK}below {{}}{MARK}".format


class DrawnCard(NamedTuple):
    card: Card
    html: bytes


@dataclass(frozen=True)
class Drawn:
    """A column's sums, its head, and its cards with the `rest` below them, which tells how many more there are. They
    are true `until` then, and those of which nothing is told longer."""

    sums: tuple = ()
    head: str = ""
    cards: tuple[DrawnCard, ...] = ()
    rest: str = ""
    rest_of: tuple = ()
    until: str = ""

    @property
    def below(self) -> bytes:
        """All below its head."""
        return b"".join([*[html for _, html in self.cards], self.rest.encode()])

    @property
    def aged(self) -> int:
        return dict(zip(SUMS, self.sums, strict=True))["aged"]

    @cached_property
    def size(self) -> int:
        return size_of_column(self.head, self.rest, [html for _, html in self.cards])


@dataclass
class DrawnBoard:
    """`log` is how far it shows the log of changes; its sums count what has aged and what is of this month, so they are
    asked for anew each minute, and its heads are drawn anew each day. `cut`: a text finds more than is shown."""

    log: News = News(-1)
    minute: str = ""
    day: date | None = None
    currency: str = ""
    cut: bool = False
    columns: dict[str, Drawn] = field(default_factory=dict)

    def filled(self, html: str) -> bytes:
        """A page or a part of one, for this browser. All cards together are large: they are put into their places as
        they are sent."""
        parts = html.encode().split(PLACE)
        parts[1::2] = [self._in_place(*name.decode().split()) for name in parts[1::2]]
        return b"".join(parts)

    def _in_place(self, part: str, key: str) -> bytes:
        drawn = self.columns[key]
        return drawn.head.encode() if part == "head" else sent_to_this_browser(drawn.below)

    def passed(self) -> set[str]:
        """The columns whose cards are no longer true, those that were never drawn among them."""
        now = Sight.ours().written
        return {key for key, drawn in self.columns.items() if drawn.until <= now}


def draw(board: Board, keys: Iterable[str] | None = None) -> DrawnBoard:
    """Head and cards of every column, or of those that are named."""
    if board.unrolled:
        return _drawn_anew(board, [key for key in keys or board.by_key if key in board.by_key])
    return _brought_up(board)


def _drawn_anew(board: Board, keys: list[str]) -> DrawnBoard:
    drawn = DrawnBoard(news(board.pipeline.slug, NEVER), columns={key: Drawn() for key in keys})
    board.load_heads()
    _draw_heads(board, drawn, keys)
    _draw_cards(board, drawn, keys, {})
    return drawn


def _brought_up(board: Board) -> DrawnBoard:
    sight = Sight.ours()
    whose = board.user.id if board.filter.mine else None
    place = board.pipeline.id, board.open_key, sight.scope, board.filter, whose
    minute = sight.written[:16]
    kept = COLUMNS.get(place) or DrawnBoard()
    found = news(board.pipeline.slug, kept.log.version if kept.columns else NEVER)
    if found or kept.minute != minute or kept.passed():
        board.version, columns = found.version, {key: _kept(kept, key, found) for key in board.by_key}
        drawn = DrawnBoard(found, minute, sight.day, columns=columns)
        aged = _aged(kept, found) if kept.minute == minute else {}
        _draw_what_changed(board, drawn, kept.day != sight.day, aged, _untold(kept, found))
        return drawn if drawn.log.version < kept.log.version else COLUMNS.put(place, drawn)
    for key, column in board.by_key.items():
        column.sums = kept.columns[key].sums
    board.currency, board.cut = kept.currency, kept.cut
    return kept


def _kept(kept: DrawnBoard, key: str, found: News) -> Drawn:
    """Where a text finds more than is shown, another deal may have come into any column."""
    was = None if found.whole or found and kept.cut else kept.columns.get(key)
    return Drawn() if was is None else replace(was, until="") if key in found.keys else was


def _aged(kept: DrawnBoard, found: News) -> dict[str, int]:
    """How many have aged in the stages of which nothing was told since."""
    stages = {} if found.whole else {key: drawn for key, drawn in kept.columns.items() if key.startswith("s")}
    return {key: drawn.aged for key, drawn in stages.items() if key not in found.keys}


def _untold(kept: DrawnBoard, found: News) -> dict[int, DrawnCard]:
    """The cards that are as they were, by their deals: nothing was told of them since, and their time has not come."""
    if found.whole or not found and not kept.columns:
        return {}
    passed = kept.passed()
    columns = [column for key, column in kept.columns.items() if key not in passed]
    untold = {one.card.row.id: one for column in columns for one in column.cards}
    for number in found.deals:
        untold.pop(number, None)
    return untold


def _draw_what_changed(
    board: Board, drawn: DrawnBoard, new_day: bool, aged: dict[str, int], known: dict[int, DrawnCard]
) -> None:
    board.load_heads(aged=aged)
    drawn.currency, drawn.cut = board.currency, board.cut
    summed = {key for key, column in board.by_key.items() if new_day or column.sums != drawn.columns[key].sums}
    _draw_heads(board, drawn, summed)
    keys = drawn.passed() | {key for key in summed if not board.by_key[key].is_stage}
    _draw_cards(board, drawn, keys, known)


def _draw_heads(board: Board, drawn: DrawnBoard, keys: Iterable[str]) -> None:
    for key in keys:
        column = board.by_key[key]
        drawn.columns[key] = replace(drawn.columns[key], sums=column.sums, head=head(board, column))


def _draw_cards(board: Board, drawn: DrawnBoard, keys: Iterable[str], known: dict[int, DrawnCard]) -> None:
    """A dock tells how many more there are than it shows, so that it goes with its sums."""
    sight = Sight.ours()
    latest = sight.next_minute if board.filter.goes_with_time else sight.midnight
    for column in board.load_cards(keys, {number: one.card for number, one in known.items()}):
        was, of = drawn.columns[column.key], (column.more, column.count, column.last_id)
        cards = _drawn_cards(board, column, known)
        rest = was.rest if was.rest_of == of else _rest(board, column)
        until = min(latest, sight.until([card.row for card in column.cards]) or latest)
        drawn.columns[column.key] = replace(was, cards=cards, rest=rest, rest_of=of, until=until)


def head(board: Board, column: Column) -> Markup:
    if column.is_stage:
        return stage_head(board, column)
    return _piece("_head" if _is_open(board, column) else "_dock_head", board, column)


def cards_in(board: Board, column: Column) -> Markup:
    """All below the head of a column, drawn anew."""
    return Markup(Drawn(cards=_drawn_cards(board, column, {}), rest=_rest(board, column)).below.decode())


def _drawn_cards(board: Board, column: Column, known: dict[int, DrawnCard]) -> tuple[DrawnCard, ...]:
    template = "boards/_card.html" if _is_open(board, column) else "boards/_dock_row.html"
    others = iter(drawn_each([card for card in column.cards if card.row.id not in known], template))
    return tuple([known.get(card.row.id) or DrawnCard(card, next(others)) for card in column.cards])


def _rest(board: Board, column: Column) -> Markup:
    return _piece("_cards_more" if _is_open(board, column) else "_dock_more", board, column)


def _is_open(board: Board, column: Column) -> bool:
    """Is it a column, and not a dock beside the stages?"""
    return column.is_stage or column.key == board.open_key


def sum_of(board: Board) -> Markup:
    """What stands in its title."""
    return _piece("_sum", board)


def _piece(name: str, board: Board, column: Column | None = None) -> Markup:
    """Without the context of a whole page, which would take longer than the piece."""
    template = current_app.jinja_env.get_template(f"boards/{name}.html")
    return Markup(template.render(board=board, column=column, current_user=board.user))
