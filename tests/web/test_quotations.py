"""Quotations on the pages: sent by email, with a tick for what the phrase check asks about."""

import pytest

from carmanana.config import Settings
from carmanana.contacting.mail import outbox_address
from carmanana.core.query import again
from carmanana.sales.quotations import drafting

from ..domain.letters_world import with_server

TICK = "I mean it as it stands"


@pytest.fixture
def quotation(app, cast, settings):
    with_server(settings, 9)
    line = {"what": "Car", "quantity": 1, "price_cents": 9_876_00, "tax": "8"}
    yield drafting.add_line(drafting.enter(cast.deal(cast.agent), cast.agent, "A car"), cast.agent, None, **line)
    outbox_address.open_with(Settings())


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
