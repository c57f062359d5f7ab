"""Why a cancellation is approved: one of three, and none that the review itself contradicts (SOP 0, step 5)."""

from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.cancellations import COMMITTED, GROUNDS, NOT_REACHED, CancellationRequest
from carmanana.records.sops import SOP_FIRST

from . import contacts


def grounds_open(request: CancellationRequest) -> dict[str, str]:
    """The grounds that can be true: who was never reached has not said that they are committed."""
    reached = not request.unreachable or contacts.spoken(request)
    return {code: words for code, words in GROUNDS.items() if code != (NOT_REACHED if reached else COMMITTED)}


def ground_chosen(attempt: Attempt):
    """One of the three, and none that the review itself contradicts."""
    chosen, still = attempt.given.get("ground"), grounds_open(attempt.record)
    if chosen not in GROUNDS:
        sentence = (
            "Choose why it ends: the customer is committed to cancelling, was not reached, or nothing is left to save."
        )
        return Refusal("ground", sentence, SOP_FIRST, field="ground")
    if chosen not in still:
        sentence = (
            "Nobody has spoken with the customer since the request."
            if chosen == COMMITTED
            else "The customer was reached, as the log tells."
        )
        return Refusal("ground", sentence, SOP_FIRST, field="ground")
