"""The pages on which somebody's data is read, erased and kept no longer than set."""

from carmanana.customers.merging import merge
from carmanana.records.customers import Customer
from carmanana.records.privacy import Erasure, ErasureProposal

from ..cast import NOON

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_everything_held_is_a_page_and_a_file(visit, cast):
    customer = cast.in_state("lost").customer
    piet = visit("compliance")
    page = piet.get(f"/privacy/customers/{customer.id}")
    assert page.status_code == 200 and customer.name in page.text and "Phone numbers" in page.text
    told = piet.get(f"/privacy/customers/{customer.id}.json")
    assert told.json["held"]["customer"][0]["name"] == customer.name
    assert visit("manager").get(f"/privacy/customers/{customer.id}").status_code == 403


def test_an_admin_sees_what_goes_before_it_goes(visit, cast):
    customer = cast.in_state("lost").customer
    ada, path = visit("admin"), f"/privacy/customers/{customer.id}/erase"
    page = ada.get(path).text
    assert "What goes" in page and "What stays, and why" in page and "audit trail" in page
    version = Customer.get_by_id(customer.id).version
    assert ada.post(path, data={"version": version}).status_code == 422
    assert ada.post(path, data={"version": version + 1, "reason": "asked"}).status_code == 409
    assert ada.post(path, data={"version": version, "reason": "asked"}).status_code == 303
    assert Erasure.get().reason == "asked" and "Customer no." in ada.get("/privacy/").text


def test_an_open_deal_bars_it_and_periods_are_whole_months(visit, cast):
    customer, ada = cast.deal(cast.agent).customer, visit("admin")
    path = f"/privacy/customers/{customer.id}/erase"
    answer = ada.post(path, data={"version": customer.version, "reason": "asked"})
    assert answer.status_code == 422 and "open deal" in answer.text
    assert ada.post("/privacy/", data={"version": 1, "leads_months": "-3"}).status_code == 422
    months = {"leads_months": "12", "cancelled_months": "0", "recordings_months": "24"}
    assert ada.post("/privacy/", data={"version": 1} | months).status_code == 303


def test_a_manager_undoes_a_merge_from_the_customers_page(visit, cast):
    kept, gone = cast.client("Ana Silva"), cast.client("Ana da Silva")
    merge(kept, gone, cast.manager, (kept.version, gone.version))
    ingrid, path = visit("manager"), f"/privacy/customers/{kept.id}/part"
    assert path in ingrid.get(f"/customers/{kept.id}").text
    assert "Undo the merge?" in ingrid.get(path, headers=HTMX).text
    assert ingrid.post(path).location == f"/customers/{gone.id}"
    assert ingrid.post(path, headers=HTMX).status_code == 422


def test_a_decision_that_is_none_or_was_overtaken_decides_nothing(visit, cast):
    customer, ada = cast.in_state("lost").customer, visit("admin")
    proposal = ErasureProposal.create(kind="leads", customer=customer, since=NOON)
    path = f"/privacy/proposals/{proposal.id}"
    for decision in ("", "x"):
        answer = ada.post(path, data={"version": 1, "decision": decision})
        assert answer.status_code == 422 and "Erase it or keep it" in answer.text
    assert ada.post(path, data={"version": 9, "decision": "keep"}).status_code == 409
    assert ErasureProposal.get().decision == "open"
