"""A form that was sent over a newer version shows both: what was typed, and what stands now (quality 3)."""

import re
from datetime import timedelta

from carmanana.contacting.log import add_step, move_step
from carmanana.core import clock
from carmanana.deals.deal_facts import assess
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal

from .filled import filled

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_both_versions_stand_side_by_side_and_sending_again_is_to_choose(cast, visit):
    deal = cast.deal(cast.agent, value_cents=2600000, source="Friend")
    url = f"/deals/{deal.id}/edit"
    agent, manager = visit("agent"), visit("manager")
    mine = filled(agent.get(url).text, value_cents="28,000", source="Radio")
    theirs = filled(manager.get(url).text, value_cents="31,000", vehicle_make="Kia")
    assert manager.post(url, data=theirs).status_code == 303
    answer = agent.post(url, data=mine, headers=HTMX)
    assert answer.status_code == 409
    who = cast.manager.first_name
    assert f"{who} changed Make and Value while you were typing" in answer.text
    assert re.search(r"Now: <b[^>]*>\$31,000</b> \(" + who, answer.text)
    assert 'value="28,000"' in answer.text and 'value="Radio"' in answer.text, "what was typed stays"
    assert 'value="Kia"' in answer.text and f"Theirs is shown ({who}" in answer.text, "what was not touched is theirs"
    assert answer.text.count("Use theirs") == 1
    again = agent.post(url, data=filled(answer.text))
    fresh = Deal.get_by_id(deal.id)
    assert again.status_code == 303 and (fresh.value_cents, fresh.source, fresh.vehicle_make) == (
        2800000,
        "Radio",
        "Kia",
    )


def test_a_form_refused_for_something_else_does_not_become_newer(cast, visit):
    """Else what somebody has changed meanwhile would be overwritten unseen."""
    deal = cast.deal(cast.agent, value_cents=2600000)
    url = f"/deals/{deal.id}/edit"
    agent = visit("agent")
    mine = filled(agent.get(url).text, vehicle_year="soon", source="Radio")
    Deal.update(version=Deal.version + 1, value_cents=3100000).where(Deal.id == deal.id).execute()
    refused = agent.post(url, data=mine, headers=HTMX)
    assert refused.status_code == 422
    mended = filled(refused.text, vehicle_year="2023")
    assert agent.post(url, data=mended, headers=HTMX).status_code == 409
    assert Deal.get_by_id(deal.id).value_cents == 3100000


def test_a_client_s_phones_and_choices_are_compared_too(cast, visit):
    deal = cast.deal(cast.agent)
    Customer.update(owner=cast.agent).where(Customer.id == deal.customer_id).execute()
    url = f"/customers/{deal.customer_id}/edit"
    agent, manager = visit("agent"), visit("manager")
    mine = filled(agent.get(url).text, mood="calm", region="Texas")
    theirs = filled(manager.get(url).text, mood="angry", phones="+1 305 555 0199", no_calls="y")
    assert manager.post(url, data=theirs).status_code == 303
    answer = agent.post(url, data=mine, headers=HTMX)
    assert answer.status_code == 409 and "changed Phones, Mood and No calls" in answer.text
    assert "+1 305 555 0199</textarea>" in answer.text.replace("\n", "").replace("\r", "")
    assert re.search(r'name="no_calls"[^>]*checked|checked[^>]*name="no_calls"', answer.text)
    assert re.search(r'data-take="mood"', answer.text) and 'value="Texas"' in answer.text


def test_without_marks_everything_that_stands_there_is_shown(cast, visit):
    deal = cast.deal(cast.agent, value_cents=2600000, source="Friend")
    answer = visit("agent").post(
        f"/deals/{deal.id}/edit", data={"version": "99", "source": "Radio", "drawn": '["<b>"]'}, headers=HTMX
    )
    assert answer.status_code == 409 and 'Now: <b dir="auto">Friend</b>' in answer.text
    assert 'value="Radio"' in answer.text


def test_the_vehicles_that_somebody_entered_are_told(cast, visit):
    deal = cast.deal(cast.agent)
    url = f"/deals/{deal.id}/needs"
    agent = visit("agent")
    assess(deal, cast.agent, [{"brand": "Seat"}], None, timeline="soon")
    mine = filled(agent.get(url).text, timeline="by May", **{"option-0-brand": "Kia"})
    assess(deal, cast.manager, [{"brand": "Volvo"}], None, timeline="by June")
    answer = agent.post(url, data=mine, headers=HTMX)
    assert answer.status_code == 409 and "Volvo" in answer.text and 'value="Kia"' in answer.text
    assert 'Now: <b dir="auto">by June</b>' in answer.text and 'value="by May"' in answer.text


def test_a_step_that_somebody_moved_is_not_moved_over_theirs(cast, visit):
    deal = cast.deal(cast.agent)
    step = add_step(deal, cast.agent, "Send options", clock.now() + timedelta(days=1))
    agent = visit("agent")
    url = f"/steps/{step.id}/edit"
    mine = filled(agent.get(url).text, next_step="Send four options")
    move_step(step, cast.manager, "Send three options", step.due_at)
    answer = agent.post(url, data=mine, headers=HTMX)
    assert answer.status_code == 409 and 'Now: <b dir="auto">Send three options</b>' in answer.text
    assert agent.post(url, data=filled(answer.text)).status_code == 303
    assert Activity.get_by_id(step.id).subject == "Send four options"
