"""The quotation machine: drafted, sent by email or by hand, then won, lost, expired by itself or cancelled (domain
7)."""

from carmanana.core.db import change
from carmanana.core.query import again
from carmanana.core.workflow import Attempt, T, Workflow
from carmanana.records.quotations import (
    BY_EMAIL,
    BY_HAND,
    CANCELLED,
    DRAFT,
    EXPIRED,
    LOST,
    OPEN,
    SENT,
    STATES,
    WON,
    Quotation,
)
from carmanana.sales.quotations import rules, sending


def works(attempt: Attempt) -> bool:
    return attempt.record.worked_by(attempt.by)


def reaches_out(attempt: Attempt) -> bool:
    """Whoever works the deal; not those who only put a leaving customer's records in order."""
    by, deal = attempt.by, attempt.record.deal
    return by.is_manager or (by.works_deals and deal.owner_id == by.id)


def the_house(attempt: Attempt) -> bool:
    return attempt.by.house


def correct(attempt: Attempt) -> dict:
    given = {name: attempt.words(name) for name in ("title", "terms")}
    given["valid_until"] = attempt.given.get("valid_until")
    changed = {name: value for name, value in given.items() if getattr(attempt.record, name) != value}
    attempt.event_data["fields"] = sorted(changed)
    return changed


def sent_by_hand(attempt: Attempt) -> dict:
    sending.note(attempt)
    return _sent(attempt, BY_HAND)


def sent_by_email(attempt: Attempt) -> dict:
    sending.email(attempt)
    return _sent(attempt, BY_EMAIL)


def _sent(attempt: Attempt, how: str) -> dict:
    quotation = attempt.record
    attempt.event_data |= {"how": how, "total_cents": quotation.total_cents, "currency": quotation.currency}
    return {"sent_at": attempt.at, "sent_how": how, "valid_until": attempt.get("valid_until")} | _leads(quotation)


def accept(attempt: Attempt) -> dict:
    attempt.event_data |= {
        "accepted_on": attempt.given["accepted_on"].isoformat(),
        "total_cents": attempt.record.total_cents,
    }
    return {"accepted_on": attempt.given["accepted_on"]} | _leads(attempt.record)


def lead(attempt: Attempt) -> dict:
    return _leads(attempt.record)


def _leads(quotation: Quotation) -> dict:
    """The one that led before does not any more."""
    for other in Quotation.select().where(Quotation.deal == quotation.deal_id, Quotation.leading):
        if other.id != quotation.id:
            change(again(other), leading=False)
    return {"leading": True}


def end(attempt: Attempt) -> dict:
    return {"reason": attempt.words("reason")}


SEND = (
    rules.deal_is_open,
    rules.may_be_contacted,
    rules.has_lines,
    rules.comes_to_something,
    rules.validity_is_ahead,
)
BY_MAIL = (rules.mail_can_be_sent, *SEND, sending.is_written, sending.goes_out_now)
TABLE = [
    T("correct", DRAFT, DRAFT, works, (), correct),
    T("send_by_email", DRAFT, SENT, reaches_out, BY_MAIL, sent_by_email),
    T("send_by_hand", DRAFT, SENT, reaches_out, SEND, sent_by_hand),
    T("accept", SENT, WON, works, (rules.accepted_in_time,), accept),
    T("lose", SENT, LOST, works, (rules.reason_given,), end),
    *(T("cancel", state, CANCELLED, works, (rules.reason_given,), end) for state in OPEN),
    *(T("lead", state, state, works, (rules.does_not_lead,), lead) for state in OPEN),
    T("expire", SENT, EXPIRED, the_house, (rules.validity_is_over,)),
]
STANDING = {
    WON: (rules.accepted_in_time,),
    EXPIRED: (rules.validity_is_over,),
    LOST: (rules.reason_given,),
    CANCELLED: (rules.reason_given,),
}
quoting = Workflow(Quotation, STATES, TABLE, STANDING, rules.not_from_here)
