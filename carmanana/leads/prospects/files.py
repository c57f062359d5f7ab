"""A file of leads, whatever it is: an email, ADF or cards of people; told by its content, not by its name."""

import re
from dataclasses import dataclass

from carmanana.contacting.attachments import sort_of

from . import adf, vcard
from .prospect import Prospect, Unreadable, must_fit

NEITHER = "It is none of these: an email (.eml) or a file (.xml) with leads in ADF, or contacts (.vcf)."


@dataclass(frozen=True)
class Found:
    """`source` and `asked_by` are codes of a lead; `out_of_reach` are names of people whom nobody could answer."""

    prospects: list[Prospect]
    source: str
    asked_by: str
    out_of_reach: tuple[str, ...] = ()


def read(name: str, content: bytes, zone: str = "UTC") -> Found:
    if not content.strip():
        raise Unreadable("It is empty.")
    must_fit(content)
    start = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"begin:vcard") or b"b\x00e\x00g\x00i\x00n\x00:\x00v\x00c" in start[:40]:
        return Found(vcard.from_bytes(content), "other", "other", tuple(vcard.out_of_reach(content)))
    if sort_of(content)[0] == "email":
        return Found(adf.from_email(content, zone), "marketplace", "email")
    if re.search(rb"<(?:[\w]+:)?(?:adf|prospect)\b|&lt;adf|<\x00a\x00d\x00f", content, re.IGNORECASE):
        return Found(adf.from_bytes(content, zone), "marketplace", "other")
    raise Unreadable(NEITHER)
