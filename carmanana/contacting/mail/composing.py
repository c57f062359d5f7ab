"""An email as the bytes that go out."""

import mimetypes
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from carmanana.contacting import attachments
from carmanana.contacting.attachments import Kept
from carmanana.contacting.mail import outbox_address
from carmanana.contacting.mail.addresses import for_server, usable
from carmanana.core import clock
from carmanana.records.people import User
from carmanana.records.quotations import Quotation

WIRE = policy.SMTP.clone(cte_type="7bit")
BY_HAND = "Written in CarManana and sent by hand; this copy was made when it was logged."


@dataclass
class Words:
    """What somebody wrote to a customer, and what comes next. `meant`: what the guard only warns of stays as it is.
    `approved`: a manager has read what the guard can't. `quotation`: the one that goes out with it."""

    to: str
    subject: str
    text: str
    next_step: str = ""
    due_at: datetime | None = None
    files: list[Kept] = field(default_factory=list)
    meant: bool = False
    approved: bool = False
    quotation: Quotation | None = None


def new_message_id() -> str:
    return f"<{secrets.token_hex(16)}@{outbox_address.domain()}>"


def composed(words: Words, by: User, client: str, message_id: str, by_hand: bool = False) -> bytes:
    message = EmailMessage(WIRE)
    own = by.email if usable(by.email) else outbox_address.address()
    message["From"] = _named(by.name, own if by_hand else outbox_address.address())
    message["To"] = _named(client, words.to)
    message["Reply-To"] = _named(by.name, own)
    message["Subject"] = words.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = message_id
    if by_hand:
        message["Comments"] = BY_HAND
    message.set_content(words.text, charset="utf-8")
    for file in words.files:
        _add(message, file)
    return message.as_bytes()


def _named(name: str, address: str) -> Address:
    """Names come from people and imports: whatever would break a header is left out."""
    return Address("".join(c if c.isprintable() else " " for c in name).strip(), addr_spec=for_server(address))


def _add(message: EmailMessage, file: Kept) -> None:
    guessed = (
        mimetypes.guess_type(file.name)[0]
        if file.media_type in ("application/zip", "application/octet-stream")
        else None
    )
    main, _, sub = (guessed or file.media_type).partition("/")
    content = (attachments.folder / file.stored).read_bytes()
    if main in ("message", "multipart"):
        main, sub = "application", "octet-stream"
    message.add_attachment(content, maintype=main, subtype=sub, filename=file.name)
