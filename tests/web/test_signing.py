"""Signing in and out: the same answer to whatever was wrong, the throttle, sessions."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from carmanana import create_app
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.records.people import Session, User
from carmanana.staffing import signin
from carmanana.staffing.leaving import deactivate

from ..cast import NOON, Cast

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def sign_in(client, email="agent@carmanana.example", password=Cast.PASSWORD, **kwargs):
    return client.post("/sign-in", data={"email": email, "password": password}, **kwargs)


def is_in(client) -> bool:
    return client.get("/me").status_code == 200


@pytest.fixture
def browser(visit):
    return visit()


# signing in


def test_one_signs_in_and_goes_where_one_was_going(browser):
    asked = browser.get("/me?tab=1")
    assert asked.status_code == 303
    assert asked.location == "/sign-in?next=/me?tab%3D1"
    answer = browser.post(asked.location, data={"email": " Agent@CarManana.example ", "password": Cast.PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/me?tab=1")
    assert is_in(browser)


NOT_OURS = [
    *(
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "evil.example",
        "javascript:alert(1)",
    ),
    *("/a\n/b", "/\t/evil.example", "//[", "http://[", "/%0a\r\nX: y", ""),
]


@pytest.mark.parametrize("wanted", NOT_OURS)
def test_next_leads_only_to_pages_of_ours(browser, wanted):
    answer = browser.post(
        "/sign-in", data={"email": "agent@carmanana.example", "password": Cast.PASSWORD, "next": wanted}
    )
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get("/sign-in", query_string={"next": wanted}).location == "/"


def test_next_may_have_any_letters(browser):
    answer = browser.post(
        "/sign-in",
        data={"email": "agent@carmanana.example", "password": Cast.PASSWORD, "next": "/customers/?text=東京"},
    )
    assert answer.location == "/customers/?text=%E6%9D%B1%E4%BA%AC"


def refusals(cast) -> dict[str, tuple[str, str]]:
    deactivate(cast.agent2, cast.admin)
    User.update(password_hash=None).where(User.id == cast.retention.id).execute()
    return {
        "a wrong password": ("agent@carmanana.example", "wrong password"),
        "nobody": ("nobody@carmanana.example", Cast.PASSWORD),
        "somebody who left": ("agent2@carmanana.example", Cast.PASSWORD),
        "somebody without a password": ("retention@carmanana.example", Cast.PASSWORD),
        "the house": ("house@carmanana", ""),
        "nothing": ("", ""),
    }


def test_whatever_was_wrong_the_answer_is_the_same(browser, cast):
    pages = set()
    for email, password in refusals(cast).values():
        answer = sign_in(browser, email, password)
        assert answer.status_code == 422
        assert signin.SAME_ANSWER in answer.text
        assert f'value="{email}"' in answer.text, "what was typed is kept"
        pages.add(re.sub(r'(value|content)="[^"]*"', "", answer.text))
    assert len(pages) == 1


def test_an_unknown_account_takes_as_long(browser, cast, monkeypatch):
    """What takes the time is one look at a hash that was made as slowly."""
    signin.set_password(cast.agent, "as slow as in earnest")
    looked, matches = [], signin._matches
    monkeypatch.setattr(
        signin,
        "_matches",
        lambda password_hash, password: looked.append(password_hash) or matches(password_hash, password),
    )
    for email in ("agent@carmanana.example", "nobody@carmanana.example"):
        sign_in(browser, email, "wrong password")
    costs = {password_hash.rpartition("$")[0].rpartition("$")[0] for password_hash in looked}
    assert len(looked) == 2 and len(costs) == 1, costs


def test_an_empty_form_is_answered(browser):
    assert browser.post("/sign-in").status_code == 422
    assert browser.post("/password/forgotten").status_code == 200


# the throttle


def test_ten_failures_in_five_minutes_close_an_account(browser):
    for _ in range(10):
        assert sign_in(browser, password="wrong password").status_code == 422
    answer = sign_in(browser)
    assert answer.status_code == 429
    assert "Wait five minutes" in answer.text
    with clock.set_to(NOON + 5 * MINUTE + timedelta(seconds=1)):
        assert sign_in(browser).status_code == 303


def test_an_account_that_is_none_closes_just_so(browser, app):
    for _ in range(10):
        sign_in(browser, "nobody@carmanana.example", environ_overrides={"REMOTE_ADDR": "10.0.0.1"})
    answer = sign_in(browser, "nobody@carmanana.example", environ_overrides={"REMOTE_ADDR": "10.0.0.2"})
    assert answer.status_code == 429


def test_an_address_closes_whatever_accounts_it_tries(browser):
    for number in range(10):
        sign_in(browser, f"somebody{number}@carmanana.example")
    assert sign_in(browser).status_code == 429
    assert sign_in(browser, environ_overrides={"REMOTE_ADDR": "10.0.0.9"}).status_code == 303


# sessions


def cookie_of(client) -> str:
    return client.get_cookie("session").value


def test_a_session_gets_a_new_id_at_sign_in_and_is_gone_at_sign_out(browser):
    browser.get("/sign-in")
    before = cookie_of(browser)
    sign_in(browser)
    during = cookie_of(browser)
    assert during != before
    sign_in(browser)
    again = cookie_of(browser)
    assert again != during, "signing in anew renews it"
    assert Session.select().count() == 1

    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert Session.select().count() == 0
    for stolen in (during, again):
        browser.set_cookie("session", stolen)
        assert not is_in(browser)


def test_the_database_holds_no_token(browser):
    sign_in(browser)
    assert cookie_of(browser) not in str(list(Session.select().tuples()))


def test_the_cookie_keeps_to_itself(browser, settings):
    assert re.search(r"^session=s\.\S+; HttpOnly; Path=/; SameSite=Lax$", sign_in(browser).headers["Set-Cookie"])
    secure = create_app(replace(settings, secure_cookies=True))
    secure.config["WTF_CSRF_ENABLED"] = False
    database.connect(reuse_if_open=True)
    answer = sign_in(secure.test_client(), base_url="https://localhost")
    assert re.search(r"^__Host-session=s\.\S+; Secure; HttpOnly; Path=/; SameSite=Lax$", answer.headers["Set-Cookie"])
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("cookie", ["s.", "s.stolen", "junk", "s." + "x" * 3000, "e30.AAAA", "\x7f"])
def test_a_cookie_that_is_none_of_ours_is_nobody(browser, cookie):
    browser.set_cookie("session", cookie)
    assert not is_in(browser)


def test_an_idle_session_ends_after_half_an_hour(browser):
    sign_in(browser)
    with clock.set_to(NOON + 29 * MINUTE):
        assert is_in(browser)
    with clock.set_to(NOON + 58 * MINUTE):
        assert is_in(browser)
    with clock.set_to(NOON + 89 * MINUTE):
        assert not is_in(browser)


def test_polls_keep_no_session_alive(browser):
    sign_in(browser)
    is_in(browser)
    with clock.set_to(NOON + 29 * MINUTE):
        assert browser.get("/me", headers={"X-Poll": "1"}).status_code == 200
    with clock.set_to(NOON + 31 * MINUTE):
        assert not is_in(browser)


def test_last_seen_is_written_every_five_minutes_at_most(browser):
    sign_in(browser)
    is_in(browser)
    for minutes, seen in ((4, NOON), (6, NOON + 6 * MINUTE), (10, NOON + 6 * MINUTE)):
        with clock.set_to(NOON + minutes * MINUTE):
            is_in(browser)
            assert Session.get().seen_at == seen


def test_a_busy_session_ends_after_twelve_hours(browser):
    sign_in(browser)
    for number in range(1, 36):
        with clock.set_to(NOON + 20 * number * MINUTE):
            assert is_in(browser)
    with clock.set_to(NOON + 12 * HOUR + MINUTE):
        assert not is_in(browser)


def test_whoever_leaves_is_out_at_once(visit, cast):
    agent = visit("agent")
    deactivate(cast.agent, cast.admin)
    assert not is_in(agent)
    assert sign_in(agent).status_code == 422


def test_a_session_of_somebody_who_left_is_nobodys(visit, cast):
    agent = visit("agent")
    User.update(deactivated_at=NOON).where(User.id == cast.agent.id).execute()
    assert not is_in(agent)


# the demo list


def test_demo_people_are_listed_in_demo_mode_only(browser, settings):
    assert "agent@carmanana.example" not in browser.get("/sign-in").text
    demo = create_app(replace(settings, demo=True))
    database.connect(reuse_if_open=True)
    page = demo.test_client().get("/sign-in").text
    for name in Cast.ROLES:
        assert f"{name}@carmanana.example" in page
