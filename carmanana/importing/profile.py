"""What the columns of a sheet hold: examples, the different values where they are few, the order of dates, the style of
numbers."""

from collections import Counter
from datetime import date
from functools import lru_cache

from carmanana.core import clock
from carmanana.importing.cells import dates, values
from carmanana.importing.cells.words import Unclear, missing, words
from carmanana.importing.files.sheets import Row

MOST_VALUES = 100
EXAMPLES, DOUBTED = 3, 2


class Column:
    def __init__(self, today: date):
        self.today = today
        self.filled = self.ahead = 0
        self.examples: list[str] = []
        self.doubtful: list[str] = []
        self.values: Counter[str] | None = Counter()
        self.styles: Counter[str] = Counter()
        self.lengths: Counter[int] = Counter()
        self.day_first = self.month_first = self.dots = 0

    def see(self, cell: str) -> None:
        self.filled += 1
        if self.values is not None or len(self.examples) < EXAMPLES:
            self._keep(words(cell)[:200])
        bare = cell.strip()
        if not bare[-1:].isdigit() and not bare[:1].isdigit():
            return
        if match := dates.SLASHED.fullmatch(bare):
            self._see_date(bare, int(match[1]), int(match[2]))
        elif dates.ISO.fullmatch(bare):
            self.ahead += bare[:10] > self.today.isoformat()
        else:
            self._see_number(bare)

    def _see_date(self, bare: str, first: int, second: int) -> None:
        self.day_first += first > 12 >= second
        self.month_first += second > 12 >= first
        self.dots += "." in bare
        self.ahead += _is_after(bare, self.today)
        if first <= 12 and second <= 12 and first != second:
            self._doubt(bare)

    def _see_number(self, bare: str) -> None:
        if bare.isdigit():
            self.lengths[len(bare)] += 1
        elif len(bare) <= 24:
            self.styles[values.style_of(bare)] += 1
            if values.doubtful(bare):
                self._doubt(bare)

    def _doubt(self, bare: str) -> None:
        if len(self.doubtful) < DOUBTED and bare not in self.doubtful:
            self.doubtful.append(bare)

    def _keep(self, text: str) -> None:
        if len(self.examples) < EXAMPLES and text not in self.examples:
            self.examples.append(text)
        if self.values is not None:
            self.values[text] += 1
            if len(self.values) > MOST_VALUES:
                self.values = None

    def told(self) -> dict:
        order, proven = dates.order_of(self.day_first, self.month_first, self.dots)
        point, comma = self.styles[values.POINT], self.styles[values.COMMA]
        return {
            "filled": self.filled,
            "examples": self.examples,
            "doubtful": self.doubtful,
            "values": None if self.values is None else self.values.most_common(),
            "order": order,
            "proven": proven,
            "ahead": self.ahead,
            "numbers": "" if point == comma else values.POINT if point > comma else values.COMMA,
            "shorter": self._shorter(),
        }

    def _shorter(self) -> int:
        """How many plain numbers are one digit shorter than most: a spreadsheet takes leading zeros off."""
        usual, times = self.lengths.most_common(1)[0] if self.lengths else (0, 0)
        fewer = self.lengths[usual - 1]
        return fewer if usual >= 5 and 0 < fewer < times and set(self.lengths) == {usual, usual - 1} else 0


@lru_cache(maxsize=5000)
def _is_after(bare: str, today: date) -> bool:
    """In both orders, where both are possible: nobody should take a date for ahead that may be past."""
    found = []
    for order in dates.ORDERS:
        try:
            found.append(dates.day(bare, order))
        except Unclear:
            continue
    return bool(found) and min(found) > today


class Profile:
    def __init__(self, width: int):
        self.total = self.faulty = 0
        today = clock.today("UTC")
        self.columns = [Column(today) for _ in range(width)]

    def see(self, row: Row) -> None:
        self.total += 1
        self.faulty += bool(row.fault)
        if not row.fault:
            for column, cell in zip(self.columns, row.cells, strict=False):
                if not missing(cell.strip()):
                    column.see(cell)

    def told(self) -> dict:
        return {"total": self.total, "faulty": self.faulty, "columns": [column.told() for column in self.columns]}
