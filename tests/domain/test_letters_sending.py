"""The worker sends what is attached, once, and gives it back where it can't."""

import re
import socket
from datetime import timedelta
from email import message_from_bytes, policy
from itertools import count
from types import SimpleNamespace

import pytest

from carmanana.config import Settings
from carmanana.contacting import attachments
from carmanana.contacting.mail import drafts, outbox_address, sending, server
from carmanana.contacting.mail.delivering import AGAIN_AFTER
from carmanana.contacting.mail.sending import send_waiting
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.records.customers import Customer
from carmanana.records.mail import Letter, OutgoingMail
from carmanana.records.notifications import Notification

from ..cast import NOON, refused
from .letters_world import letter, mail_server, with_server


@pytest.fixture
def inbox():
    with mail_server() as inbox:
        yield inbox


@pytest.fixture(autouse=True)
def closed_after():
    yield
    outbox_address.open_with(Settings())


@pytest.fixture
def house(settings, cast, inbox):
    return with_server(settings, inbox.port)


@pytest.fixture
def sent(cast, house):
    return letter(cast, cast.deal(cast.agent))


def fresh(sent) -> Letter:
    return Letter.get_by_id(sent.id)


def test_the_server_receives_the_bytes_that_are_attached(sent, house, inbox):
    OutgoingMail.create(to="agent@carmanana.example", subject="Password", body="A link")
    assert send_waiting(house) == 2
    _, mail = inbox.taken
    assert mail.content == (attachments.folder / sent.stored).read_bytes()
    assert (mail.mail_from, mail.rcpt_tos) == ("sales@carmanana.example", [sent.to])
    assert (fresh(sent).sent_at, fresh(sent).tries) == (NOON, 1)
    assert send_waiting(house) == 0 and len(inbox.taken) == 2


def test_two_workers_over_the_same_data_send_a_mail_once(cast, house, inbox, monkeypatch):
    """As with a server that is started beside one that still stops: both have read that it waits."""
    OutgoingMail.create(to="agent@carmanana.example", subject="Password", body="A link")
    real = sending.connect

    def connect_late(url):
        monkeypatch.setattr(sending, "connect", real)
        assert send_waiting(house) == 1
        return real(url)

    monkeypatch.setattr(sending, "connect", connect_late)
    assert send_waiting(house) == 0 and len(inbox.taken) == 1


def test_lines_of_dots_arrive_as_written(cast, house, inbox):
    dotted = letter(cast, cast.deal(cast.agent), text=".\n..\n.hidden")
    send_waiting(house)
    assert inbox.taken[0].content == (attachments.folder / dotted.stored).read_bytes()


def test_what_the_server_refuses_for_now_is_tried_five_times_and_given_back(sent, house, inbox, cast):
    inbox.answer, at = "451 try later", NOON
    for tries, wait in enumerate([*AGAIN_AFTER, timedelta()], 1):
        with clock.set_to(at):
            assert send_waiting(house) == 0
            assert send_waiting(house) == 0, "not before its time"
        assert fresh(sent).tries == tries
        assert fresh(sent).failed == (tries == 5)
        at += wait
    told = Notification.get(Notification.user == cast.agent)
    assert "was not sent" in told.text and told.deal_id == sent.deal_id
    assert Event.select().where(Event.verb == "email_failed").count() == 1
    with clock.set_to(at):
        drafts.send_again(sent, cast.agent)
        inbox.answer = "250 OK"
        assert send_waiting(house) == 1
    assert len(inbox.taken) == 1 and fresh(sent).sent_at == at


def test_a_server_that_is_away_is_tried_again(sent, settings):
    away = with_server(settings, 1)
    send_waiting(away)
    assert fresh(sent).waiting and "could not be reached" in fresh(sent).trouble


def house_mail() -> OutgoingMail:
    return OutgoingMail.create(to="agent@carmanana.example", subject="Password", body="A link")


def tried(mail: OutgoingMail) -> tuple[int, bool]:
    mail = OutgoingMail.get_by_id(mail.id)
    return mail.tries, mail.sent_at is not None


def test_mail_of_the_house_outlasts_a_server_that_is_away_or_busy_however_often_the_worker_is_nudged(
    cast, house, inbox, settings
):
    mail, at, away = house_mail(), clock.now(), with_server(settings, 1)
    for _ in range(7):
        assert send_waiting(away) == 0
    assert tried(mail) == (0, False)
    inbox.answer = "451 try later"
    for tries, wait in enumerate(AGAIN_AFTER, 1):
        with clock.set_to(at):
            assert send_waiting(house) == send_waiting(house) == 0
        assert tried(mail) == (tries, False)
        at += wait
    inbox.answer = "250 OK"
    with clock.set_to(at):
        assert send_waiting(house) == 1 and tried(mail) == (5, True)


def test_mail_that_can_be_no_mail_holds_up_none_behind_it(cast, house, inbox):
    OutgoingMail.create(to="a@x.example", subject="Two\nlines", body="x")
    behind = house_mail()
    assert send_waiting(house) == 1 and tried(behind) == (1, True)


