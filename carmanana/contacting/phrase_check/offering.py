"""While an order is being saved, nothing is offered but what the manager approved (Cancellation SOP, section 3.3)."""

from carmanana.contacting import lock
from carmanana.contacting.phrase_check.amounts import Amount, amounts
from carmanana.contacting.phrase_check.judging import Verdict, book, sentence_around
from carmanana.contacting.phrase_check.matching import Page
from carmanana.records.deals import Deal, Payment, balance
from carmanana.records.phrases import BEYOND, PRICE
from carmanana.records.quotations import SENT, WON, Quotation

ALL_OF_IT = (100_00, True)
STEM, LOOKED_AT = 5, 6
LEAST_PRICE = 1_000_00
PLAIN = """
a an the this that these those your our my his her their its it you we i they us me him them and or of for to in on at
by with from until as so if when will would can could shall should may might be is are was were been being have has
had do does did get gets got give gives giving take takes also just very really all any some more most then than not
no yes please thank thanks again still now too only about out up down off into over yours mine throw free cost charge
extra complimentary gift included include
"""
PLAIN_WORDS = frozenset(PLAIN.split())


def watched(given: dict, by) -> bool:
    """Words to a customer whose order is in cancellation review; a manager approves what they offer themselves."""
    return not by.is_manager and lock.under_review(given["customer"])


def unapproved(text: str, customer, terms) -> tuple[list[Verdict], list[Verdict]]:
    """What is offered beyond the approved terms: amounts that may not be named, and words that are to be asked
    about."""
    page, sizes = book().page(text), _approved(customer, terms)
    facts = _facts(customer, sizes)
    excused = book().honest(page)
    strange = [amount for amount in amounts(text) if not _stands(amount, sizes, facts)]
    quoted = [amount for amount in strange if excused >> _word_at(page, amount.start) & 1]
    refused = [_verdict(text, amount.start, amount.end) for amount in strange if amount not in quoted]
    asked = [_verdict(text, amount.start, amount.end) for amount in quoted]
    return refused, asked + _words_of_offering(page, excused, terms, sizes, facts)


def unquoted(text: str, customer, terms, quotation: Quotation | None = None) -> list[Verdict]:
    """Prices that are neither in the approved terms nor among what the customer's deals and quotations say, the one
    that goes out with the text included."""
    sizes, facts = _approved(customer, terms), _facts(customer, set()) | _quoted(customer)
    facts |= _figures(quotation) if quotation else set()
    written = [
        amount for amount in amounts(text) if any(letter.isdigit() for letter in text[amount.start : amount.end])
    ]  # a Grand Cherokee is no price
    named = [amount for amount in written if not amount.percent and amount.hundredths >= LEAST_PRICE]
    return [_verdict(text, amount.start, amount.end, PRICE) for amount in named if amount.size not in sizes | facts]


def _verdict(text: str, start: int, end: int, sort: str = BEYOND) -> Verdict:
    return Verdict(sort, None, start, end, text[start:end])


# amounts


