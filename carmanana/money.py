"""Money is whole cents with a currency."""

import re

SYMBOLS = {"USD": "$", "CAD": "CA$", "EUR": "€", "GBP": "£", "MXN": "MX$"}
MOST = 100_000_000_00


def shown(cents: int | None, currency: str = "USD") -> str:
    """$38,900, or $38,900.50 where there are cents."""
    if cents is None:
        return ""
    sign = "−" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    return f"{sign}{SYMBOLS.get(currency, currency + ' ')}{whole:,}" + (f".{part:02d}" if part else "")


def short(cents: int, currency: str = "USD") -> str:
    """$284k and $1.58M, for sums that are read at a glance."""
    symbol = SYMBOLS.get(currency, currency + " ")
    amount = cents / 100
    if abs(amount) >= 999_500:
        return f"{symbol}{amount / 1_000_000:.2f}M"
    return f"{symbol}{amount / 1000:.0f}k" if abs(amount) >= 1000 else f"{symbol}{amount:.0f}"


def parsed(text: str) -> int:
    """Cents of what a person typed ("$26,000 "); ValueError where it is no amount."""
    bare = re.sub(r"[\s\u00a0$€£,_]|USD|CAD|EUR|GBP|MXN", "", text.strip(), flags=re.I)
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", bare):
        raise ValueError(text)
    whole, _, part = bare.partition(".")
    cents = int(whole) * 100 + int((part + "00")[:2])
    if cents > MOST:
        raise ValueError(text)
    return cents
