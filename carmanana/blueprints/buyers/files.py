"""A file of the buyers list as it comes back: by the number of each row and the names of the columns."""

import tempfile
from pathlib import Path

from carmanana.blueprints.buyers.lists import BUYERS
from carmanana.buyers import rows
from carmanana.buyers.editing import Edit
from carmanana.core import uploads
from carmanana.core.workflow import Refusal, Refused
from carmanana.importing.files.sheets import Sheet, open_sheet
from carmanana.importing.files.unreadable import Unreadable
from carmanana.records.wanted import Wanted
from carmanana.web.current_user import me
from carmanana.web.loading import number_of

KEYS = {column.label.casefold(): column.key for column in BUYERS.columns if column.edited}
MOST_ROWS = 5_000


def edits_of_file(files: list) -> tuple[list[Edit], str]:
    """The cells that differ from what stands, and what of the file is left out. Raises Refused with what is wrong with
    the file."""
    if len(files) != 1:
        raise _refused("Choose one file: a CSV or XLSX that was exported from the buyers list.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buyers"
        path.write_bytes(files[0].stream.read(uploads.most_bytes() + 1))
        try:
            return _edits(open_sheet(path))
        except Unreadable as wrong:
            raise _refused(str(wrong)) from wrong


def _edits(sheet: Sheet) -> tuple[list[Edit], str]:
    headings = [heading.strip().casefold() for heading in sheet.headings]
    if "no." not in headings:
        raise _refused(
            "The file has no column “No.”, by which a row is known. Show that column and export again; new buyers come "
            "in as leads, from files on the page of leads."
        )
    columns = {place: KEYS[heading] for place, heading in enumerate(headings) if heading in KEYS}
    sent = list(sheet.rows())
    lines = [row.cells for row in sent if not row.fault]
    if len(lines) > MOST_ROWS:
        raise _refused(f"At most {MOST_ROWS:,} rows at once.")
    known, edits = _differing(lines, headings.index("no."), columns)
    return edits, _left_out(len(sent) - known)


def _left_out(rows: int) -> str:
    if not rows:
        return ""
    left = "1 row of the file is left out" if rows == 1 else f"{rows} rows of the file are left out"
    return f"{left}: it can’t be read, or no buyer whom you see has its number."


def _differing(lines: list[list[str]], place: int, columns: dict[int, str]) -> tuple[int, list[Edit]]:
    """How many of the lines are buyers, and what differs in them."""
    numbers = [number for line in lines if (number := number_of(line[place].strip(), 0))]
    seen = [row.id for row in Wanted.visible_to(me()).where(Wanted.id.in_(numbers[:MOST_ROWS]))]
    known = {str(row.id): row for row in rows.load(seen)} if seen else {}
    edits, found = [], 0
    for line in lines:
        row = known.get(line[place].strip())
        found += row is not None
        for at, key in columns.items() if row else ():
            if (text := line[at].strip()) not in (row.told(key, "en-US"), row.told(key, me().locale)):
                edits.append(Edit(row.id, key, text, row.needs.version))
    return found, edits


def _refused(sentence: str) -> Refused:
    return Refused([Refusal("file", sentence, field="files")])
