"""Which currency a number format of Excel shows: the cell holds 26000, the person sees £26,000."""

import re
from contextlib import suppress

from carmanana.core import money

SIGNED = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?\]")
LITERAL = re.compile(r'"([^"]+)"|([€£¥₹₽₩₺₴₪])')
# of signs that several countries use, by Windows' number of the language
OF_LANGUAGES = {
    "409": "USD", "1009": "CAD", "C0C": "CAD", "C09": "AUD", "1409": "NZD", "80A": "MXN", "2C0A": "ARS", "340A": "CLP",
    "240A": "COP", "C04": "HKD", "1004": "SGD", "4809": "SGD", "809": "GBP", "41D": "SEK", "414": "NOK", "406": "DKK",
    "40F": "ISK", "411": "JPY", "804": "CNY", "4009": "INR",
}  # fmt: skip


def by_style(formats: dict[str, str]) -> dict[str, str]:
    return {style: code for style, shown in formats.items() if (code := currency_of(shown))}


def currency_of(shown: str) -> str:
    """The code; empty where the format shows none, or a bare $, which is the house's."""
    first = shown.partition(";")[0]
    for sign, language in SIGNED.findall(first):
        if sign.strip():
            return _code(sign.strip(), OF_LANGUAGES.get(language.upper().lstrip("0"), ""))
    return next(filter(None, (_code((quoted or bare).strip(), "") for quoted, bare in LITERAL.findall(first))), "")


def _code(sign: str, of_language: str) -> str:
    """ "EUR", "€"; "$" and "kr" by the language, else not at all."""
    with suppress(money.Unreadable):
        codes = money.meant(sign)
        return of_language if of_language in codes else "" if sign == "$" else money.plain(codes) or ""
    return ""
