"""How the dates and amounts of a column are read, shown with two of its own cells."""

from dataclasses import dataclass

from carmanana.core import money
from carmanana.importing.cells import dates, values
from carmanana.importing.cells.words import Unclear
from carmanana.importing.columns import FIELDS
from carmanana.importing.terms import Terms

ORDERS = {dates.MDY: "Month first: 12/31/2026", dates.DMY: "Day first: 31/12/2026"}
STYLES = {
    "": "Thousands: 28.500 or 28,500",
    values.POINT: "Point before the fraction: 1,234.50",
    values.COMMA: "Comma before the fraction: 1.234,50",
}
SHOWN = 2


@dataclass
class Reads:
    """`name` is of the control that turns it; `proven`: some cell of the column can be read in no other way."""

    name: str
    chosen: str
    options: dict[str, str]
    examples: list[str]
    proven: bool


def readings(terms: Terms, head: dict, place: int) -> Reads | None:
    """None for a column that is neither, or where every way of reading is the same."""
    kind = FIELDS[terms.columns[place]].reads if terms.columns[place] in FIELDS else ""
    column = head["columns"][place]
    cells = [
        *column.get("doubtful", ()),
        *(cell for cell in column["examples"] if cell not in column.get("doubtful", ())),
    ][:SHOWN]
    if kind == "date" and cells:
        order = terms.order(place)
        return Reads(
            "order",
            order,
            ORDERS,
            [f"{cell} is {_shown(cell, order)}" for cell in cells],
            column["proven"] or not column.get("doubtful"),
        )
    if kind == "money" and cells:
        style = terms.number_style(place)
        shown = [f"{cell} is {_amount(cell, style, terms.currency)}" for cell in cells]
        return Reads("numbers", style, STYLES, shown, bool(column.get("numbers")) or not column.get("doubtful"))
    return None


def _shown(cell: str, order: str) -> str:
    try:
        return f"{dates.day(cell, order):%-d %b %Y}"
    except Unclear:
        return "no date"


def _amount(cell: str, style: str, currency: str) -> str:
    try:
        return money.shown(values.cents(cell, style), values.currency(cell, currency) or currency)
    except Unclear:
        return "no amount"
