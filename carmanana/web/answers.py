"""The answer to a change of a deal: what the page that asked needs, and no more."""

from flask import url_for

from carmanana.blueprints.deals.answers import deal_again
from carmanana.blueprints.deals.board import moved, page_of_board, query_of
from carmanana.blueprints.deals.calendar import calendar_again
from carmanana.blueprints.deals.listing import row_changed
from carmanana.blueprints.deals.view_kinds import BOARD, CALENDAR, LIST
from carmanana.boards.list_order import Order
from carmanana.records.deals import Deal
from carmanana.web.continuations import address_of, go_on, then

from .addresses import local_address
from .fragments import go, htmx, page_behind


def changed(deal: Deal, was: str, said: str, after: int | None = None, undo: bool = False):
    """The board's card and heads, the list's row, the deal's page, or the way there; `undo` where its taker may take the step back."""
    if not htmx:
        return go(address_of(deal) if then() else url_for("deals.show", deal_id=deal.id), said)
    answer = _changed_here(deal, was, said, after, undo)
    answer.data += go_on(deal).encode()
    return answer


def _changed_here(deal: Deal, was: str, said: str, after: int | None, undo: bool):
    view, board = page_of_board()
    if board is not None and view == BOARD:
        return moved(board, deal, was, after, said, undo)
    if board is not None and view == LIST:
        return row_changed(board, Order.read(query_of(page_behind())), deal, said, undo)
    if board is not None and view == CALENDAR:
        return calendar_again(board, deal, said, undo)
    path, query = page_behind()[2:4]
    if path == url_for("deals.show", deal_id=deal.id):
        return deal_again(deal, said, undo)
    if path.startswith((url_for("retention.index"), url_for("cancellations.index"))):
        return go(local_address(f"{path}?{query}"), said)
    return go(url_for("deals.show", deal_id=deal.id), said)
