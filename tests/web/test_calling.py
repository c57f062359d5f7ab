"""The pages of calling rules: the list, the trial, changing a row, holidays and registers."""

import io

import pytest

from carmanana.records.calling import CallingRule, DoNotCallRegister
from carmanana.records.people import User

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
ASKED = {"where": "(860) 555-0144", "day": "2026-11-29", "at": "14:12", "kind": "call"}


@pytest.fixture
def admin(visit):
    return visit("admin")


def test_the_list_tells_source_date_and_confidence(visit):
    page = visit("compliance").get("/calling-rules/").text
    assert "none confirmed by a lawyer" in page and "Conn. Gen. Stat." in page and "1 Oct 2023" in page
    assert "Missing" in page, "the register that US rules ask for"
    assert "Add rule" not in page and "Load a file" not in page, "who reads does not edit"
    found = visit("manager").get("/calling-rules/?text=conn").text
    assert "Connecticut" in found and "Germany" not in found
    assert "Pennsylvania" in visit("manager").get("/calling-rules/?show=unsure").text


def test_the_trial_says_yes_until_when_and_by_which_row(visit):
    manager = visit("manager")
    page = manager.post("/calling-rules/trial", data=ASKED, headers=HTMX)
    assert page.status_code == 200 and "<b>Yes, until 20:00 there.</b>" in page.text
    assert "It is 14:12 in Connecticut" in page.text and "Say who you are within 10 seconds" in page.text
    assert (
        "<b>No, not before Monday 30 November, 09:00 there.</b>"
        in manager.post("/calling-rules/trial", data=ASKED | {"at": "21:00"}).text
    )
    User.update(locale="en-US").where(User.email == "manager@carmanana.example").execute()
    here = manager.post("/calling-rules/trial", data=ASKED, headers=HTMX).text.replace("\xa0", " ")
    assert "until 8:00 PM there" in here and "allowed from 9:00 AM to 8:00 PM" in here
    assert "nothing is known of Japan" in manager.post("/calling-rules/trial", data=ASKED | {"where": "Japan"}).text
    two = manager.post("/calling-rules/trial", data=ASKED | {"where": "ca"})
    assert two.status_code == 422 and "Do you mean Canada or California?" in two.text and 'value="ca"' in two.text
    assert "in California" in manager.post("/calling-rules/trial", data=ASKED | {"where": "US-CA"}).text
    wrong = manager.post("/calling-rules/trial", data=ASKED | {"where": "Atlantis", "day": "soon", "at": "late"})
    assert (
        wrong.status_code == 422
        and "Atlantis" in wrong.text
        and "Enter a day" in wrong.text
        and "Enter a time" in wrong.text
    )


def test_a_row_is_changed_from_a_day_on_and_both_are_shown(admin, visit):
    rule = CallingRule.get(CallingRule.region == "US-CT")
    form = {"version": "1", "weekdays": list("12345"), "opens": "10:00", "closes": "18:00", "clock": "called party"}
    form |= {"consent": "none", "confidence": "seen", "source": "PA 26-1", "effective_from": "2026-12-01"}
    wrong = admin.post(f"/calling-rules/{rule.id}/edit", data=form | {"closes": "9", "source": ""})
    assert wrong.status_code == 422 and "24:00 is midnight" in wrong.text and "Enter where it stands" in wrong.text
    assert 'value="10:00"' in wrong.text, "what was typed is kept"
    done = admin.post(f"/calling-rules/{rule.id}/edit", data=form)
    page = visit("manager").get(done.location).text
    assert "From 1 Dec" in page and "until 30 Nov" in page and "PA 26-1" in page and "Conn. Gen. Stat." in page
    assert admin.post(f"/calling-rules/{rule.id}/edit", data=form).status_code == 409
    ended = admin.post(f"/calling-rules/{rule.id}/end", data={"version": "2", "last_day": "2026-11-17"})
    assert ended.status_code == 303 and "Past, until 17 Nov" in admin.get(f"/calling-rules/{rule.id}").text


def test_a_register_is_loaded_and_shown_with_its_age(admin):
    path = "/calling-rules/registers/new"
    sent = {"region": "US", "taken_on": "2026-11-08"}
    assert "Choose the file" in admin.post(path, data=sent).text
    junk = admin.post(path, data=sent | {"file": (io.BytesIO(b"\x89PNG"), "x.png")}, content_type="multipart/form-data")
    assert junk.status_code == 422 and "no phone numbers in it" in junk.text
    file = {"file": (io.BytesIO(b"305-555-0100\n305-555-0101\n"), "dnc.txt")}
    assert admin.post(path, data=sent | file, content_type="multipart/form-data").status_code == 303
    page = admin.get("/calling-rules/").text
    assert "2 numbers, taken on 8 Nov, 10 days ago" in page and "1 loaded" in page and "Counts</span>" in page
    assert DoNotCallRegister.get().loaded_by
