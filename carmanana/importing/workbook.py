"""An Excel workbook: what it is, its sheets, and how its cells are to be read.

openpyxl knows the formats; the rows are streamed by `cells`, since openpyxl takes twelve seconds
for the 24,000 rows that are read here in two. It is loaded with the first workbook, so that the server starts sooner."""

import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring

from . import cells, zips
from .unreadable import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MOST_STRINGS = 64 * 1024 * 1024
MOST_PART = 8 * 1024 * 1024
DAMAGED = "The workbook is damaged and cannot be read. Open it in Excel, save it again, and upload that."
# What a broken part of a workbook makes the readers of zip, XML and numbers stumble over.
STUMBLES = (BadZipFile, zlib.error, ExpatError, ParseError, EOFError, OSError, RuntimeError, LookupError, ValueError, TypeError, ArithmeticError)


class WorkbookSheet:
    kind = "Excel"
    notices: tuple[str, ...] = ()

    def __init__(self, path: Path, name: str = ""):
        self.path = path
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
        try:
            with ZipFile(self.path) as packed, packed.open(self.paths[self.name]) as sheet:
                for number, row in cells.rows(sheet, self._style):
                    yield number, row, ""
        except STUMBLES:
            raise Unreadable(DAMAGED) from None

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
        return cells.Style(self._strings(), self._dates(), CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900)

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.members:
            return []
        with ZipFile(self.path) as packed, packed.open("xl/sharedStrings.xml") as strings:
            return list(cells.strings(strings))

    def _dates(self) -> set[str]:
        """The numbers of the cell styles that show a number as a date."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        if "xl/styles.xml" not in self.members:
            return set()
        styles = self._part("xl/styles.xml")
        formats = dict(BUILTIN_FORMATS) | {int(item.get("numFmtId")): item.get("formatCode") for item in _named(styles, "numFmt")}
        used = [item for part in _named(styles, "cellXfs") for item in part]
        return {str(place) for place, item in enumerate(used) if is_date_format(formats.get(int(item.get("numFmtId", 0)), ""))}

    def _part(self, name: str) -> Element:
        if self.members[name].file_size > MOST_PART:
            raise ValueError(name)
        with ZipFile(self.path) as packed:
            return fromstring(packed.read(name))


def _named(parent: Element, name: str) -> list[Element]:
    return [item for item in parent.iter() if item.tag.rpartition("}")[2] == name]


def refuse_other_zips(members: dict) -> None:
    if "xl/workbook.bin" in members:
        raise Unreadable("This is a binary Excel workbook (.xlsb). Save it as .xlsx and upload that.")
    if "content.xml" in members:
        raise Unreadable("This is an OpenDocument spreadsheet. Save it as .xlsx or CSV and upload that.")
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(members):
        raise Unreadable("This is a zip archive, not a spreadsheet. Take the file out of it and upload that.")
    strings = members.get("xl/sharedStrings.xml")
    if strings and strings.file_size > MOST_STRINGS:
        raise Unreadable("The workbook holds more text than can be read at once. Save the sheet as CSV and upload that.")


def refuse_ole(path: Path) -> None:
    """The container of old .xls files, and of .xlsx files with a password."""
    locked = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
    raise Unreadable(
        "The workbook is protected by a password. Save it without one and upload it again."
        if locked
        else "This is an old Excel file (.xls). Save it as .xlsx and upload that."
    )