def _approved(customer, terms) -> set:
    """The sizes in the terms, their values and limits; and what a percentage makes of the price."""
    sizes = {amount.size for term in terms for amount in amounts(term, bare=True)}
    shares = [hundredths for hundredths, percent in sizes if percent]
    return sizes | {(price * share // 100_00, False) for price in _prices(customer) for share in shares}


def _stands(amount: Amount, sizes: set, facts: set) -> bool:
    """Approved; or a fact of the customer's orders, unless it is given away. What an approved offer leaves of the price
    is one."""
    if amount.size in sizes:
        return True
    return not amount.given and (amount.size == ALL_OF_IT or amount.size in facts)


def _facts(customer, sizes: set) -> set:
    facts = set()
    for deal in Deal.select().where(Deal.customer == customer):
        price, paid, left = (
            deal.value_cents or 0,
            [payment.amount_cents for payment in deal.payments.where(Payment.stands())],
            balance(deal),
        )
        owed = {price, price - left}
        facts |= {
            *paid,
            left,
            deal.deposit_cents,
            *owed,
            *(sum_ - cents for sum_ in owed for cents, percent in sizes if not percent),
        }
    return {(cents, False) for cents in facts if cents > 0}


def _quoted(customer) -> set:
    """What stands in the quotations that they were sent and that hold still or were accepted: sums, and each line."""
    standing = Quotation.select().where(Quotation.customer == customer, Quotation.state.in_((SENT, WON)))
    return {size for quotation in standing for size in _figures(quotation)}


def _figures(quotation: Quotation) -> set:
    found = {quotation.net_cents, quotation.tax_cents, quotation.total_cents}
    found |= {abs(cents) for line in quotation.lines for cents in (line.price_cents, line.net_cents)}
    return {(cents, False) for cents in found if cents > 0}


def _prices(customer) -> list[int]:
    return [deal.value_cents for deal in Deal.select().where(Deal.customer == customer) if deal.value_cents]


# words


def _words_of_offering(page: Page, excused: int, terms, sizes: set, facts: set) -> list[Verdict]:
    pages = [book().page(term) for term in terms]
    found = [
        (start, end, "price") for start, end in _spans(page, "offer_price") if not _priced(page, start, sizes, facts)
    ]
    found += [(start, end, sort) for sort in ("gift", "more") for start, end in _spans(page, f"offer_{sort}")]
    places = page.reading.places
    return [
        _verdict(page.reading.text, places[start][0], places[end - 1][1])
        for start, end, sort in sorted(found)
        if not (excused >> start & 1 or any(_covers(term, sort, page, start, end) for term in pages))
    ]


def _spans(page: Page, name: str) -> list[tuple[int, int]]:
    """Where the list's wordings stand, the longest of those that overlap; “a day off” is no offer."""
    innocent = [range(start, end) for start, end in _all(page, "no_offer")]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(_all(page, name), key=lambda span: span[0] - span[1]):
        if not any(start < last and first < end for first, last in kept) and not any(
            start in words or end - 1 in words for words in innocent
        ):
            kept.append((start, end))
    return kept


def _all(page: Page, name: str):
    for length, bits in page.found(name).items():
        while bits:
            start = (bits & -bits).bit_length() - 1
            yield start, start + length
            bits &= bits - 1


def _priced(page: Page, start: int, sizes: set, facts: set) -> bool:
    """Its sentence names an approved amount, and no strange one."""
    first, last = sentence_around(page.reading.words, start, start)
    named = amounts(page.reading.told(first, last))
    return any(amount.size in sizes for amount in named) and all(_stands(amount, sizes, facts) for amount in named)


def _covers(term: Page, sort: str, page: Page, start: int, end: int) -> bool:
    """The term is an offer of this sort too, and of the same thing."""
    what = _thing(page.reading.words, start, end)
    named = [
        _named(term.reading.words[first:last]) or _saying(term.reading.words)
        for first, last in _spans(term, f"offer_{sort}")
    ]
    return any(what <= things for things in named) if what else False


def _thing(words: list[str], start: int, end: int) -> set[str]:
    """What is offered: what the wording itself names (“loan car”), else the next word that says something, else the one
    before."""
    first, last = sentence_around(words, start, end)
    after, before = words[end : min(last, end + LOOKED_AT)], words[max(first, start - LOOKED_AT) : start]
    return _named(words[start:end]) or set(
        [word[:STEM] for word in (*after, *reversed(before)) if _says_something(word)][:1]
    )


def _named(words: list[str]) -> set[str]:
    saying = _saying(words)
    return saying if len(saying) > 1 else set()


def _saying(words: list[str]) -> set[str]:
    return {word[:STEM] for word in words if _says_something(word)}


def _says_something(word: str) -> bool:
    return word.isalpha() and word not in PLAIN_WORDS


def _word_at(page: Page, place: int) -> int:
    return next((number for number, (_, end) in enumerate(page.reading.places) if place < end), 0)
