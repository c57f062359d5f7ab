"""The checklist that a dialog shows, drawn from the very rules that guard the write."""

from dataclasses import dataclass

from carmanana.core import clock
from carmanana.core.workflow import Attempt, Refusal
from carmanana.deals import rules
from carmanana.records.deals import Deal
from carmanana.records.people import User


@dataclass(frozen=True)
class Check:
    """A fact, the evidence for it, and what refuses it where it does not hold."""

    fact: str
    evidence: str
    refusal: Refusal | None


def checks(deal: Deal, trigger: str, by: User) -> list[Check]:
    attempt = Attempt(deal, by, trigger)
    return [Check(fact, evidence(attempt), rule(attempt)) for fact, evidence, rule in LISTED.get(trigger, ())]


def _contact(attempt: Attempt) -> str:
    return rules.contact_evidence(attempt.record, clock.now())


HOLD = (
    ("The order is organic", lambda a: "live orders are worked or closed", rules.is_organic),
    ("You reached out to the client", _contact, rules.contact_attempted),
)
LISTED = {
    "hold": HOLD,
    "extend_hold": HOLD,
    "lose": (
        (
            "No agreement and no deposit",
            lambda a: "it can be closed without a review",
            rules.no_agreement_and_no_deposit,
        ),
    ),
    "reopen": (("Not delivered", lambda a: "it can be taken up again", rules.not_delivered),),
}
