"""Sending what waits, where a mail server is set up."""

import logging
import smtplib
from email import policy
from email.message import EmailMessage

from carmanana.config import Settings
from carmanana.contacting.mail.delivering import deliver_waiting
from carmanana.contacting.mail.server import connect
from carmanana.core import clock
from carmanana.records.mail import OutgoingMail

TRIES = 5
WHOLE_LINES = policy.default.clone(
    max_line_length=900
)  # an address that was folded is none that a mail program follows
log = logging.getLogger("carmanana")


def send_waiting(settings: Settings) -> int:
    """Send each waiting mail once; what fails is tried again later, up to five times."""
    if not settings.smtp_url:
        return 0
    waiting = list(OutgoingMail.select().where(OutgoingMail.sent_at.is_null(), OutgoingMail.tries < TRIES).limit(50))
    return sum(_try(mail, settings) for mail in waiting) + deliver_waiting(settings)


def _try(mail: OutgoingMail, settings: Settings) -> bool:
    OutgoingMail.update(tries=OutgoingMail.tries + 1).where(OutgoingMail.id == mail.id).execute()
    try:
        with connect(settings.smtp_url) as server:
            server.send_message(_message(mail, settings))
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail not sent", extra={"told": {"mail": mail.id}})
        OutgoingMail.update(trouble=type(error).__name__).where(OutgoingMail.id == mail.id).execute()
        return False
    OutgoingMail.update(sent_at=clock.now()).where(OutgoingMail.id == mail.id).execute()
    return True


def _message(mail: OutgoingMail, settings: Settings) -> EmailMessage:
    message = EmailMessage(WHOLE_LINES)
    message["From"], message["To"], message["Subject"] = settings.mail_from, mail.to, mail.subject
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    return message
