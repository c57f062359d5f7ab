"""The letter that acknowledges a right to cancel: begun by its template, its day and sums filled in when it is decided,
and sent in the same step. What can't be mailed by us is for somebody to send or to post the same day."""

import re
from datetime import date

from carmanana.cancellations.notifying import new_task, write_note
from carmanana.cancellations.rights.deadlines import Found, right_of, right_on
from carmanana.cancellations.rights.money import most_kept, returned_by, with_us
from carmanana.contacting.attachments import Kept, keep
from carmanana.contacting.business_hours import decision_due
from carmanana.contacting.mail import outbox_address, templates
from carmanana.contacting.mail.addresses import usable
from carmanana.contacting.mail.composing import Words, composed, new_message_id
from carmanana.contacting.mail.writing import draft_owed, name_of, plain_text, post_owed
from carmanana.core import clock, money
from carmanana.core.db import Stale
from carmanana.core.workflow import Attempt
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.mail import Letter, LetterTemplate
from carmanana.records.people import User

CODE = "right_acknowledged"
BY_EMAIL, BY_HAND, BY_POST = "email", "hand", "post"
OWED, KEPT = ("[Owed]", "[Return by]"), ("[Kept]",)
GAP = re.compile(r"\n{3,}")
SEND, POST = "Send the letter that acknowledges the cancellation", "Post the letter that acknowledges the cancellation"


def begun(request: CancellationRequest, by: User) -> tuple[str, str]:
    """Subject and text, with the day and those sums that there can be still to be filled in."""
    deal, right = request.deal, right_of(request).right
    order = {"Order": deal.vehicle or f"no. {deal.id}"}
    subject, text = templates.filled(LetterTemplate.get(LetterTemplate.code == CODE), deal, by, order)
    return subject, _without(text, with_us(deal), most_kept(right, deal) if right else 0)


def _without(text: str, owed: int, kept: int) -> str:
    """A line about a sum that is none is left out."""
    left_out = (*(() if owed else OWED), *(() if kept else KEPT))
    lines = [line for line in text.split("\n") if not any(blank in line for blank in left_out)]
    return GAP.sub("\n\n", "\n".join(lines))


def text_of(attempt: Attempt) -> str:
    """What goes out: what was typed, or what it begins with."""
    text, deal = attempt.words("letter") or begun(attempt.record, attempt.by)[1], attempt.record.deal
    kept = attempt.given.get("kept_cents") or 0
    owed = max(0, with_us(deal) - kept)
    facts = {"[Statement day]": _spelled(_found(attempt).sent_on), "[Owed]": money.shown(owed, deal.currency)}
    facts |= {"[Return by]": _spelled(promised_day(attempt)), "[Kept]": money.shown(kept, deal.currency)}
    told = _without(plain_text(text), owed, kept)
    for blank, words in facts.items():
        told = told.replace(blank, words)
    return told


def _spelled(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _found(attempt: Attempt) -> Found:
    day = attempt.given.get("sent_on")
    return right_on(attempt.record.deal, day) if day else right_of(attempt.record)


def promised_day(attempt: Attempt) -> date:
    """The law's day, or today where that has gone by."""
    found, today = _found(attempt), clock.today(attempt.by.timezone)
    return max(returned_by(found.right, found.sent_on), today) if found.right else today


# sending it


def prepared(request: CancellationRequest, by: User, given: dict) -> tuple[Words, str, Kept] | None:
    """The email as it goes out, written before the step takes the lock; None where we can't mail it ourselves."""
    to = address_of(request.deal.customer)
    if way_to(request.deal.customer) != BY_EMAIL:
        return None
    words = _words(Attempt(request, by, "acknowledge", given), to)
    message_id = new_message_id()
    eml = composed(words, by, request.deal.customer.name, message_id)
    return words, message_id, keep(name_of(words.subject), eml)


def way_to(customer: Customer) -> str:
    """How it reaches them: by our mail server, else by somebody."""
    if not address_of(customer):
        return BY_POST
    return BY_EMAIL if outbox_address.has_server() else BY_HAND


def address_of(customer: Customer) -> str:
    """One of theirs that takes mail; who asked for no emails gets it by post."""
    open_to = () if customer.no_emails else customer.emails
    return next((email.address for email in open_to if email.wrong_at is None and usable(email.address)), "")


def _words(attempt: Attempt, to: str) -> Words:
    return Words(to, begun(attempt.record, attempt.by)[0], text_of(attempt))


def send(attempt: Attempt) -> Letter | None:
    """In the step: into the outbox; as a draft to be sent by hand; or as a note to be posted, where there is no
    address."""
    deal, to = attempt.record.deal, address_of(attempt.record.deal.customer)
    words = _words(attempt, to)
    if ready := attempt.given.get("email"):
        if ready[0] != words:  # money of the customer's has moved since it was written
            raise Stale(attempt.record)
        return post_owed(deal, attempt.by, *ready)
    if to:
        return draft_owed(deal, attempt.by, words)
    write_note(attempt, f"Letter to be posted: {words.subject}", words.text)
    return None


def leave_to_somebody(attempt: Attempt, letter: Letter | None) -> None:
    """The task of whoever acknowledged it, where the outbox has no part in it."""
    if letter is None or letter.draft:
        new_task(attempt, SEND if letter else POST, decision_due(attempt.at, attempt.by), attempt.by)
