"""Which ways to a customer are open now: the same rules that guard the log."""

from datetime import datetime

from carmanana.contacting import rules
from carmanana.core import clock
from carmanana.core.workflow import Attempt
from carmanana.records.customers import Customer, Person
from carmanana.records.people import AGENT, MANAGER, RETENTION, User

CONTACT_RULES = (
    rules.client_is_not_cancelled,
    rules.not_under_review,
    rules.client_may_be_contacted,
    rules.not_too_many_attempts,
)


def closed(customer: Customer, by: User, person: Person | None = None) -> dict[str, str]:
    """Why a call, an email or a text may not go out; empty where it may."""
    if not by.has(AGENT, MANAGER, RETENTION):
        return dict.fromkeys(("call", "email", "text"), "Your roles do not include contacting customers.")
    at = clock.now()
    return {kind: _why_not(customer, by, kind, person, at) for kind in ("call", "email", "text")}


def _why_not(customer: Customer, by: User, kind: str, person: Person | None, at: datetime) -> str:
    given = {"kind": kind, "direction": "out", "customer": customer, "person": person}
    attempt = Attempt(None, by, "log", given, at)
    refusals = (rule(attempt) for rule in CONTACT_RULES)
    return next((refusal.sentence for refusal in refusals if refusal), "")
