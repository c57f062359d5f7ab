"""The answer to a change of a deal: what the page that asked needs, and no more."""

from flask import render_template, url_for
from markupsafe import Markup

from carmanana.blueprints.deals.board import card_again, moved, page_of_board, query_of
from carmanana.blueprints.deals.calendar import calendar_again
from carmanana.blueprints.deals.listing import row_again, row_changed
from carmanana.blueprints.deals.page import body_of
from carmanana.blueprints.deals.previous_next import trail_of
from carmanana.blueprints.deals.view_kinds import BOARD, CALENDAR, LIST
from carmanana.records.deals import Deal
from carmanana.web.addresses import local_address
from carmanana.web.answers import answers, page_again, shown_again
from carmanana.web.continuations import address_of, go_on, then
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast


@answers(Deal)
def changed(deal: Deal, was: str, said: str, after: int | None = None, undo: bool = False, heads: bool = True):
    """The board's card and `heads`, the list's row, the deal's page, or the way there; `undo` where its taker may take
    the step back."""
    if not htmx:
        return go(address_of(deal) if then() else url_for("deals.show", deal_id=deal.id), said)
    answer = _changed_here(deal, was, said, after, undo, heads)
    answer.data += go_on(deal).encode()
    return answer


def _changed_here(deal: Deal, was: str, said: str, after: int | None, undo: bool, heads: bool):
    if answer := page_again(said, deal if undo else None):
        return answer
    view, board = page_of_board()
    if board is not None and view == BOARD:
        return moved(board, deal, was, after, said, undo, heads)
    if board is not None and view == LIST:
        return row_changed(board, query_of(page_behind()), deal, said, undo)
    if board is not None and view == CALENDAR:
        return calendar_again(board, deal, said, undo)
    path, query = page_behind()[2:4]
    if path == url_for("deals.show", deal_id=deal.id):
        return deal_again(deal, said, undo)
    if path.startswith((url_for("retention.index"), url_for("cancellations.index"))):
        return go(local_address(f"{path}?{query}"), said)
    return go(url_for("deals.show", deal_id=deal.id), said)


def deal_again(deal: Deal, said: str, undo: bool = False):
    """The deal's page as it stands now."""
    html = Markup(render_template("deals/_trail.html", deal=deal, trail=trail_of(deal))) + body_of(deal)
    return pieces(
        partial("#deal", html),
        partial("#dialog", ""),
        partial("#refusal", ""),
        toast(said, deal if undo else None),
        HX_Reswap="none",
    )


@shown_again(Deal)
def as_it_stands(deal: Deal, *parts: str, status: int):
    """On a board or a list the card or the row as it stands now; None elsewhere."""
    view, board = page_of_board()
    if board is not None and view == BOARD:
        return card_again(board, deal, *parts, status=status)
    if board is not None and view == LIST:
        row = row_again(board, query_of(page_behind()), deal)
        return pieces(row, *parts, status=status, HX_Reswap="none")
    return None
