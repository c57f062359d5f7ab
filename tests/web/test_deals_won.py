"""Won orders on the screens of whoever delivers them."""

from datetime import timedelta

from carmanana.core import clock
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal

from ..cast import NOON

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
