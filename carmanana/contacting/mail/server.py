"""Talking to the mail server (SMTP_URL=smtps://user:password@host:465, smtp+starttls://… or smtp://…)."""

import smtplib
import ssl
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds


class Unknown(smtplib.SMTPException):
    """The mail server knows that nobody has this address."""


class Away(OSError):
    """The mail server could not be reached, or does not let us in."""


class Unsure(smtplib.SMTPException):
    """The connection broke after the message had gone over: nobody can tell whether it was taken."""


def connect(url: str) -> smtplib.SMTP:
    try:
        return _let_in(url)
    except OSError as error:  # every trouble of smtplib's is one
        raise Away(type(error).__name__) from error


def _let_in(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    place = parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 25)
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(*place, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(*place, timeout=TIMEOUT)
    if parts.scheme == "smtp+starttls":
        server.starttls(context=ssl.create_default_context())
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def hand_over(server: smtplib.SMTP, sender: str, to: str, message: bytes, begins: Callable[[], None]) -> None:
    """One message to one address. `begins` is called just before the server could take it."""
    server.ehlo_or_helo_if_needed()
    _refuse_unless(server.mail(sender), 250)
    code, words = server.rcpt(to)
    if 500 <= code < 600:
        raise Unknown(code, words)
    _refuse_unless((code, words), 250, 251)
    begins()
    try:
        answer = server.data(message)
    except smtplib.SMTPDataError:
        raise
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise Unsure from error
    _refuse_unless(answer, 250)


def _refuse_unless(answer: tuple[int, bytes], *codes: int) -> None:
    if answer[0] not in codes:
        raise smtplib.SMTPResponseException(*answer)
