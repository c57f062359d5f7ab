"""Setting up a second factor on a phone and at a desktop, and signing in with it."""

import pyotp
import pytest
from playwright.sync_api import expect

from carmanana.core import clock
from carmanana.records.people import Session
from carmanana.staffing.second_factor import RecoveryCode, SecondFactor
from tests.cast import Cast

from .waiting import until


@pytest.fixture(autouse=True)
def none_left(scene):
    yield
    for model in (SecondFactor, RecoveryCode, Session):
        model.delete().execute()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_it_is_set_up_and_asked_after_the_password(visitor, phone):
    marta = visitor("agent", phone=phone)
    page = marta.go("/me").page
    assert marta.faults() == []
    page.get_by_role("link", name="Set it up").click()
    page.get_by_role("button", name="Set up a second factor").click()
    picture = page.get_by_role("img", name="QR code for the authenticator app")
    expect(picture).to_be_visible()
    until(page, lambda: picture.evaluate("image => image.complete && image.naturalWidth > 100"))
    assert marta.faults() == []
    app = pyotp.TOTP(page.get_by_label("Key").input_value())
    page.get_by_label("Code").fill(app.at(clock.now()))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    recovery = page.locator("code").first.inner_text()
    assert marta.faults() == []

    elsewhere = visitor(phone=phone)
    page = elsewhere.go("/sign-in?next=/me").page
    page.get_by_role("textbox", name="Email").fill("agent@carmanana.example")
    page.get_by_role("textbox", name="Password").fill(Cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    assert elsewhere.faults() == []
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    page.get_by_role("button", name="Sign out everywhere else").click()
    until(page, lambda: Session.select().where(Session.user == Cast().agent).count() == 1)
    marta.go("/me").page.wait_for_url("**/sign-in?next=**")


def test_who_needs_one_is_an_admins_to_say(visitor):
    ada = visitor("admin")
    page = ada.go("/people").page
    page.get_by_role("link", name="Second factor").click()
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    assert ada.faults() == []
