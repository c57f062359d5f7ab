"""What staff may not say to a customer, as rules of the log and of whatever else is sent (Cancellation SOP, step 2)."""

from dataclasses import dataclass

from carmanana.workflow import Attempt, Refusal

from .judging import Verdict, judge
from .models import AGGRESSIVE, BLAME, DEPOSIT, INSTANT, LEGAL, REFUND, TIMELINE

SOP_PROMISES = "Cancellation SOP, step 2"
SOP_CONDUCT = "Cancellation SOP, rules for all staff"
SENT = ("email", "text")

INSTEAD = "Say instead: “I can’t confirm any refund or timeline right now; that’s handled by management according to our policies and your agreement.”"
NOT_ON_THE_SPOT = "Say instead: “I’ll note your cancellation request and submit it to my manager. They’ll review your file and contact you.”"
PROMISES = {
    REFUND: ("promises a refund", INSTEAD),
    TIMELINE: ("promises when a refund or a cancellation comes", INSTEAD),
    DEPOSIT: ("guarantees something about the deposit", INSTEAD),
    INSTANT: ("cancels the order on the spot", NOT_ON_THE_SPOT),
}
WARNINGS = {
    LEGAL: "sounds like legal or tax advice",
    AGGRESSIVE: "sounds aggressive or emotional",
    BLAME: "blames somebody",
}
LONGEST_TOLD = 90


@dataclass(frozen=True)
class Wording(Refusal):
    """A refusal that carries what was found, so that it can be kept for review."""

    verdicts: tuple[Verdict, ...] = ()


def refusals_for(text: str, by, terms=(), field: str = "summary", confirmed: bool = False) -> list[Refusal]:
    """Why a text may not go to a customer as it stands. A promise is the manager's alone to make; what only
    warns passes once `confirmed` ("I mean it as it stands")."""
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
    verdicts = () if confirmed else doubts(given, attempt.by)
    return _quoting(verdicts) if verdicts else None


def goes_out(given: dict) -> bool:
    """Is this text itself what the customer gets?"""
    return given.get("kind") in SENT and given.get("direction") == "out"


def doubts(given: dict, by) -> list[Verdict]:
    """What is found in an entry of the log and may stay there once somebody has confirmed it."""
    words = sent_words(given) if goes_out(given) else "\n\n".join(given.get(name) or "" for name in ("subject", "summary", "objections"))
    return [verdict for verdict in judge(words, given.get("terms") or ()) if not (verdict.refuses and by.is_manager)]


def sent_words(given: dict) -> str:
    return "\n\n".join(given.get(name) or "" for name in ("subject", "summary"))


def _overpromise(verdicts: list[Verdict], field: str) -> Wording:
    what, instead = PROMISES[verdicts[0].sort]
    return Wording("overpromise", f"{told(verdicts[0])} {what}. {instead}", SOP_PROMISES, field=field, verdicts=tuple(verdicts))


def _doubtful(verdicts: list[Verdict]) -> Wording:
    sentence = f"{told(verdicts[0])} {WARNINGS[verdicts[0].sort]}. Write it in another way, or tick that you mean it as it stands."
    return Wording("wording", sentence, SOP_CONDUCT, field="quoting", verdicts=tuple(verdicts))


def _quoting(verdicts: list[Verdict]) -> Wording:
    first = verdicts[0]
    what = PROMISES[first.sort][0] if first.refuses else WARNINGS[first.sort]
    sop = SOP_PROMISES if first.refuses else SOP_CONDUCT
    sentence = f"{told(first)} {what}. If these are the customer’s words, tick that you are quoting; else write it in another way."
    return Wording("quoting", sentence, sop, field="quoting", verdicts=tuple(verdicts))


def told(verdict: Verdict) -> str:
    words = " ".join(verdict.words.split())
    return f"“{words}”" if len(words) <= LONGEST_TOLD else f"“{words[:LONGEST_TOLD].rstrip()}…”"
