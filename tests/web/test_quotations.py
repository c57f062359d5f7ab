"""Quotations on the pages: sent by email, with a tick for what the phrase check asks about."""

from email import message_from_bytes, policy

import pytest

from carmanana.config import Settings
from carmanana.contacting import attachments
from carmanana.contacting.mail import outbox_address
from carmanana.core import money
from carmanana.core.query import again
from carmanana.records.customers import Customer
from carmanana.records.mail import Letter
from carmanana.sales.quotations import drafting

from ..domain.letters_world import with_server

TICK = "I mean it as it stands"


@pytest.fixture
def quotation(app, cast, settings):
    with_server(settings, 9)
    line = {"what": "Car", "quantity": 1, "price_cents": 9_876_00, "tax": "8"}
    yield drafting.add_line(drafting.enter(cast.deal(cast.agent), cast.agent, "A car"), cast.agent, None, **line)
    outbox_address.open_with(Settings())


def test_only_a_quotation_that_does_not_lead_can_be_made_to(quotation, cast, visit):
    other = drafting.enter(quotation.deal, cast.agent, "Another car")
    pages = {one.leading: visit("agent").get(f"/quotations/{one.id}").text for one in (quotation, other)}
    assert "Make it the leading one" not in pages[True] and "Make it the leading one" in pages[False]


def test_a_line_is_in_the_money_of_its_quotation_and_a_discount_has_a_minus(quotation, cast, visit):
    marta, path = visit("agent"), f"/quotations/{quotation.id}/lines/new"
    line = {"what": "Loyalty rebate", "quantity": "1", "tax": "0"}
    foreign = marta.post(path, data=line | {"price_cents": "£500"})
    assert foreign.status_code == 422 and "“£” is not" in foreign.text and 'value="£500"' in foreign.text
    for typed in ("-300", "−300", "$300"):
        assert marta.post(path, data=line | {"price_cents": typed}).status_code == 303, typed
    assert [one.price_cents for one in again(quotation).lines][1:] == [-300_00, -300_00, 300_00]
    written = marta.get(f"/quotations/{quotation.id}/lines/{again(quotation).lines[1].id}").text
    assert 'value="-300"' in written
    assert marta.post(path, data=line | {"price_cents": "-$300"}).status_code == 303
    assert marta.post(path, data=line | {"price_cents": "--300"}).status_code == 422


def test_the_tick_is_shown_when_it_is_asked_for_and_does_not_help_a_promise(quotation, visit):
    marta, path = visit("agent"), f"/quotations/{quotation.id}/send-by-email"
    assert TICK not in marta.get(path).text
    told = {"to": quotation.customer.email.address, "next_step": "Call", "due_at": "2026-12-01T10:00"}
    told |= {"valid_until": quotation.valid_until.isoformat(), "version": quotation.version}
    asked = marta.post(path, data=told | {"text": "You are a liar and an idiot."})
    assert asked.status_code == 422 and TICK in asked.text and "a liar and an idiot" in asked.text
    promised = marta.post(path, data=told | {"text": "We’ll definitely refund everything.", "quoting": "y"})
    assert promised.status_code == 422 and "Say instead" in promised.text and again(quotation).state == "draft"
    sent = marta.post(path, data=told | {"text": "You are a liar and an idiot.", "quoting": "y"})
    assert sent.status_code == 303 and again(quotation).state == "sent"


def test_it_goes_out_with_the_pdf_that_the_page_offers_and_the_same_figures(quotation, visit):
    Customer.update(name="Zoë Łukasz Ωmega", folded="zoe").where(Customer.id == quotation.customer_id).execute()
    for number in range(45):
        told = {"what": f"Zubehör № {number} " + "sehr lang " * 12, "quantity": 2, "price_cents": -150, "tax": "19"}
        drafting.add_line(again(quotation), again(quotation.made_by), None, **told)
    marta, path = visit("agent"), f"/quotations/{quotation.id}"
    assert f'href="{path}/document.pdf"' in marta.get(path).text
    offered = marta.get(f"{path}/document.pdf")
    assert offered.mimetype == "application/pdf" and offered.data.startswith(b"%PDF-")
    assert offered.data.count(b"/Type /Page\n") == 4, "it goes on behind the first page"
    told = {"to": quotation.customer.email.address, "text": "Hello.", "next_step": "Call", "due_at": "2026-12-01T10:00"}
    told |= {"valid_until": quotation.valid_until.isoformat(), "version": again(quotation).version}
    assert marta.post(f"{path}/send-by-email", data=told).status_code == 303
    letter = Letter.get()
    mail = message_from_bytes((attachments.folder / letter.stored).read_bytes(), policy=policy.default)
    attached = next(mail.iter_attachments())
    assert attached.get_filename() == "Quotation Q-1.pdf" and attached.get_content().startswith(b"%PDF-")
    assert {one.name for one in letter.activity.attachments} == {"Quotation Q-1.pdf", "Quotation Q-1: A car.eml"}
    for name, cents in again(quotation).sums:
        assert f"{name}: {money.shown(cents, 'USD')}" in mail.get_body().get_content()


def test_letters_that_no_font_has_are_left_to_the_sheet(quotation, visit):
    drafting.add_line(again(quotation), again(quotation.made_by), None, what="车", quantity=1, price_cents=5, tax="0")
    marta, path = visit("agent"), f"/quotations/{quotation.id}"
    assert marta.get(f"{path}/document.pdf").location.endswith(path)
    assert "Print the page" in marta.get(path).text
    told = {"to": quotation.customer.email.address, "text": "Hello.", "next_step": "Call", "due_at": "2026-12-01T10:00"}
    told |= {"valid_until": quotation.valid_until.isoformat(), "version": again(quotation).version}
    assert marta.post(f"{path}/send-by-email", data=told).status_code == 303
    assert "车" in Letter.get().body
