"""What staff may not say to a customer, as rules of the log and of whatever else is sent (Cancellation SOP, step 2)."""

import re
from dataclasses import dataclass

from carmanana.contacting.phrase_check import offering, prices
from carmanana.contacting.phrase_check.judging import Verdict, book, judge
from carmanana.contacting.phrase_check.reading import LONGEST
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.leads import Lead
from carmanana.records.phrases import AGGRESSIVE, BLAME, DEPOSIT, INSTANT, LEGAL, QUOTE, REFUND, TIMELINE, UNREAD
from carmanana.records.sops import SOP_ALL_STAFF, SOP_NEEDS, SOP_ONLY_APPROVED, SOP_PROMISES

SENT = ("email", "text")

INSTEAD = (
    "Say instead: “I can’t confirm any refund or timeline right now; that’s handled by management according to our "
    "policies and your agreement.”"
)
NOT_ON_THE_SPOT = (
    "Say instead: “I’ll note your cancellation request and submit it to my manager. They’ll review your file and "
    "contact you.”"
)
PRICES_LATER = (
    "No price goes out to a lead. Use the approved words: ask which vehicles they would take and what matters most."
)
THEIR_BUDGET = "A budget that they named may be repeated once it stands in the needs assessment."
PROMISES = {
    REFUND: ("promises a refund", INSTEAD),
    TIMELINE: ("promises when a refund or a cancellation comes", INSTEAD),
    DEPOSIT: ("guarantees something about the deposit", INSTEAD),
    INSTANT: ("cancels the order on the spot", NOT_ON_THE_SPOT),
    QUOTE: ("quotes or negotiates a price", PRICES_LATER),
}
WARNINGS = {
    LEGAL: "sounds like legal or tax advice",
    AGGRESSIVE: "sounds aggressive or emotional",
    BLAME: "blames somebody",
}
ASK_FOR_IT = "Ask the manager for approval of the customer’s terms"
LONGEST_TOLD = 90
SEPARATORS = re.compile(r"[_+.\-]+|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Wording(Refusal):
    """A refusal that carries what was found, so that it can be kept for review."""

    verdicts: tuple[Verdict, ...] = ()


def refusals_for(text: str, by, terms=(), field: str = "summary", confirmed: bool = False) -> list[Refusal]:
    """Why a text may not go to a customer as it stands. A promise is the manager's alone to make; what only
    warns passes once `confirmed` ("I mean it as it stands")."""
    if len(text) > LONGEST:
        return [_too_long(field)]
    verdicts = judge(text, terms)
    promises = [] if by.is_manager else [verdict for verdict in verdicts if verdict.refuses]
    warnings = [] if confirmed else [verdict for verdict in verdicts if not verdict.refuses]
    return [_overpromise(promises, field)] if promises else [_doubtful(warnings)] if warnings else []


def says_nothing_it_may_not(attempt: Attempt):
    """A promise to the customer is refused; in a note or a call's summary it is only asked about, as it may be
    the customer who is quoted. So are advice, anger and blame, wherever they stand."""
    given, confirmed = attempt.given, bool(attempt.given.get("quoting"))
    if goes_out(given):
        sent = refusals_for(sent_words(given), attempt.by, given.get("terms") or (), confirmed=confirmed)
        return sent[0] if sent else None
    if len(_noted(given)) > LONGEST and not given.get("verbatim"):
        return _too_long("summary")
    verdicts = () if confirmed else doubts(given, attempt.by)
    return _quoting(verdicts) if verdicts else None


def offers_only_what_is_approved(attempt: Attempt):
    """To a customer whose order is in review: no amount but those of the approved offers and of the order itself; and
    what else sounds like an offer is asked about."""
    given = attempt.given
    if not goes_out(given) or not offering.watched(given, attempt.by) or len(sent_words(given)) > LONGEST:
        return None
    refused, asked = offering.unapproved(sent_words(given), given["customer"], given.get("terms") or ())
    if refused:
        return Wording(
            "not_approved",
            f"{told(refused[0])} is in no approved offer. {ASK_FOR_IT}.",
            SOP_ONLY_APPROVED,
            field="summary",
            verdicts=tuple(refused),
        )
    if asked and not given.get("quoting"):
        sentence = f"{told(asked[0])} is in no approved offer. {ASK_FOR_IT}, or tick that you mean it as it stands."
        return Wording("beyond_offers", sentence, SOP_ONLY_APPROVED, field="quoting", verdicts=tuple(asked))


def is_in_a_language_we_read(attempt: Attempt):
    """To a customer whose order is in review nothing goes out that nobody could check; what has gone out already is
    asked about and kept. `approved`: a manager has read it."""
    given = attempt.given
    if given.get("quoting") or not (language := unread_by_anybody(given, attempt.by)):
        return None
    sentence = (
        f"This is written in {language}, which the promise check does not read. While the cancellation is under "
        f"review a manager approves it first. "
    )
    return Wording(
        "language",
        sentence + "If it was sent already, tick that you mean it as it stands.",
        SOP_PROMISES,
        field="quoting",
        verdicts=(_whole(given),),
    )


def unread_by_anybody(given: dict, by) -> str:
    """The language of a text to a customer under review that the phrases do not read; empty where they do."""
    if (
        not goes_out(given)
        or given.get("approved")
        or not offering.watched(given, by)
        or len(sent_words(given)) > LONGEST
    ):
        return ""
    return book().unread(sent_words(given))


def _whole(given: dict) -> Verdict:
    words = sent_words(given).strip()
    return Verdict(UNREAD, None, 0, len(words), words)


def names_a_quoted_price(attempt: Attempt):
    """On a deal, a price that stands in no quotation, offer or value of it is asked about."""
    if isinstance(attempt.record, Lead):  # to whom no price goes out at all
        return None
    if attempt.given.get("quoting") or not (strange := unquoted(attempt.given, attempt.by)):
        return None
    sentence = (
        f"{told(strange[0])} stands in no quotation, offer or value of this customer’s deals. Correct it, or tick "
        f"that you mean it as it stands."
    )
    return Wording("price", sentence, SOP_NEEDS, field="quoting", verdicts=tuple(strange))


def quotes_no_price_to_a_lead(attempt: Attempt):
    """Whoever writes it, a manager too: before we know what they want, every number is a promise that we can't keep."""
    given, lead = attempt.given, attempt.record
    if not isinstance(lead, Lead) or not goes_out(given):
        return None
    if found := prices.quoted(sent_words(given), lead):
        sentence = f"{told(found[0])} quotes or negotiates a price. {PRICES_LATER} {THEIR_BUDGET}"
        return Wording("price_quote", sentence, SOP_NEEDS, field="summary", verdicts=tuple(found))
    if not given.get("quoting") and (found := prices.doubtful(sent_words(given), lead)):
        sentence = (
            f"{told(found[0])} may be read as a price. {PRICES_LATER} Say what the number counts, or tick that you mean "
            "it as it stands."
        )
        return Wording("maybe_price", sentence, SOP_NEEDS, field="quoting", verdicts=tuple(found))


def unquoted(given: dict, by) -> list[Verdict]:
    if not goes_out(given) or by.is_manager or offering.watched(given, by) or len(sent_words(given)) > LONGEST:
        return []
    known = given["customer"], given.get("terms") or (), given.get("quotation")
    return offering.unquoted(sent_words(given), *known)


def goes_out(given: dict) -> bool:
    """Is this text itself what the customer gets?"""
    return given.get("kind") in SENT and given.get("direction") == "out"


def doubts(given: dict, by, record=None) -> list[Verdict]:
    """What is found in an entry of the log and may stay there once somebody has confirmed it."""
    out, terms = goes_out(given), given.get("terms") or ()
    found = [
        verdict
        for verdict in judge(sent_words(given) if out else _noted(given), terms)
        if not (verdict.refuses and by.is_manager)
    ]
    found += [_whole(given)] if unread_by_anybody(given, by) else []
    found += prices.doubtful(sent_words(given), record) if out and isinstance(record, Lead) else unquoted(given, by)
    return found + (
        offering.unapproved(sent_words(given), given["customer"], terms)[1]
        if out and offering.watched(given, by)
        else []
    )


def sent_words(given: dict) -> str:
    """Subject, text, and the names of the files that go with them."""
    names = [SEPARATORS.sub(" ", name) for name in given.get("file_names") or ()]
    return "\n\n".join([*(given.get(name) or "" for name in ("subject", "summary")), *names])


def _noted(given: dict) -> str:
    return "\n\n".join(given.get(name) or "" for name in ("subject", "summary", "objections"))


def _too_long(field: str) -> Refusal:
    return Refusal(
        "too_long",
        f"This is too long to be checked: at most {LONGEST:,} characters together.",
        SOP_PROMISES,
        field=field,
    )


def _overpromise(verdicts: list[Verdict], field: str) -> Wording:
    what, instead = PROMISES[verdicts[0].sort]
    return Wording(
        "overpromise", f"{told(verdicts[0])} {what}. {instead}", SOP_PROMISES, field=field, verdicts=tuple(verdicts)
    )


def _doubtful(verdicts: list[Verdict]) -> Wording:
    sentence = (
        f"{told(verdicts[0])} {WARNINGS[verdicts[0].sort]}. Write it in another way, or tick that you mean it "
        f"as it stands."
    )
    return Wording("wording", sentence, SOP_ALL_STAFF, field="quoting", verdicts=tuple(verdicts))


def _quoting(verdicts: list[Verdict]) -> Wording:
    first = verdicts[0]
    what = PROMISES[first.sort][0] if first.refuses else WARNINGS[first.sort]
    sop = SOP_PROMISES if first.refuses else SOP_ALL_STAFF
    sentence = (
        f"{told(first)} {what}. If these are the customer’s words, tick that you are quoting; else write it in "
        f"another way."
    )
    return Wording("quoting", sentence, sop, field="quoting", verdicts=tuple(verdicts))


def told(verdict: Verdict) -> str:
    words = " ".join(verdict.words.split())
    return f"“{words}”" if len(words) <= LONGEST_TOLD else f"“{words[:LONGEST_TOLD].rstrip()}…”"
