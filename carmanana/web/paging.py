"""Long lists, a page at a time; the page lives in the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

SIZE = 50


@dataclass(frozen=True)
class Page:
    rows: list
    number: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // SIZE))

    @property
    def first_row(self) -> int:
        return (self.number - 1) * SIZE + 1

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1

    def url(self, number: int) -> str:
        return f"{request.path}?{urlencode(request.args.to_dict() | {'page': number})}"


def page_of(query, load=list) -> Page:
    """The page that the address names; junk is the first one, and too far on is the last."""
    total = query.count()
    last = max(1, -(-total // SIZE))
    sent = request.args.get("page", "")
    number = min(int(sent), last) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 1
    number = max(1, number)
    return Page(load(query.offset((number - 1) * SIZE).limit(SIZE)), number, total)
