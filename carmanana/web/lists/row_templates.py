"""The rows of a list are drawn by a template of their own for its columns, in which the macros of its cells stand as
they are: no cell is a call."""

import re
from collections.abc import Sequence

from flask import current_app
from jinja2 import Environment, Template
from markupsafe import escape

from carmanana.web.lists.parts import Column

MACRO = re.compile(r"{%-?\s*macro (\w+)\((\w+), (\w+)\)\s*-?%}(.*?){%-?\s*endmacro\s*-?%}", re.DOTALL)
ROW, WRITTEN = "shared/_list_row.html", "shared/_list_cell_written.html"
DRAWN = "{{% macro row(row, seen, picked=false, typed=none) %}}{row}{{% endmacro %}}"


def rows_template(described, columns: Sequence[Column]) -> Template:
    """Its macro `row` draws one, given what is seen beside the rows and whether they are picked. The first column heads
    its row."""
    environment = current_app.jinja_env
    key = described.name, described.cells, tuple([column.key for column in columns])
    made = environment.made.get(key)
    if made is None:
        source = _source(environment, described.cells, bool(described.editing), columns)
        made = environment.made[key] = environment.from_string(source)
    return made


def _source(environment: Environment, cells_file: str, writes: bool, columns: Sequence[Column]) -> str:
    text = environment.loader.get_source(environment, cells_file)[0]
    macros = {name: (row, seen, cell.strip()) for name, row, seen, cell in MACRO.findall(text)}
    cells = []
    for column in columns:
        row, seen, cell = macros[column.key]
        with_names = f"{{% with {row} = row, {seen} = seen %}}{cell}{{% endwith %}}"
        written = writes and column.edited
        cells.append(_cell(environment, column, with_names, column is columns[0], written))
    frame = environment.loader.get_source(environment, ROW)[0]
    beside = MACRO.sub(lambda found: found[0] if f" {found[1]}(" in text.replace(found[0], "") else "", text)
    return beside + DRAWN.format(row=_filled(frame, cells="".join(cells)))


def _cell(environment: Environment, column: Column, cell: str, first: bool, written: bool) -> str:
    look = " ".join(["number"] * column.number + ["desk-only"] * column.wide)
    classes = f' class="{look}"' if look else ""
    opening = f'<th scope="row"{classes}' if first else f'<td data-label="{escape(column.label)}"{classes}'
    closing = "</th>" if first else "</td>"
    if not written:
        return f"{opening}>{cell}{closing}"
    frame = environment.loader.get_source(environment, WRITTEN)[0]
    return _filled(frame, opening=opening, key=column.key, label=str(escape(column.label)), cell=cell) + closing


def _filled(frame: str, **marks: str) -> str:
    """What stands in its marks, without its own first words, which are for who reads it."""
    text = frame.partition("#}")[2].strip()
    for name, stands in marks.items():
        text = text.replace(f"{{# {name} #}}", stands)
    return text
