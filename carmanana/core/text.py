"""Text as people mean it: without case and accents, or only its digits."""

import unicodedata


def fold(text: str | None) -> str:
    """Lower case without accents, so that a filter finds what a person means."""
    if not text or text.isascii():
        return (text or "").lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def listed(words: list[str], last: str = "and") -> str:
    """Cases, assets and future expiry."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def several(number: int, one: str, many: str = "") -> str:
    """1 row, 2,000 rows; the marks of nobody's locale, for what a command prints and what is kept."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())
