"""The pages of a customer's cancellation: who sees what, what is refused with a sentence, and two people at once."""

from datetime import timedelta

import pytest

from carmanana.core import clock
from carmanana.customers import contact
from carmanana.departures.lifecycle import begin, leaving
from carmanana.records.customers import Customer
from carmanana.records.departures import Departure
from carmanana.records.expiries import Expiry
from carmanana.web.customers.page import tabs_for

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def customer(cast):
    return contact.enter(cast.agent, "Harrow & Ames Couriers", ["+1 305 555 9090"], [])


def tool(departure) -> str:
    return f"/customer-cancellations/{departure.id}"


def test_it_is_begun_from_the_customers_page_once_confirmed(visit, customer):
    noor = visit("cancellations")
    address = f"/customer-cancellations/begin/{customer.id}"
    assert address in noor.get(f"/customers/{customer.id}").text
    assert "Begin cancellation?" in noor.get(address, headers=HTMX).text
    begun = noor.post(address, data={"version": customer.version})
    assert begun.status_code == 303 and begun.location == tool(Departure.get())
    assert noor.post(address, data={"version": customer.version}).status_code == 409
    page = noor.get(begun.location).text
    assert "Live (PC)" in page and "2 of" in page and "Still open" in page
    assert address not in noor.get(f"/customers/{customer.id}").text


def test_every_page_of_the_customer_has_the_banner(visit, product, cast, customer):
    departure = begin(customer, cast.cancellations)
    deal, lead = cast.deal(cast.agent), cast.lead(cast.agent)
    for record in (deal, lead):
        type(record).update(customer=customer).where(type(record).id == record.id).execute()
    marta = visit("agent")
    with product.test_request_context():
        tabs = [tab.url(customer) for tab in tabs_for(cast.agent)]
    pages = [f"/customers/{customer.id}", f"/deals/{deal.id}", f"/leads/{lead.id}", tool(departure), *tabs]
    lacking = [
        page
        for page in pages
        if "View cancellation" not in (answer := marta.get(page)).text or answer.status_code != 200
    ]
    assert lacking == []
    assert "View cancellation" not in marta.get("/customers/").text


def test_what_is_red_bars_process_and_is_said(visit, cast, customer):
    departure = begin(customer, cast.cancellations)
    noor = visit("cancellations")
    answer = noor.post(f"{tool(departure)}/process", data={"version": departure.version}, headers=HTMX)
    assert answer.status_code == 422 and "Write at least one reason." in answer.text
    assert noor.post(f"{tool(departure)}/reason", data={"reason": ""}, headers=HTMX).status_code == 422
    assert noor.post(f"{tool(departure)}/reason", data={"reason": "Leasing", "extra": "Since May"}).status_code == 303
    Expiry.create(customer=customer, on=clock.today() + timedelta(days=90), about="Lease of two vans")
    page = noor.get(tool(departure)).text
    assert "Ready to process" in page and "Leasing" in page and "Since May" in page
    fresh = Departure.get_by_id(departure.id)
    slower = noor.post(f"{tool(departure)}/process", data={"version": fresh.version - 1}, headers=HTMX)
    assert slower.status_code == 409 and "changed this" in slower.text and "What you typed" not in slower.text
    assert noor.post(f"{tool(departure)}/process", data={"version": fresh.version}).status_code == 303
    assert "Cancelled" in visit("agent").get(f"/customers/{customer.id}").text
    assert visit("manager").post(f"{tool(departure)}/reactivate", data={"words": "Back"}).status_code == 403
    ada = visit("admin")
    assert ada.post(f"{tool(departure)}/reactivate", data={"words": ""}, headers=HTMX).status_code == 422
    assert ada.post(f"{tool(departure)}/reactivate", data={"words": "They came back"}).status_code == 303
    assert Customer.get_by_id(customer.id).status == "live"


def test_who_may_not_cancel_sees_the_tool_without_its_buttons(visit, cast, customer):
    departure = begin(customer, cast.cancellations)
    page = visit("manager").get(tool(departure)).text
    assert "Cancellation reasons" in page and "Remove cancellation" not in page and "Process…" not in page
    assert visit("agent2").get(tool(departure)).status_code == 404


def test_two_people_see_each_other_and_what_the_other_did(visit, cast, customer):
    departure = begin(customer, cast.cancellations)
    noor, ada = visit("cancellations"), visit("admin")
    ada.post(f"{tool(departure)}/look", headers=HTMX)
    seen = noor.post(f"{tool(departure)}/look", headers=HTMX)
    assert "Ada Brandt" in seen.text
    since = {"since": seen.headers["X-Version"]}
    assert noor.post(f"{tool(departure)}/look", data=since, headers=HTMX).status_code == 204
    leaving.fire(departure, "add_reason", cast.admin, reason="Moves away")
    assert "Moves away" in noor.post(f"{tool(departure)}/look", data=since, headers=HTMX).text


