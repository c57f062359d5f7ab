"""No price goes out to a lead: nothing is quoted or negotiated before we know what they want (Lead & deal SOP, section
G). What they have named themselves as their budget may be repeated to them."""

import re

from carmanana.contacting.phrase_check.amounts import Amount, amounts
from carmanana.contacting.phrase_check.judging import Verdict, judge
from carmanana.contacting.phrase_check.reading import LONGEST, folded
from carmanana.records.phrases import QUOTE

LEAST = 50_00  # hundredths: a key ring for $20 is no price of a vehicle
MEASURING = re.compile(r"\b(mile|miles|mileage|mi|km|kms|kilomet\w*|kilometraje|kilometrage|millas|odometer|clock)\b")
ABROAD = re.compile(
    r"\b\d[\d., ]*(?: ?(?:mil|mille))? ?(?:dolares|dolar|piastres|balles)\b|\b\d[\d.,]* ?(?:mil|mille) (?:euros?|pesos"
    r"|dollars?)\b"
)
THINGS = (
    r"(?:miles?|mi|km|kms|kilomet\w*|millas?|milles|kilos?|kg|lbs?|libras|livres|hours?|horas|heures|days?|dias?"
    r"|jours?|people|personas"
    r"|personnes|clients?|clientes|customers?|vehicles?|vehiculos?|vehicules?|coches?|voitures?|cars?|units?|unidades"
    r"|exemplaires?|rpm|hp"
    r"|caballos|chevaux|cv|square|sq|pies)\b"
)
COUNTED = re.compile(rf"\W*{THINGS}")
WEIGHED = re.compile(r"\b(?:tow|tows|towing|weighs?|weight|haul|hauls|hauling|carry|carries|payload|trailer|boat)\b")
PRICED = re.compile(
    rf"(?<![\d(+.,])(?<!\d[ -])(?P<price>\d{{1,3}}(?:[., ]\d{{3}})+|\d{{1,3}} ?(?:mil|mille|thousand)\b)(?!\d|[ .,"
    rf"-]?\d|\W*(?:pounds\b|{THINGS}))"
)  # a figure of thousands without a currency, not before what it would measure
SPELT = re.compile(
    r"\b(?:(?:uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w+|veint\w+"
    r"|treinta|cuarenta"
    r"|cincuenta|sesenta|setenta|ochenta|noventa|cien|y|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
    r"|treize|quatorze|quinze"
    r"|seize|vingts?|trente|quarante|cinquante|soixante|cents?|et|un|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|one|two|three|four|five|seven|eight"
    r"|nine)[ -]){1,5}"
    r"(?:mil|mille|thousand|hundred|grand(?!\W*(?:cherokee|caravan|wagoneer|marquis|vitara|scenic|prix|tour)))\b"
    rf"(?!\W*(?:pounds\b|{THINGS}))"
)  # twenty-eight thousand, twenty-eight grand, veintiocho mil, vingt-huit mille
DEALT = re.compile(
    r"\b(?:price|precio|prix|sticker|msrp|invoice|payments?|monthly|mensual\w*)\b\W{0,3}"
    r"(?:(?:is|was|of|on|at|that|it|would|be|about|around|plus|minus|de|es|seria|est|serait)\W+){0,4}"
    r"(?P<named>(?!(?:19\d\d|20[0-3]\d)\b)\d{3,6})\b"
    r"|(?P<paid>\b\d{3,6}) ?(?:down|monthly|al mes|par mois|(?:a|per) month|de entrada|de enganche|d.acompte)\b"
)  # price: 28500, payments of 410, 2000 down
NUMBER = re.compile(r"\d[\d., ]*\d|\d")
MONEY = "$€£"


def quoted(text: str, lead) -> list[Verdict]:
    """What quotes or negotiates a price in it, in its order."""
    text = text[:LONGEST]
    stated = _stated(lead)
    found = [_verdict(text, one.start, one.end) for one in amounts(text) if _is_price(one, text, stated)]
    letters, places = folded(text)
    spans = [one.span() for pattern in (ABROAD, SPELT) for one in pattern.finditer(letters)]
    spans += [one.span(one.lastgroup) for pattern in (PRICED, DEALT) for one in pattern.finditer(letters)]
    for start, end in spans:
        if MEASURING.search(letters, max(0, start - 30), end + 30):
            continue
        size, start, end = _size(letters[start:end]), places[start], places[end - 1] + 1
        taken = any(start < other.end and other.start < end for other in found)
        if not taken and size not in stated:
            found.append(_verdict(text, start, end))
    said = [verdict for verdict in judge(text, about_lead=True) if verdict.sort == QUOTE]
    return sorted(found + said, key=lambda verdict: verdict.start)


def _verdict(text: str, start: int, end: int) -> Verdict:
    return Verdict(QUOTE, None, start, end, text[start:end])


def _is_price(amount: Amount, text: str, stated: set[int]) -> bool:
    if amount.percent:
        return amount.given
    if amount.hundredths < LEAST or amount.hundredths in stated:
        return False
    words = text[amount.start : amount.end]
    if not any(letter.isdigit() for letter in words):
        return any(word in words.casefold() for word in ("dollar", "euro", "pound", "buck", "peso"))
    around = folded(text[max(0, amount.start - 40) : amount.end + 40])[0]
    if COUNTED.match(folded(text[amount.end : amount.end + 40])[0]) and not any(mark in words for mark in MONEY):
        return amount.given
    if words.casefold().endswith("pounds") and WEIGHED.search(around):
        return False
    plain = not any(mark in words for mark in MONEY) and words.strip()[-1:].isdigit()
    return amount.given or not (plain and MEASURING.search(around))


def _stated(lead) -> set[int]:
    """The sizes that they named: in the assessment's budget, and in their own words."""
    needs = lead.needs
    budget = {needs.budget_from_cents, needs.budget_to_cents} - {None} if needs else set()
    return budget | {amount.hundredths for amount in amounts(lead.message, bare=True)}


def _size(words: str) -> int:
    number = NUMBER.search(words)
    digits = re.sub(r"\D", "", number[0]) if number else ""
    return int(digits or 0) * (100_000 if "mil" in words else 100)
