"""No price goes out to a lead: nothing is quoted or negotiated before we know what they want (Lead & deal SOP, section
G). What they have named themselves as their budget may be repeated to them."""

import re

from carmanana.contacting.phrase_check import bare_prices, figures
from carmanana.contacting.phrase_check.amounts import Amount, amounts
from carmanana.contacting.phrase_check.judging import Verdict, judge
from carmanana.contacting.phrase_check.reading import LONGEST, folded
from carmanana.records.phrases import PRICE, QUOTE

LEAST = 50_00  # hundredths: a key ring for $20 is no price of a vehicle
MEASURING = re.compile(
    r"\b(mile|miles|mileage|mi|km|kms|kilomet\w*|kilometraje|kilometrage|millas|odometer|odometro"
    r"|compteur|clock|dash|dashboard|cuentakilometros|tablero|marcador)\b"
)
ABROAD = re.compile(
    r"\b\d[\d., ]{0,12}(?: ?(?:mil|mille))? ?(?:dolares|dolar|piastres|balles)\b|\b\d[\d.,]{0,12} ?(?:mil|mille) (?:euros?|pesos"
    r"|dollars?)\b"
)
THINGS = (
    r"(?:miles?|mi|km|kms|kilomet\w*|millas?|milles|kilos?|kg|lbs?|libras|livres|hours?|horas|heures|days?|dias?"
    r"|jours?|people|personas"
    r"|personnes|clients?|clientes|customers?|vehicles?|vehiculos?|vehicules?|coches?|voitures?|cars?|units?|unidades"
    r"|exemplaires?|rpm|hp"
    r"|caballos|chevaux|cv|square|sq|pies)\b"
)
COUNTED = re.compile(rf"^\W*{THINGS}")
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
    r"(?:(?:is|was|are|of|on|at|that|it|would|be|about|around|close|to|near|plus|minus|you|you'd|come|comes|out|run|runs|start|starts|from"
    r"|de|es|son|seria|serian|quedan?|en|unos|est|serait|sont|seraient|tourn\w+|autour|environ|a)\W+){0,5}"
    r"(?P<named>(?!(?:19\d\d|20[0-3]\d)\b)\d{3,6})\b"
    r"|\b(?:ahorr\w+|rebaj\w+|descuent\w+|econom\w+|enlev\w+|remise|mejor(?:ar|o|amos)|amelior\w+)\b"
    r"(?:\W+(?:le|les|de|d'|un|une|en|vous|unos|environ|esa?|cette|oferta|offre)){0,4}\W+(?P<saved>\d{3,5}|mille?)\b"
    r"|(?P<paid>\b\d{3,6}) ?(?:down|monthly|al mes|par mois|(?:a|per) month|mensual(?:es|idad)|mensuel(?:le)?s?|de entrada|de enganche|d.acompte)\b"
)  # price: 28500, payments of 410, 2000 down
UNDER = re.compile(
    r"\b(?:mileage|miles|odometer)(?: (?:is|of|under|over|below|above|around|about|at|up to|to|than)){1,3} ?$"
)
BUDGET = re.compile(
    r"\b(?:(?:your|a) budget|(?:su|tu|un) presupuesto|(?:votre|un|d'un) budget)"
    r"(?: (?:of|is|was|de|es|era|est|etait)| d')?(?: (?:about|around|up to|unos|hasta|environ|autour de))? ?[$€£]?$"
)  # theirs, said back to them
BUDGET_AFTER = re.compile(
    r" ?[$€£]?,? ?(?:is|was|es|era|est|etait) (?:your|su|tu|votre) (?:budget|limit|maximum|presupuesto|limite)\b"
)
SAID_BACK = re.compile(
    r"\b(?:you(?:'d| had)? (?:said|told|mentioned|wrote|asked|want(?:ed)? to (?:stay|spend|keep))|(?:your|a) budget"
    r"|(?:me|nos) (?:dijo|comento|menciono|indico|conto|escribio)|(?:usted )?(?:menciono|comento)|quiere (?:gastar|quedarse)"
    r"|(?:su|tu|un) presupuesto|(?:votre|un|d'un) budget|vous voul(?:ez|iez) (?:rester|mettre|depenser)"
    r"|vous (?:m'|nous |l')?(?:avez|aviez) (?:dit|parle|ecrit|indique|mentionne))\b[^\d.!?;]{0,60}$"
)  # and no figure, nor our own doing, between
OURS = re.compile(r"\b(?:i|we|je|on|nous|puedo|podemos|hago|dejo|pero|but|mais)\b")
FIGURE = re.compile(r"\d[\d., ]*")
NEAR = 48  # letters to either side of a figure in which a word says what it measures, unless another figure comes first
NUMBER = re.compile(r"\d[\d., ]*\d|\d")
IN_THOUSANDS = re.compile(r"thousand|grand|mil|\dk\b")
TOLD_IN_THOUSANDS = re.compile(r"\b(?:thousand|grand|mil(?:le)?|\d+)$")
MONEY = "$€£"