def test_a_cancelled_customer_is_contacted_about_an_expiry_only(visit, cast, customer):
    departure = begin(customer, cast.cancellations)
    leaving.fire(departure, "add_reason", cast.admin, reason="Moves away")
    Expiry.create(customer=customer, on=clock.today() + timedelta(days=90))
    leaving.fire(Departure.get_by_id(departure.id), "process", cast.admin)
    lead = cast.lead(cast.agent)
    type(lead).update(customer=customer).where(type(lead).id == lead.id).execute()
    said = {"kind": "call", "direction": "out", "outcome": "no_answer_no_vm", "summary": "Rang", "next_step": "Again"}
    sent = said | {"due_at": f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"}
    marta = visit("agent")
    answer = marta.post(f"/leads/{lead.id}/contacts/new", data=sent, headers=HTMX)
    assert answer.status_code == 422 and "This customer is cancelled" in answer.text
    assert "tel:" not in marta.get(f"/customers/{customer.id}").text
    unasked = cast.lead(cast.agent)
    closing = f"/leads/{unasked.id}/close", {"close_reason": "not_interested"}
    assert marta.post(closing[0], data=closing[1], headers=HTMX).status_code == 422
    type(unasked).update(customer=customer).where(type(unasked).id == unasked.id).execute()
    assert marta.post(closing[0], data=closing[1]).status_code == 303, "their cancellation said it"
    Expiry.update(lead=lead, state="lead_made").where(Expiry.customer == customer).execute()
    assert marta.post(f"/leads/{lead.id}/contacts/new", data=sent, headers=HTMX).status_code == 200
    assert "tel:" in marta.get(f"/customers/{customer.id}").text
    deal = cast.deal(cast.agent)  # what the lead was turned into
    type(deal).update(customer=customer).where(type(deal).id == deal.id).execute()
    type(lead).update(state="converted", deal=deal).where(type(lead).id == lead.id).execute()
    assert marta.post(f"/deals/{deal.id}/activities/new", data=sent, headers=HTMX).status_code == 200
    type(deal).update(state="lost", loss_reason="price").where(type(deal).id == deal.id).execute()
    assert marta.post(f"/deals/{deal.id}/activities/new", data=sent, headers=HTMX).status_code == 422


def test_no_deal_begins_or_goes_on_with_a_cancelled_customer(visit, cast, customer):
    lost = cast.deal(cast.agent)
    type(lost).update(customer=customer, state="lost", loss_reason="price").where(type(lost).id == lost.id).execute()
    Customer.update(status="cancelled").where(Customer.id == customer.id).execute()
    sent = {"name": customer.name, "phones": "+1 305 555 9090", "stage": lost.stage_id, "readiness": "live"}
    answers = [
        visit("agent").post("/deals/new", data=sent | {"duplicate": customer.id}),
        visit("agent").post(f"/deals/{lost.id}/successor", headers=HTMX),
        visit("manager").post(
            f"/deals/{lost.id}/reopening",
            data={"stage": lost.stage_id, "reason": "By mistake", "next_step": "Call", "due_at": "2026-02-02T10:00"},
        ),
    ]
    assert [(answer.status_code, "This customer is cancelled" in answer.text) for answer in answers] == [
        (422, True)
    ] * 3


def test_the_setup_says_whom_it_would_reach(visit, cast):
    ada = visit("admin")
    assert "would reach" in ada.get("/customer-cancellations/setup").text
    count = ada.get("/customer-cancellations/setup/reach?roles=manager&addresses=a@b.example").text
    assert "2 people" in count and "1 address" in count and "Ingrid Dahl" in count
    sent = {
        "version": "1",
        "notifies": "y",
        "roles": ["manager"],
        "people": [str(cast.agent.id)],
        "addresses": "nobody",
    }
    refused = ada.post("/customer-cancellations/setup", data=sent)
    assert refused.status_code == 422 and "is not an email address" in refused.text and "nobody" in refused.text
    assert ada.post("/customer-cancellations/setup", data=sent | {"addresses": "a@b.example"}).status_code == 303
    many = "\n".join(f"one{number}@b.example" for number in range(21))
    refused = ada.post("/customer-cancellations/setup", data=sent | {"version": "2", "addresses": many})
    assert refused.status_code == 422 and "one20@b.example" in refused.text
    assert "It reaches" in ada.get("/customer-cancellations/setup").text
    assert visit("manager").get("/customer-cancellations/setup").status_code == 403