def test_a_server_that_says_nothing_holds_the_worker_up_for_one_mail_and_no_more(cast, settings, house, monkeypatch):
    deals = [cast.deal(cast.agent) for _ in range(3)]
    letters = [letter(cast, deal, to=deal.customer.email.address) for deal in deals]
    monkeypatch.setattr(server, "TIMEOUT", 0.1)
    passed = count(0, sending.ROUND * 2 / 3)  # at each look at the clock
    monkeypatch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: next(passed)))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        send_waiting(with_server(settings, silent.getsockname()[1]))
    assert [fresh(each).tries for each in letters] == [1, 0, 0]


def test_an_address_that_nobody_has_is_given_back_at_once(sent, house, inbox):
    inbox.to_address = "550 no such user"
    send_waiting(house)
    assert fresh(sent).failed and "does not know this address" in fresh(sent).trouble
    assert fresh(sent).activity.outcome == "wrong"
    assert drafts.send_again(fresh(sent), fresh(sent).author).activity.outcome == "sent"


class Killed(BaseException):
    pass


def test_a_send_that_was_interrupted_is_not_sent_twice_by_itself(sent, house, inbox, monkeypatch):
    real = server.smtplib.SMTP.data

    def data(self, message):
        real(self, message)
        raise Killed

    monkeypatch.setattr(server.smtplib.SMTP, "data", data)
    with pytest.raises(Killed):
        send_waiting(house)
    monkeypatch.undo()
    with clock.set_to(NOON + timedelta(minutes=1)):
        send_waiting(house)
        assert fresh(sent).waiting, "it may still be in somebody's hands"
    with clock.set_to(NOON + timedelta(minutes=6)):
        send_waiting(house)
    assert len(inbox.taken) == 1 and "may have arrived" in fresh(sent).trouble


def test_a_connection_that_breaks_after_the_message_is_not_tried_blindly(sent, house, monkeypatch):
    def data(self, message):
        raise server.smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(server.smtplib.SMTP, "data", data)
    send_waiting(house)
    assert fresh(sent).failed and "may have arrived" in fresh(sent).trouble


def test_a_server_that_leaves_without_a_word_after_taking_it_has_taken_it(sent, house, inbox, monkeypatch):
    monkeypatch.setattr(
        server.smtplib.SMTP,
        "docmd",
        lambda self, command, args="": (421, b"too busy") if command == "QUIT" else (250, b""),
    )
    monkeypatch.setattr(server.smtplib.SMTP, "data", lambda self, message: (250, b"OK"))
    assert send_waiting(house) == 1 and fresh(sent).sent_at == NOON


def test_what_waits_when_a_cancellation_comes_in_is_held_back(sent, house, inbox, cast):
    cast.losing(sent.deal)
    send_waiting(house)
    assert inbox.taken == [] and "next contact must be the manager" in fresh(sent).trouble
    with refused("locked"):
        drafts.send_again(fresh(sent), cast.manager)


def test_a_client_who_asks_for_no_emails_meanwhile_gets_none(sent, house, inbox):
    Customer.update(no_emails=True).execute()
    send_waiting(house)
    assert inbox.taken == [] and fresh(sent).failed


def test_a_file_that_is_gone_is_no_endless_trouble(sent, house):
    (attachments.folder / sent.stored).unlink()
    send_waiting(house)
    assert fresh(sent).failed


def test_a_failed_letter_that_went_out_by_hand_counts_as_sent(sent, house, inbox, cast):
    inbox.to_address = "550 no such user"
    send_waiting(house)
    done = drafts.sent_by_hand(fresh(sent), cast.agent)
    assert (done.by_hand, done.sent_at, done.failed, done.activity) == (True, NOON, False, sent.activity)


def test_a_mail_of_the_house_is_text_and_a_page_that_says_the_same(house, inbox):
    body = (
        "Hello Zoë,\n\nPipeline · <b>Won</b>\n  New & used: 5 deals, 4 open\n  All: 5 deals, 4 open\n\n"
        "Leads\n  3 leads came in\n\nAll reports:\nhttps://cars.example/reports?from=1&to=2\n\n"
        "--\nUnsubscribe: https://cars.example/emails/stop/a.b\n"
    )
    OutgoingMail.create(to="agent@carmanana.example", subject="The week <1>", body=body + "\nLong " * 400)
    assert send_waiting(house) == 1
    mail = message_from_bytes(inbox.taken[0].content, policy=policy.default)
    plain, page = [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()]
    assert mail.get_content_type() == "multipart/alternative" and plain.startswith(body)
    for told in (
        '<meta name="viewport" content="width=device-width">',
        "<title>The week &lt;1&gt;</title>",
        "<h2>Pipeline · &lt;b&gt;Won&lt;/b&gt;</h2>",
        '<tr><th scope="row">New &amp; used</th><td>5 deals, 4 open</td></tr>',
        "<li>3 leads came in</li>",
        '<p><a href="https://cars.example/reports?from=1&amp;to=2">All reports</a></p>',
        'Unsubscribe: <a href="https://cars.example/emails/stop/a.b">',
    ):
        assert told in page, told
    assert not re.search(r"<(img|script|link|form)|src=|url\(", page), "nothing is fetched"
