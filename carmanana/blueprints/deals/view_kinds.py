"""The ways of looking at a board's deals: one filter, one head, one address each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """`ending` is what its address has after the pipeline; `things` is what it shows the deals as."""

    name: str
    icon: str
    endpoint: str
    ending: str
    things: str


BOARD = View("Board", "board", "boards.show", "", "cards")
LIST = View("List", "list", "boards.listing", "list", "deals")
CALENDAR = View("Calendar", "calendar", "boards.calendar", "calendar", "deals")
VIEWS = [BOARD, LIST, CALENDAR]
BY_ENDING = {view.ending: view for view in VIEWS}
