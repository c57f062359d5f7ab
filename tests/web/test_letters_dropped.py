"""Emails and files that are dropped on a deal's page."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from carmanana.contacting import attachments
from carmanana.contacting.mail.sending import send_waiting
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.compliance import Finding
from carmanana.records.deal_codes import LOSING
from carmanana.records.mail import Letter

from ..cast import NOON
from ..domain.letters_world import eml, letter, mail_server, with_server

CLIENT = "client1000@example.com"
PDF = b"%PDF-1.7 options"


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent)


@pytest.fixture
def marta(app, visit):
    return visit("agent")


def drop(browser, deal, *files, **given):
    return browser.post(
        f"/deals/{deal.id}/files", data=given | {"files": [(io.BytesIO(content), name) for name, content in files]}
    )


def reply(message_id="<a1@mail.example>"):
    message = eml(
        f"Ana <{CLIENT.upper()}>", subject="Re: options", text="The second one, please.", Message_ID=message_id
    )
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Подпись.pdf")
    return message.as_bytes()


def test_the_clients_reply_is_logged_at_its_own_time_with_its_files(deal, marta):
    assert drop(marta, deal, ("reply.eml", reply())).status_code == 303
    logged = Activity.get()
    assert (logged.kind, logged.direction, logged.subject, logged.summary) == (
        "email",
        "in",
        "Re: options",
        "The second one, please.",
    )
    assert logged.at == datetime(2026, 11, 18, 15, tzinfo=UTC)
    assert [file.name for file in logged.attachments.order_by(Attachment.id)] == ["reply.eml", "Подпись.pdf"]
    page = marta.get(f"/deals/{deal.id}").text
    assert "Email from customer" in page and "The second one, please." in page


def test_somebody_elses_email_says_whose_it_is(deal, marta):
    drop(marta, deal, ("bank.eml", eml("loans@bank.example", text="Approved").as_bytes()))
    assert Activity.get().direction == "in" and Activity.get().summary == "From loans@bank.example:\nApproved"


def test_it_is_taken_under_a_contact_lock_and_whatever_the_client_says(cast, marta):
    deal = cast.in_state(LOSING)
    content = eml(
        CLIENT,
        text="You promised: your deposit is guaranteed refundable. We will cancel it right away and sue you idiots.",
    ).as_bytes()
    assert drop(marta, deal, ("angry.eml", content)).status_code == 303
    assert not Finding.select().exists()


@pytest.mark.parametrize("again", ["same bytes", "same message, saved by another program", "already attached by hand"])
def test_the_same_message_twice_is_refused_and_says_where_the_first_is(deal, marta, again):
    first = reply()
    if again == "already attached by hand":
        call = {"kind": "email", "direction": "in", "summary": "Wants the second"}
        marta.post(
            f"/deals/{deal.id}/activities/new",
            data=call | {"subject": "Re: options", "files": (io.BytesIO(first), "r.eml")},
        )
    else:
        drop(marta, deal, ("reply.eml", first))
    before = Activity.select().count(), len(list(attachments.folder.iterdir()))
    second = b"X-Other: program\n" + first if "another" in again else first
    answer = drop(marta, deal, ("new.png", b"\x89PNG\r\n\x1a\n."), ("copy.eml", second))
    assert (
        answer.status_code == 422
        and "copy.eml is with this deal already: the email “Re: options”, since 18 November 2026" in answer.text
    )
    assert (Activity.select().count(), len(list(attachments.folder.iterdir()))) == before


def test_one_of_ours_that_comes_back_is_known(cast, deal, marta, settings):
    with mail_server() as inbox:
        house = with_server(settings, inbox.port)
        letter(cast, deal)
        send_waiting(house)
    assert drop(marta, deal, ("sent.eml", inbox.taken[0].content)).status_code == 422


def test_an_email_of_ours_asks_for_its_next_step_and_is_logged_as_sent(deal, marta):
    ours = eml("Marta <agent@carmanana.example>", to=CLIENT, subject="Colours", text="Red or blue?")
    ours.add_attachment(PDF, maintype="application", subtype="pdf", filename="colours.pdf")
    answer = drop(marta, deal, ("sent.eml", ours.as_bytes()))
    draft = Letter.get()
    assert (answer.status_code, answer.location, draft.sent_elsewhere) == (303, f"/letters/{draft.id}/by-hand", True)
    assert not Activity.select().exists() and "Red or blue?" in marta.get(answer.location).text
    assert drop(marta, deal, ("sent.eml", ours.as_bytes())).status_code == 422
    assert marta.post(answer.location, data={"next_step": "", "due_at": ""}).status_code == 422
    assert marta.post(answer.location, data={"next_step": "Call", "due_at": "2026-12-01T10:00"}).status_code == 303
    logged = Activity.get(Activity.kind == "email")
    assert (logged.direction, logged.outcome, logged.at, logged.summary) == (
        "out",
        "sent",
        datetime(2026, 11, 18, 15, tzinfo=UTC),
        "Red or blue?",
    )
    attached = list(logged.attachments.order_by(Attachment.id))
    assert [file.name for file in attached] == ["Colours.eml", "colours.pdf"] and attachments.read(
        attached[0]
    ) == ours.as_bytes()


@pytest.mark.parametrize(
    "sent, status", [("Wed, 18 Nov 2026 10:00:00 -0500", 303), ("Wed, 18 Nov 2026 11:59:30 -0500", 422)]
)
def test_ours_from_before_the_request_is_still_logged_by_its_author(cast, marta, sent, status):
    deal = cast.deal(cast.agent)
    with clock.set_to(NOON - timedelta(minutes=10)):
        cast.losing(deal, cast.agent)
    ours = eml(
        "agent@carmanana.example", to=deal.customer.email.address, subject="Colours", text="Red or blue?", Date=sent
    )
    path, said = (
        drop(marta, deal, ("sent.eml", ours.as_bytes())).location,
        {"next_step": "Call", "due_at": "2026-12-01T10:00"},
    )
    page = marta.get(path).text
    assert ("Your manager can log it" in page) == (status == 422) and "data-copy" not in page
    answer = marta.post(path, data=said)
    assert answer.status_code == status and Activity.select().where(Activity.kind == "email").exists() == (
        status == 303
    )
    if status == 422:
        assert "Your manager can log it" in answer.text
        assert visit_again(marta, deal, said).status_code == 422, "no form says that there is a file"


def visit_again(marta, deal, said):
    """A call that is said to have been before the request, as an email of ours would be."""
    backdated = {
        "kind": "call",
        "direction": "out",
        "outcome": "no_answer_vm",
        "summary": "Called",
        "at": "2026-11-18T09:00",
        "on_file": "1",
    }
    return marta.post(f"/deals/{deal.id}/activities/new", data=said | backdated)


def test_ours_that_is_discarded_leaves_no_file(deal, marta):
    drop(marta, deal, ("sent.eml", eml("agent@carmanana.example", to=CLIENT).as_bytes()))
    marta.post(f"/letters/{Letter.get().id}/discard")
    assert list(attachments.folder.iterdir()) == []


def test_several_at_once_and_a_form_that_arrives_twice(deal, marta):
    files = [
        ("a.eml", reply("<1@x.example>")),
        ("b.eml", reply("<2@x.example>")),
        ("a copy.eml", reply("<1@x.example>")),
        ("x.pdf", PDF),
    ]
    for _ in range(2):
        assert drop(marta, deal, *files, once="k").status_code == 303
    assert sorted(activity.kind for activity in Activity.select()) == ["email", "email", "note"]
    assert Attachment.select().count() == len(list(attachments.folder.iterdir())) == 5


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * (attachments.UNPACKED + 1))
    return packed.getvalue()


def test_a_bomb_within_an_email_stays_within_it(deal, marta):
    message = eml(CLIENT)
    message.add_attachment(bomb(), maintype="application", subtype="zip", filename="holiday.zip")
    assert drop(marta, deal, ("reply.eml", message.as_bytes())).status_code == 303
    assert [file.name for file in Attachment.select()] == ["reply.eml"]


@pytest.mark.parametrize(
    ("name", "content", "status", "kind"),
    [
        ("empty.eml", b"", 422, None),
        ("no sender.eml", b"Subject: a draft\nX-Unsent: 1\n\nHi", 303, "document"),
        ("overgrown.eml", b"From: a@b.example\nSubject: x\n" + b"X-A: b\n" * 600_000, 303, "document"),
        ("outlook.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, 303, "document"),
        ("notes.txt", b"Call her on Friday", 303, "document"),
        ("big.eml", b"From: a@b.example\nSubject: x\n\n" + b"word " * 3_000_000, 303, "email"),
        ("too big.eml", b"From: a@b.example\nSubject: x\n\n" + b"w" * 20_971_520, 422, None),
    ],
)
def test_what_is_no_email_is_a_file_and_what_is_too_much_is_refused(deal, marta, name, content, status, kind):
    answer = drop(marta, deal, (name, content))
    assert answer.status_code == status
    assert [file.kind for file in Attachment.select()] == ([kind] if kind else [])
    if kind:
        page = marta.get(f"/deals/{deal.id}")
        assert page.status_code == 200 and ("can’t be read here" in page.text) == name.endswith(".msg")


def test_only_who_works_the_deal_drops_on_it(deal, visit):
    assert drop(visit("agent2"), deal, ("a.eml", reply())).status_code == 404
    assert drop(visit("compliance"), deal, ("a.eml", reply())).status_code == 403
    assert "data-dropped-here" not in visit("compliance").get(f"/deals/{deal.id}").text
