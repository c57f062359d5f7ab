"""Names as they go together, read from cultures.toml."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Culture:
    name: str
    language: str
    women: tuple  # words: (Latin, own script)
    men: tuple
    families: tuple  # pairs of words: as a man bears it, as a woman does
    towns: tuple
    share: int = 2
    script: str = "latin"
    family_first: bool = False
    gap: str = " "
    bynames: list = field(default_factory=list)

    @property
    def couples(self):
        """Families whose name husband and wife bear alike, where people write "Mark & Jenny Holloway"."""
        if self.script != "latin" or self.family_first:
            return ()
        return [his for his, hers in self.families if his == hers]


def _word(text):
    latin, _, own = text.replace("_", " ").partition(":")
    return latin, own or latin


def _words(text):
    return tuple(map(_word, text.split()))


def _families(text):
    pairs = (family.split("/") for family in text.split())
    return tuple((_word(pair[0]), _word(pair[-1])) for pair in pairs)


def _towns(text):
    return tuple(town.strip() for town in text.split(","))


def _culture(entry):
    read = {"women": _words, "men": _words, "families": _families, "towns": _towns}
    return Culture(**{key: read.get(key, lambda value: value)(value) for key, value in entry.items()})


_BOOK = tomllib.loads(Path(__file__).with_name("cultures.toml").read_text("utf-8"))
CULTURES = [_culture(entry) for entry in _BOOK["culture"]]
NOTABLES = _BOOK["notable"]
