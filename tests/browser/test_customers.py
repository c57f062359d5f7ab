"""A customer's page in the browser: from tab to tab, the menu, a case from its first word to its end and back."""

from playwright.sync_api import expect

from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer


def test_from_tab_to_tab_and_through_a_case(visitor, scene):
    customer = scene.client()
    Customer.update(owner=scene.agent).where(Customer.id == customer.id).execute()
    agent = visitor("agent").go(f"/customers/{customer.id}")
    page = agent.page
    page.get_by_role("link", name="History").click()
    expect(page).to_have_url(f"{page.url.split('/customers')[0]}/customers/{customer.id}/history")
    expect(page.locator(".timeline")).to_contain_text("Customer added")
    expect(page.locator(".customer-tabs [aria-current]")).to_have_text("History")
    page.go_back()
    expect(page.get_by_role("heading", name="Contact")).to_be_visible()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="New case…").click()
    page.get_by_label("What it is about").fill("Second key is missing")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Second key is missing")).to_be_visible()
    assert agent.faults() == []
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".deal-who")).to_contain_text("In progress")
    page.get_by_role("link", name="Complete…").click()
    page.get_by_label("How it ended, in words").fill("Key sent")
    page.get_by_role("dialog").get_by_role("button", name="Complete").click()
    expect(page.locator(".deal-who")).to_contain_text("Completed")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator(".deal-who")).to_contain_text("In progress")
    assert CustomerCase.get().state == "in_progress" and agent.faults() == []
