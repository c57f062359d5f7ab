"""Writing to a customer: the rules of every contact, and what an email needs of its own."""

from email import message_from_bytes, policy

import pytest

from carmanana.config import Misconfigured, Settings
from carmanana.contacting import attachments
from carmanana.contacting.attachments import keep
from carmanana.contacting.mail import drafts, outbox_address
from carmanana.contacting.mail.templates import filled
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.customers import Customer, CustomerEmail
from carmanana.records.deal_codes import LOSING
from carmanana.records.mail import Letter, LetterTemplate
from carmanana.records.people import User

from ..cast import NOON, forbidden, refused
from .letters_world import letter, with_server


@pytest.fixture(autouse=True)
def closed_after():
    yield
    outbox_address.open_with(Settings())


@pytest.fixture
def server(settings, cast):
    return with_server(settings, 9)


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent, vehicle_make="Kia", vehicle_model="Niro")


def test_a_letter_is_an_email_in_the_log_with_its_exact_bytes(cast, deal, server):
    sent = letter(cast, deal, files=[keep("Договор.pdf", b"%PDF-1.7")])
    assert (sent.activity.kind, sent.activity.outcome, sent.activity.subject, sent.activity.summary) == (
        "email",
        "sent",
        "Three options",
        "Here they are.",
    )
    assert Activity.next_step(deal).subject == "Call" and sent.waiting
    mail, document = Attachment.select().order_by(Attachment.id)
    assert (mail.name, mail.kind, mail.stored, document.name) == (
        "Three options.eml",
        "email",
        sent.stored,
        "Договор.pdf",
    )
    message = message_from_bytes(attachments.read(mail), policy=policy.default)
    assert (
        message["From"].addresses[0].display_name == "Marta Sandoval"
        and message["From"].addresses[0].addr_spec == "sales@carmanana.example"
    )
    assert (
        message["Reply-To"].addresses[0].addr_spec == "agent@carmanana.example"
        and message["To"].addresses[0].addr_spec == sent.to
    )
    assert (message["Subject"], message["Message-ID"], message["Date"].datetime) == (
        "Three options",
        sent.message_id,
        NOON,
    )
    assert [part.get_filename() for part in message.iter_attachments()] == ["Договор.pdf"]


def test_any_letters_and_any_length_go_over_as_plain_lines(cast, deal, server):
    Customer.update(name="Łukasz\r\nBcc: all@example.com Дмитрий").where(Customer.id == deal.customer_id).execute()
    CustomerEmail.update(address="ana@müller.example").execute()
    letter(
        cast,
        deal,
        to="ana@müller.example",
        subject="Ваш автомобиль – 契約",
        text=f"Ключ\n{'long ' * 500}\n.\nFrom here",
    )
    raw = attachments.read(Attachment.get())
    assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) < 999 and b"\n" not in raw.replace(b"\r\n", b"")
    message = message_from_bytes(raw, policy=policy.default)
    assert (
        message["Bcc"] is None
        and message["Subject"] == "Ваш автомобиль – 契約"
        and message["To"].addresses[0].addr_spec == "ana@xn--mller-kva.example"
    )
    assert message.get_content().replace("\r\n", "\n").startswith(f"Ключ\n{'long ' * 500}".rstrip() + "")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": "stranger@example.com"}, "to"),
        ({"to": ""}, "to"),
        ({"subject": " "}, "subject"),
        ({"subject": "Hello\r\nBcc: all@example.com"}, "subject_line"),
        ({"subject": "x" * 201}, "subject_length"),
        ({"text": " \r\n "}, "text"),
        ({"text": "x" * 8001}, "text_length"),
        ({"text": "Hello [first vehicle]"}, "blank"),
        ({"next_step": ""}, "next_step"),
        ({"due_at": None}, "due"),
        ({"due_at": NOON}, "due"),
    ],
)
@pytest.mark.parametrize("has_server", [True, False])
def test_an_incomplete_letter_is_refused(cast, deal, settings, given, code, has_server):
    with_server(settings, 9)
    if not has_server:
        outbox_address.open_with(settings)
    with refused(code):
        letter(cast, deal, **given)
    assert list(attachments.folder.iterdir()) == []


def test_everything_that_is_missing_is_told_at_once(cast, deal, server):
    with refused("to", "subject", "text", "next_step"):
        letter(cast, deal, to="x", subject="", text="", next_step="", due_at=None)


@pytest.mark.parametrize(
    "address",
    ["ana@exa mple.example", "ana,bob@x.example", "ana@x..example", "josé@x.example", "a@" + "x" * 70 + ".example"],
)
def test_an_address_that_no_mail_server_takes(cast, deal, server, address):
    CustomerEmail.update(address=address).execute()
    with refused("address", field="to"):
        letter(cast, deal, to=address)


