"""What a cell means where it is more than words: money, phone numbers, email addresses."""

import re
from decimal import ROUND_HALF_UP, Decimal

from carmanana.core import money
from carmanana.core.phones import e164, is_rounded, parted
from carmanana.core.text import listed
from carmanana.customers.contact import looks_like_phone
from carmanana.importing.cells.words import Unclear, missing, words

SIGNED = re.compile(r"([^\d.,+=()−-]*)(.*?)([^\d.,+=()−-]*)", re.DOTALL)
NO_CENTS = re.compile(r"[.,][-–—]{1,2}")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+|[1-9]\d{0,2}(\.\d{3})+")
FRACTION = re.compile(r"([\d.,]*?\d)(?:,(\d{1,2})|\.(\d+))?")
LONGEST_EMAIL = 254


POINT, COMMA = "point", "comma"
STYLES = {POINT: "1,234.50", COMMA: "1.234,50"}
DOUBTFUL = re.compile(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*")


def style_of(text: str) -> str:
    """What one amount proves of its column: that the fraction stands behind a point, or a comma; mostly nothing."""
    bare = re.sub(r"[^\d.,]", "", text)
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3}){2,}|[1-9]\d{0,2}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})", bare):
        return POINT
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3}){2,}|[1-9]\d{0,2}(\.\d{3})+,\d+|\d+,\d{1,2}", bare):
        return COMMA
    return ""


def doubtful(text: str) -> bool:
    """Could be twenty-eight and a half, or twenty-eight thousand five hundred."""
    return bool(DOUBTFUL.fullmatch(text.strip()))


def cents(text: str, style: str = "") -> int:
    """Whole cents of "$26,000 ", "26.000,00 €" or "26000". `style` decides "28.500", which is one or the other."""
    refuse_rounded(text)
    before, bare, after = _signed(text)
    split = _split(_plain_fraction(bare, style))
    for sign in filter(None, (before, after)) if split else ():
        _meant(sign, text)
    if split is None:
        raise Unclear(f"“{text[:40]}” is not an amount of money. Write it like 26,000.")
    whole, part = split
    amount = int((Decimal(f"{whole}.{part or 0}") * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if amount > money.MOST_SMALL:
        raise Unclear(
            f"“{text[:40]}” is more than {money.shown(money.MOST_SMALL)[1:]}, the most that a deal may be worth."
        )
    return amount


def _signed(text: str) -> tuple[str, str, str]:
    """The sign before, the number, the sign behind. "18.500,-" has no cents."""
    bare = re.sub(r"[\s'’_]", "", text)
    if mark := NO_CENTS.search(bare):
        bare = bare.replace(mark[0], "", 1)
    return SIGNED.fullmatch(bare).groups()


def _meant(sign: str, text: str) -> frozenset[str]:
    try:
        return money.meant("CAD" if sign.upper() == "C$" else sign)
    except money.Unreadable:
        raise Unclear(f"“{text[:40]}” is not an amount of money. Write it like 26,000.") from None


def _plain_fraction(bare: str, style: str) -> str:
    """The one mark before three digits is the fraction's, where the column's style says so; four digits say it to
    all."""
    mark = {POINT: ".", COMMA: ","}.get(style)
    return bare.replace(mark, ".") + "0" if mark and re.fullmatch(rf"\d{{1,3}}{re.escape(mark)}\d{{3}}", bare) else bare


def _split(bare: str) -> tuple[str, str] | None:
    """The whole and the fraction. Groups of three are thousands, whichever mark parts them; the
    fraction follows another mark, or the only one."""
    if len(bare) > 20:
        return None
    if THOUSANDS.fullmatch(bare):
        return re.sub("[.,]", "", bare), ""
    match = FRACTION.fullmatch(bare)
    if not match or not (match[1].isdigit() or THOUSANDS.fullmatch(match[1])):
        return None
    return re.sub("[.,]", "", match[1]), match[2] or match[3] or ""


def currency(text: str, usual: str = "", named: str = "") -> str | None:
    """USD of "USD 26,000" or "US$26,000"; None where the text does not say. Of what a sign can mean ("$" is many
    countries') it is the usual one of the file, else what it plainly means. Another one than is `named` beside it is
    no amount."""
    before, _, after = _signed(text)
    try:
        found = [_meant(sign, text) for sign in (before, after) if sign]
    except Unclear:  # no amount either, as its reader says
        found = []
    if not found:
        return None
    codes = frozenset.intersection(*found)
    if named and named not in codes or not codes:
        raise Unclear(f"“{text[:40]}” is in another currency than {named or 'it says'}.")
    code = named or (usual if usual in codes else money.plain(codes))
    if not code:
        raise Unclear(f"“{text[:40]}” may be in {listed(sorted(codes), 'or')}. Write the code, such as {min(codes)}.")
    return code


def currency_named(text: str) -> str | None:
    """What a column of currencies says: a code, a sign, or a code among words."""
    bare = text.strip()
    code = re.search(r"\b[A-Z]{3}\b", bare.upper())
    if code and code[0] in money.SYMBOLS:
        return code[0]
    try:
        return money.plain(money.meant("CAD" if bare.upper() == "C$" else bare))
    except money.Unreadable:
        return None


def refuse_rounded(text: str) -> None:
    """1.23457E+11 was a longer number before a spreadsheet wrote it so."""
    if is_rounded(text):
        raise Unclear(
            f"“{text[:40]}” is how a spreadsheet writes a long number, without its last digits. Format the column as "
            "text and export it again."
        )


def phone(text: str, region: str) -> str | None:
    """E.164 where the number is whole and valid, read as dialled within `region`; else None.
    Seven digits without an area code are never whole, so they prove no duplicate."""
    return e164(text, region or None) if sum(c.isdigit() for c in text) >= 8 else None


def phones(text: str, region: str = "") -> list[str]:
    """The numbers in a cell, as typed."""
    numbers = [part for part in map(words, parted(text, region)) if not missing(part)]
    for number in numbers:
        if is_rounded(number):
            raise Unclear(
                f"“{number[:60]}” is a phone number that a spreadsheet has rounded. Format the column as text and "
                f"export it again."
            )
        if not looks_like_phone(number):
            raise Unclear(f"“{number[:60]}” is not a phone number.")
    return numbers


EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@.,<>()\[\];:\"\\]+(\.[^\s@.,<>()\[\];:\"\\]+)+")


def emails(text: str) -> list[str]:
    """The addresses in a cell."""
    addresses = [part for part in map(words, re.split(r"\s*:::\s*|[;,\n|]", text)) if not missing(part)]
    return [_email(address) for address in addresses]


def _email(text: str) -> str:
    address = re.sub(r"^mailto:|^.*<(.+)>$", r"\1", text, flags=re.IGNORECASE)
    if len(address) > LONGEST_EMAIL or ".." in address or not EMAIL.fullmatch(address):
        raise Unclear(f"“{text[:80]}” is not an email address.")
    return address
