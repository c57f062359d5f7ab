"""A mail server that runs, letters ready to be written, and emails as mail programs save them."""

import socket
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from carmanana.contacting.attachments import keep_in
from carmanana.contacting.mail import outbox_address
from carmanana.contacting.mail.writing import write
from carmanana.core import clock


class Inbox:
    """What the server took. `answer` is what it says to the next message, and `to_address` to an address."""

    def __init__(self):
        self.taken, self.answer, self.to_address = [], "250 OK", "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.to_address.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_address

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.taken.append(envelope)
        return self.answer


class MailServer(Controller):
    """On a port that it has from the beginning, so that nobody is quicker; it asks nobody for this machine's name."""

    def __init__(self, inbox: Inbox):
        self.socket = socket.create_server(("127.0.0.1", 0))
        inbox.port = self.socket.getsockname()[1]
        super().__init__(inbox, "127.0.0.1", inbox.port, server_hostname="localhost", ready_timeout=60)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.socket)


@contextmanager
def mail_server():
    inbox = Inbox()
    controller = MailServer(inbox)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


def with_server(settings, port: int):
    """The house as it is when a mail server is set up."""
    chosen = replace(settings, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="CarManana <sales@carmanana.example>")
    keep_in(chosen.uploads)
    outbox_address.open_with(chosen)
    return chosen


def letter(cast, deal, by=None, **given):
    told = {
        "to": "client1000@example.com",
        "subject": "Three options",
        "text": "Here they are.",
        "next_step": "Call",
        "due_at": clock.now() + timedelta(days=1),
    }
    return write(deal, by or cast.agent, **told | given)


def eml(
    sender: str,
    to: str = "sales@carmanana.example",
    subject: str = "My order",
    text: str = "When does it arrive?",
    **headers,
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    told = {"Date": "Wed, 18 Nov 2026 10:00:00 -0500", "Message_ID": "<a1@mail.example>"} | headers
    for name, value in told.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message
