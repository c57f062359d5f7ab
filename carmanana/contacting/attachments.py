"""Keeping files: a size cap, a random stored name, and a type that comes from the content."""

import io
import re
import secrets
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from werkzeug.datastructures import FileStorage

from carmanana.core import uploads
from carmanana.core.db import private_folder
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.people import User

MOST_FILES = 10
UNPACKED, LISTED = 200 * uploads.MEGABYTE, uploads.MEGABYTE

folder = Path()

SIGNATURES = [
    (rb"\x89PNG\r\n\x1a\n", "picture", "image/png"),
    (rb"\xff\xd8\xff", "picture", "image/jpeg"),
    (rb"GIF8[79]a", "picture", "image/gif"),
    (rb"RIFF....WEBP", "picture", "image/webp"),
    (rb"RIFF....WAVE", "recording", "audio/wav"),
    (rb"ID3|\xff[\xfb\xf3\xf2]", "recording", "audio/mpeg"),
    (rb"OggS", "recording", "audio/ogg"),
    (rb"....ftypM4A", "recording", "audio/mp4"),
    (rb"....ftyp", "recording", "audio/mp4"),
    (rb"\x1aE\xdf\xa3", "recording", "audio/webm"),
    (rb"%PDF-", "document", "application/pdf"),
    (rb"PK\x03\x04", "document", "application/zip"),
]
# What holds sound alone, and what holds a film: the tracks tell, not the brand.
SOUND = re.compile(rb"hdlr.{8}soun", re.DOTALL)
FILMS = {
    "audio/mp4": (re.compile(rb"hdlr.{8}vide", re.DOTALL), "video/mp4"),
    "audio/webm": (re.compile(rb"\x86.V_[A-Z]", re.DOTALL), "video/webm"),
    "audio/ogg": (re.compile(rb"OggS.{22,60}\x80theora", re.DOTALL), "video/ogg"),
}
MAIL_HEADER = re.compile(
    rb"^(from|to|cc|bcc|sender|reply-to|subject|date|sent|received|return-path|message-id|in-reply-to|references"
    rb"|mime-version|content-type"
    rb"|content-transfer-encoding|delivered-to|dkim-signature|authentication-results|user-agent|importance|(x|arc"
    rb"|thread|list)-[\w-]+):[ \t]?",
    re.IGNORECASE,
)
INLINE = {
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "audio/wav",
    "audio/mpeg",
    "audio/ogg",
    "audio/mp4",
    "audio/webm",
}


def keep_in(path: Path) -> None:
    """Where uploads lie; set once at start."""
    global folder
    folder = path
    private_folder(folder)


@dataclass
class Kept:
    """A file that lies in the folder and belongs to no activity yet."""

    name: str
    kind: str
    media_type: str
    stored: str
    size: int
    used: bool = False


@contextmanager
def kept(files: list[FileStorage]) -> Iterator[list[Kept]]:
    """Write files before the transaction that needs them; those that it did not use go again."""
    if len(files) > MOST_FILES:
        raise Refused([Refusal("files", f"At most {MOST_FILES} files at once.", field="files")])
    with no_strays() as written:
        for file in files:
            written.append(keep(file.filename or "file", file.stream.read(uploads.most_bytes() + 1)))
        yield written


@contextmanager
def no_strays() -> Iterator[list[Kept]]:
    """A list for files; those that nobody has used by the end go again, and all of them where it ends in a refusal."""
    written: list[Kept] = []
    ended_well = False
    try:
        yield written
        ended_well = True
    finally:
        for stray in written:
            if not (ended_well and stray.used):
                (folder / stray.stored).unlink(missing_ok=True)


def keep(name: str, content: bytes) -> Kept:
    """Write one file under a random name."""
    _refuse(name, content)
    stored = secrets.token_hex(16)
    with uploads.new_file(folder / stored) as file:
        file.write(content)
    return Kept(clean_name(name), *sort_of(content), stored, len(content))


def attach(activity: Activity, files: list[Kept], by: User | None) -> Activity:
    """Give kept files to an activity, inside its transaction: it comes with all of them or not at all."""
    for file in files:
        Attachment.create(
            activity=activity,
            kind=file.kind,
            name=file.name,
            stored=file.stored,
            media_type=file.media_type,
            size=file.size,
            uploaded_by=by,
        )
        file.used = True
    return activity


def _refuse(name: str, content: bytes) -> None:
    sentence = ""
    if not content:
        sentence = f"{clean_name(name)} is empty."
    elif len(content) > uploads.most_bytes():
        sentence = f"{clean_name(name)} is larger than {uploads.megabytes} MB."
    elif content.startswith(b"PK\x03\x04") and _bursts(content):
        sentence = f"{clean_name(name)} unpacks to more than it should. Send its parts."
    if sentence:
        raise Refused([Refusal("file", sentence, field="files")])


def _bursts(content: bytes) -> bool:
    """A zip whose content would be out of all proportion, or so much that its list alone would."""
    end = content.rfind(b"PK\x05\x06", -66_000)
    if end >= 0 and int.from_bytes(content[end + 12 : end + 16], "little") > LISTED:
        return True
    try:
        return sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(content)).infolist()) > UNPACKED
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError):  # damaged, or no zip at all
        return False


def clean_name(name: str) -> str:
    """The person's own name for it, with any letters, without paths and control characters."""
    bare = re.split(r"[\\/]", name)[-1]
    return "".join(c for c in bare if c.isprintable()).strip(". ")[:150] or "file"


def sort_of(content: bytes) -> tuple[str, str]:
    """Kind and media type, by the content alone."""
    for signature, kind, media_type in SIGNATURES:
        if re.match(signature, content[:32], re.DOTALL):
            return _film(content, media_type) or (kind, media_type)
    if _is_email(content):
        return "email", "message/rfc822"
    return "document", "text/plain" if _is_text(content) else "application/octet-stream"


def _film(content: bytes, media_type: str) -> tuple[str, str] | None:
    """A recording with pictures is kept as a document; so is an MP4 in which no sound is found."""
    if media_type not in FILMS:
        return None
    moves, film = FILMS[media_type]
    silent = media_type == "audio/mp4" and content[8:11] != b"M4A" and not SOUND.search(content)
    return ("document", film) if silent or moves.search(content) else None


def _is_email(content: bytes) -> bool:
    """A mail as it was saved: its headers first, after the line that mailboxes put between messages."""
    lines = content[:16_000].removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()[:120]
    lines = lines[1:] if lines and lines[0].startswith(b"From ") else lines
    headers = [line for line in lines if MAIL_HEADER.match(line)]
    return bool(lines) and MAIL_HEADER.match(lines[0]) is not None and len(headers) >= 2


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def read(attachment: Attachment) -> bytes:
    return (folder / attachment.stored).read_bytes()


def path_of(attachment) -> Path:
    """Of anything that knows its stored name."""
    return folder / attachment.stored
