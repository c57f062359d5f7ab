"""Duplicates on the pages: shown while one types, asked about when sent, merged by managers."""

import pytest

from carmanana.customers import contact, duplicate_lists
from carmanana.records.customers import Customer, MergedCustomer
from carmanana.records.deals import Deal

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def fatima(cast):
    return contact.enter(
        cast.agent, "Fatima Zahra El Idrissi", ["+1 305 555 2000"], ["fatima@example.com"], region="Florida"
    )


@pytest.fixture
def other(cast):
    return contact.enter(cast.agent2, "Fatima Idrissi", ["305 555 2000"], region="Texas", no_calls=True)


def sent(cast, **more):
    return {
        "name": "Fatima",
        "phones": "(305) 555-2000",
        "stage": str(cast.stage(1).id),
        "readiness": "live",
        "once": "one-key",
    } | more


def typed(browser, **query):
    return browser.get("/customers/near", query_string=query, headers=HTMX)


# quick add


def test_whom_it_may_be_is_shown_while_one_types(visit, cast, fatima):
    browser = visit("agent")
    page = typed(browser, phones="305 555 2000", duplicate=str(fatima.id)).text
    assert (
        "Use Fatima Zahra El Idrissi" in page
        and "Same number · 0 deals" in page
        and "No, a new customer" in page
        and "checked" in page
    )
    assert "Is it one of these?" in typed(browser, name="fatima zahra el idrisi").text
    assert typed(browser, name="Bo").text.strip() == "" and "<html" not in page
    assert browser.get("/customers/near?name=fatima").status_code == 303


def test_of_somebody_elses_client_nothing_is_told_but_whose_it_is(visit, fatima):
    page = typed(
        visit("agent2"), name="Fatima Zahra El Idrissi", phones="305 555 2000", emails="fatima@example.com"
    ).text
    assert (
        "Someone with the same number and address is already a customer of Marta Sandoval’s. Ask your manager" in page
    )
    assert "Fatima" not in page and "@" not in page and "555" not in page and f'value="{fatima.id}"' not in page


def test_a_known_number_is_asked_about_and_the_answer_counts_once(visit, cast, fatima):
    browser = visit("agent")
    answer = browser.post("/deals/new", data=sent(cast))
    assert answer.status_code == 422 and "Say who it is" in answer.text and 'value="(305) 555-2000"' in answer.text
    assert Deal.select().count() == 0
    places = {browser.post("/deals/new", data=sent(cast, duplicate=str(fatima.id))).location for _ in range(2)}
    assert len(places) == 1 and Deal.get().customer_id == fatima.id and Customer.select().count() == 1
    assert browser.post("/deals/new", data=sent(cast, duplicate="new", once="another")).status_code == 303
    assert Customer.select().count() == 2


@pytest.mark.parametrize("choice", ["999", "x", "1 OR 1", "NEW", "theirs"])
def test_a_forged_choice_makes_nothing(visit, cast, other, choice):
    data = sent(cast, phones="", duplicate=str(other.id) if choice == "theirs" else choice)
    answer = visit("agent").post("/deals/new", data=data)
    assert answer.status_code == 422 and "Choose the customer that it is" in answer.text
    assert Deal.select().count() == 0 and other.name not in answer.text


def test_a_new_customer_is_theirs_and_one_who_is_here_gets_what_was_not_known(visit, fatima):
    browser = visit("agent")
    fresh = {"name": "Ana Torres", "phones": "+1 305 555 7788", "region": "Florida", "language": "Spanish", "once": "1"}
    places = {browser.post("/customers/new", data=fresh).location for _ in range(2)}
    ana = Customer.get(Customer.name == "Ana Torres")
    assert places == {f"/customers/{ana.id}"} and (ana.region, ana.language, ana.owner.name) == (
        "Florida",
        "Spanish",
        "Marta Sandoval",
    )
    known = {"name": "F. Idrissi", "phones": "(305) 555-2000", "language": "French", "once": "2"}
    asked = browser.post("/customers/new", data=known)
    assert asked.status_code == 422 and "Say who it is" in asked.text and 'value="French"' in asked.text
    here = browser.post("/customers/new", data=known | {"duplicate": str(fatima.id)})
    assert here.location == f"/customers/{fatima.id}" and Customer[fatima.id].language == "French"
    nameless = browser.post("/customers/new", data={"name": "", "emails": "no address", "once": "3"})
    assert nameless.status_code == 422 and "Enter the customer&#39;s name" in nameless.text
    assert "is not an email address" in nameless.text and Customer.select().count() == 2
    assert visit("compliance").get("/customers/new").status_code == 403


