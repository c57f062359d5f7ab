"""The forms that say what becomes of next steps, and which channels close."""

from datetime import timedelta

from carmanana.contacting.log import add_step
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer

from ..cast import NOON

DAY = timedelta(days=1)


def test_the_composer_ticks_what_a_call_answers_and_takes_what_is_ticked(cast, visit):
    deal = cast.deal(cast.agent)
    call, ask = (add_step(deal, cast.agent, subject, NOON + DAY) for subject in ("Call about the bank", "Ask the bank"))
    browser = visit("agent")
    page = browser.get(f"/deals/{deal.id}").text
    assert f'name="answers" value="{call.id}" data-answers="call voicemail" checked' in page
    sent = {"kind": "note", "summary": "The bank agreed", "answers_shown": "1", "answers": str(ask.id)}
    assert browser.post(f"/deals/{deal.id}/activities/new", data=sent).status_code in (200, 303)
    assert Activity.get_by_id(ask.id).done_at and Activity.get_by_id(call.id).done_at is None


def test_the_form_of_winning_keeps_what_is_ticked(cast, visit):
    deal = cast.assessed(cast.deal(cast.agent, value_cents=3_000_000))
    ship, ask = (add_step(deal, cast.agent, subject, NOON + DAY) for subject in ("Book the shipping", "Ask the bank"))
    browser = visit("agent")
    assert f'name="keep_steps" value="{ship.id}" checked' in browser.get(f"/deals/{deal.id}/win").text
    sent = {"value_cents": "30,000", "agreement_on": "2026-11-18", "deposit_cents": "1,000", "agreed_how": "distance"}
    sent |= {"steps_shown": "1", "keep_steps": str(ask.id)}
    assert browser.post(f"/deals/{deal.id}/win", data=sent).status_code in (200, 303)
    assert [step.subject for step in Activity.open_steps(deal)] == ["Ask the bank"]


def test_the_form_of_a_loss_closes_the_channels_that_are_ticked(cast, visit):
    deal = cast.deal(cast.agent)
    cast.called(deal, cast.agent)
    sent = {"loss_reason": "do_not_contact", "channels": ["no_calls", "no_texts"]}
    assert visit("agent").post(f"/deals/{deal.id}/loss", data=sent).status_code in (200, 303)
    customer = Customer.get_by_id(deal.customer_id)
    assert (customer.no_calls, customer.no_emails, customer.no_texts) == (True, False, True)


def test_the_timeline_tells_what_was_dropped_and_what_was_logged_later(cast, visit):
    deal = cast.deal(cast.agent)
    cast.called(deal, cast.agent, at=NOON - 3 * DAY)
    order.fire(deal, "lose", cast.agent, loss_reason="price")
    page = visit("agent").get(f"/deals/{deal.id}").text
    assert "dropped" in page and "logged later" in page and "· done" not in page
