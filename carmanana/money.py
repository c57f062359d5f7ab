"""Money is whole cents with a currency."""

import re

SYMBOLS = {"USD": "$", "CAD": "CA$", "EUR": "€", "GBP": "£", "MXN": "MX$"}
MOST = 100_000_000_00
CURRENCY = r"(?:[A-Z]{0,2}[$€£]|USD|CAD|EUR|GBP|MXN)"
AMOUNT = re.compile(rf"(?:{CURRENCY} ?)?(\d{{1,3}}(?:[, _]\d{{3}}){{1,2}}|\d{{1,9}})(?:\.(\d{{1,2}}))?(?: ?{CURRENCY})?", re.IGNORECASE)


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
    return f"{symbol}{amount / 1000:.0f}k" if abs(amount) >= 999.5 else f"{symbol}{amount:.0f}"


def parsed(text: str) -> int:
    """Cents of what a person typed ("$26,000 "); ValueError where it is no amount. A comma parts
    thousands and nothing else: "12,50" may mean two amounts, so it is none."""
    found = AMOUNT.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(text)
    whole, part = re.sub("[, _]", "", found[1]), found[2] or ""
    cents = int(whole) * 100 + int(part.ljust(2, "0"))
    if cents > MOST:
        raise ValueError(text)
    return cents
