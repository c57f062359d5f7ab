"""A list (web/lists) as a request asks for it."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from flask import url_for
from markupsafe import Markup
from peewee import Select

from carmanana.bulk.kinds import Kind, kinds_of
from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.records.people import User
from carmanana.schema.sqlite import unindexed_condition
from carmanana.web.addresses import coded, pair
from carmanana.web.filters import counted
from carmanana.web.lists import kept_rows
from carmanana.web.lists.chip_counts import asked, known
from carmanana.web.lists.counting import among, up_to
from carmanana.web.lists.merging import behind, first_shown, ids_found
from carmanana.web.lists.parts import Chip, Choice, Column, Offered
from carmanana.web.lists.sifting import Sifted, sift, told

PAGE = 25
LONGEST_TEXT = 80
PLACE = "999999999999999"


class Shown:
    """Its filters, the order, and the rows of one page."""

    def __init__(self, described, args: Mapping, by: User, most: int = PAGE):
        self.list, self.by, self.args, self.most = described, by, args, most
        self.text = args.get("text", "").replace("\x00", "").strip()[:LONGEST_TEXT] if described.text else ""
        self.sorted, self.descending = self._order(args.get("sort", "")) or self._usual_order()

    def _order(self, sent: str) -> tuple[Column, bool] | None:
        """As an address says it: a column's key, with a dash before it from the largest down; once that was `down`."""
        key = sent.removeprefix("-")
        column = next((c for c in self.list.columns if c.key == key and c.sort is not None), None)
        return (column, sent != key or self.args.get("down") == "1") if column else None

    def _usual_order(self) -> tuple[Column, bool]:
        own = next((chip for chip in self.on if chip.sort), None)
        key, descending = (own.sort, own.descending) if own else (self.list.sort, self.list.descending)
        return next(column for column in self.list.columns if column.key == key), descending

    # filters

    @cached_property
    def chips(self) -> list[Chip]:
        return [chip for chip in self.list.chips if chip.shown(self.by)]

    @cached_property
    def on(self) -> list[Chip]:
        if self.list.one_chip:
            sent = self.args.get(self.list.chip_key)
            return [chip for chip in self.chips if chip.key == sent] or [self.usual]
        return [chip for chip in self.chips if self.args.get(chip.key) == "1"]

    @cached_property
    def usual(self) -> Chip | None:
        """The chip that is on where none is chosen."""
        first = self.list.first(self.by)
        return next((c for c in self.chips if c.key == first), self.chips[0]) if self.list.one_chip else None

    @cached_property
    def offered(self) -> dict[str, Mapping[str, str]]:
        """What there is to choose, by choice; looked for when it is asked for."""
        return Offered(self.list.choices, self.by)

    @cached_property
    def chosen(self) -> dict[str, str]:
        sent = {choice.key: self.args.get(choice.key, "") for choice in self.list.choices}
        return {key: code for key, code in sent.items() if code and code in self.offered[key]}

    @property
    def filtered(self) -> bool:
        return bool(self.text or self.chosen or (self.on and self.on != [self.usual]))

    @property
    def empty(self) -> tuple[str, str, str]:
        """What stands in the place of rows: a picture, a title and a sentence."""
        own = not (self.text or self.chosen) and next((chip.empty for chip in self.on if chip.empty), "")
        icon, title, sentence = self.list.empty
        if own or not self.filtered:
            return icon, own or title, sentence
        return "search", f"No {self.list.one} matches", self.list.unmatched

    @cached_property
    def query(self) -> Select:
        return self._narrowed(self._chosen_of(self.list.scope(self.by)), self.on)

    def _narrowed(self, found: Select, chips: Iterable[Chip]) -> Select:
        conditions = [where for chip in chips if (where := chip.where(self.by)) is not None]
        return found.where(*conditions) if conditions else found

    @cached_property
    def told(self) -> list[int]:
        """The first rows that what was typed finds; they are looked for once, and then sorted and counted."""
        return told(self.list, self.by, self.text)

    @cached_property
    def sifted(self) -> Sifted:
        """The first rows of them, and how many each chip finds."""
        found, by, most = self._chosen_of(self.list.scope(self.by)), self.sorted.sort, self.most + 1
        on, each = ([chip.where(self.by) for chip in chips] for chips in (self.on, self.chips))
        return sift(found, self.list.id, by, self.descending, on, each, most)

    @property
    def _every(self) -> Select:
        return self.list.id.model.select()

    @property
    def cut(self) -> bool:
        """Does the text find more than are sorted?"""
        return bool(self.text) and len(self.told) > COUNTED

    def _chosen_of(self, found: Select) -> Select:
        if self.text:
            # they are all within the scope, which an index of its own would lead astray
            found = (self._every if self.list.text_of else found).where(among(self.list.id, self.told))
        for choice in self.list.choices:
            if choice.key in self.chosen:
                found = found.where(choice.where(self.chosen[choice.key], self.by))
        return found

    @cached_property
    def _known(self) -> dict[str, int]:
        return known(self)

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many are shown, under "", and how many each counted chip finds."""
        return self._known | asked(self, self._known, self._chosen_of(self.list.scope(self.by)))

    def count_of(self, chip: Chip) -> str:
        return counted(self._counts[chip.key], chip.counted_to or self.list.chips_to)

    @property
    def count(self) -> str:
        return counted(self.number)

    # several at once

    @cached_property
    def kinds(self) -> list[Kind]:
        """The steps that this person may take for several of the rows."""
        kinds = kinds_of(self.list.bulk).values() if self.list.bulk else ()
        return [kind for kind in kinds if kind.may(self.by)]

    @property
    def number(self) -> int:
        """How many are shown, counted no further than COUNTED."""
        return self._counts[""]

    # rows

    @cached_property
    def _finds_much(self) -> bool:
        looked_up = [choice for choice in self.list.choices if choice.key in self.chosen and choice.indexed(self.by)]
        if not self.list.walked or self.text or self._indexed or looked_up:
            return False
        if "" in self._known:
            return self._known[""] > COUNTED
        return Select(columns=[up_to(self.query, self.list.id)]).bind(database).scalar() > COUNTED

    @cached_property
    def _indexed(self) -> list[Chip]:
        return [chip for chip in self.on if chip.indexed(self.by)]

    @property
    def in_order(self) -> Select:
        """The ids of all that is found, in the order that is asked for."""
        by, number = self.sorted.sort, self.list.id
        order = (by.desc(), number.desc()) if self.descending else (by, number)
        return self._along_its_index.select(number).order_by(*order)

    @property
    def _along_its_index(self) -> Select:
        """All that is found, by the index of a chip or of the order where that is the way; the rest of the filter would
        lead astray."""
        if self._finds_much:
            return self._every.where(unindexed_condition(self.query._where))
        if self._indexed and not self.text:
            others = [chip for chip in self.on if chip not in self._indexed]
            rest = self._narrowed(self._chosen_of(self.list.scope(self.by)), others)
            return self._narrowed(self._every.where(unindexed_condition(rest._where)), self._indexed)
        return self.query

    @cached_property
    def ids(self) -> list[int]:
        if self.list.ids_of:
            return self.list.ids_of(self, self.args.get("after", ""), self.most + 1)
        return self.looked_for

    @property
    def plain(self) -> bool:
        """The first page of it all, in its usual order."""
        return not (self.filtered or self.list.values or {"after", "sort"} & set(self.args))

    @property
    def looked_for(self) -> list[int]:
        """As their conditions and the order find them."""
        if self.text and not self.args.get("after"):
            return self.sifted.ids
        parts = self.list.parts(self.by)
        if parts and not self._finds_much:
            return first_shown(self, parts)
        return ids_found(self.after(self.in_order).limit(self.most + 1))

    def after(self, found: Select) -> Select:
        """Behind the row that was the last one."""
        scope, sent = self.list.scope(self.by), self.args.get("after", "")
        return behind(sent, found, scope, self.list.id, self.sorted.sort, self.descending)

    @cached_property
    def rows(self) -> list:
        ids = self.ids[: self.most]
        place = {number: index for index, number in enumerate(ids)}
        return sorted(self.list.load(ids), key=lambda row: place[getattr(row, "id", row)]) if ids else []

    @cached_property
    def seen(self):
        return self.list.seen(self.rows, self.by)

    @cached_property
    def look(self) -> tuple:
        return kept_rows.look_of(self)

    def drawn(self, row, macro) -> Markup:
        """A row; the macro draws it, with its cells, or all of it."""
        return kept_rows.drawn(self, row, macro)

    @property
    def more(self) -> str:
        return self.url(after=str(self.ids[self.most - 1])) if len(self.ids) > self.most else ""

    # columns

    @cached_property
    def wanted(self) -> str:
        """The keys of the columns that one has chosen, or "" for all."""
        sent = self.args.getlist("columns") if hasattr(self.args, "getlist") else [self.args.get("columns", "")]
        wanted = {key for value in sent for key in value.split(",")}
        return ",".join(column.key for column in self.list.columns if column.key in wanted)

    @cached_property
    def columns(self) -> list[Column]:
        wanted = self.wanted.split(",") if self.wanted else self.list.usual or None
        return [column for column in self.list.columns if column.always or wanted is None or column.key in wanted]

    # addresses

    @cached_property
    def asked(self) -> dict[str, str]:
        """What of the address stays when another part of it changes."""
        kept = {"text": self.text} | self.chosen | {"columns": self.wanted}
        if not self.list.one_chip:
            kept |= {chip.key: "1" for chip in self.on}
        elif self.on != [self.usual]:
            kept |= {self.list.chip_key: self.on[0].key}
        kept |= {"sort": self._sort(self.sorted, self.descending)} if self._order(self.args.get("sort", "")) else {}
        return self.list.asks(self.args) | {name: value for name, value in kept.items() if value}

    def _sort(self, column: Column, descending: bool) -> str:
        return f"-{column.key}" if descending else column.key

    @property
    def kept(self) -> dict[str, str]:
        """What a view of it keeps: what is asked, and of which part."""
        return self.asked | self.list.values

    def options_of(self, choice: Choice) -> list[tuple[str, str, str]]:
        """Code, words and address of each; the address is written once for all of them."""
        before, _, behind = self.url(**{choice.key: PLACE}).partition(PLACE)
        return [(code, words, f"{before}{coded(code)}{behind}") for code, words in self.offered[choice.key].items()]

    def url(self, **changed) -> str:
        pairs = self._pairs | {name: pair(name, value) for name, value in changed.items()}
        query = "&".join(filter(None, pairs.values()))
        return f"{self._address}{'&' if '?' in self._address else '?'}{query}" if query else self._address

    @cached_property
    def _pairs(self) -> dict[str, str]:
        return {name: pair(name, value) for name, value in self.asked.items()}

    @cached_property
    def _address(self) -> str:
        return url_for(self.list.endpoint, **self.list.values)

    def url_of(self, chip: Chip) -> str:
        if self.list.one_chip:
            return self.url(**{self.list.chip_key: "" if chip == self.usual else chip.key})
        return self.url(**{chip.key: "" if chip in self.on else "1"})

    def sorted_by(self, column: Column) -> str:
        descending = not self.descending if column == self.sorted else column.most_first
        return self.url(sort=self._sort(column, descending))
