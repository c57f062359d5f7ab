"""What a column of a file can be. Those of cases, quotations and assets are data:
data/reference/record_headings.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
CASES, QUOTATIONS, ASSETS = "cases", "quotations", "assets"
RECORDS = {CASES: "Cases", QUOTATIONS: "Quotations", ASSETS: "Assets"}
GROUPS = {CASES: "Case", QUOTATIONS: "Quotation", ASSETS: "Asset"}


@dataclass(frozen=True)
class Field:
    """`many`: several columns may hold it. `reads` names the kind of value in its cells."""

    key: str
    label: str
    group: str
    headings: tuple[str, ...]
    reads: str = "words"
    many: bool = False


def field(key: str, label: str, group: str, headings: str, reads: str = "words", many: bool = False) -> Field:
    return Field(key, label, group, tuple(heading.strip() for heading in headings.split(",")), reads, many)


def _from_file() -> dict[str, dict[str, Field]]:
    told = tomllib.loads((REFERENCE / "record_headings.toml").read_text("utf-8"))
    return {kind: {key: _of(kind, key, **row) for key, row in told[kind].items()} for kind in RECORDS}


def _of(kind: str, key: str, label: str, headings: list[str], reads: str = "words", many: bool = False) -> Field:
    return Field(key, label, GROUPS[kind], tuple(headings), reads, many)


RECORD_FIELDS = _from_file()
