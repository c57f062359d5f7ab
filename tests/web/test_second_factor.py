"""The second factor and the list of browsers, on the pages."""

import re
from datetime import timedelta

import pyotp
import pytest

from carmanana.core import clock
from carmanana.records.people import Session
from carmanana.staffing import second_factor as second
from carmanana.staffing.second_factor import SecondFactor

from ..cast import NOON, Cast

AGENT = {"email": "agent@carmanana.example", "password": Cast.PASSWORD}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture(autouse=True)
def one_secret(monkeypatch):
    """Of a random one, the codes of two moments are the same now and then."""
    monkeypatch.setattr(pyotp, "random_base32", lambda: "JBSWY3DPEHPK3PXPKRSXG5BAON2WG4TF")


def code_of(user) -> str:
    return pyotp.TOTP(SecondFactor.get_by_id(user.id).secret).at(int(clock.now().timestamp()))


@pytest.fixture
def codes(cast, app):
    second.begin(cast.agent)
    with clock.set_to(NOON - timedelta(hours=1)):
        return second.confirm(cast.agent, code_of(cast.agent))


def test_from_my_settings_to_the_recovery_codes(cast, visit):
    marta = visit("agent")
    assert "Set it up" in marta.get("/me").text
    assert marta.post("/me/second-factor").location == "/me/second-factor"
    page = marta.get("/me/second-factor").text
    assert 'src="data:image/svg+xml' in page and SecondFactor.get().secret in page
    assert marta.post("/me/second-factor/confirm", data={"code": "1"}).status_code == 422
    done = marta.post("/me/second-factor/confirm", data={"code": code_of(cast.agent)}).text
    told = re.findall(r"<code>(\w{5}-\w{5})</code>", done)
    assert len(told) == 10 and "data:image" not in done
    assert not any(code in marta.get("/me/second-factor").text for code in told)


def test_the_password_alone_opens_nothing(cast, codes, visit):
    browser = visit()
    asked = browser.post("/sign-in", data=AGENT | {"next": "/customers/"})
    assert (asked.status_code, asked.location) == (303, "/sign-in/code?next=/customers/")
    assert browser.get("/me").status_code == 303 and Session.select().count() == 0
    wrong = browser.post(asked.location, data={"code": "nothing"})
    assert wrong.status_code == 422 and "wrong, or was used" in wrong.text
    right = browser.post(asked.location, data={"code": code_of(cast.agent)})
    assert right.location == "/customers/" and browser.get("/me").status_code == 200
    again = visit()
    again.post("/sign-in", data=AGENT)
    assert again.post("/sign-in/code", data={"code": code_of(cast.agent)}).status_code == 422
    assert again.post("/sign-in/code", data={"code": codes[0]}).status_code == 303


def test_the_second_step_needs_the_first_and_ends_in_five_minutes(cast, codes, visit):
    assert visit().post("/sign-in/code", data={"code": code_of(cast.agent)}).location == "/sign-in"
    browser = visit()
    browser.post("/sign-in", data=AGENT)
    with clock.set_to(NOON + timedelta(minutes=6)):
        assert browser.post("/sign-in/code", data={"code": code_of(cast.agent)}).location == "/sign-in"


def test_guesses_are_throttled(cast, codes, visit):
    browser = visit()
    browser.post("/sign-in", data=AGENT)
    answers = [browser.post("/sign-in/code", data={"code": "nothing"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_role_that_needs_it_sets_it_up_before_anything_else(cast, visit):
    ada, marta = visit("admin"), visit("agent")
    assert ada.post("/people/second-factor", data={"roles": ["crm_admin"]}).status_code == 422
    assert ada.post("/people/second-factor", data={"roles": ["agent"]}).status_code == 303
    assert "Marta Sandoval" in ada.get("/people/second-factor").text
    assert marta.get("/customers/").location.startswith("/sign-in")
    marta.post("/sign-in", data=AGENT)
    assert marta.get("/customers/").location == "/me/second-factor"
    assert "Your role needs a second factor" in marta.get("/me/second-factor").text
    marta.post("/me/second-factor")
    marta.post("/me/second-factor/confirm", data={"code": code_of(cast.agent)})
    assert marta.get("/customers/").status_code == 200


def test_an_admin_resets_it_on_the_persons_page(cast, codes, visit):
    ada, page = visit("admin"), f"/people/{cast.agent.id}"
    assert "Reset second factor" in ada.get(page).text
    assert ada.post(f"{page}/second-factor/reset").status_code == 303
    assert "Reset second factor" not in ada.get(page).text
    assert visit().post("/sign-in", data=AGENT).location == "/"


# where one is signed in


def test_one_sees_and_ends_ones_browsers(cast, visit):
    here, there, third = visit(), visit(), visit()
    here.post("/sign-in", data=AGENT)
    there.post("/sign-in", data=AGENT, headers={"User-Agent": FIREFOX}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    third.post("/sign-in", data=AGENT)
    page = here.get("/me").text
    assert "Firefox on Windows" in page and "203.0.113.9" in page and page.count("this browser") == 1
    named = Session.get(Session.address == "203.0.113.9").id
    here.post("/me/sessions/end", data={"session": named})
    assert there.get("/me").status_code == 303 and third.get("/me").status_code == 200
    here.post("/me/sessions/end")
    assert third.get("/me").status_code == 303 and here.get("/me").status_code == 200


def test_nobody_ends_anothers_browser(cast, visit):
    marta, thabo = visit("agent"), visit("agent2")
    theirs = Session.get(Session.user == cast.agent).id
    thabo.post("/me/sessions/end", data={"session": theirs})
    assert marta.get("/me").status_code == 200 and theirs not in thabo.get("/me").text
