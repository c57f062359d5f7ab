"""Sending what waits, where a mail server is set up."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from itertools import takewhile

from carmanana.config import Settings
from carmanana.contacting.mail.as_page import as_page
from carmanana.contacting.mail.delivering import AGAIN_AFTER, TRIES, deliver_waiting
from carmanana.contacting.mail.server import Away, connect
from carmanana.core import clock
from carmanana.records.mail import OutgoingMail

KEPT = timedelta(days=30)
ROUND = 20  # seconds; what the mail server makes wait for longer holds up nothing else that the worker does
WHOLE_LINES = policy.default.clone(
    max_line_length=900
)  # an address that was folded is none that a mail program follows
log = logging.getLogger("carmanana")


def send_waiting(settings: Settings) -> int:
    """Send each waiting mail once; what fails is tried again later, up to five times."""
    if not settings.smtp_url:
        return 0
    until = time.monotonic() + ROUND

    def in_turn(waiting: list) -> Iterator:
        return takewhile(lambda each: time.monotonic() < until, waiting)

    return _send_mails(settings, in_turn) + deliver_waiting(settings, in_turn)


def _send_mails(settings: Settings, in_turn: Callable[[list], Iterable]) -> int:
    """A mail server that is away costs nobody a try, for then nothing is known of any mail."""
    sent = 0
    for mail in in_turn(list(OutgoingMail.to_send(clock.now(), TRIES).limit(50))):
        try:
            sent += _try(mail, settings)
        except Away as away:
            log.warning("mail server away", extra={"told": {"error": str(away)}})
            break
    return sent


def _try(mail: OutgoingMail, settings: Settings) -> bool:
    sent, trouble = False, ""
    try:
        with connect(settings.smtp_url) as server:
            if not _taken(mail):
                return False
            server.send_message(_message(mail, settings))
            sent = True
    except Away:
        raise
    except (OSError, ValueError) as error:  # every trouble of smtplib's is an OSError, also of parting once it is sent
        trouble = type(error).__name__
        log.warning("mail not sent", extra={"told": {"mail": mail.id, "error": trouble}})
    _note(mail, sent_at=clock.now() if sent else None, trouble=trouble)
    return sent


def _taken(mail: OutgoingMail) -> bool:
    """False where another worker over the same data has it in hand."""
    again_at = clock.now() + AGAIN_AFTER[min(mail.tries, len(AGAIN_AFTER) - 1)]
    as_read = (OutgoingMail.id == mail.id) & (OutgoingMail.tries == mail.tries) & OutgoingMail.sent_at.is_null()
    return bool(OutgoingMail.update(tries=mail.tries + 1, try_after=again_at).where(as_read).execute())


def _note(mail: OutgoingMail, **facts) -> None:
    OutgoingMail.update(**facts).where(OutgoingMail.id == mail.id).execute()


def forget_old(as_of: datetime) -> None:
    """Mail of the house has addresses and links in it that nobody needs once it has gone or can't go any more."""
    OutgoingMail.delete().where(OutgoingMail.created_at < as_of - KEPT).execute()


def _domain(settings: Settings) -> str:
    return parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"


def _message(mail: OutgoingMail, settings: Settings) -> EmailMessage:
    message = EmailMessage(WHOLE_LINES)
    message["From"], message["To"], message["Subject"] = settings.mail_from, mail.to, mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}.{mail.created_at:%Y%m%d%H%M%S%f}@{_domain(settings)}>"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    message.add_alternative(as_page(mail.subject, mail.body), subtype="html")
    return message
