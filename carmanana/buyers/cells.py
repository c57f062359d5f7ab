"""What of a wanted vehicle can be written in a cell of the buyers list: how it is read, and how it is told so that it
reads the same again."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from carmanana.core import locales, money
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.deals import NeedsAssessment, VehicleOption
from carmanana.records.house import house_currency, house_unit, in_unit

FIRST_YEAR, LAST_YEAR, FARTHEST = 1886, 2100, 2_000_000
OPEN = {"", "-", "–", "any"}
RANGE = re.compile(r"\s*(?:–|—|-|\bto\b)\s*")
LEAST = re.compile(r"(?:from|since)\s+(.+)|(.+?)\s*\+")
MOST = re.compile(r"(?:to|until|up to|at most|under|max\.?)\s+(.+)")
THOUSANDS = re.compile(r"^(.*\d)\s*k$", re.IGNORECASE)
DISTANCE = re.compile(r"(\d{1,3}(?:[ ,.'’_]\d{3})+|\d{1,9})")
OF_THOUSANDS = re.compile(r"(\d{1,4})(?:[.,](\d{1,3}))?")


@dataclass(frozen=True)
class Cell:
    """`read` gives facts of the option, or of the assessment where they are `shared` by all vehicles of it; `money`
    cells are told the currency as well."""

    key: str
    label: str
    read: Callable[..., dict]
    says: Callable[..., str]
    shared: bool = False
    money: bool = False

    def told(self, option: VehicleOption, needs: NeedsAssessment, locale: str, currency: str) -> str:
        return self.says(option, needs, locale, *((currency,) if self.money else ()))


def _words(name: str, most: int) -> Callable[[str, str], dict]:
    def read(text: str, locale: str) -> dict:
        if len(text) > most:
            raise ValueError(f"At most {most} characters.")
        return {name: text}

    return read


def _make(text: str, locale: str) -> dict:
    if not text:
        raise ValueError("Enter the make.")
    return _words("brand", 60)(text, locale)


def _years(text: str, locale: str) -> dict:
    low, high = (_year(part) for part in _ends(text))
    if low and high and high < 100:
        high += low // 100 * 100
    for year in (low, high):
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError("Enter years such as 2021–2025, 2021– or 2023.")
    if low and high and high < low:
        raise ValueError("The years end before they begin.")
    return {"year_from": low, "year_to": high}


def _year(part: str | None) -> int | None:
    if part is None:
        return None
    if not (part.isascii() and part.isdigit() and len(part) in (2, 4)):
        raise ValueError("Enter years such as 2021–2025, 2021– or 2023.")
    return int(part)


def _ends(text: str) -> tuple[str | None, str | None]:
    """ "2021–25", "2021–", "from 2021", "to 2023", "2023": the one that is meant twice."""
    text = text.strip()
    if text.lower() in OPEN:
        return None, None
    if found := MOST.fullmatch(text):
        return None, found[1].strip()
    if found := LEAST.fullmatch(text):
        return (found[1] or found[2]).strip(), None
    parts = RANGE.split(text)
    if len(parts) == 1:
        return text, text
    if len(parts) > 2:
        raise ValueError("Enter one range such as 28,000–34,000.")
    return parts[0].strip() or None, parts[1].strip() or None


def _mileage(text: str, locale: str) -> dict:
    if text.lower() in OPEN:
        return {"most_miles": None, "distance_unit": house_unit()}
    bare = re.sub(r"\s*(?:mi|miles|km|kilomet(?:re|er)s)\.?$", "", text, flags=re.IGNORECASE)
    if found := MOST.fullmatch(bare):
        bare = found[1]
    distance = _distance(bare)
    if distance is None or distance > FARTHEST:
        raise ValueError("Enter a distance as a whole number.")
    unit = (
        "km" if re.search(r"\bk(?:m|ilo)", text.lower()) else "mi" if re.search(r"\bmi", text.lower()) else house_unit()
    )
    return {"most_miles": distance, "distance_unit": unit}


def _distance(text: str) -> int | None:
    """Of "50,000", or of "12.5k"."""
    if not text.isascii() and "’" not in text:
        return None
    if found := THOUSANDS.fullmatch(text):
        part = OF_THOUSANDS.fullmatch(found[1])
        return int(part[1]) * 1000 + int((part[2] or "").ljust(3, "0")) if part else None
    return int(re.sub(r"\D", "", text)) if DISTANCE.fullmatch(text) else None


def _budget(text: str, locale: str, currency: str) -> dict:
    first, last = _ends(text)
    if first and first == last:
        return {"budget_from_cents": None, "budget_to_cents": _amount(last, locale, currency)}
    if (
        first
        and last
        and THOUSANDS.fullmatch(last)
        and not THOUSANDS.fullmatch(first)
        and len(re.sub(r"\D", "", first)) < 4
    ):
        first += "k"
    low, high = (_amount(part, locale, currency) for part in (first, last))
    if low is not None and high is not None and high < low:
        raise ValueError("The budget ends below where it begins.")
    return {"budget_from_cents": low, "budget_to_cents": high}


def _amount(part: str | None, locale: str, currency: str) -> int | None:
    if part is None:
        return None
    found = THOUSANDS.fullmatch(part)
    cents, codes = money.read(found[1] if found else part, locales.marks(locale))
    if codes and currency not in codes:
        raise ValueError(f"This budget is in {currency}, and “{money.bare(codes)}” is not.")
    cents = cents * 1000 if found else cents
    if cents > money.most(currency):
        raise ValueError("That is more than an amount may be.")
    return cents


def _musts(text: str, locale: str) -> dict:
    """The names of what is a must, by commas; "-" for none."""
    by_name = {name.casefold(): code for code, name in VehicleOption.MUSTS.items()} | {"colours": "colours"}
    by_name |= {"colour": "colours", "color": "colours", "year": "years", "price": "price"}
    named = [part.strip().casefold() for part in text.split(",") if part.strip().casefold() not in OPEN]
    if unknown := [name for name in named if name not in by_name]:
        offered = ", ".join(VehicleOption.MUSTS.values())
        raise ValueError(f"“{unknown[0][:40]}” is none of {offered}.")
    return {"musts": frozenset(by_name[name] for name in named)}


def _told_years(option: VehicleOption, needs: NeedsAssessment, locale: str) -> str:
    low, high = option.year_from, option.year_to
    if low and low == high:
        return str(low)
    return f"{low or ''}–{high or ''}" if low or high else ""


def _told_mileage(option: VehicleOption, needs: NeedsAssessment, locale: str) -> str:
    if option.most_miles is None:
        return ""
    return locales.number(in_unit(option.most_miles, option.distance_unit, house_unit()), locale)


def _told_budget(option: VehicleOption, needs: NeedsAssessment, locale: str, currency: str) -> str:
    """With its sign, where that is not the money of the house."""
    sign = "" if currency == house_currency() else money.SYMBOLS.get(currency, f"{currency} ")
    ends = (needs.budget_from_cents, needs.budget_to_cents)
    low, high = ("" if cents is None else sign + _plainly(cents, locale) for cents in ends)
    if not low:
        return high
    return f"{low}–{high}"


def _plainly(cents: int, locale: str) -> str:
    return money.in_marks(f"{cents / 100:,.2f}".removesuffix(".00"), locales.marks(locale))


def _told_musts(option: VehicleOption, needs: NeedsAssessment, locale: str) -> str:
    return ", ".join(name for code, name in VehicleOption.MUSTS.items() if code in option.musts) or "–"


CELLS = {
    cell.key: cell
    for cell in (
        Cell("make", "Make", _make, lambda o, n, _: o.brand),
        Cell("model", "Model", _words("model", 80), lambda o, n, _: o.model),
        Cell("years", "Years", _years, _told_years),
        Cell("mileage", "Mileage up to", _mileage, _told_mileage),
        Cell("colours", "Colors", _words("colours", 120), lambda o, n, _: o.colours),
        Cell("budget", "Budget", _budget, _told_budget, shared=True, money=True),
        Cell("timeline", "Timeline", _words("timeline", 120), lambda o, n, _: n.timeline, shared=True),
        Cell("location", "Location", _words("location", 120), lambda o, n, _: n.location, shared=True),
        Cell("special", "Special preferences", _words("special", 250), lambda o, n, _: o.special),
        Cell("musts", "Must have", _musts, _told_musts),
    )
}


def read(key: str, text: str, locale: str, currency: str) -> dict:
    """The facts that the text says of a buyer whose amounts are in a currency. Raises Refused with what to mend."""
    cell, said = CELLS[key], " ".join((text or "").replace("\x00", "").split())
    try:
        return cell.read(said, locale, currency) if cell.money else cell.read(said, locale)
    except ValueError as wrong:
        raise Refused([Refusal("cell", str(wrong), field=key)]) from wrong
