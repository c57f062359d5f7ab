"""The uploaded file and our copy of its rows, beside the database."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from carmanana.core import uploads
from carmanana.core.db import database
from carmanana.core.text import several
from carmanana.importing.columns import plain
from carmanana.importing.files.sheets import Row, Sheet, open_sheet
from carmanana.importing.files.unreadable import Unreadable
from carmanana.importing.files.workbook import WorkbookSheet
from carmanana.importing.profile import Profile

BLOCK = 256 * 1024
OF_DIGITS = re.compile(r"\b(zip|postal|postcode|plz|phone|mobile|cell|tel|account|id|no|number|code)\b")


def folder() -> Path:
    found = Path(database.database).parent / "uploads"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def keep(stream: IO[bytes]) -> tuple[str, str, int]:
    """The stored name, the SHA-256 and the size of a file; Unreadable where it is too large."""
    stored, digest, size = f"import-{secrets.token_hex(16)}", hashlib.sha256(), 0
    path = folder() / stored
    with uploads.new_file(path) as file:
        while (block := stream.read(BLOCK)) and size <= uploads.most_bytes():
            size += len(block)
            digest.update(block)
            file.write(block)
    if size > uploads.most_bytes():
        discard(stored)
        raise Unreadable(f"The file is larger than {uploads.megabytes} MB. Split it and upload the parts.")
    return stored, digest.hexdigest(), size


def copy(stored: str, **look) -> dict:
    """Read the whole sheet once, keep its rows in a form that is quick to read again, and return its head: headings,
    number of rows, and what each column holds. `look` is how a person wants it read: the sheet's name, the encoding,
    the row of the headings, without what is hidden."""
    sheet = open_sheet(folder() / stored, **look)
    profile = Profile(len(sheet.headings))
    with _rows(stored).open("w", encoding="utf-8") as file:
        for row in sheet.rows():
            profile.see(row)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    if not profile.total:
        raise Unreadable("There are headings and no rows beneath them.")
    told = profile.told()
    head = _head(sheet, look) | told
    head["notices"] += about_zeros(head["headings"], told["columns"])
    _head_file(stored).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
    return head


def _head(sheet: Sheet, look: dict) -> dict:
    source = sheet.source
    return {
        "kind": source.kind,
        "sheets": source.names,
        "sheet": source.name,
        "encoding": source.encoding,
        "sure": getattr(source, "sure", True),
        "heading_row": sheet.begins,
        "top": [(number, " | ".join(filter(None, cells))[:80]) for number, cells in sheet.top],
        "hidden": len(source.seen.hidden) if isinstance(source, WorkbookSheet) else 0,
        "without_hidden": bool(look.get("without_hidden")),
        "headings": sheet.headings,
        "notices": sheet.notices,
    }


def about_zeros(headings: list[str], columns: list[dict]) -> list[str]:
    """Numbers that are one digit short where every digit counts."""
    told = zip(headings, columns, strict=False)
    return [
        (
            f"“{heading}” holds {several(column['shorter'], 'number that is', 'numbers that are')} one digit shorter "
            f"than the others: a spreadsheet may have taken a leading zero off."
        )
        for heading, column in told
        if column["shorter"] and OF_DIGITS.search(plain(heading))
    ]


def is_here(stored: str) -> bool:
    return _head_file(stored).exists() and _rows(stored).exists()


def head(stored: str) -> dict:
    return json.loads(_head_file(stored).read_text(encoding="utf-8"))


def rows(stored: str, after: int = 0) -> Iterator[Row]:
    """The rows behind a row number."""
    with _rows(stored).open(encoding="utf-8") as file:
        for line in file:
            row = Row(*json.loads(line))
            if row.number > after:
                yield row


def discard_file(stored: str) -> None:
    (folder() / stored).unlink(missing_ok=True)


def discard(stored: str) -> None:
    for path in (folder() / stored, _rows(stored), _head_file(stored)):
        path.unlink(missing_ok=True)


def _rows(stored: str) -> Path:
    return folder() / f"{stored}.rows"


def _head_file(stored: str) -> Path:
    return folder() / f"{stored}.head"
