"""What nobody could check waits for a manager, where the customer's cancellation is under review (domain 5)."""

from datetime import timedelta

import pytest

from carmanana.config import Settings
from carmanana.contacting.attachments import keep, keep_in
from carmanana.contacting.mail import approving, drafts, outbox_address
from carmanana.contacting.mail.writing import write
from carmanana.core import clock
from carmanana.core.db import Stale
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.mail import Letter
from carmanana.records.notifications import Notification

from ..cast import forbidden, refused
from .letters_world import with_server

TAGALOG = "Ibabalik namin ang lahat ng bayad mo bukas."


@pytest.fixture(autouse=True)
def closed_after():
    yield
    outbox_address.open_with(Settings())


@pytest.fixture
def deal(cast):
    return Deal.get_by_id(cast.walked(cast.losing(cast.deal(cast.agent, value_cents=38_900_00)), "retention").deal_id)


@pytest.fixture
def server(settings, cast):
    return with_server(settings, 9)


def written(deal, by, text=TAGALOG, **given):
    given = {"next_step": "Call", "due_at": clock.now() + timedelta(days=1)} | given
    return write(deal, by, deal.customer.email.address, "Kumusta", text, **given)


def emails(deal) -> int:
    return Activity.select().where(Activity.deal == deal, Activity.kind == "email", Activity.direction == "out").count()


def test_it_waits_instead_of_going_out_and_the_manager_hears(cast, deal, server):
    before = emails(deal)
    letter = written(deal, cast.retention, meant=True)
    assert letter.awaits_approval and emails(deal) == before and list(Letter.to_send(clock.now())) == []
    assert "asks for approval" in Notification.of(cast.manager).first().text
    assert letter in drafts.drafts_on(deal, cast.manager)
    with refused("approval"):
        drafts.sent_by_hand(letter, cast.retention, "Call", clock.now() + timedelta(days=1))


def test_approved_it_goes_out_as_its_writers(cast, deal, server):
    letter = approving.approve(written(deal, cast.retention), cast.manager, 1)
    assert (letter.activity.author, letter.approved_by, letter.waiting) == (cast.retention, cast.manager, True)
    assert list(Letter.to_send(clock.now())) == [letter]
    assert "approved your email" in Notification.of(cast.retention).first().text
    with pytest.raises(Stale):
        approving.approve(letter, cast.manager, letter.version)


def test_without_a_mail_server_its_writer_sends_it(cast, deal, settings):
    keep_in(settings.uploads)
    letter = approving.approve(written(deal, cast.retention), cast.manager, 1)
    assert letter.draft and not drafts.locked(letter, cast.retention)
    drafts.sent_by_hand(letter, cast.retention, "Call", clock.now() + timedelta(days=1))
    assert Letter.get_by_id(letter.id).activity.summary == TAGALOG


def test_sent_back_with_a_reason(cast, deal, server):
    letter = written(deal, cast.retention)
    for reason in ("", " ", "x" * 501):
        with refused("reason", field="reason"):
            approving.send_back(letter, cast.manager, 1, reason)
    letter = approving.send_back(letter, cast.manager, 1, "In English, please")
    assert (
        letter.unapproved
        and not letter.awaits_approval
        and "In English, please" in drafts.locked(letter, cast.retention)
    )
    with refused("approval"):
        drafts.sent_by_hand(letter, cast.retention, "Call", clock.now() + timedelta(days=1))


def test_nobody_approves_their_own_and_only_managers_do(cast, deal, server):
    letter = written(deal, cast.retention)
    for person in (cast.retention, cast.agent, cast.admin):
        with forbidden():
            approving.approve(letter, person, 1)
    with pytest.raises(Stale):
        approving.approve(letter, cast.manager, 7)
    with refused("files", field="files"):
        written(deal, cast.retention, files=[keep("Papeles.pdf", b"%PDF-1.7")])


def test_what_can_be_read_goes_out_as_ever(cast, deal, server):
    assert written(deal, cast.retention, "Good morning, is now a good time for a call?").waiting
    assert written(deal, cast.manager).waiting
    with refused("overpromise", field="text"):
        written(deal, cast.retention, "Le devolvemos todo su dinero.")
