"""The cancellation of a customer step by step: begin, banner, each section from red to green, remove, begin again,
process."""

from datetime import timedelta

from playwright.sync_api import expect

from carmanana.cases import opening
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.query import again
from carmanana.deals.lifecycle import order as deal_machine
from carmanana.records.customers import Customer
from carmanana.sales.quotations import drafting


def left_of(page, code: str):
    return page.locator(f"#section-{code} .departure-mark")


def test_a_customer_is_cancelled_section_by_section(visitor, scene):
    database.execute_sql("DELETE FROM departure")
    won = scene.in_state("won", scene.agent)
    customer = won.customer
    Customer.update(owner=scene.agent).where(Customer.id == customer.id).execute()
    deal = scene.deal(scene.agent, value_cents=2_000_000, vehicle_make="Kia", vehicle_model="Rio")
    type(deal).update(customer=customer).where(type(deal).id == deal.id).execute()
    drafting.enter(again(deal), scene.agent)
    opening.enter(customer, scene.agent, "Second key is missing")
    noor = visitor("cancellations").go(f"/customers/{customer.id}")
    page = noor.page

    begin(page)
    expect(page.locator(".departure-head")).to_contain_text("6 of 7 still open")
    expect(page.get_by_role("button", name="Process…")).to_be_disabled()
    assert noor.faults() == []

    page.get_by_role("link", name="Write…").click()
    page.get_by_label("Reason for cancelling").fill("Moves abroad")
    page.get_by_role("dialog").get_by_role("button", name="Add a reason").click()
    expect(left_of(page, "reasons")).to_contain_text("Done")
    expect(page.get_by_role("link", name="Add another…")).to_be_focused()

    manage(page, "sales_orders")
    step(page, "Delivered…", "Complete")
    back(page, "sales_orders")

    page.get_by_role("link", name="Manage assets").click()
    page.get_by_role("link", name="Cease…").click()
    page.get_by_role("dialog").get_by_role("button", name="Cease").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    back(page, "assets")

    manage(page, "quotations").get_by_role("link", name="Q-").first.click()
    step(page, "Cancel…", "Cancel the quotation", "Reason, in words", "They leave")
    back(page, "quotations")

    manage(page, "cases").get_by_role("link", name="Second key").click()
    step(page, "Complete…", "Complete", "How it ended, in words", "Key sent")
    back(page, "cases")

    step_of_the_owner(scene, deal)
    page.get_by_role("link", name="Refresh").click()
    expect(left_of(page, "opportunities")).to_contain_text("Done")

    page.get_by_role("link", name="Manage future expiry").click()
    page.get_by_role("link", name="New expiry", exact=True).first.click()
    page.get_by_role("dialog").get_by_label("Day", exact=True).fill(f"{clock.today() + timedelta(days=90):%Y-%m-%d}")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    back(page, "future_expiry")
    expect(page.locator(".departure-head")).to_contain_text("Ready to process")

    page.get_by_role("link", name="Remove cancellation…").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove cancellation").click()
    expect(page.locator(".departure-banner")).to_have_count(0)
    assert again(customer).status == "live"
    noor.go(f"/customers/{customer.id}")
    begin(page)
    page.get_by_role("link", name="Write…").click()
    page.get_by_label("Reason for cancelling").fill("Moves abroad after all")
    page.get_by_role("dialog").get_by_role("button", name="Add a reason").click()
    page.get_by_role("link", name="Process…").click()
    page.get_by_role("dialog").get_by_role("button", name="Process").click()
    expect(page.locator(".departure-banner")).to_contain_text("Cancelled")
    assert again(customer).status == "cancelled" and noor.faults() == []


def begin(page) -> None:
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Begin cancellation…").click()
    page.get_by_role("dialog").get_by_role("button", name="Begin cancellation").click()
    expect(page.locator(".departure-banner")).to_contain_text("Live (PC)")


def manage(page, code: str):
    page.locator(f"#section-{code}").get_by_role("link", name="Manage").click()
    expect(page.locator(".customer-tabs [aria-current]")).to_be_visible()
    return page.locator("#main, main").first


def step(page, label: str, submit: str, field: str = "", words: str = "") -> None:
    page.get_by_role("link", name=label).click()
    if field:
        page.get_by_label(field).fill(words)
    page.get_by_role("dialog").get_by_role("button", name=submit).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def back(page, code: str) -> None:
    page.get_by_role("link", name="View cancellation").click()
    expect(left_of(page, code)).to_contain_text("Done")


def step_of_the_owner(scene, deal) -> None:
    deal_machine.fire(again(deal), "lose", scene.manager, loss_reason="vehicle")
