"""Writing to a customer from their deal, and dropping their emails on it."""

import base64

import pytest
from playwright.sync_api import expect

from tests.domain.letters_world import eml


@pytest.fixture
def deal(scene):
    return scene.deal(scene.agent, vehicle_make="Hyundai", vehicle_model="Santa Fe")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_an_email_begins_with_a_template_and_is_kept_to_copy(visitor, deal, phone):
    marta = visitor("agent", phone=phone).go(f"/deals/{deal.id}")
    page, asked = marta.page, []
    page.on(
        "dialog",
        lambda dialog: (asked.append(dialog.message), dialog.dismiss() if len(asked) == 1 else dialog.accept()),
    )
    page.get_by_role("link", name="Email", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Text").fill("My own words")
    dialog.get_by_label("Next step").fill("Try again")
    dialog.get_by_role("link", name="After a call that did not reach").click()
    expect(dialog.get_by_label("Text")).to_have_value("My own words")
    dialog.get_by_role("link", name="After a call that did not reach").click()
    expect(dialog.get_by_label("Subject")).to_have_value("I tried to call you about the Hyundai Santa Fe")
    expect(dialog.get_by_label("Next step")).to_have_value("Try again")
    assert len(asked) == 2 and marta.faults() == []
    dialog.get_by_role("button", name="In 2 weeks").click()
    dialog.get_by_role("button", name="Keep as draft").click()
    expect(page.get_by_role("button", name="I have sent it")).to_be_visible()
    page.get_by_role("button", name="Copy the subject").click()
    expect(page.locator("#toasts")).to_contain_text("Copied")
    assert marta.faults() == []
    page.get_by_role("button", name="I have sent it").click()
    expect(page.locator(".timeline")).to_contain_text("Sent by hand")
    assert marta.faults() == []


DROP = """([name, content]) => {
  const files = new DataTransfer()
  files.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name))
  for (const kind of ["dragenter", "dragover"]) document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: files }))
  const shown = !document.querySelector("[data-drop]").hidden
  document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }))
  return shown && document.querySelector("[data-drop]").hidden
}"""


def test_the_clients_reply_is_dropped_on_the_page(visitor, deal):
    marta = visitor("agent").go(f"/deals/{deal.id}")
    reply = eml(deal.customer.email.address, subject="Re: Santa Fe", text="The blue one, please").as_bytes()
    dropped = ["reply.eml", base64.b64encode(reply).decode()]
    assert marta.page.evaluate(DROP, dropped)
    expect(marta.page.locator(".timeline")).to_contain_text("The blue one, please")
    takes_files = "form[data-dropped-here][data-htmx-powered]:not(.htmx-request)"  # the new one, as it hears of files
    expect(marta.page.locator(takes_files)).to_have_count(1)
    assert marta.page.evaluate(DROP, dropped)
    expect(marta.page.locator("#refusal")).to_contain_text("is with this deal already")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_managers_edit_what_emails_begin_with(visitor, scene, phone):
    boss = visitor("manager", phone=phone).go("/letters")
    assert boss.faults() == []
    boss.page.get_by_role("link", name="Edit Options for them to look at").click()
    expect(boss.page.get_by_role("dialog").get_by_label("Subject")).to_have_value("Options for you to look at")
    assert boss.faults() == []
