"""Emails to customers on the pages: written, sent through a real mail server, kept as drafts."""

import io
from email import message_from_bytes, policy

import pytest

from carmanana.contacting import attachments
from carmanana.contacting.mail.sending import send_waiting
from carmanana.contacting.mail.templates import filled
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.compliance import Finding
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import LOSING
from carmanana.records.deals import Deal
from carmanana.records.mail import Letter, LetterTemplate

from ..domain.letters_world import letter, mail_server, with_server
from .routes import HTMX

CLIENT = "client1000@example.com"
WRITTEN = {
    "to": CLIENT,
    "subject": "Three options",
    "text": "Here they are.\r\n.\r\nKind regards",
    "next_step": "Call",
    "due_at": "2026-12-01T10:00",
}
PDF = b"%PDF-1.7 options"


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent, vehicle_make="Kia", vehicle_model="Niro")


@pytest.fixture
def inbox():
    with mail_server() as inbox:
        yield inbox


@pytest.fixture
def house(app, settings, inbox):
    return with_server(settings, inbox.port)


@pytest.fixture
def marta(app, visit):
    return visit("agent")


def write(browser, deal, *files, headers=(), **given):
    data = WRITTEN | given | {"files": [(io.BytesIO(content), name) for name, content in files]}
    return browser.post(f"/deals/{deal.id}/emails/new", data=data, headers=dict(headers))


# written and sent


def test_from_the_page_to_the_clients_mail_server(deal, house, inbox, marta):
    assert write(marta, deal, ("Options.pdf", PDF)).status_code == 303
    waiting = marta.get(f"/deals/{deal.id}").text
    assert (
        "Email to customer" in waiting
        and "Waiting to be sent" in waiting
        and "Options.pdf" in waiting
        and "Three options.eml" in waiting
    )
    assert send_waiting(house) == 1
    mail = inbox.taken[0]
    attached = Attachment.get(Attachment.kind == "email")
    assert mail.content == marta.get(f"/files/{attached.id}?download=1").data and mail.rcpt_tos == [CLIENT]
    message = message_from_bytes(mail.content, policy=policy.default)
    assert (
        message["From"] == "Marta Sandoval <sales@carmanana.example>"
        and message["Reply-To"].addresses[0].addr_spec == "agent@carmanana.example"
    )
    assert (
        message.get_body().get_content().splitlines()[1] == "."
        and next(message.iter_attachments()).get_content() == PDF
    )
    assert "Waiting" not in (page := marta.get(f"/deals/{deal.id}").text) and f"to <bdi>{CLIENT}</bdi>" in page
    assert "Here they are." in marta.get(f"/files/{attached.id}/email").text


def test_the_same_form_twice_is_one_email(deal, house, inbox, marta):
    for _ in range(2):
        assert write(marta, deal, once="k1").status_code == 303
    send_waiting(house)
    assert len(inbox.taken) == Letter.select().count() == Activity.select().where(Activity.kind == "email").count() == 1


def test_what_the_server_does_not_take_comes_back_with_two_ways_on(deal, house, inbox, marta):
    inbox.to_address = "550 no such user"
    write(marta, deal)
    send_waiting(house)
    page, letter = marta.get(f"/deals/{deal.id}").text, Letter.get()
    assert (
        "Not sent. The mail server does not know this address." in page
        and "Send again" in page
        and "Copy the text" in page
    )
    assert "was not sent" in marta.get("/notifications/").text
    assert "Here they are." in marta.get(f"/letters/{letter.id}/by-hand").text
    inbox.to_address = "250 OK"
    assert marta.post(f"/letters/{letter.id}/again").status_code == 303
    assert send_waiting(house) == 1
    assert (
        marta.post(f"/letters/{letter.id}/again").status_code
        == marta.post(f"/letters/{letter.id}/by-hand").status_code
        == 409
    )
    assert len(inbox.taken) == 1


# refused on the page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"subject": "Hello\r\nBcc: all@example.com"}, "The subject is one line"),
        ({"to": "ana@example.com\r\nBcc: b@example.com"}, "Choose one of the customer’s own addresses"),
        ({"text": ""}, "Write what you want to say"),
        ({"text": "See [first vehicle]"}, "Fill in [first vehicle]"),
        ({"next_step": "", "due_at": ""}, "Say what the next step is"),
        ({"text": "Your deposit is guaranteed refundable."}, "Say instead"),
        ({"subject": "We’ll definitely refund everything"}, "Say instead"),
    ],
)
@pytest.mark.parametrize("has_server", [True, False])
def test_what_is_refused_comes_back_with_what_was_typed(request, deal, marta, given, sentence, has_server):
    if has_server:
        request.getfixturevalue("house")
    answer = write(marta, deal, *([("a.pdf", PDF)] if has_server else []), **given)
    assert answer.status_code == 422 and sentence in answer.text.replace("&#34;", '"')
    assert "Kind regards" in answer.text or "text" in given
    assert not Letter.select().exists() and not Activity.select().exists() and list(attachments.folder.iterdir()) == []


