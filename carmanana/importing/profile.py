"""What the columns of a sheet hold: examples, the different values where they are few, the order of dates."""

from collections import Counter

from . import dates
from .sheets import Row
from .words import missing, words

MOST_VALUES = 100
EXAMPLES = 3


class Column:
    def __init__(self):
        self.filled = 0
        self.examples: list[str] = []
        self.values: Counter[str] | None = Counter()
        self.day_first = self.month_first = self.dots = 0

    def see(self, cell: str) -> None:
        self.filled += 1
        if self.values is not None or len(self.examples) < EXAMPLES:
            self._keep(words(cell)[:200])
        if match := dates.SLASHED.fullmatch(cell.strip()):
            first, second = int(match[1]), int(match[2])
            self.day_first += first > 12 >= second
            self.month_first += second > 12 >= first
            self.dots += "." in cell

    def _keep(self, text: str) -> None:
        if len(self.examples) < EXAMPLES and text not in self.examples:
            self.examples.append(text)
        if self.values is not None:
            self.values[text] += 1
            if len(self.values) > MOST_VALUES:
                self.values = None

    def told(self) -> dict:
        order, proven = dates.order_of(self.day_first, self.month_first, self.dots)
        values = None if self.values is None else self.values.most_common()
        return {"filled": self.filled, "examples": self.examples, "values": values, "order": order, "proven": proven}


class Profile:
    def __init__(self, width: int):
        self.total = self.faulty = 0
        self.columns = [Column() for _ in range(width)]

    def see(self, row: Row) -> None:
        self.total += 1
        self.faulty += bool(row.fault)
        if not row.fault:
            for column, cell in zip(self.columns, row.cells):
                if not missing(cell.strip()):
                    column.see(cell)

    def told(self) -> dict:
        return {"total": self.total, "faulty": self.faulty, "columns": [column.told() for column in self.columns]}
