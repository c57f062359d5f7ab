"""Lists of alike rows in a form: approved offers, promises. Each row is a small form with a number in its prefix."""

import re

from flask import request
from wtforms import Field

from carmanana.web.forms import DealershipForm

MOST = 60
SHOWN = 2


class RowsField(Field):
    """Stands for the rows in their form, so that a refusal of one has its place."""

    def process_formdata(self, valuelist):
        self.data = None


class Row(DealershipForm):
    """`TELLING` are the fields that make a row more than an empty one."""

    TELLING: tuple[str, ...] = ()

    @property
    def filled(self) -> bool:
        return any(self[name].data or _typed(self[name]) for name in self.TELLING)


def _typed(field: Field) -> bool:
    return bool(field.raw_data) and bool(str(field.raw_data[0]).strip())


class Rows:
    """The rows as sent; or those known and empty ones, the last of which shows without JavaScript only."""

    def __init__(
        self,
        row: type[Row],
        name: str,
        known: list[dict] = (),
        blank: dict | None = None,
        empty: bool = False,
        money_in: str | None = None,
    ):
        self.row, self.name, self.start, self.money_in = row, name, blank or {}, money_in
        sent = request.method == "POST" and not empty
        self.all = self._sent() if sent else [self._new(number, data) for number, data in enumerate(known)]
        while len(self.all) < SHOWN or self.all[-1].filled:
            self.all.append(self._new(self._next(), self.start))

    def _sent(self) -> list[Row]:
        pattern = re.compile(rf"{self.name}-([0-9]{{1,6}})-\w+")
        numbers = {int(found[1]) for key in request.form if (found := pattern.fullmatch(key))}
        return [self._in_money(self.row(prefix=f"{self.name}-{number}-")) for number in sorted(numbers)]

    def _next(self) -> int:
        return 1 + max((int(row._prefix.split("-")[1]) for row in self.all), default=-1)

    def _new(self, number, data: dict) -> Row:
        return self._in_money(self.row(data=data, empty=True, prefix=f"{self.name}-{number}-"))

    def _in_money(self, row: Row) -> Row:
        """The amounts of a row are in the currency of the deal."""
        row.money_in = self.money_in
        return row

    @property
    def blank(self) -> Row:
        """For the browser's *Another*."""
        return self._new("__n__", self.start)

    @property
    def filled(self) -> list[Row]:
        return [row for row in self.all if row.filled]

    def spare(self, row: Row) -> bool:
        """An empty one after the first: with JavaScript it comes by *Another*."""
        return row is not self.all[0] and not row.filled

    def valid(self) -> bool:
        """Each of them, and no more than there may be: none is left out unseen."""
        wrong = [row for row in self.filled if not row.validate()]
        beyond = self.filled[MOST:]
        for row in beyond:
            field = row[row.TELLING[0]]
            field.errors = [*field.errors, f"At most {MOST} fit here. Leave some out."]
        return not wrong and not beyond
