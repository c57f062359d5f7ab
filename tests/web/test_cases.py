"""The pages of cases and expiries: opening, working on, closing, and what goes wrong in a form."""

from datetime import timedelta

import pytest

from carmanana.cases import opening
from carmanana.core import clock
from carmanana.expiries import setting
from carmanana.records.customer_cases import CaseCheck, CaseWatcher, CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.expiries import Expiry

from ..counting import queries
from .filled import filled

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def customer(cast) -> Customer:
    customer = cast.client()
    Customer.update(owner=cast.agent).where(Customer.id == customer.id).execute()
    return Customer.get_by_id(customer.id)


def test_a_case_from_the_first_word_to_its_end(visit, cast, customer):
    client, new = visit("agent"), f"/customers/{customer.id}/cases/new"
    empty = client.post(new, data={"subject": "", "details": "Two were promised", "priority": "high"})
    assert empty.status_code == 422 and "Two were promised" in empty.text and "Say in a few words" in empty.text
    sent = {"subject": "Second key", "details": "", "priority": "high", "once": "k"}
    for _ in range(2):
        assert client.post(new, data=sent).status_code == 303
    case = CustomerCase.get()
    path = f"/cases/{case.id}"
    assert case.assignee == cast.agent and "Second key" in client.get(path).text
    client.post(f"{path}/checks", data={"words": "Order a key", "once": "c"})
    line = CaseCheck.get()
    refused = client.post(f"{path}/complete", data={"resolution": "Sent it", "version": case.version}, headers=HTMX)
    assert refused.status_code == 422 and "checklist" in refused.text and "Sent it" in refused.text
    client.post(f"{path}/checks/{line.id}", data={"done": "1"})
    client.post(f"{path}/wait", data={"waiting_on": "supplier", "waiting_for": "Key maker", "version": case.version})
    page = client.get(path).text
    assert "Waiting on a supplier" in page and "The clock stands" in page
    sent = {"kind": "note", "summary": "They call tomorrow", "once": "n"}
    assert client.post(f"{path}/contacts/new", data=sent).status_code == 303
    form = filled(client.get(f"{path}/complete").text, resolution="Key sent")
    done = client.post(f"{path}/complete", data=form, headers=HTMX | {"HX-Current-URL": f"http://localhost{path}"})
    assert done.status_code == 200 and "Undo" in done.text and "Key sent" in done.text
    stale = client.post(f"{path}/reopen", data={"reason": "It is the wrong key", "version": 1}, headers=HTMX)
    assert stale.status_code == 409 and "It is the wrong key" in stale.text
    assert "Second key" in client.get(f"/customers/{customer.id}/cases").text


def test_a_contact_on_a_case_says_what_is_missing(visit, cast, customer):
    case = opening.enter(customer, cast.agent, "Second key")
    sent = {"kind": "call", "direction": "out", "summary": "Asked for papers", "once": "x"}
    answer = visit("agent").post(f"/cases/{case.id}/contacts/new", data=sent)
    assert answer.status_code == 422 and "Choose the outcome" in answer.text and "Asked for papers" in answer.text
    assert visit("agent2").get(f"/cases/{case.id}").status_code == 404


def test_who_watches_sees_it_until_they_stop(visit, cast, customer):
    case = opening.enter(customer, cast.agent, "Second key")
    visit("agent").post(f"/cases/{case.id}/watch", data={"person": str(cast.agent2.id)})
    client = visit("agent2")
    assert "Second key" in client.get("/cases/?show=all").text and client.get(f"/cases/{case.id}").status_code == 200
    assert client.post(f"/cases/{case.id}/unwatch").status_code == 303
    assert client.get(f"/cases/{case.id}").status_code == 404 and not CaseWatcher.select().exists()


def test_the_lists_have_chips_a_search_and_a_file_and_ask_no_more_for_many(visit, cast, customer):
    case = opening.enter(customer, cast.agent, "Second key")
    day = clock.today() + timedelta(days=1)
    setting.enter(customer, cast.agent, day, "theirs", "Hertz", "Fleet of five")
    client, paths = visit("agent"), ("/cases/", "/expiries/")

    def asked():
        with queries() as made:
            for path in paths:
                client.get(path)
        return len(made)

    client.get(paths[0])
    few = asked()
    for chip in ("open", "mine", "all"):
        assert "Second key" in client.get(f"/cases/?show={chip}").text
    assert "Second key" not in client.get("/cases/?show=waiting").text
    assert "Second key" in client.get(f"/cases/?text=%23{case.id}").text
    assert "Fleet of five" in client.get("/expiries/?show=month").text
    assert "Fleet of five" in client.get("/expiries/?text=hertz").text
    assert "Second key" in client.get("/cases/?format=csv").text and "Hertz" in client.get("/expiries/?format=csv").text
    for number in range(12):
        opening.enter(customer, cast.agent, f"Case {number}")
        setting.enter(customer, cast.agent, day + timedelta(days=number))
    assert asked() == few


def test_an_expiry_is_set_moved_and_dropped(visit, cast, customer):
    client, day = visit("agent"), clock.today() + timedelta(days=60)
    new = f"/customers/{customer.id}/expiries/new"
    wrong = client.post(new, data={"kind": "theirs", "about": "Lease", "supplier": "", "on": day.isoformat()})
    assert wrong.status_code == 422 and "Name the supplier" in wrong.text and "Lease" in wrong.text
    sent = {"kind": "theirs", "about": "Lease", "supplier": "Hertz", "on": day.isoformat(), "once": "e"}
    for _ in range(2):
        assert client.post(new, data=sent).status_code == 303
    expiry = Expiry.get()
    past = client.post(f"/expiries/{expiry.id}/move", data={"on": "2020-01-01", "version": 1}, headers=HTMX)
    assert past.status_code == 422 and "in the future" in past.text
    there = HTMX | {"HX-Current-URL": "http://localhost/expiries/"}
    moved = client.post(
        f"/expiries/{expiry.id}/move",
        data={"on": (day + timedelta(days=9)).isoformat(), "version": 1},
        headers=there,
    )
    assert moved.status_code == 200 and f"#expiries-{expiry.id}" in moved.text and "Undo" in moved.text
    client.post(f"/expiries/{expiry.id}/drop", data={"reason": "They moved away", "version": 2})
    assert Expiry.get().state == "dropped"
    assert "They moved away" in client.get(f"/customers/{customer.id}/expiries").text
