"""A file of leads, whatever it is: an email, ADF or cards of people; told by its content, not by its name."""

import re
from dataclasses import dataclass

from carmanana.contacting.attachments import sort_of
from carmanana.contacting.mail.reading import read_mail

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
    if _is_card(content):
        return _of(vcard.from_bytes(content), "other", "other")
    if sort_of(content)[0] == "email":
        return _from_email(content, zone)
    if re.search(rb"<(?:[\w]+:)?(?:adf|prospect)\b|&lt;adf|<\x00a\x00d\x00f", content, re.IGNORECASE):
        return _of(adf.from_bytes(content, zone), "marketplace", "other")
    raise Unreadable(NEITHER)


def _is_card(content: bytes) -> bool:
    start = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"begin:vcard") or b"b\x00e\x00g\x00i\x00n\x00:\x00v\x00c" in start[:40]


def _from_email(content: bytes, zone: str) -> Found:
    """In ADF, or as cards that go with it."""
    try:
        return _of(adf.from_email(content, zone), "marketplace", "email")
    except Unreadable as error:
        mail = read_mail(content, zone)
        card = next((part.content for part in mail.parts if _is_card(part.content)), None) if mail else None
        if card is None or str(error) != adf.NOT_ADF:
            raise
    return _of(vcard.from_bytes(card), "other", "email")


def _of(told: list[Prospect], source: str, asked_by: str) -> Found:
    left_out = tuple(one.called or "no name" for one in told if not one.reachable)
    return Found([one for one in told if one.reachable], source, asked_by, left_out)
