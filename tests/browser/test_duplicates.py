"""Adding somebody who is here already, and making one customer of two."""

import pytest
from playwright.sync_api import expect

from carmanana.customers import contact
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal

BOARD = "/board/used-vehicle-orders"


@pytest.fixture
def fatima(scene):
    return contact.enter(
        scene.agent, "Fatima Zahra El Idrissi", ["+1 305 555 2000"], ["fatima@example.com"], region="Florida"
    )


def test_who_it_may_be_is_asked_while_one_types(visitor, fatima):
    marta = visitor("agent")
    page = marta.go(BOARD).page
    page.get_by_label("New deal in New Orders").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Customer", exact=True).press_sequentially("fatima zahra el idrisi")
    expect(form.get_by_label("Use Fatima Zahra El Idrissi")).to_be_visible()
    expect(form).to_contain_text("Is it one of these?")
    form.get_by_label("Phone").press_sequentially("3055552000")
    expect(form).to_contain_text("Who is it?")
    expect(form.get_by_label("Customer", exact=True)).to_have_value("fatima zahra el idrisi")
    form.get_by_role("button", name="Add deal").click()
    expect(form).to_contain_text("Say who it is")
    assert marta.faults() == []
    form.get_by_label("Use Fatima Zahra El Idrissi").check()
    form.get_by_role("button", name="Add deal").click()
    expect(page.locator(".card")).to_contain_text("Fatima Zahra El Idrissi")
    assert Deal.get().customer_id == fatima.id and Customer.select().count() == 1
    assert marta.trouble == []


def test_who_it_is_is_asked_on_a_phone_without_scripts_too(visitor, fatima):
    page = visitor("agent", phone=True, java_script_enabled=False).go("/deals/new").page
    page.get_by_label("Customer", exact=True).fill("Fatima")
    page.get_by_label("Phone").fill("(305) 555-2000")
    page.get_by_label("Stage").select_option(label="New Orders")
    page.get_by_role("button", name="Add deal").click()
    expect(page.get_by_text("Say who it is")).to_be_visible()
    page.get_by_label("Use Fatima Zahra El Idrissi").check()
    page.get_by_role("button", name="Add deal").click()
    page.wait_for_url("**/deals/*")
    expect(page.get_by_role("heading", name="Fatima Zahra El Idrissi")).to_be_visible()
    assert Deal.get().customer_id == fatima.id


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_manager_makes_one_client_of_two(visitor, scene, fatima, phone):
    other = contact.enter(scene.agent2, "Fatima Idrissi", ["305 555 2000"], region="Texas", no_calls=True)
    ingrid = visitor("manager", phone=phone)
    page = ingrid.go("/customers/doubles").page
    expect(page.get_by_role("link", name="Compare Fatima Idrissi with Fatima Zahra El Idrissi")).to_be_visible()
    assert ingrid.faults() == []
    ingrid.go(f"/customers/{fatima.id}")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Merge with another customer").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Or find another").fill("nobody at all")
    dialog.get_by_label("Or find another").press("Enter")
    expect(dialog).to_contain_text("Nobody else matches")
    dialog.get_by_label("Or find another").fill("305555")
    dialog.get_by_role("button", name="Find").click()
    expect(dialog.get_by_label("Fatima Idrissi")).to_be_checked()
    dialog.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Merge two customers")).to_be_visible()
    assert ingrid.faults() == []
    page.get_by_role("group", name="Region").get_by_label("Texas").check()
    expect(page.locator("main")).to_contain_text("What either record asked us not to do holds")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("heading", name="Fatima Zahra El Idrissi")).to_be_visible()
    expect(page.locator(".page")).to_contain_text("Region: Florida")
    ingrid.go(f"/customers/{other.id}")
    expect(page).to_have_url(f"{ingrid.site}/customers/{fatima.id}")
    assert Customer.get_by_id(fatima.id).no_calls
