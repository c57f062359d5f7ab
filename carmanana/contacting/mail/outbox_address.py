"""The mail server and the addresses of the house; set once at start."""

from email.utils import parseaddr

from carmanana.config import Misconfigured, Settings
from carmanana.contacting.mail.addresses import usable

settings = Settings()


def open_with(chosen: Settings) -> None:
    global settings
    settings = chosen
    if chosen.smtp_url and not usable(address()):
        raise Misconfigured(f"MAIL_FROM is {chosen.mail_from!r}: use an address such as CarManana <sales@your-domain>.")


def has_server() -> bool:
    return bool(settings.smtp_url)


def address() -> str:
    """What emails to customers are sent from."""
    return parseaddr(settings.mail_from)[1]


def domain() -> str:
    return address().rpartition("@")[2] or "localhost"
