"""Forgotten, weak and guessed passwords."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from carmanana.core import clock, connection
from carmanana.core.db import database
from carmanana.core.workflow import Refused
from carmanana.records.mail import OutgoingMail
from carmanana.records.people import PasswordReset, SigninAttempt
from carmanana.staffing import signin
from carmanana.staffing.leaving import deactivate

from ..cast import NOON, Cast
from ..domain.test_races import PATIENCE
from .test_signing import HOUR, MINUTE, browser, is_in, sign_in

__all__ = ["browser"]

NEW_PASSWORD = "a quiet river bend"


def link_in_mail() -> str:
    return re.search(r"/password/\S+", OutgoingMail.get().body)[0]


def test_a_forgotten_password_is_mended_by_mail_once(browser, visit, cast):
    elsewhere = visit("agent")
    answer = browser.post("/password/forgotten", data={"email": "Agent@carmanana.example"})
    assert "Check your email" in answer.text
    link = link_in_mail()
    assert cast.agent.email in browser.get(link).text
    assert browser.post(link, data={"password": NEW_PASSWORD}).location == "/sign-in"
    assert not is_in(elsewhere), "every session has ended"
    assert sign_in(browser).status_code == 422
    assert sign_in(browser, password=NEW_PASSWORD).status_code == 303
    assert browser.get(link).status_code == 404
    spent = browser.post(link, data={"password": "another river bend"})
    assert spent.status_code == 404
    assert "This link has been used" in spent.text


def test_a_link_lasts_an_hour(browser):
    browser.post("/password/forgotten", data={"email": "agent@carmanana.example"})
    with clock.set_to(NOON + HOUR + MINUTE):
        assert browser.get(link_in_mail()).status_code == 404


def test_an_unknown_address_gets_the_same_page_and_no_mail(browser, cast):
    deactivate(cast.agent2, cast.admin)
    addresses = ("agent@carmanana.example", "nobody@x.example", "agent2@carmanana.example", "house@carmanana", "")
    pages = [browser.post("/password/forgotten", data={"email": email}).text for email in addresses]
    assert len({re.sub(r'content="[^"]*"', "", page) for page in pages}) == 1
    assert OutgoingMail.select().count() == 1


def test_a_second_request_at_once_sends_no_second_mail(browser):
    for _ in range(2):
        browser.post("/password/forgotten", data={"email": "agent@carmanana.example"})
    assert OutgoingMail.select().count() == 1


def test_the_database_holds_no_link(browser):
    browser.post("/password/forgotten", data={"email": "agent@carmanana.example"})
    assert link_in_mail().split("/")[-1] not in PasswordReset.get().token_hash


@pytest.mark.parametrize(
    "password", ["", "short", "x" * 257, "aaaaaaaaaaaa", "agent@carmanana.example", "Marta Sandoval"]
)
def test_a_weak_password_is_refused_and_the_link_stays_good(browser, password):
    browser.post("/password/forgotten", data={"email": "agent@carmanana.example"})
    answer = browser.post(link_in_mail(), data={"password": password})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert browser.post(link_in_mail(), data={"password": NEW_PASSWORD}).status_code == 303


def test_of_two_links_the_use_of_one_spends_the_other(browser, cast):
    first, second = signin.new_reset(cast.agent), signin.new_reset(cast.agent)
    browser.post(f"/password/{first}", data={"password": NEW_PASSWORD})
    assert browser.get(f"/password/{second}").status_code == 404


def test_of_five_uses_of_a_link_at_once_one_wins(cast, monkeypatch):
    monkeypatch.setattr(connection, "SECONDS", PATIENCE)
    token = signin.new_reset(cast.agent)

    def use(number: int) -> bool:
        try:
            signin.use_reset(token, f"a quiet river bend {number}")
            return True
        except Refused:
            return False
        finally:
            database.close()

    with ThreadPoolExecutor(5) as pool:
        here = [copy_context() for _ in range(5)]
        assert sum(pool.map(lambda number: here[number].run(use, number), range(5))) == 1


def test_guesses_of_the_present_password_count(visit, cast):
    client = visit("agent")
    for _ in range(10):
        assert client.post("/me/password", data={"current": "wrong", "password": NEW_PASSWORD}).status_code == 422
    assert SigninAttempt.select().where(SigninAttempt.account == cast.agent.email).count() == 10
    answer = client.post("/me/password", data={"current": Cast.PASSWORD, "password": NEW_PASSWORD})
    assert "Wait five minutes" in answer.text
