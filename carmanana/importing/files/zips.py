"""What a zip says of itself, judged before anything in it is opened."""

import struct
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from carmanana.importing.files.unreadable import Unreadable

MOST_MEMBERS = 2_000
MOST_DIRECTORY = 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
END_RECORD = b"PK\x05\x06"


def members(path: Path) -> dict[str, ZipInfo]:
    """The members by name; Unreadable where the zip would swell beyond reason."""
    _refuse_long_directory(path)
    try:
        with ZipFile(path) as packed:
            found = packed.infolist()
    except (BadZipFile, NotImplementedError, struct.error, ValueError, OSError):
        raise Unreadable(
            "The file is damaged: it begins like an Excel workbook and does not end like one. Save it again and "
            "upload that."
        ) from None
    _refuse_bomb(found)
    if any(member.flag_bits & 1 for member in found):
        raise Unreadable("The file is protected by a password. Save it without one and upload it again.")
    return {member.filename: member for member in found}


def _refuse_long_directory(path: Path) -> None:
    """The list of members is itself read into memory, so its length is looked up first."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 66_000))
        tail = file.read()
    at = tail.rfind(END_RECORD)
    record = tail[at : at + 22] if at >= 0 else b""
    if len(record) == 22 and struct.unpack("<I", record[12:16])[0] > MOST_DIRECTORY:
        raise _swollen()


def _refuse_bomb(found: list[ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in found)
    if len(found) > MOST_MEMBERS or unpacked > MOST_UNPACKED or any(map(_dense, found)):
        raise _swollen()


def _dense(member: ZipInfo) -> bool:
    return member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1)


def _swollen() -> Unreadable:
    return Unreadable(
        "The file would unpack to far more than a spreadsheet of this size holds, so it was not opened. Save the "
        "sheet as CSV and upload that."
    )
