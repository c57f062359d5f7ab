"""The list or the column that a deal was opened from, as its address says: the way back, and the deals beside it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request, url_for

from carmanana.blueprints.deals.board import board_at, query_of
from carmanana.blueprints.deals.view_kinds import LIST, View
from carmanana.boards.board import Board
from carmanana.boards.list_order import Order, way_in_column
from carmanana.boards.paging import Place, Walk, Way
from carmanana.records.deals import Deal
from carmanana.web.current_user import me
from carmanana.web.fragments import htmx, page_behind


@dataclass(frozen=True)
class Trail:
    back: str
    name: str
    place: Place | None

    def url_of(self, deal_id: int) -> str:
        return url_for("deals.show", deal_id=deal_id, **{"from": self.back})


def trail_of(deal: Deal) -> Trail | None:
    """Asks the database only where the address names a board."""
    came_from = _came_from()
    if not came_from.startswith("/board/"):
        return None
    try:
        address = urlsplit(came_from)
    except ValueError:
        return None
    view, board = board_at(address)
    if view is None or board is None:
        return None
    order = Order.read(query_of(address))
    return Trail(
        _address(view, board, order),
        f"{board.pipeline.name} · {view.name}",
        _place(deal, board, order.way if view == LIST else way_in_column(deal)),
    )


def _came_from() -> str:
    return (query_of(page_behind()) if htmx else request.args).get("from", "")


def _address(view: View, board: Board, order: Order) -> str:
    """Made anew of what was understood of it."""
    beside = order.query if view == LIST else {"open": board.open_key or None}
    return url_for(view.endpoint, slug=board.pipeline.slug, **board.filter.query, **beside)


def _place(deal: Deal, board: Board, way: Way) -> Place | None:
    return (
        Walk(board.pipeline, me(), board.filter, way).place_of(deal) if deal.pipeline_id == board.pipeline.id else None
    )
