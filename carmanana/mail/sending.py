"""Sending what waits, where a mail server is set up (SMTP_URL=smtps://user:password@host:465)."""

import logging
import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from carmanana import clock
from carmanana.config import Settings

from .models import OutgoingMail

TRIES = 5
log = logging.getLogger("carmanana")


def send_waiting(settings: Settings) -> int:
    """Send each waiting mail once; what fails is tried again later, up to five times."""
    if not settings.smtp_url:
        return 0
    waiting = list(OutgoingMail.select().where(OutgoingMail.sent_at.is_null(), OutgoingMail.tries < TRIES).limit(50))
    return sum(_try(mail, settings) for mail in waiting)


def _try(mail: OutgoingMail, settings: Settings) -> bool:
    OutgoingMail.update(tries=OutgoingMail.tries + 1).where(OutgoingMail.id == mail.id).execute()
    try:
        with _connect(settings.smtp_url) as server:
            server.send_message(_message(mail, settings))
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail not sent", extra={"told": {"mail": mail.id}})
        OutgoingMail.update(trouble=type(error).__name__).where(OutgoingMail.id == mail.id).execute()
        return False
    OutgoingMail.update(sent_at=clock.now()).where(OutgoingMail.id == mail.id).execute()
    return True


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    server = kind(parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 25), timeout=20)
    if parts.scheme == "smtp+starttls":
        server.starttls()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _message(mail: OutgoingMail, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, mail.to, mail.subject
    message.set_content(mail.body)
    return message
