"""What people do on a deal's page."""

import re

import pytest
from playwright.sync_api import expect

from carmanana.records.customers import CustomerPhone
from carmanana.records.deals import Deal
from tests.web.test_files import MAIL, PNG, WAV


@pytest.fixture
def deal(scene):
    return scene.deal(
        scene.agent, value_cents=3_890_000, vehicle_year=2022, vehicle_make="Hyundai", vehicle_model="Santa Fe"
    )


@pytest.fixture
def marta(visitor, deal):
    return visitor("agent").go(f"/deals/{deal.id}")


def log_a_call(page) -> None:
    page.get_by_text("Connected – follow-up required").click()
    page.get_by_label("What the customer wants").fill("The Calligraphy trim")
    page.get_by_label("Next", exact=True).fill("Send 3 options")
    page.get_by_role("button", name="Fri").click()
    page.get_by_role("button", name="Save call").click()


def test_a_call_is_logged_and_the_next_step_stands_on_top(marta):
    page = marta.page
    log_a_call(page)
    expect(page.get_by_role("region", name="Next step")).to_contain_text("Send 3 options")
    expect(page.locator(".timeline")).to_contain_text("The Calligraphy trim")
    expect(page.get_by_label("What the customer wants")).to_have_value("")
    page.get_by_role("region", name="Next step").get_by_role("button", name="Done").click()
    expect(page.get_by_text("No next step")).to_be_visible()
    page.get_by_text("No answer – VM left").click()  # what there is to say of it is there
    page.get_by_role("button", name="Save call").click()
    expect(page.get_by_role("region", name="Next step")).to_contain_text("Call again")
    expect(page.locator(".timeline")).to_contain_text("No answer. Left a voicemail.")
    assert marta.trouble == []


def test_an_entry_that_is_not_complete_keeps_what_was_typed(marta):
    page = marta.page
    page.get_by_label("What the customer wants").fill("Half a sentence")
    page.get_by_role("button", name="Save call").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Choose the outcome.")
    expect(dialog.get_by_label("What the customer wants")).to_have_value("Half a sentence")


def test_typed_words_survive_a_reload(marta, deal):
    marta.page.get_by_label("What the customer wants").fill("A long story")
    marta.go(f"/deals/{deal.id}")
    expect(marta.page.get_by_label("What the customer wants")).to_have_value("A long story")


def test_recordings_play_and_emails_and_pictures_show(marta):
    page = marta.page
    page.get_by_text("Files, length, another time").click()
    files = [("call.wav", "audio/wav", WAV), ("reply.eml", "message/rfc822", MAIL), ("trade-in.png", "image/png", PNG)]
    page.get_by_label("Recording, email, picture or document").set_input_files(
        [{"name": n, "mimeType": t, "buffer": c} for n, t, c in files]
    )
    log_a_call(page)
    expect(page.locator(".timeline [data-player]")).to_be_visible()
    expect(page.locator(".timeline img.picture")).to_have_count(1)
    page.locator(".timeline").get_by_role("link", name="reply.eml").click()
    expect(page.get_by_role("heading", name="Mi coche")).to_be_visible()


def test_what_they_want_opens_the_next_stage(marta, deal, scene):
    page = marta.page
    log_a_call(page)
    page.get_by_role("button", name="Move to Contacted").click()
    expect(page.get_by_text("Needs Confirmed needs a vehicle")).to_be_visible()
    page.locator(".deal-actions").get_by_role("link", name="Add what they want").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Make").fill("Hyundai")
    dialog.get_by_role("button", name="Another vehicle").click()
    dialog.get_by_label("Make").nth(1).fill("Kia")
    dialog.get_by_label("Timeline").fill("by 15 December")
    dialog.get_by_label("Why they really want it").fill("Three kids and Sunday lunch in one car")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("complementary", name="Facts")).to_contain_text("Kia")
    expect(page.locator(".process [aria-current]")).to_have_text(
        "Needs Confirmed"
    )  # the step that asked for it goes on
    assert Deal.get_by_id(deal.id).stage == scene.stage(3)
    assert marta.trouble == []


def test_a_dialog_closes_with_escape_and_gives_the_focus_back(marta):
    page = marta.page
    link = page.get_by_role("link", name=re.compile("^Win"))
    link.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_manager_reassigns_and_answers_a_flag(visitor, scene, marta, deal):
    page = marta.page
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name=re.compile("^Flag for")).click()
    page.get_by_role("dialog").get_by_label("What should your manager look at?").fill(
        "Is this the same customer twice?"
    )
    page.get_by_role("dialog").get_by_role("button", name="Flag").click()
    expect(page.locator(".deal-head")).to_contain_text("Flagged")
    boss = visitor("manager")
    boss.go("/notifications")
    boss.page.get_by_role("main").get_by_text("is flagged for you").click()
    boss.page.wait_for_url(f"**/deals/{deal.id}")
    boss.page.get_by_role("button", name="More").click()
    boss.page.get_by_role("link", name=re.compile("^Answer the flag")).click()
    boss.page.get_by_role("dialog").get_by_label("Your answer").fill("No, his brother")
    boss.page.get_by_role("dialog").get_by_role("button", name="Answer and clear").click()
    expect(boss.page.locator(".timeline")).to_contain_text("No, his brother")
    boss.page.get_by_role("button", name="More").click()
    boss.page.get_by_role("link", name=re.compile("^Reassign")).click()
    boss.page.get_by_role("dialog").get_by_label("New owner").select_option(str(scene.agent2.id))
    boss.page.get_by_role("dialog").get_by_label("Reason").fill("Marta is away")
    boss.page.get_by_role("dialog").get_by_role("button", name="Reassign").click()
    expect(boss.page.locator(".deal-head")).to_contain_text("Thabo Okafor owns it")
    assert boss.trouble == []


def test_a_wrong_number_is_asked_for_and_a_manager_names_who_goes_on(visitor, scene, deal):
    person = deal.customer.phone.person_id
    whole = {"typed": "+1 305 555 9999", "e164": "+13055559999"}
    CustomerPhone.create(customer=deal.customer_id, person=person, position=5, **whole)
    ingrid = visitor("manager").go(f"/deals/{deal.id}")
    page = ingrid.page
    group = page.get_by_role("group", name="Which one was wrong?")
    expect(group).to_be_hidden()
    page.get_by_text("Wrong number / bad email").click()
    expect(group).to_be_visible()
    group.get_by_text("+1 305 555 9999").click()
    page.get_by_role("link", name="The next step is for somebody else").click()
    page.get_by_label("Next step for").select_option("Thabo Okafor")
    page.get_by_label("What the customer wants").fill("A shop")
    page.get_by_label("Next", exact=True).fill("Email her")
    page.get_by_role("button", name="Fri").click()
    page.get_by_role("button", name="Save call").click()
    expect(page.get_by_role("region", name="Next step")).to_contain_text("for Thabo Okafor")
    expect(page.get_by_text("wrong number", exact=True)).to_be_visible()
    assert ingrid.trouble == []
