"""A machine as a drawing: its states in columns, by how many steps lead there, and an arrow for every way between
two."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

WIDE, HIGH, ACROSS, DOWN, EDGE = 168, 52, 84, 26, 14
APART = 8  # an arrow back runs this far beneath the one forward
LETTERS = 21


@dataclass(frozen=True)
class Box:
    state: str
    lines: tuple[str, ...]
    x: int
    y: int

    @property
    def texts(self) -> list[tuple[int, str]]:
        """Each line with its height, all of them in the middle of the box."""
        first = self.y + HIGH // 2 + 5 - 8 * (len(self.lines) - 1)
        return [(first + 16 * number, line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Arrow:
    path: str
    back: bool


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: list[Box]
    arrows: list[Arrow]


def draw(names: dict[str, str], ways: Iterable[tuple[str, str]]) -> Drawing:
    """`names` are the states in their order, the first where it begins."""
    ways = list(ways)
    columns = _columns(list(names), ways)
    tallest = max(map(len, columns))
    boxes = {}
    for number, states in enumerate(columns):
        above = (tallest - len(states)) * (HIGH + DOWN) // 2
        for place, state in enumerate(states):
            x, y = EDGE + number * (WIDE + ACROSS), EDGE + above + place * (HIGH + DOWN)
            boxes[state] = Box(state, tuple(wrap(names[state], LETTERS)[:3]), x, y)
    width = 2 * EDGE + len(columns) * (WIDE + ACROSS) - ACROSS + (ACROSS if _bulges(columns, ways) else 0)
    height = 2 * EDGE + tallest * (HIGH + DOWN) - DOWN
    return Drawing(width, height, list(boxes.values()), [_arrow(boxes[source], boxes[dest]) for source, dest in ways])


def _columns(states: list[str], ways: list[tuple[str, str]]) -> list[list[str]]:
    """What no way leads to stands in the first column, with where it begins."""
    columns, left = [], list(states)
    reached = {dest for _, dest in ways}
    now = [state for state in states if state == states[0] or state not in reached]
    while now:
        columns.append(now)
        left = [state for state in left if state not in now]
        after = {dest for source, dest in ways if source in now}
        now = [state for state in left if state in after]
    if left:
        columns.append(left)
    return columns


def _bulges(columns: list[list[str]], ways: list[tuple[str, str]]) -> bool:
    """An arrow between two of the last column runs outside of it."""
    return any(source in columns[-1] and dest in columns[-1] for source, dest in ways)


def _arrow(source: Box, dest: Box) -> Arrow:
    forward, middle = dest.x > source.x, HIGH // 2
    if source.x == dest.x:
        x, from_y, to_y = source.x + WIDE, source.y + middle + APART, dest.y + middle - APART
        return Arrow(f"M{x} {from_y} C{x + 46} {from_y} {x + 46} {to_y} {x + 2} {to_y}", dest.y < source.y)
    aside = -APART if forward else APART
    from_x, to_x = (source.x + WIDE, dest.x - 2) if forward else (source.x, dest.x + WIDE + 2)
    from_y, to_y = source.y + middle + aside, dest.y + middle + aside
    reach = abs(to_x - from_x) // 2 * (1 if forward else -1)
    return Arrow(f"M{from_x} {from_y} C{from_x + reach} {from_y} {to_x - reach} {to_y} {to_x} {to_y}", not forward)
