"""The worker's part in an email to a customer: the exact bytes that are attached go to the mail server.

A try is counted before it is made. Once the server may have begun to take the message the letter is marked, and
one that is found with this mark was interrupted: it is not sent again by itself but given back to its author, for
a customer who gets the same email twice is worse off than a colleague who is asked to look."""

import logging
import smtplib
from collections.abc import Callable, Iterable
from datetime import timedelta
from email.utils import parseaddr

from carmanana.config import Settings
from carmanana.contacting import attachments
from carmanana.contacting.mail.addresses import for_server
from carmanana.contacting.mail.server import Unknown, Unsure, connect, hand_over
from carmanana.contacting.rules import client_may_be_contacted, not_under_review
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Attempt
from carmanana.records.activities import SENT, WRONG, Activity
from carmanana.records.mail import Letter
from carmanana.records.notifications import Notification

TRIES = 5
IN_HAND = timedelta(minutes=5)
AGAIN_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
INTERRUPTED = (
    "It was interrupted while it was being sent and may have arrived. Ask the customer before you send it again."
)
log = logging.getLogger("carmanana")


def deliver_waiting(settings: Settings, in_turn: Callable[[list], Iterable]) -> int:
    """Try each letter whose time has come, while there is time; returns how many went out."""
    return sum(_try(letter, settings) for letter in in_turn(list(Letter.to_send(clock.now()).limit(50))))


def _try(letter: Letter, settings: Settings) -> bool:
    try:
        if trouble := INTERRUPTED if letter.handed_at else _closed(letter):
            return _give_up(letter, trouble)
        change(letter, tries=letter.tries + 1, try_after=clock.now() + IN_HAND)
        return _send(letter, settings)
    except Stale:
        return False


def _closed(letter: Letter) -> str:
    """Why it may not go out any more: a cancellation came in, or the customer asked for no emails, while it waited.
    What the law owes them goes out all the same."""
    if letter.owed:
        return ""
    attempt = Attempt(
        letter.deal, letter.author, "send", {"kind": "email", "direction": "out", "customer": letter.deal.customer}
    )
    return next(
        (refusal.sentence for rule in (not_under_review, client_may_be_contacted) if (refusal := rule(attempt))), ""
    )


def _send(letter: Letter, settings: Settings) -> bool:
    try:
        _hand_over(letter, settings)
    except Unknown:
        return _give_up(letter, "The mail server does not know this address.", WRONG)
    except Unsure:
        return _give_up(letter, INTERRUPTED)
    except FileNotFoundError:
        return _give_up(letter, "Its file is gone. Copy the text and send it by hand.")
    except (OSError, ValueError) as error:  # every trouble of smtplib's is an OSError
        return letter.sent_at is not None or _try_later(letter, error)
    return True


def _hand_over(letter: Letter, settings: Settings) -> None:
    message = (attachments.folder / letter.stored).read_bytes()
    with connect(settings.smtp_url) as server:
        hand_over(
            server,
            parseaddr(settings.mail_from)[1],
            for_server(letter.to),
            message,
            lambda: change(letter, handed_at=clock.now()),
        )
        change(letter, sent_at=clock.now(), trouble="")


def _try_later(letter: Letter, error: Exception) -> bool:
    log.warning("letter not sent", extra={"told": {"letter": letter.id, "error": type(error).__name__}})
    answered = isinstance(error, smtplib.SMTPResponseException)
    trouble = "The mail server refused it." if answered else "The mail server could not be reached."
    if letter.tries >= TRIES:
        return _give_up(letter, trouble)
    change(letter, handed_at=None, trouble=trouble, try_after=clock.now() + AGAIN_AFTER[letter.tries - 1])
    return False


def _give_up(letter: Letter, trouble: str, outcome: str = SENT) -> bool:
    with transaction():
        change(Activity.get_by_id(letter.activity_id), outcome=outcome)
        change(letter, given_up_at=clock.now(), trouble=trouble)
        audit.record("email_failed", letter.deal, None, letter=letter.id, tries=letter.tries)
        Notification.tell(
            letter.author, "letter", f"Your email to {letter.deal.customer.name} was not sent", deal=letter.deal_id
        )
    return False
