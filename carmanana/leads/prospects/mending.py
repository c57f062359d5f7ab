"""XML as senders of leads write it, brought into a form that a strict reader takes. The official sample itself is not
well-formed: its declarations are capital words."""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as safe
from defusedxml.common import DefusedXmlException

OF_XML = ("amp", "lt", "gt", "quot", "apos")
DECLARED = re.compile(rb"""encoding\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
DOCUMENT = re.compile(r"<adf\b", re.IGNORECASE), re.compile(r"</adf\s{0,20}>", re.IGNORECASE)
ALONE = re.compile(r"<prospect\b", re.IGNORECASE), re.compile(r"</prospect\s{0,20}>", re.IGNORECASE)
CDATA = re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")
ENTITY = re.compile(r"&(#x?[0-9a-fA-F]{1,7}|\w{1,32});")
LOOSE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
LOOSE_LESS = re.compile(r"<(?![A-Za-z/!])")
INSTRUCTION = re.compile(r"<\?.{0,500}?\?>|<!DOCTYPE[^>\[]{0,500}>", re.DOTALL | re.IGNORECASE)
BARE_ATTRIBUTE = re.compile(r"(?<=\s)([A-Za-z][\w:.-]{0,60})\s*=\s*([^\s\"'<>=]{1,200})(?=[\s>/])")
TAG = re.compile(r"<[A-Za-z][^<>]{0,2000}>")
OF_A_NAMESPACE = re.compile(r"""\s(?:xmlns|[\w.-]{1,30}:[\w.-]{1,60})\s{0,9}=\s{0,9}(?:"[^"]*"|'[^']*')""")
TAG_NAME = re.compile(r"(</?)([A-Za-z][\w:.-]{0,60})")
PREFIX = re.compile(r"(</?)[A-Za-z][\w.-]{0,30}:(?=[A-Za-z])")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def documents(text: str) -> list[str]:
    """Each ADF document in a text, however it is wrapped; prospects without one where there is none."""
    if "<" not in text or not re.search(r"<(?:\w+:)?(?:adf|prospect)\b", text, re.IGNORECASE):
        text = html.unescape(text)
    text = PREFIX.sub(r"\1", text)
    found = [text[begin:end] for begin, end in _spans(text, *DOCUMENT)]
    return found or [f"<adf>{text[begin:end]}</adf>" for begin, end in _spans(text, *ALONE)]


def _spans(text: str, opens: re.Pattern, closes: re.Pattern) -> Iterator[tuple[int, int]]:
    """From each opening to the next closing, in one pass however many are left open."""
    at = 0
    while (begin := opens.search(text, at)) and (end := closes.search(text, begin.end())):
        yield begin.start(), end.end()
        at = end.end()


def read(text: str) -> Element | None:
    """The document as a tree with small names; None where no mending helps."""
    text = mended(text)
    try:
        root = safe.fromstring(text.encode("utf-8"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    return root


def mended(text: str) -> str:
    text = UNWRITABLE.sub("", text)
    text = INSTRUCTION.sub("", text)
    text = _without_cdata(text)
    text = ENTITY.sub(_known_entity, text)
    text = LOOSE_AMPERSAND.sub("&amp;", text)
    text = LOOSE_LESS.sub("&lt;", text)
    text = TAG_NAME.sub(lambda found: found[1] + found[2].lower(), text)
    return TAG.sub(lambda found: BARE_ATTRIBUTE.sub(r'\1="\2"', OF_A_NAMESPACE.sub("", found[0])), text)


def _without_cdata(text: str) -> str:
    pieces, at = [], 0
    for begin, end in _spans(text, *CDATA):
        pieces += [text[at:begin], html.escape(text[begin + 9 : end - 3], quote=False)]
        at = end
    return "".join([*pieces, text[at:]])


def _known_entity(found: re.Match) -> str:
    """&nbsp; and its like are HTML's and unknown to XML."""
    if found[1].startswith("#"):
        shown = html.unescape(found[0])
        return html.escape(UNWRITABLE.sub("", shown), quote=False) if len(shown) == 1 else ""
    if found[1] in OF_XML:
        return found[0]
    shown = html.unescape(found[0])
    return shown if shown != found[0] else f"&amp;{found[1]};"