# merging


def test_a_manager_finds_compares_and_merges(visit, fatima, other):
    browser = visit("manager")
    assert "/merging" in browser.get(f"/customers/{fatima.id}").text
    page = browser.get(f"/customers/{fatima.id}/merging").text
    assert "Fatima Idrissi" in page and "Same number" in page
    found = browser.post(
        f"/customers/{fatima.id}/merging", data={"text": "idrissi", "find": "1", "other": str(other.id)}
    ).text
    assert (
        "Found" in found
        and f'name="other" value="{other.id}"' in found
        and f'name="other" value="{fatima.id}"' not in found
    )
    compare = browser.post(f"/customers/{fatima.id}/merging", data={"other": str(other.id)}).location
    page = browser.get(compare).text
    for shown in ("Stays: ", "Goes: ", "Florida", "Texas", "No calls", "within a day"):
        assert shown in page
    answer = browser.post(f"/customers/{fatima.id}/merge", data=form_of(fatima, other))
    assert answer.location == f"/customers/{fatima.id}"
    twice = browser.post(f"/customers/{fatima.id}/merge", data=form_of(fatima, other))
    assert (twice.status_code, twice.location) == (303, f"/customers/{fatima.id}")
    assert (Customer.get().region, Customer.get().no_calls) == ("Texas", True)
    assert browser.get(f"/customers/{other.id}").location == f"/customers/{fatima.id}"
    assert "Region: Florida" in browser.get(answer.location).text


def form_of(kept, gone, **more):
    chosen = {"name": "kept", "region": "gone", "owner": "kept", "no_calls": "gone"}
    return chosen | {"other": str(gone.id), "version": str(kept.version), "other_version": str(gone.version)} | more


@pytest.mark.parametrize(
    "forged, status",
    [
        ({"other": "999"}, 404), ({"other": "x"}, 404), ({"other": ""}, 404), ({"version": "7"}, 409), ({"other_version": ""}, 409),
        ({"region": "both"}, 422), ({"other": "same"}, 422),
    ],
)  # fmt: skip
def test_a_forged_merge_changes_nothing(visit, fatima, other, forged, status):
    forged = {"other": str(fatima.id)} if forged == {"other": "same"} else forged
    assert (
        visit("manager").post(f"/customers/{fatima.id}/merge", data=form_of(fatima, other, **forged)).status_code
        == status
    )
    assert Customer.select().count() == 2 and MergedCustomer.select().count() == 0


def test_an_agent_neither_sees_nor_does_it(visit, fatima, other):
    browser = visit("agent")
    assert (
        "/merging" not in browser.get(f"/customers/{fatima.id}").text
        and "duplicates" not in browser.get("/customers/").text
    )
    for path in (f"/customers/{fatima.id}/merging", f"/customers/{fatima.id}/merge", "/customers/doubles"):
        assert browser.get(path).status_code == 403
    assert browser.post(f"/customers/{fatima.id}/merge", data=form_of(fatima, other)).status_code == 403


def test_an_old_address_shows_nobody_more_than_they_may_see(visit, cast, fatima, other):
    visit("manager").post(f"/customers/{fatima.id}/merge", data=form_of(fatima, other))
    assert visit("agent2").get(f"/customers/{other.id}").status_code == 404
    assert visit("agent").get(f"/customers/{other.id}").status_code == 303


def test_possible_duplicates_are_listed_for_managers(visit, fatima, other):
    page = visit("manager").get("/customers/doubles").text
    assert "1 shared number or address" in page and f"/customers/{fatima.id}/merge?other={other.id}" in page
    assert fatima.phone.e164 in visit("manager").get("/customers/doubles?format=csv").text
    ids = duplicate_lists.page("", 9)
    assert ids and duplicate_lists.page(ids[-1], 9) == [] and duplicate_lists.page("x:y", 9) == ids
    visit("manager").post(f"/customers/{fatima.id}/merge", data=form_of(fatima, other))
    assert "No two customers share" in visit("manager").get("/customers/doubles").text
