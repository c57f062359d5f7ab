"""The one list: a page with chips, search, sorted heads, rows as one scrolls, columns that one chooses, and a file of
what is shown. A feature describes its own and answers with `List.answer()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from flask import render_template, request
from peewee import Expression, Node, Select

from carmanana.core.db import Record
from carmanana.core.limits import COUNTED
from carmanana.records.people import User
from carmanana.records.saved_views import SavedView
from carmanana.web.addresses import pair
from carmanana.web.current_user import me
from carmanana.web.files.csv_files import sheet
from carmanana.web.fragments import wants_fragment
from carmanana.web.lists.file_lines import lines
from carmanana.web.lists.kept_rows import Kept
from carmanana.web.lists.parts import Chip, Choice, Column, Editing
from carmanana.web.lists.shown import Shown

__all__ = ["Chip", "Choice", "Column", "Editing", "Kept", "List", "Shown", "of_view"]


@dataclass(frozen=True)
class List:
    """`scope` is the query that holds what a person may see; `load` brings the rows of these ids with all that is
    drawn. `cells` is the template of macros, one a column, each given (row, seen). `text` is the condition for what is
    typed; where it finds customers and no more, `text_of` is the column that names them. Chips stand side by side; with
    `one_chip` one of them is always on, named by `chip_key` in the address:
    `first`, or the first, where none is chosen. `id` is the column that tells rows apart. With `as_rows` it is no
    table: the macro `row` draws each as a list item, inside a list of the class `row_class`, and the columns serve its
    order and its file. `usual` are the columns of whoever chose none, where they are fewer. With `views` people keep
    ways of looking at it, with `workbook` its file is offered as XLSX too. With `walked` every order has an index of
    its own, which is followed from its beginning where much is found. `part` names the value of the address that says
    which part of it is meant, `part_of` the list of that part. `from_view` is what whoever works deals may do with all
    that a view holds: endpoint, label, icon. Rows are ticked where there is something to do with several: the bulk
    steps of `bulk`, the model of its rows. `looks` are other pages that show the same by the same filter: their
    endpoints, by their names. Where no single index could order it, `ids_of` brings the ids of a page for (shown,
    after, most). Where little is found, the `parts` of what a person sees, each of which an index holds by itself, are
    merged; `known_counts` are those of its chips, by key, and of all that is shown, under "", that need no look at the
    rows. `asks` reads of the address what the list keeps of it beside its own filters. With `own_row` the macro
    `row` draws the whole row; `table_class` is the class of the table. `chips_to` is how far those of
    its chips are counted; `counted_in_one_pass` they are all together for whom what they see is dear to find out.
    With `kept`, rows that were drawn once are kept by what they show. Where its
    `passing` chips are named, those whose rows change as time passes, its other queries are written once."""

    name: str
    title: str
    endpoint: str
    one: str
    many: str
    columns: tuple[Column, ...]
    scope: Callable[[User], Select]
    load: Callable[[list[int]], list]
    cells: str
    id: Node
    sort: str
    descending: bool = False
    chips: tuple[Chip, ...] = ()
    one_chip: bool = False
    chip_key: str = "show"
    first: Callable[[User], str] = lambda by: ""
    as_rows: bool = False
    row_class: str = "list panel"
    narrow: bool = False
    choices: tuple[Choice, ...] = ()
    text: Callable[[str], Expression] | None = None
    text_of: Node | None = None
    placeholder: str = "Search"
    empty: tuple[str, str, str] = ("list", "Nothing here yet", "")
    unmatched: str = "Try fewer filters or part of a word."
    template: str = "shared/list.html"
    fragment: str = "shared/_list.html"
    seen: Callable[[list, User], Any] = lambda rows, by: None
    values: dict = field(default_factory=dict)
    usual: tuple[str, ...] = ()
    editing: Editing | None = None
    views: bool = False
    part: str = ""
    part_of: Callable[[str], "List"] | None = None
    from_view: tuple[str, str, str] | None = None
    workbook: bool = False
    walked: bool = False
    bulk: type[Record] | None = None
    ids_of: Callable[[Shown, str, int], list[int]] | None = None
    parts: Callable[[User], list[Expression]] = lambda by: []
    known_counts: Callable[[Shown], dict[str, int]] = lambda shown: {}
    chips_to: int = COUNTED
    counted_in_one_pass: Callable[[User], bool] = lambda by: False
    asks: Callable[[Mapping], dict] = lambda args: {}
    own_row: bool = False
    table_class: str = ""
    kept: Kept | None = None
    passing: frozenset[str] | None = None
    called: Callable[[Any], str] = lambda row: row.customer.name
    looks: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        if self.views or self.bulk:
            LISTS.setdefault(self.name, self)

    @property
    def has_file(self) -> bool:
        return any(column.value for column in self.columns)

    def at(self, args: Mapping) -> "List":
        """The part that these arguments mean."""
        return self.part_of(args.get(self.part, "")) if self.part_of else self

    def answer(self, **context):
        """The whole page, the next rows, what a search narrowed it to, or a file, as the request asks."""
        shown = Shown(self, request.args, me())
        if request.args.get("format") == "csv":
            return sheet(self.name, lines(shown))
        if request.args.get("format") == "xlsx" and self.workbook:
            from carmanana.web.files.workbooks import workbook_of_list  # heavy, and hardly ever asked for

            return workbook_of_list(self.name, lines(shown))
        if wants_fragment() and "after" in request.args:
            return render_template("shared/_list_rows.html", shown=shown, list=self, **context)
        template = self.fragment if wants_fragment() else self.template
        return render_template(template, shown=shown, list=self, **context)


LISTS: dict[str, List] = {}
WHOLE = ("all", "open")


def of_view(view: SavedView, by: User) -> Shown:
    """What a view that was kept shows this person now."""
    return of_query(view.ending, view.query, by)


def of_scope(name: str, query: str, scope: str, by: User) -> Shown | None:
    """What is selected by its filter: all that the list shows, or a column of its board; None where there is no such
    column."""
    if scope in WHOLE:
        return of_query(name, query, by)
    shown = of_query(name, f"{query}&{pair('state', scope)}", by)
    return shown if shown.chosen.get("state") == scope else None


def of_query(name: str, query: str, by: User) -> Shown:
    args = dict(parse_qsl(query))
    return Shown(LISTS[name].at(args), args, by)
