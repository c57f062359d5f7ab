"""The calendar of a board's deals: as a page, and again after a change."""

from collections.abc import Callable

from flask import get_template_attribute, render_template
from markupsafe import Markup

from carmanana.blueprints.deals.board import query_of
from carmanana.blueprints.deals.board_header import head_of
from carmanana.blueprints.deals.cards import Sight
from carmanana.blueprints.deals.view_kinds import CALENDAR
from carmanana.boards.board import Board
from carmanana.boards.cache import CALENDAR_DAYS
from carmanana.boards.calendar import DAY, MONTH, SPANS, WEEK, Calendar, Day, Entry
from carmanana.boards.calendar_moves import fill
from carmanana.core import locales
from carmanana.core.db import reading
from carmanana.records.deals import Deal
from carmanana.web.addresses import address
from carmanana.web.filters import locale
from carmanana.web.fragments import page_behind, partial, pieces, toast
from carmanana.web.loading import read_day


def calendar_page(board: Board, args) -> str:
    with reading():
        board.load_heads()
        return render_template(
            "boards/calendar.html", **_body(board, args), **head_of(board, CALENDAR, place_in_time(args))
        )


def place_in_time(args) -> dict[str, str]:
    """What the address says of when: the span and a day in it; what makes no sense is left out."""
    span, on = args.get("span", ""), read_day(args.get("on", ""))
    return ({"span": span} if span in SPANS else {}) | ({"on": on.isoformat()} if on else {})


def _body(board: Board, args) -> dict:
    calendar = fill(
        Calendar(board.pipeline, board.user, board.filter, args.get("span", MONTH), read_day(args.get("on", "")))
    )
    return {
        "board": board,
        "calendar": calendar,
        "spans": SPANS,
        "title": title_of(calendar),
        "url_of": _addresses(board),
        "days": days_of(calendar, board),
    }


def days_of(calendar: Calendar, board: Board) -> Markup:
    """Each day is drawn once for all who see the same of it, and kept by all that it shows."""
    seen = board.pipeline.slug, tuple(board.filter.query.items()), calendar.span, Sight.ours().scope
    return Markup("".join([_drawn(day, calendar, board, seen) for day in calendar.days]))


def _drawn(day: Day, calendar: Calendar, board: Board, seen: tuple) -> str:
    key = day.told, _when(day, calendar), calendar.outside(day), seen
    return CALENDAR_DAYS.get(key) or CALENDAR_DAYS.put(key, _draw()(day, calendar, _addresses(board), move_of, drop_of))


def _when(day: Day, calendar: Calendar) -> tuple:
    """Of yesterday's all is late and of tomorrow's nothing; of today's, what is past by now."""
    if day.on == calendar.today:
        return 0, sum(entry.late for entry in day.entries)
    return (1,) if day.on > calendar.today else (-1,)


def _draw() -> Callable[..., str]:
    return get_template_attribute("boards/_day.html", "drawn")


def _addresses(board: Board):
    """Where another span or day of the same deals is."""
    return lambda span, on: address(
        CALENDAR.endpoint, slug=board.pipeline.slug, span=span, on=on.isoformat(), **board.filter.query
    )


def title_of(calendar: Calendar) -> str:
    here = locale()
    if calendar.span == DAY:
        return locales.whole_day(calendar.on, here)
    if calendar.span == WEEK:
        first, last = calendar.days[0].on, calendar.days[-1].on
        return locales.span(first, last, here)
    return locales.month(calendar.on, here)


def move_of(entry: Entry) -> str:
    """Where the dialog is that puts an entry on another day."""
    return (
        address("activities.day", step_id=entry.id)
        if entry.kind == "step"
        else address("deals.hold", deal_id=entry.deal_id)
    )


def drop_of(entry: Entry) -> str:
    """How a drop on another day is asked for: a step is moved by it, a hold's dialog opened."""
    return "post" if entry.kind == "step" else "get"


# after a change


def calendar_again(board: Board, deal: Deal, said: str, undo: bool = False):
    with reading():
        board.load_heads()
        body = render_template("boards/_calendar.html", **_body(board, query_of(page_behind())))
        total = render_template("boards/_sum.html", board=board)
    parts = [
        partial("#calendar", body, "innerMorph"),
        partial("#board-sum", total),
        partial("#dialog", ""),
        partial("#refusal", ""),
    ]
    return pieces(*parts, toast(said, deal if undo else None), HX_Reswap="none")
