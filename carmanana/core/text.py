"""Text as people mean it: without case and accents, or only its digits."""

import unicodedata


def fold(text: str | None) -> str:
    """Lower case without accents, so that a filter finds what a person means."""
    if not text or text.isascii():
        return (text or "").lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())
