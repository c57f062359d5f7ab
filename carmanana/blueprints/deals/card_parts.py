"""What all cards and rows of deals are made of, each made once: macros of shared/ui.html, and addresses."""

from functools import cached_property, lru_cache

from flask import current_app, url_for
from markupsafe import Markup

from carmanana.boards.card_rows import CardRow, the_deal, the_owner

PLACE = "999999999999999"


class Icons(dict):
    """By their names, each drawn once."""

    def __missing__(self, name: str) -> Markup:
        return self.setdefault(name, current_app.jinja_env.globals["ui"].icon(name))


class Parts:
    def __init__(self, prefix: str):
        self.prefix = prefix
        self.icons, self.avatars, self.marks = Icons(), {}, {}
        self.ui = current_app.jinja_env.globals["ui"]

    @classmethod
    @lru_cache(8)
    def at(cls, prefix: str) -> "Parts":
        return cls(prefix)

    def owner(self, row: CardRow) -> Markup:
        known = row.owner_id and (row.owner, row.owner_email, row.owner_house)
        return self.avatars.get(known) or self.avatars.setdefault(
            known, self.ui.avatar(the_owner(row) if known else None)
        )

    def readiness(self, row: CardRow) -> Markup:
        mark = row.readiness
        return self.marks.get(mark) or self.marks.setdefault(mark, self.ui.readiness(the_deal(row)))

    def address(self, deal_id: int) -> str:
        """The page of a deal; its steps are below it."""
        before, after = self._page
        return f"{before}{deal_id}{after}"

    @cached_property
    def _page(self) -> list[str]:
        return url_for("deals.show", deal_id=int(PLACE)).split(PLACE)
