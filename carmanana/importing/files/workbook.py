"""An Excel workbook: what it is, its sheets, and how its cells are to be read.

openpyxl knows the formats; the rows are streamed by `cells`, since openpyxl takes twelve seconds for the 24,000 rows
that are read here in two. It is loaded with the first workbook, so that the server starts sooner."""

import struct
import zlib
from collections.abc import Iterator
from functools import cached_property
from lzma import LZMAError
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring

from carmanana.importing.files import cells, currencies, merged, zips
from carmanana.importing.files.unreadable import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MOST_STRINGS = 64 * 1024 * 1024
MOST_PART = 8 * 1024 * 1024
DAMAGED = "The workbook is damaged and cannot be read. Open it in Excel, save it again, and upload that."
# What a broken part of a workbook makes the readers of zip, XML and numbers stumble over.
STUMBLES = (
    BadZipFile,
    zlib.error,
    LZMAError,
    struct.error,
    ExpatError,
    ParseError,
    EOFError,
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
    TypeError,
    ArithmeticError,
)


class WorkbookSheet:
    kind = "Excel"
    encoding = ""

    def __init__(self, path: Path, name: str = "", without_hidden: bool = False):
        self.path, self.without_hidden = path, without_hidden
        self.seen = cells.Seen()
        self._spans_of: dict[str, merged.Spans] = {}
        self.members = zips.members(path)
        refuse_other_zips(self.members)
        try:
            self.paths = self._visible()
        except STUMBLES:
            raise Unreadable(DAMAGED) from None
        if not self.paths:
            raise Unreadable("The workbook has no visible sheet.")
        self.names = tuple(self.paths)
        self.name = name if name in self.paths else self.names[0]

    def lines(self) -> Iterator[tuple[int, list[str], str]]:
        """Row number, cells, and no fault: a workbook's rows cannot be ragged."""
        self.seen = cells.Seen()
        try:
            spans = self._spans(self.paths[self.name])
            with ZipFile(self.path) as packed, packed.open(self.paths[self.name]) as sheet:
                for number, row in cells.rows(sheet, self._style, self.seen, spans):
                    if not (self.without_hidden and number in self.seen.hidden):
                        yield number, row, ""
        except STUMBLES:
            raise Unreadable(DAMAGED) from None

    @property
    def notices(self) -> list[str]:
        """What was seen so far."""
        told = []
        if rows := list(self.seen.hidden):
            what = "stay out" if self.without_hidden else "come in like the others unless they are left out"
            told.append(
                f"{_counted(len(rows), 'row is', 'rows are')} hidden in the workbook, perhaps by a filter "
                f"({_some(rows)}): they {what}."
            )
        if columns := self.seen.columns:
            told.append(
                f"{_counted(len(columns), 'column is', 'columns are')} hidden in the workbook and read like the "
                f"others (from column {_some(columns)})."
            )
        if areas := self.seen.merged:
            told.append(merged.notice(areas, len(areas)))
        if any(name.startswith("xl/") and "comment" in name.casefold() for name in self.members):
            told.append("Comments on cells of the workbook are not read.")
        if formulas := self.seen.formulas:
            told.append(
                f"{_counted(len(formulas), 'formula has', 'formulas have')} no value in the file ({_some(formulas)}) "
                f"and read as blank. "
                "Open it in Excel, save it again, and upload that."
            )
        return told

    def _spans(self, part: str) -> merged.Spans:
        if part not in self._spans_of:
            with ZipFile(self.path) as packed, packed.open(part) as sheet:
                self._spans_of[part] = merged.spans(sheet)
        return self._spans_of[part]

    def _visible(self) -> dict[str, str]:
        """The sheets that a person sees in Excel, and where in the zip each is."""
        targets = {item.get("Id"): item.get("Target") for item in self._part("xl/_rels/workbook.xml.rels")}
        found = {}
        for sheet in _named(self._book, "sheet"):
            target = targets.get(next(value for key, value in sheet.items() if key.endswith("}id")), "")
            path = normpath(join("xl", target)).lstrip("/") if not target.startswith("/") else target[1:]
            if sheet.get("state", "visible") == "visible" and "chartsheets" not in path and path in self.members:
                found[sheet.get("name")] = path
        return found

    @cached_property
    def _book(self) -> Element:
        return self._part("xl/workbook.xml")

    @cached_property
    def _style(self) -> cells.Style:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

        since_1904 = any(item.get("date1904") in ("1", "true") for item in _named(self._book, "workbookPr"))
        return cells.Style(
            self._strings(),
            self._dates(),
            CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900,
            self._zeros(),
            currencies.by_style(self._formats),
        )

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.members:
            return []
        with ZipFile(self.path) as packed, packed.open("xl/sharedStrings.xml") as strings:
            return list(cells.strings(strings))

    def _dates(self) -> set[str]:
        """The numbers of the cell styles that show a number as a date."""
        from openpyxl.styles.numbers import is_date_format

        return {style for style, code in self._formats.items() if is_date_format(code)}

    def _zeros(self) -> dict[str, int]:
        """The cell styles that show leading zeros (00000), which the number itself does not have."""
        return {style: len(code) for style, code in self._formats.items() if code.strip("0") == "" and len(code) > 1}

    @cached_property
    def _formats(self) -> dict[str, str]:
        """How each cell style shows a number."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        if "xl/styles.xml" not in self.members:
            return {}
        styles = self._part("xl/styles.xml")
        formats = dict(BUILTIN_FORMATS) | {
            int(item.get("numFmtId")): item.get("formatCode") for item in _named(styles, "numFmt")
        }
        used = [item for part in _named(styles, "cellXfs") for item in part]
        return {str(place): formats.get(int(item.get("numFmtId", 0)), "") or "" for place, item in enumerate(used)}

    def _part(self, name: str) -> Element:
        if self.members[name].file_size > MOST_PART:
            raise ValueError(name)
        with ZipFile(self.path) as packed:
            return fromstring(packed.read(name))


def _named(parent: Element, name: str) -> list[Element]:
    return [item for item in parent.iter() if item.tag.rpartition("}")[2] == name]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _some(places: list) -> str:
    return ", ".join(map(str, places[:5])) + (" ..." if len(places) > 5 else "")


def refuse_other_zips(members: dict) -> None:
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(members):
        raise Unreadable("This is a zip archive, not a spreadsheet. Take the file out of it and upload that.")
    strings = members.get("xl/sharedStrings.xml")
    if strings and strings.file_size > MOST_STRINGS:
        raise Unreadable(
            "The workbook holds more text than can be read at once. Save the sheet as CSV and upload that."
        )
