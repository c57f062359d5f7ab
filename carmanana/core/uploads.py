"""How large a file may be: UPLOAD_MEGABYTES, set once at start."""

MEGABYTE = 1024 * 1024

megabytes = 20


def allow(most: int) -> None:
    global megabytes
    megabytes = most


def most_bytes() -> int:
    return megabytes * MEGABYTE