def test_a_client_without_an_address(cast, deal, server):
    CustomerEmail.delete().execute()
    with refused("no_address", remedies=("customers.edit",)):
        letter(cast, deal, to="")


def test_who_may_not_log_may_not_write(cast, deal, server):
    for who in (cast.agent2, cast.retention, cast.compliance, cast.admin):
        with forbidden():
            letter(cast, deal, who, to="client1000@example.com")


@pytest.mark.parametrize("has_server", [True, False])
def test_what_closes_every_contact_closes_letters(cast, settings, has_server):
    with_server(settings, 9) if has_server else outbox_address.open_with(settings)
    losing = cast.in_state(LOSING)
    with refused("locked"):
        letter(cast, losing)
    assert letter(cast, losing, cast.manager).author == cast.manager
    silent = cast.deal(cast.agent)
    Customer.update(no_emails=True).where(Customer.id == silent.customer_id).execute()
    with refused("do_not_contact"):
        letter(cast, silent, to=silent.customer.email.address)


def test_three_a_day_are_enough_and_the_same_form_again_is_no_fourth(cast, deal, server):
    for number in range(3):
        letter(cast, deal, key=f"k{number}", next_step="Wait")
    assert letter(cast, deal, key="k2") == Letter.select().order_by(Letter.id.desc()).get()
    with refused("day_cap"):
        letter(cast, deal, key="k3")
    assert Letter.select().count() == Attachment.select().count() == len(list(attachments.folder.iterdir())) == 3


def test_files_that_are_too_large_for_an_email(cast, deal, server):
    with refused("size"):
        letter(cast, deal, files=[keep("a.bin", b"\1" * 15_000_000)])


def test_a_broken_sender_address_is_told_at_start(settings):
    with pytest.raises(Misconfigured, match="MAIL_FROM"):
        outbox_address.open_with(Settings(smtp_url="smtp://x", mail_from="nobody"))
    outbox_address.open_with(settings)


# without a mail server


@pytest.fixture
def draft(cast, deal, settings):
    outbox_address.open_with(settings)
    attachments.keep_in(settings.uploads)
    return letter(cast, deal)


def test_a_draft_logs_nothing_until_it_was_sent(cast, deal, draft):
    assert draft.draft and drafts.drafts_on(deal, cast.agent) == [draft] and not Activity.select().exists()
    sent = drafts.sent_by_hand(draft, cast.agent, "Call", draft.due_at)
    assert (sent.by_hand, sent.sent_at, sent.activity.kind) == (True, NOON, "email")
    message = message_from_bytes(attachments.read(Attachment.get()), policy=policy.default)
    assert message["From"].addresses[0].addr_spec == "agent@carmanana.example" and "by hand" in message["Comments"]
    assert drafts.drafts_on(deal, cast.agent) == []


def test_a_draft_obeys_the_rules_of_the_day_it_is_sent(cast, draft):
    Customer.update(no_emails=True).execute()
    with refused("do_not_contact"):
        drafts.sent_by_hand(Letter.get(), cast.agent, "Call", draft.due_at)
    assert list(attachments.folder.iterdir()) == []


def test_a_draft_is_its_authors_and_the_managers(cast, deal, draft):
    assert drafts.drafts_on(deal, cast.manager) == [draft] and drafts.drafts_on(deal, cast.compliance) == []
    for who in (cast.agent2, cast.compliance):
        with forbidden():
            drafts.discard(draft, who)
    drafts.discard(draft, cast.manager)
    assert not Letter.select().exists()


# templates


def test_every_template_can_be_filled_in_and_names_who_uses_it(cast, deal, server):
    User.update(phone="+1 305 555 0100").where(User.id == cast.agent.id).execute()
    codes = [template.code for template in LetterTemplate.in_order()]
    assert {"call_missed", "options", "agreement_reminder", "cancellation_unreachable", "retention_follow_up"} <= set(
        codes
    )
    for template in LetterTemplate.select():
        subject, text = filled(template, deal, cast.agent)
        assert (
            "[Name]" not in text
            and "Marta Sandoval" in text
            and "+1 305 555 0100" in text
            and "[Vehicle]" not in subject + text
        )
    assert "cancellation_unreachable" not in [template.code for template in LetterTemplate.offered_to(cast.agent)]
    assert "cancellation_unreachable" in [template.code for template in LetterTemplate.offered_to(cast.manager)]


def test_what_is_not_known_leaves_no_hole(cast, deal):
    template = LetterTemplate.get(LetterTemplate.code == "call_missed")
    subject, text = filled(template, cast.deal(cast.agent), cast.agent)
    assert subject == "I tried to call you about the vehicle you are looking for" and text.endswith(
        "Marta Sandoval\nCarManana"
    )
