"""Makes and models as they are spelled, with body types, for completion and against common misspellings."""

import csv
from functools import cache

from rapidfuzz import fuzz, process

from carmanana.config import ROOT
from carmanana.core.text import fold

CLOSE = 84  # of 100: one or two letters apart in a name of usual length


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    with (ROOT / "data" / "reference" / "vehicles.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["make"], row["model"], row["body"]) for row in csv.DictReader(file))


@cache
def _spellings() -> dict[str, str]:
    with (ROOT / "data" / "reference" / "vehicle_spellings.csv").open(encoding="utf-8", newline="") as file:
        return {row["written"]: row["meant"] for row in csv.DictReader(file)}


@cache
def makes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(make for make, _, _ in _rows()))


@cache
def models(make: str) -> tuple[str, ...]:
    return tuple(model for known, model, _ in _rows() if known == make)


@cache
def body_of(make: str, model: str) -> str:
    """ "suv", "pickup", …; "" for what is not in the catalogue."""
    return next((body for known, name, body in _rows() if (known, name) == (make, model)), "")


def make_meant(written: str) -> str:
    """The make as it is spelled, where it is clear which is meant; else what was written."""
    words = " ".join(written.split())
    return _meant(words, makes(), _spellings()) if words else ""


def model_meant(make: str, written: str) -> str:
    """The model of a make as it is spelled; trims and what we do not know stay as they were written."""
    words = " ".join(written.split())
    return _meant(words, models(make), {}) if words else ""


def _meant(words: str, known: tuple[str, ...], spellings: dict[str, str]) -> str:
    folded = fold(words)
    if folded in spellings:
        return spellings[folded]
    names = {fold(name): name for name in known}
    if folded in names:
        return names[folded]
    plain = {name.replace("-", "").replace(" ", ""): meant for name, meant in names.items()}
    if (squeezed := folded.replace("-", "").replace(" ", "")) in plain:
        return plain[squeezed]
    if len(folded) < 5 or any(letter.isdigit() for letter in folded):
        return words
    found = process.extractOne(folded, names.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return names[found[0]] if found else words
