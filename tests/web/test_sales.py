"""Quotations, sales orders and assets on the pages: whose they are, who takes which step, and two people at once."""

from datetime import timedelta

import pytest

from carmanana.core import clock, money
from carmanana.core.query import again
from carmanana.departures.lifecycle import begin
from carmanana.records.assets import Asset
from carmanana.records.customers import Customer
from carmanana.records.deals import balance
from carmanana.records.sales_orders import SalesOrder
from carmanana.sales.assets import adding
from carmanana.sales.quotations import drafting

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
LINE = {"what": "Delivery", "quantity": "2", "price_cents": "1,200.50", "tax": "7.5"}


@pytest.fixture
def deal(cast):
    deal = cast.deal(cast.agent, value_cents=2_000_000, vehicle_make="Kia", vehicle_model="Rio")
    Customer.update(owner=cast.agent).where(Customer.id == deal.customer_id).execute()
    return deal


@pytest.fixture
def quotation(cast, deal):
    return drafting.enter(deal, cast.agent)


def test_a_line_is_written_overtaken_and_refused_with_what_was_typed(visit, cast, quotation):
    marta, path = visit("agent"), f"/quotations/{quotation.id}"
    assert "Kia Rio" in marta.get("/quotations/").text and "$20,000" in marta.get(path).text
    assert marta.post(f"{path}/lines/new", data=LINE).status_code == 303
    assert again(quotation).total_cents == 2_000_000 + 240_100 + 18_008
    bad = marta.post(f"{path}/lines/new", data=LINE | {"what": "A hitch", "tax": "lots"}, headers=HTMX)
    assert bad.status_code == 422 and "A hitch" in bad.text and "from 0 to 100" in bad.text
    line, stale = quotation.lines[1], again(quotation).version
    edit, changed = f"{path}/lines/{line.id}", LINE | {"quantity": "3", "version": stale}
    assert marta.post(edit, data=changed, headers=HTMX).status_code == 200
    late = visit("manager").post(edit, data=changed | {"what": "My own words"}, headers=HTMX)
    assert late.status_code == 409 and "My own words" in late.text
    assert again(line).quantity == 3 and again(line).what == "Delivery"


def test_the_sheet_has_no_bar_and_others_have_none_of_it(visit, cast, quotation, deal):
    sheet = visit("agent").get(f"/quotations/{quotation.id}/print").text
    assert "Quotation Q-1" in sheet and "$20,000" in sheet and "<nav" not in sheet and "/board" not in sheet
    order = SalesOrder.get(SalesOrder.deal == cast.in_state("won", cast.agent))
    heads, row = visit("manager").get("/sales-orders/?format=csv").text.splitlines()
    assert ",Value,With us,Still to pay,Opened,Completed" in heads and "None" not in row
    assert f'"{money.shown(order.deal.value_cents - balance(order.deal), order.deal.currency)}"' in row
    asset = adding.enter(deal.customer, cast.agent, "A trailer")
    for who in ("agent2", "retention"):
        client = visit(who)
        pages = [f"/quotations/{quotation.id}{end}" for end in ("", "/print", "/document.pdf")]
        pages += [f"/sales-orders/{order.id}", f"/assets/{asset.id}"]
        steps = [f"/quotations/{quotation.id}/cancel", f"/assets/{asset.id}/cease"]
        assert {client.get(step).status_code for step in steps} == {404 if who == "agent2" else 403}
        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404), who
        assert "Kia Rio" not in client.get("/quotations/").text and "A trailer" not in client.get("/assets/").text


def test_who_cancels_customers_completes_and_an_admin_restores(visit, cast, deal):
    order = SalesOrder.get(SalesOrder.deal == cast.in_state("won", cast.agent))
    noor, ada, today = visit("cancellations"), visit("admin"), f"{clock.today():%Y-%m-%d}"
    complete = {"delivered_on": today, "version": order.version}
    assert noor.post(f"/sales-orders/{order.id}/complete", data=complete, headers=HTMX).status_code == 403
    begin(order.customer, cast.cancellations)
    ahead = complete | {"delivered_on": f"{clock.today() + timedelta(days=3):%Y-%m-%d}"}
    assert noor.post(f"/sales-orders/{order.id}/complete", data=ahead, headers=HTMX).status_code == 422
    assert noor.post(f"/sales-orders/{order.id}/complete", data=complete).status_code == 303
    asset = Asset.get(Asset.deal == order.deal)
    assert again(order).state == "completed" and asset.live
    assert noor.post(f"/assets/{asset.id}/cease", data={"cease_on": today, "version": asset.version}).status_code == 303
    restored = {"reason": "It is there", "version": again(asset).version}
    assert noor.post(f"/assets/{asset.id}/restore", data=restored, headers=HTMX).status_code == 403
    assert ada.post(f"/assets/{asset.id}/restore", data=restored | {"reason": ""}, headers=HTMX).status_code == 422
    assert ada.post(f"/assets/{asset.id}/restore", data=restored).status_code == 303 and again(asset).live
