"""Amounts of money and percentages in what somebody wrote: $1,200, 1200 USD, 1.5k, seven hundred dollars, 10 %."""

import re
from dataclasses import dataclass

from carmanana.contacting.phrase_check.reading import folded

SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SPELT = {word: number for number, word in enumerate(SMALL.split(), 1)} | {
    word: 10 * number for number, word in enumerate(TENS.split(), 2)
}
TIMES = {"hundred": 100, "thousand": 1000, "grand": 1000, "k": 1000}

ONE = "|".join(sorted(SPELT, key=len, reverse=True))
FIGURES = r"\d{1,3}(?:[., ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
SPELT_OUT = (
    rf"(?:(?:a|{ONE})[ -]){{0,3}}(?:hundred|thousand|grand)(?:[ -](?:and )?(?:{ONE}|hundred|thousand)\b){{0,8}}"
    rf"|(?:{ONE})(?:[ -](?:{ONE}))?"
)
MONEY = r"usd|cad|eur|gbp|mxn|dollars?|bucks?|euros?|pounds?|pesos?"
AMOUNT = re.compile(
    rf"(?P<before>[$€£] ?|\b(?:usd|cad|eur|gbp|mxn) ?)?(?<![\d.,])(?<![a-z])(?P<number>{FIGURES}|(?:{SPELT_OUT})\b)"
    rf"(?P<times> ?(?:k|grand|thousand|hundred)\b)?(?P<after> ?(?:[$€£%]|(?:{MONEY}|percent|per cent|pct)\b))?"
)
GIVEN_AFTER = re.compile(
    r"(?:\W+[a-z]+)?\W+(?:off|less|discount\w*|cheaper|rebate\w*|reduction|credit\w*|lower|savings)\b"
)
GIVEN_BEFORE = re.compile(
    r"\b(?:discount|rebate|credit|reduction|concession|save|saves|saving|by|take|knock|drop|another|extra"
    r"|additional)(?: you)?(?: of)?(?: another)?\W*$"
)
MEASURED = re.compile(r"\W*(?:miles?|mi|km|kms|kilomet\w*|hours?|days?|people|clients?|customers?)\b")
LEAST, LEAST_BARE = 10_00, 100_00
MOST_FIGURES = 15


@dataclass(frozen=True)
class Amount:
    """In hundredths, of a currency or of one in a hundred; `given` where it stands beside a word of giving."""

    hundredths: int
    percent: bool
    given: bool
    start: int
    end: int

    @property
    def size(self) -> tuple[int, bool]:
        return self.hundredths, self.percent


def amounts(text: str, bare: bool = False) -> list[Amount]:
    """In the order of the text; with plain numbers of three figures and more too where `bare`."""
    letters, places = folded(text)
    found = (_amount(each, letters, places, bare) for each in AMOUNT.finditer(letters))
    return [amount for amount in found if amount]


def _amount(found: re.Match, letters: str, places, bare: bool) -> Amount | None:
    unit, times = (found["after"] or "").strip(), (found["times"] or "").strip()
    hundredths = round(_value(found["number"]) * TIMES.get(times, 1) * 100)
    percent = unit.startswith(("%", "p")) and not unit.startswith(("pound", "peso"))
    given = bool(
        GIVEN_AFTER.match(letters, found.end())
        or GIVEN_BEFORE.search(letters, max(0, found.start() - 30), found.start())
    )
    if (
        (bare and hundredths >= LEAST_BARE)
        or found["before"]
        or unit
        or _is_meant(found, times, given, hundredths, letters)
    ):
        return Amount(hundredths, percent, given, places[found.start()], places[found.end() - 1] + 1)


def _is_meant(found: re.Match, times: str, given: bool, hundredths: int, letters: str) -> bool:
    """Without a currency: “700 off”, “2k”, “29,000”; but no “29,000 miles”."""
    if MEASURED.match(letters, found.end()) or hundredths < LEAST:
        return False
    grand = times in ("k", "grand") or "grand" in found["number"]
    return given or grand or bool(re.match(r"\d{1,3}(,\d{3})+", found["number"]))


def _value(number: str) -> float:
    if number[0].isdigit():
        whole, part = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", number).groups()
        return float(re.sub(r"[., ]", "", whole)[:MOST_FIGURES] + "." + (part or "0"))
    total = current = 0
    for word in re.split(r"[ -]", number):
        if word in TIMES:
            total, current = (
                (total, max(current, 1) * 100) if word == "hundred" else (total + max(current, 1) * 1000, 0)
            )
        else:
            current += SPELT.get(word, 0)
    return float(total + current)
