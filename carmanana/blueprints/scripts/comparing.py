"""Two texts beside each other, and a text with what was found in it."""

import re
from collections import namedtuple
from difflib import SequenceMatcher
from itertools import pairwise

Piece = namedtuple("Piece", "words look")


def compared(before: str, after: str) -> list[Piece]:
    """What stayed, what is gone and what is new, word by word."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind in ("equal", "delete", "replace"):
            pieces.append(Piece("".join(old[a:b]), "" if kind == "equal" else "gone"))
        if kind in ("insert", "replace"):
            pieces.append(Piece("".join(new[c:d]), "new"))
    return pieces


def marked(text: str, verdicts) -> list[Piece]:
    """A text in pieces: what would be refused, what would be asked about, and the rest."""
    edges = sorted({0, len(text), *(edge for verdict in verdicts for edge in (verdict.start, verdict.end))})
    return [Piece(text[start:end], _look(start, end, verdicts)) for start, end in pairwise(edges) if text[start:end]]


def _look(start: int, end: int, verdicts) -> str:
    over = [verdict for verdict in verdicts if verdict.start < end and start < verdict.end]
    return "refused" if any(verdict.refuses for verdict in over) else "warned" if over else ""
