"""Won orders on the screens of whoever delivers them."""

from datetime import timedelta

from carmanana.core import clock
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal

from ..cast import NOON
from .filled import filled

BOARD = "/board/used-vehicle-orders"


def test_an_agent_finds_promises_and_passed_etas(cast, visit):
    deal = cast.in_state(WON, cast.agent)
    Deal.update(eta_on=clock.today() - timedelta(days=4), version=deal.version + 1).where(Deal.id == deal.id).execute()
    browser = visit("agent")
    listed = browser.get(f"{BOARD}/list?which=won").text
    assert 'href="/promises"' in listed and "4 d overdue" in listed and ">Won<" in listed
    assert "4 d overdue" in browser.get(f"{BOARD}?open=won").text
    assert "slot-eta" in browser.get(f"{BOARD}/calendar").text
    assert "4 d overdue" in browser.get(f"/deals/{deal.id}").text
    assert browser.get("/promises?show=dropped").status_code == 200
    Deal.update(delivered_on=clock.today(), version=deal.version + 2).where(Deal.id == deal.id).execute()
    with clock.set_to(NOON + timedelta(minutes=1)):
        assert "4 d overdue" not in browser.get(f"{BOARD}/list?which=won").text


def test_when_a_deal_is_expected_to_close_is_shown_and_edited(cast, visit):
    deal, browser = cast.deal(cast.agent), visit("agent")
    form = filled(browser.get(f"/deals/{deal.id}/edit").text, expected_close_on="2027-02-15")
    assert browser.post(f"/deals/{deal.id}/edit", data=form).status_code in (200, 303)
    assert "Expected close" in browser.get(f"/deals/{deal.id}").text
    again = filled(browser.get(f"/deals/{deal.id}/edit").text, expected_close_on="2127-02-15")
    answer = browser.post(f"/deals/{deal.id}/edit", data=again)
    assert answer.status_code == 422 and "within five years" in answer.text
