"""The forms that say what becomes of next steps, and which channels close."""

import re
from datetime import datetime, timedelta

from carmanana.contacting.log import add_step
from carmanana.contacting.next_steps import too_far
from carmanana.core import clock
from carmanana.customers import contact
from carmanana.deals.deal_facts import take
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerPhone
from carmanana.records.people import User
from carmanana.web.forms.quick_dates import due_chips

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
    order.fire(deal, "lose", cast.agent, loss_reason="vehicle")
    page = visit("agent").get(f"/deals/{deal.id}").text
    assert "dropped" in page and "logged later" in page and "· done" not in page


def test_the_dialog_of_a_contact_ticks_what_its_kind_answers(cast, visit):
    deal = cast.deal(cast.agent)
    call, mail = (add_step(deal, cast.agent, subject, NOON + DAY) for subject in ("Call him", "Email him"))
    page = visit("agent").get(f"/deals/{deal.id}/activities/new?kind=email").text
    assert re.search(rf'value="{mail.id}" data-answers="email" checked', page)
    assert re.search(rf'value="{call.id}" data-answers="call voicemail" >', page)


def test_a_manager_names_who_takes_the_next_step(cast, visit):
    deal, browser = cast.deal(cast.agent), visit("manager")
    assert f"/deals/{deal.id}/steps/assignees" in browser.get(f"/deals/{deal.id}").text
    assert "Thabo Okafor" in browser.get(f"/deals/{deal.id}/steps/assignees").text
    told = {"kind": "note", "summary": "She rings back", "next_step": "Call her", "due_at": "2026-11-20T10:00"}
    page = f"/deals/{deal.id}/activities/new"
    assert browser.post(page, data=told | {"assignee": str(cast.agent2.id)}).status_code in (200, 303)
    assert Activity.next_step(deal).assignee == cast.agent2
    wrong = browser.post(page, data=told | {"assignee": str(cast.compliance.id)})
    assert (
        wrong.status_code == 422 and "Choose somebody from the list." in wrong.text and "She rings back" in wrong.text
    )
    assert 'name="assignee"' not in visit("agent").get(page).text


def test_of_several_numbers_the_wrong_one_is_named(cast, visit):
    customer = contact.enter(cast.manager, "Two Lines", ["+1 305 555 0101", "+1 305 555 0102"], [])
    deal = take(customer, cast.stage(), cast.manager, cast.agent)
    first, second = CustomerPhone.select().where(CustomerPhone.customer == customer).order_by(CustomerPhone.position)
    browser, page = visit("agent"), f"/deals/{deal.id}/activities/new"
    assert f'value="phone-{second.id}"' in browser.get(f"/deals/{deal.id}").text
    told = {"kind": "call", "direction": "out", "outcome": "wrong", "summary": "A shop", "next_step": "Email her"}
    told["due_at"] = "2026-11-20T10:00"
    again = browser.post(page, data=told)
    assert again.status_code == 422 and "Say which number was wrong." in again.text
    assert browser.post(page, data=told | {"reached_at": f"phone-{second.id}"}).status_code in (200, 303)
    assert CustomerPhone.get_by_id(second.id).wrong_at and not CustomerPhone.get_by_id(first.id).wrong_at


def test_a_new_deal_says_all_that_is_wrong_with_its_first_step_and_keeps_what_was_typed(cast, visit):
    sent = {"name": "Ana Torres", "phones": "+1 305 555 7788", "stage": str(cast.stage().id), "readiness": "live"}
    again = visit("agent").post("/deals/new", data=sent | {"next_step": "Call her", "due_at": "2026-12-20T10:00"})
    assert again.status_code == 422 and "at most 14 days ahead" in again.text and "Ana Torres" in again.text
    assert not Customer.select().exists()


def test_whatever_the_day_no_quick_date_is_further_than_a_step_may_be(app, cast):
    deal = cast.deal(cast.agent)
    for hours in range(9, 24 * 21, 13):
        with app.test_request_context("/"), clock.set_to(NOON + timedelta(hours=hours)):
            chips = due_chips()
            assert chips[-1].name in ("In 2 weeks", "Fri"), chips
            for name, value, today in chips:
                at = clock.from_local(datetime.fromisoformat(value), "UTC")
                assert clock.now() < at and too_far(deal, at, "UTC") is None, (clock.now(), name, value)
                assert today == (at.date() == clock.today())


def test_at_one_moment_quick_dates_are_those_of_each_ones_zone(cast, visit):
    for who, zone, today in (
        ("agent", "America/New_York", "2026-11-18T16:00"),
        ("agent2", "Asia/Tokyo", "2026-11-19T16:00"),
    ):
        person = getattr(cast, who)
        User.update(timezone=zone).where(User.id == person.id).execute()
        page = visit(who).get(f"/deals/{cast.deal(person).id}").text
        assert f'"{today}"' in page, who


def test_from_a_page_that_is_old_one_gets_to_how_it_stands_now(cast, visit):
    deal = cast.deal(cast.agent)
    step, browser = add_step(deal, cast.agent, "Call about the bank", NOON + DAY), visit("agent")
    address = f"/deals/{deal.id}?a=1"
    behind = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": f"http://localhost/{address}"}
    browser.post(f"/steps/{step.id}/done")
    old = browser.post(f"/steps/{step.id}/done", headers=behind)
    assert old.status_code == 409 and f'<a class="button" href="{address}">' in old.text and "Reload" in old.text
    assert Activity.get_by_id(step.id).done_at
    assert "Reload" in browser.post(f"/steps/{step.id}/done", headers={"Referer": f"http://localhost{address}"}).text
