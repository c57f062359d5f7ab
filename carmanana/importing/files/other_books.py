"""Workbooks that are no .xlsx: old Excel (.xls), binary Excel (.xlsb) and OpenDocument (.ods), read by calamine in a
process of its own (`book_reader`). It does not tell which rows are hidden, so those of .xlsx are read by `workbook`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from carmanana.config import ROOT
from carmanana.importing.files import merged
from carmanana.importing.files.unreadable import Unreadable

READER = "carmanana.importing.files.book_reader"
DAMAGED = "The workbook is damaged and cannot be read. Open it in Excel, save it again, and upload that."
LOCKED = "The workbook is protected by a password. Save it without one and upload it again."
TOO_LARGE = "The workbook holds more than can be read at once. Save the sheet as CSV and upload that."
WRONG = {3: LOCKED, 4: TOO_LARGE}  # by how the reader exits
UNSEEN = "Rows that are hidden in this kind of workbook can't be told from the others: they come in too."
MOST_UNPACKED = 100 * 1024 * 1024


def is_other_book(path: Path, members: dict) -> bool:
    return bool({"xl/workbook.bin", "content.xml"} & set(members))


class OtherBook:
    kind = "Excel"
    encoding = ""

    def __init__(self, path: Path, name: str = "", members: dict | None = None):
        if sum(member.file_size for member in (members or {}).values()) > MOST_UNPACKED:
            raise Unreadable(TOO_LARGE)
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Unreadable(LOCKED)
        self.path = path
        self.names = tuple(next(_read(path), ()))
        if not self.names:
            raise Unreadable("The workbook has no visible sheet.")
        self.name = name if name in self.names else self.names[0]
        self.notices = [UNSEEN]

    def lines(self) -> Iterator[tuple[int, list[str], str]]:
        rows = _read(self.path, self.name)
        areas, number = next(rows, ([], 0))
        self.notices = [UNSEEN, *([merged.notice(areas, number)] if number else [])]
        for number, cells in enumerate(rows, 1):
            yield number, cells, ""


def _read(*about: str | Path) -> Iterator[list[str]]:
    """What the reader tells. It ends with whoever listens; however it ends otherwise, the file is what was wrong."""
    with subprocess.Popen(
        [sys.executable, "-m", READER, *map(str, about)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as reader:
        try:
            yield from map(json.loads, takewhile(_is_whole, reader.stdout))
            if code := reader.wait():
                raise Unreadable(WRONG.get(code, DAMAGED))
        finally:
            reader.kill()


def _is_whole(line: bytes) -> bool:
    """Of one that is killed the last line is not."""
    return line.endswith(b"\n")
