"""A quotation by email passes the same checks as any other letter (domain 5 and 7)."""

from datetime import timedelta

import pytest

from carmanana.cancellations.lifecycle import review
from carmanana.config import Settings
from carmanana.contacting.mail import outbox_address
from carmanana.core import clock
from carmanana.core.query import again
from carmanana.records.activities import Activity
from carmanana.records.compliance import Finding
from carmanana.records.deals import Deal
from carmanana.records.mail import Letter
from carmanana.sales.quotations import drafting
from carmanana.sales.quotations.lifecycle import quoting

from ..cast import refused
from .letters_world import with_server

TAGALOG = "Ibabalik namin ang lahat ng bayad mo bukas."


@pytest.fixture(autouse=True)
def server(settings, cast):
    with_server(settings, 9)
    yield
    outbox_address.open_with(Settings())


@pytest.fixture
def quotation(cast):
    return quoted(cast, cast.deal(cast.agent))


def quoted(cast, deal):
    line = {"what": "Car", "quantity": 1, "price_cents": 9_876_00, "tax": "8"}
    return drafting.add_line(drafting.enter(deal, cast.agent, "A car"), cast.agent, None, **line)


def send(quotation, by, text, **given):
    told = {"to": quotation.customer.email.address, "text": text, "next_step": "Call"}
    told["due_at"] = clock.now() + timedelta(days=1)
    return quoting.fire(quotation, "send_by_email", by, **told | given)


def test_its_own_figures_are_no_doubt_and_nothing_is_kept_for_review(cast, quotation):
    sent = send(quotation, cast.agent, "The car is $9,876, with tax it is $10,666.08.")
    assert (sent.state, sent.sent_how) == ("sent", "email")
    assert not Finding.select().exists() and "$10,666.08" in Letter.get().body


def test_what_is_asked_about_goes_out_once_it_is_meant(cast, quotation):
    text = "The roof box would be $7,654."
    with refused("price", field="quoting"):
        send(quotation, cast.agent, text)
    assert again(quotation).state == "draft"
    assert send(quotation, cast.agent, text, quoting=True).state == "sent"
    assert Finding.select().count() == 1


def test_a_promise_is_refused_however_it_is_meant(cast, quotation):
    for meant in (False, True):
        with refused("overpromise", field="text"):
            send(quotation, cast.agent, "We’ll definitely refund everything.", quoting=meant)


def test_what_a_manager_must_approve_first_is_not_sent(cast):
    request = cast.walked(cast.losing(cast.deal(cast.agent, value_cents=38_900_00)), "contacted")
    other = cast.deal(cast.agent)
    Deal.update(customer=request.deal.customer_id).where(Deal.id == other.id).execute()
    quotation = quoted(cast, again(other))
    until = clock.now() + timedelta(days=1)
    review.fire(request, "direct", cast.manager, user=cast.agent, until=until, words="Only the date")
    before = Activity.select().where(Activity.kind == "email").count()
    for meant in (False, True):
        with refused("approval", field="text", remedies=("quotations.send_by_hand",)):
            send(quotation, cast.agent, TAGALOG, quoting=meant)
    assert again(quotation).state == "draft" and not Letter.select().exists()
    assert Activity.select().where(Activity.kind == "email").count() == before
    assert quoting.fire(quotation, "send_by_hand", cast.agent).state == "sent"