def test_a_promise_that_was_refused_is_kept_for_review_and_a_manager_may_make_it(deal, house, marta, visit):
    promise = {"text": "We’ll definitely refund everything."}
    write(marta, deal, **promise)
    assert Finding.get().outcome == "refused"
    assert write(visit("manager"), deal, **promise).status_code == 303


def test_what_only_warns_passes_once_it_is_meant(deal, house, marta):
    rude = {"text": "You are a liar and an idiot."}
    answer = write(marta, deal, **rude)
    assert answer.status_code == 422 and "I mean it as it stands" in answer.text
    assert write(marta, deal, **rude, quoting="y").status_code == 303


def test_under_review_the_next_contact_is_the_managers(cast, house, marta, visit):
    deal = cast.in_state(LOSING)
    assert "next contact must be the manager" in marta.get(f"/deals/{deal.id}/emails/new").text
    answer = write(marta, deal)
    assert (
        answer.status_code == 422 and "next contact must be the manager" in answer.text and not Letter.select().exists()
    )
    assert write(visit("manager"), deal).status_code == 303


def test_do_not_email_and_no_address_are_said_before_anybody_types(cast, deal, house, marta):
    Customer.update(no_emails=True).where(Customer.id == deal.customer_id).execute()
    assert "asked not to be emailed" in marta.get(f"/deals/{deal.id}/emails/new").text
    assert "Asked not to be emailed" in marta.get(f"/deals/{deal.id}").text and write(marta, deal).status_code == 422


def test_a_stranger_to_the_deal_writes_nothing(deal, house, visit):
    assert write(visit("agent2"), deal).status_code == 404
    assert write(visit("compliance"), deal).status_code == 403


# templates


def test_the_dialog_begins_with_a_template(deal, marta, visit):
    page = marta.get(f"/deals/{deal.id}/emails/new?template=call_missed&next_step=Try+again", headers=HTMX).text
    assert (
        "I tried to call you about the Kia Niro" in page
        and "Hello María" in page
        and "Try again" in page
        and "Manager: first contact" not in page
    )
    assert "personally review" not in marta.get(f"/deals/{deal.id}/emails/new?template=cancellation_unreachable").text
    assert (
        "personally review everything"
        in visit("manager").get(f"/deals/{deal.id}/emails/new?template=cancellation_unreachable").text
    )


@pytest.mark.parametrize(
    "code",
    [
        "call_missed",
        "needs",
        "agreement_reminder",
        "cancellation_asked",
        "retention_follow_up",
        "cancellation_unreachable",
    ],
)
def test_every_template_passes_the_guard(cast, deal, house, code):
    subject, text = filled(LetterTemplate.get(LetterTemplate.code == code), deal, cast.agent)
    assert letter(cast, deal, subject=subject, text=text).activity


def test_managers_change_what_emails_begin_with(visit, marta, deal):
    assert marta.get("/letters").status_code == 403
    boss, template = visit("manager"), LetterTemplate.get(LetterTemplate.code == "options")
    assert "Options for them to look at" in boss.get("/letters").text
    data = {
        "name": "Three cars",
        "may_use": ["agent"],
        "subject": "Cars",
        "body": "Hello [Name]",
        "version": template.version,
    }
    assert boss.post(f"/letters/templates/{template.id}/edit", data=data).status_code == 303
    assert boss.post(f"/letters/templates/{template.id}/edit", data=data).status_code == 409
    assert "Three cars" in marta.get(f"/deals/{deal.id}/emails/new").text
    assert boss.post("/letters/templates/new", data=data | {"body": ""}).status_code == 422
    assert boss.post("/letters/templates/new", data=data | {"name": "Put away", "archived": "y"}).status_code == 303
    assert "Put away" in boss.get("/letters").text and "Put away" not in marta.get(f"/deals/{deal.id}/emails/new").text


# without a mail server


def test_without_a_mail_server_it_is_a_draft_to_copy(deal, marta, visit):
    assert "No mail server is set up" in marta.get(f"/deals/{deal.id}/emails/new").text
    answer = write(marta, deal)
    draft = Letter.get()
    assert (answer.status_code, answer.location) == (
        303,
        f"/letters/{draft.id}/by-hand",
    ) and not Activity.select().exists()
    page = marta.get(answer.location).text
    assert (
        f"mailto:{CLIENT}?subject=Three%20options&amp;body=Here%20they%20are.%0D%0A.%0D%0AKind%20regards" in page
        and "I have sent it" in page
    )
    assert (
        "Draft: Three options" in marta.get(f"/deals/{deal.id}").text
        and "Draft: Three" not in visit("compliance").get(f"/deals/{deal.id}").text
    )
    sent = {"next_step": "Call", "due_at": "2026-12-01T10:00"}
    assert marta.post(answer.location, data=sent | {"next_step": ""}).status_code == 422
    assert marta.post(answer.location, data=sent | {"files": (io.BytesIO(PDF), "a.pdf")}).status_code == 303
    page = marta.get(f"/deals/{deal.id}").text
    assert "Sent by hand" in page and "a.pdf" in page and "Draft:" not in page
    assert marta.post(answer.location, data=sent).status_code == 409
    assert Activity.select().where(Activity.kind == "email").count() == 1


