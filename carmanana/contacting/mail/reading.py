"""Reading an email that somebody else made. Nothing in it is trusted: what cannot be read is left out, and what
would take too long or too much memory is not opened at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from carmanana.contacting.mail.markup import text_of
from carmanana.core import clock

MOST_HEADERS, MOST_PARTS, MOST_DEPTH, MOST_LINES = 200_000, 200, 20, 400_000
LONG_FIELD = re.compile(rb"(?im)^content-[a-z-]+:(?:[^\n]|\n[ \t]){20000}")
MOST_TEXT = 200_000
UNREADABLE = (
    *(ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError),
    MessageError,
)
WESTERN = (
    "iso-8859-1",
    "iso8859-1",
    "iso_8859-1",
    "latin-1",
    "latin1",
    "l1",
    "windows-1252",
    "cp1252",
    "utf-8",
    "us-ascii",
    "ascii",
)
NO_TEXT = "This email’s text could not be read. Download the file."
ENDINGS = {
    "text/calendar": "ics",
    "message/rfc822": "eml",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "application/pdf": "pdf",
}


@dataclass
class Part:
    """A file that came with an email."""

    name: str
    content: bytes


@dataclass
class Mail:
    sender: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    to: list[str] = field(default_factory=list)
    subject: str = ""
    at: datetime | None = None
    message_id: str = ""
    words: str = ""
    page: str = ""
    parts: list[Part] = field(default_factory=list)


def read_mail(content: bytes, zone: str = "UTC") -> Mail | None:
    """What it says, or None where it is no readable email. `zone` is for a date that names none."""
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if content.startswith(b"From "):
        content = content.partition(b"\n")[2]
    if overgrown(content):
        return None
    try:
        message = message_from_bytes(content)
        headers = _headers(message)
        return Mail(
            sender=_first_address(headers, "from", "sender", "return-path"),
            shown={name: headers.get(name, "")[:1000] for name in ("from", "to", "date", "subject")},
            to=[address for _, address in _addresses(headers.get("to", "")) if "@" in address],
            subject=headers.get("subject", "")[:200],
            at=_moment(headers, zone),
            message_id=_token(headers.get("message-id", "")),
            words=_words(message),
            page=_page(message),
            parts=list(_parts(message)),
        )
    except UNREADABLE:
        return None


def as_shown(content: bytes) -> dict[str, str]:
    """For the page of a kept email: who, to whom, when, about what, and its words."""
    mail = read_mail(content)
    return mail.shown | {"words": mail.words} if mail else {"words": NO_TEXT}


def overgrown(content: bytes) -> bool:
    """Headers without end, parts within parts within parts, lines by the million."""
    head = re.search(rb"\r?\n\r?\n", content)
    too_many = (
        content.count(b"\n") > MOST_LINES
        or content.lower().count(b"boundary=") > MOST_DEPTH * 4
        or content.count(b"\n--") > MOST_PARTS * 25
    )
    return too_many or (head.start() if head else len(content)) > MOST_HEADERS or LONG_FIELD.search(content) is not None


def _headers(message: Message) -> dict[str, str]:
    """The first of each name, decoded, on one line."""
    told: dict[str, str] = {}
    charset = next((found for part in _leaves(message) if (found := part.get_content_charset())), "utf-8")
    for name, value in message.raw_items():
        told.setdefault(name.lower(), _decoded(str(value), charset))
    return told


def _decoded(value: str, charset: str = "utf-8") -> str:
    """Raw letters, which no header should have, are mostly in the charset of the body."""
    raw = decoded(value.encode("utf-8", "surrogateescape")[:10_000], charset)
    try:
        text = str(make_header(decode_header(raw)))
    except UNREADABLE:
        text = raw
    return _one_line(text)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _addresses(value: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([value[:5000]])
    except UNREADABLE:
        return []


def _first_address(headers: dict[str, str], *names: str) -> str:
    found = (address.lower() for name in names for _, address in _addresses(headers.get(name, "")) if "@" in address)
    return next(found, "")


def _token(value: str) -> str:
    found = re.search(r"<[^<>\s]{3,250}>", value)
    return found[0] if found else ""


def _moment(headers: dict[str, str], zone: str) -> datetime | None:
    """When it was sent, where it says so believably."""
    try:
        at = (
            parsedate_to_datetime(headers["date"])
            if headers.get("date")
            else datetime.strptime(headers["sent"], "%A, %B %d, %Y %I:%M %p")
        )
    except UNREADABLE:
        return None
    if at.year < 1990 or at.year > 9000:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC) if headers.get("date") else clock.from_local(at, zone)
    return at if at <= clock.now() else None


def _leaves(message: Message) -> Iterator[Message]:
    """Every part that is no frame around others; an email within an email is one part."""
    waiting, seen = [(message, 0)], 0
    while waiting and seen < MOST_PARTS:
        part, depth = waiting.pop(0)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list) and depth < MOST_DEPTH:
            waiting[:0] = [(each, depth + 1) for each in inner]
        else:
            seen += 1
            yield part


def _words(message: Message) -> str:
    """The plain text; where there is none, the page as text."""
    return next((text.strip() for text in _bodies(message, "text/plain") if text.strip()), "") or text_of(
        _page(message)
    )


def _page(message: Message) -> str:
    """The page as its marks."""
    return next(_bodies(message, "text/html"), "")


def _bodies(message: Message, sort: str) -> Iterator[str]:
    return (_text(part) for part in _leaves(message) if part.get_content_type() == sort and not _is_file(part))


def _text(part: Message) -> str:
    content = (part.get_payload(decode=True) or b"")[:MOST_TEXT]
    text = decoded(content, part.get_content_charset("utf-8"))
    return text.replace("\r\n", "\n").replace("\x00", "")


def decoded(content: bytes, charset: str) -> str:
    """As mail programs read it: what says it is Western or plain is UTF-8 where it can be, else Windows-1252, of which
    ISO-8859-1 is a part that nobody means."""
    if charset.lower() in WESTERN:
        return _western(content)
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):
        return _western(content)


def _western(content: bytes) -> str:
    """A text that is UTF-8 but for a damaged letter is UTF-8 still. The five holes of Windows-1252 are read as they
    are."""
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost == 0 or sum(not c.isascii() for c in text) > 2 * lost:
        return text
    return "".join(
        c if c != "\ufffd" else chr(byte) for c, byte in zip(content.decode("cp1252", "replace"), content, strict=True)
    )


def _is_file(part: Message) -> bool:
    named = part.get_content_disposition() == "attachment" or bool(_filename(part))
    return named or part.get_content_type() not in ("text/plain", "text/html", "text/enriched", "text/x-amp-html")


def _filename(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except UNREADABLE:
        return "file"


def _parts(message: Message) -> Iterator[Part]:
    for number, part in enumerate(_leaves(message), 1):
        if _is_file(part) and (content := _content(part)):
            yield Part(_name(part, number), content)


def _content(part: Message) -> bytes:
    try:
        inner = part.get_payload()
        if isinstance(inner, list):
            return inner[0].as_bytes() if inner else b""
        return part.get_payload(decode=True) or b""
    except UNREADABLE:
        return b""


def _name(part: Message, number: int) -> str:
    sort = part.get_content_type()
    return _decoded(_filename(part)) or f"part {number}.{ENDINGS.get(sort, 'bin')}"
