"""The SOPs as pages: data/reference/sops has a file each. What a refusal cites leads to its section."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from flask import url_for

from carmanana.config import ROOT

FOLDER = ROOT / "data" / "reference" / "sops"
ORDER = ("lead-and-deal", "cancellation", "cancelling-a-customer", "saving-a-sale", "house-rules")
MARKS = {"### ": "head", "> ": "quote", "- ": "list", "  - ": "list"}


@dataclass(frozen=True)
class Block:
    """Lines of one kind: `words`, `head`, `quote`, or a `list`, of (line, what is beneath it)."""

    kind: str
    lines: tuple


@dataclass(frozen=True)
class Section:
    """`cited` are its names within its SOP, `also` those that name it by themselves."""

    title: str
    cited: tuple[str, ...]
    also: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.cited[0].casefold()).strip("-")


@dataclass(frozen=True)
class Sop:
    slug: str
    title: str
    cited: str
    about: str
    sections: tuple[Section, ...]


@cache
def sops() -> dict[str, Sop]:
    return {slug: _read(FOLDER / f"{slug}.md") for slug in ORDER}


def line_of(cited: str) -> tuple[Sop, Section | None] | None:
    """Where this stands: an SOP, and its section where one is named. What follows a colon is its words."""
    return _lines().get(cited.partition(":")[0].strip().casefold())


def sop_url(cited: str) -> str:
    """The address of what is cited; empty where it is no line of ours, such as a law."""
    found = line_of(cited)
    if found is None:
        return ""
    sop, section = found
    return url_for("help.sop", sop_slug=sop.slug, _anchor=section.anchor if section else None)


@cache
def _lines() -> dict[str, tuple[Sop, Section | None]]:
    lines = {}
    for sop in sops().values():
        lines[sop.cited.casefold()] = (sop, None)
        for section in sop.sections:
            names = [f"{sop.cited}, {name}" for name in section.cited]
            lines |= {name.casefold(): (sop, section) for name in (*names, *section.also)}
    return lines


# reading a file


def _read(path: Path) -> Sop:
    first, *rest = re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)
    facts = _facts(first)
    return Sop(
        path.stem, first.splitlines()[0].removeprefix("# "), facts["cited"], facts["about"], tuple(map(_section, rest))
    )


def _section(text: str) -> Section:
    title, _, body = text.partition("\n")
    facts = _facts(body.partition("\n\n")[0])
    cited, also = (tuple(filter(None, facts.get(name, "").split("; "))) for name in ("cited", "also"))
    return Section(title, cited, also, tuple(_blocks(body.partition("\n\n")[2].splitlines())))


def _facts(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines() if re.match(r"(cited|also|about): ", line))


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    for kind, several in groupby(filter(None, lines), _kind):
        lines = tuple(several)
        if kind == "list":
            yield Block(kind, tuple(_items(lines)))
        else:
            yield from (Block(kind, (_bare(line),)) for line in lines)


def _items(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    item, beneath = "", []
    for line in lines:
        if line.startswith("  "):
            beneath.append(_bare(line))
            continue
        if item:
            yield item, tuple(beneath)
        item, beneath = _bare(line), []
    yield item, tuple(beneath)


def _kind(line: str) -> str:
    return next((kind for mark, kind in MARKS.items() if line.startswith(mark)), "words")


def _bare(line: str) -> str:
    return line.removeprefix(next((mark for mark in MARKS if line.startswith(mark)), "")).replace("*", "")