def quoted(text: str, lead=None) -> list[Verdict]:
    """What quotes or negotiates a price in it, in its order; but for what this lead has named."""
    text = text[:LONGEST]
    stated = _stated(lead) if lead else set()
    found = [_verdict(text, one.start, one.end) for one in amounts(text) if _is_price(one, text, stated)]
    letters, places = folded(text)
    spans = [one.span() for pattern in (ABROAD, SPELT) for one in pattern.finditer(letters)]
    spans += [one.span(one.lastgroup) for pattern in (PRICED, DEALT) for one in pattern.finditer(letters)]
    spans = [each for each in spans if not _measures(letters, *each)] + bare_prices.bare(letters)
    for start, end in spans:
        if _is_their_budget(letters, start, end):
            continue
        size, start, end = _size(letters[start:end]), places[start], places[end - 1] + 1
        taken = any(start < other.end and other.start < end for other in found)
        if not taken and size not in stated:
            found.append(_verdict(text, start, end))
    said = [one for one in judge(text, about_lead=True) if one.sort == QUOTE and not _is_harmless(one, text, stated)]
    return sorted(found + said, key=lambda verdict: verdict.start)


def _is_their_budget(letters: str, start: int, end: int) -> bool:
    """What they may spend, as they told it, is said back to them."""
    before = letters[max(0, start - 100) : start]
    told = SAID_BACK.search(before)
    theirs = told and not OURS.search(told[0])
    return bool(theirs or BUDGET.search(before[-60:]) or BUDGET_AFTER.match(letters, end))


def doubtful(text: str, lead=None) -> list[Verdict]:
    """Bare numbers that may be prices; but for what this lead has named."""
    letters, places = folded(text[:LONGEST])
    stated = _stated(lead) if lead else set()
    spans = [each for each in bare_prices.maybe(letters) if _size(letters[each[0] : each[1]]) not in stated]
    return [_verdict(text, places[start], places[end - 1] + 1, PRICE) for start, end in spans]


def _verdict(text: str, start: int, end: int, sort: str = QUOTE) -> Verdict:
    return Verdict(sort, None, start, end, text[start:end])


def _is_price(amount: Amount, text: str, stated: set[int]) -> bool:
    if amount.percent:
        return amount.given
    if amount.hundredths < LEAST or amount.hundredths in stated:
        return False
    words = text[amount.start : amount.end]
    if not any(letter.isdigit() for letter in words):
        return any(word in words.casefold() for word in ("dollar", "euro", "pound", "buck", "peso"))
    before, after = folded(text[: amount.start])[0], folded(text[amount.end : amount.end + NEAR])[0]
    around = f"{before[-NEAR:]} {after}"
    if _is_their_budget(before + after, len(before), len(before)) and not amount.given:
        return False
    if COUNTED.match(after) and not any(mark in words for mark in MONEY):
        return amount.given
    if words.casefold().endswith("pounds") and WEIGHED.search(around):
        return False
    if any(mark in words for mark in MONEY) or amount.given:
        return True
    plain = words.strip()[-1:].isdigit()
    letters = before + folded(words)[0] + after
    measures = plain and _measures(letters, len(before), len(letters) - len(after))
    return not (measures or UNDER.search(before[-40:]))


def _measures(letters: str, start: int, end: int) -> bool:
    """A word of distance stands near it in its sentence, and no other figure between them that it may belong to."""
    before = re.split(r"[.!?\n](?!\d)", letters[max(0, start - NEAR) : start])[-1]
    after = re.split(r"[.!?\n](?!\d)", letters[end : end + NEAR])[0]
    *others, behind = FIGURE.split(before)
    near = COUNTED.sub("", behind) if others else behind, FIGURE.split(after)[0]
    return any(MEASURING.search(each) for each in near)


def _stated(lead) -> set[int]:
    """The sizes that they named: in the assessment's budget, and in their own words."""
    needs = lead.needs
    budget = {needs.budget_from_cents, needs.budget_to_cents} - {None} if needs else set()
    return budget | {amount.hundredths for amount in amounts(lead.message, bare=True)}


def _is_harmless(said: Verdict, text: str, stated: set[int]) -> bool:
    """What a phrase found repeats what they named, or goes on as a distance: "under 50 thousand on the odometer"."""
    letters, number = folded(said.words)[0], NUMBER.search(said.words)
    if number and _is_their_budget(before := folded(text[: said.start + number.start()])[0], len(before), len(before)):
        return True
    behind = folded(text[said.end : said.end + 30])[0]
    return bool(TOLD_IN_THOUSANDS.search(letters)) and (_size(letters) in stated or bool(MEASURING.search(behind)))


def _size(words: str) -> int:
    """In hundredths; what is told in thousands without saying so counts in thousands: 28, twenty-eight, 28 mil."""
    number = None if bare_prices.DECADE.search(words) else NUMBER.search(words)
    whole = re.sub(r"[., ]", "", number[0]) if number else ""
    size = int(whole) if whole else sum(figures.WORDS.get(word, 0) for word in re.findall(r"[a-z]+", words))
    return size * 100 * (1000 if size < 1000 and IN_THOUSANDS.search(words) or size < 100 else 1)