def test_a_draft_that_waits_under_the_lock_is_not_to_be_copied(cast, deal, marta, visit):
    path = write(marta, deal).location
    cast.losing(deal, cast.agent)
    page = marta.get(path).text
    assert "next contact must be the manager" in page and not any(
        way in page for way in ("mailto:", "data-copy", "I have sent it")
    )
    assert marta.post(path, data={"next_step": "Call", "due_at": "2026-12-01T10:00"}).status_code == 422
    page = visit("manager").get(path).text
    assert "mailto:" in page and "data-copy" in page


def test_what_failed_is_not_sent_by_hand_under_the_lock(cast, deal, marta):
    write(marta, deal)
    failed = letter_that_failed(deal)
    cast.losing(deal, cast.agent)
    answer = marta.post(f"/letters/{failed.id}/by-hand")
    assert (
        answer.status_code == 422
        and "next contact must be the manager" in answer.text
        and Letter.get_by_id(failed.id).failed
    )


def letter_that_failed(deal):
    activity = Activity.create(
        customer=deal.customer, deal=deal, kind="email", direction="out", outcome="sent", summary="x", author=deal.owner
    )
    Letter.update(activity=activity, stored="x", given_up_at=activity.at).execute()
    return Letter.get()


def test_a_draft_is_thrown_away(deal, marta):
    write(marta, deal)
    assert marta.post(f"/letters/{Letter.get().id}/discard", headers=HTMX).status_code == 200
    assert not Letter.select().exists()


def test_files_do_not_wait_with_a_draft(deal, marta):
    assert write(marta, deal, ("a.pdf", PDF)).status_code == 422 and list(attachments.folder.iterdir()) == []


def test_a_draft_is_nowhere_for_others(deal, marta, visit):
    write(marta, deal)
    letter = Letter.get()
    for who, status in (("agent2", 404), ("compliance", 403), ("admin", 403)):
        for path in ("by-hand", "discard", "again"):
            assert visit(who).post(f"/letters/{letter.id}/{path}").status_code == status
    assert Letter.get().draft


# in a language that nobody checks

TAGALOG = {"text": "Ibabalik namin ang lahat ng bayad mo bukas.", "subject": "Kumusta"}


@pytest.fixture
def case(cast):
    return Deal.get_by_id(cast.walked(cast.losing(cast.deal(cast.agent, value_cents=38_900_00)), "retention").deal_id)


def test_a_manager_reads_and_approves_what_nobody_could_check(case, house, inbox, visit):
    assert write(visit("retention"), case, **TAGALOG).status_code == 303
    ingrid, letter = visit("manager"), Letter.get()
    page = ingrid.get(f"/deals/{case.id}").text
    assert "Waits for approval: Kumusta" in page and f"/letters/{letter.id}/approval" in page
    dialog = ingrid.get(f"/letters/{letter.id}/approval").text
    assert TAGALOG["text"] in dialog and "Samira Mendes" in dialog
    assert send_waiting(house) == 0
    assert (
        ingrid.post(
            f"/letters/{letter.id}/approval", data={"decision": "approve", "version": letter.version}
        ).status_code
        == 303
    )
    assert send_waiting(house) == 1 and len(inbox.taken) == 1
    assert (
        ingrid.post(
            f"/letters/{letter.id}/approval", data={"decision": "approve", "version": letter.version}
        ).status_code
        == 409
    )


def test_what_is_sent_back_says_why_and_is_written_anew(case, house, visit):
    samira, ingrid = visit("retention"), visit("manager")
    write(samira, case, **TAGALOG)
    letter = Letter.get()
    empty = ingrid.post(f"/letters/{letter.id}/approval", data={"decision": "back", "version": letter.version})
    assert empty.status_code == 422 and "Say why" in empty.text
    ingrid.post(
        f"/letters/{letter.id}/approval",
        data={"decision": "back", "reason": "English, please", "version": letter.version},
    )
    page = samira.get(f"/deals/{case.id}").text
    assert "Sent back: Kumusta" in page and "English, please" in page
    assert TAGALOG["text"] in samira.get(f"/deals/{case.id}/emails/new?again={letter.id}").text
    assert samira.get(f"/letters/{letter.id}/approval").status_code == 403
