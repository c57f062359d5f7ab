"""Guesses are counted by account and by address, and the address is the one that asked, also behind proxies."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace

import pytest
from flask import request

from carmanana import create_app
from carmanana.config import Misconfigured, from_environment
from carmanana.core.db import database
from carmanana.core.workflow import Refused
from carmanana.records.people import SigninAttempt
from carmanana.staffing import signin

from .test_signing import browser, is_in, sign_in

__all__ = ["browser"]


def test_wrong_passwords_of_one_lock_nobody_else_out_behind_the_same_address(browser):
    for _ in range(20):
        sign_in(browser, password="wrong password")
    assert sign_in(browser).status_code == 429
    assert sign_in(browser, "manager@carmanana.example").status_code == 303


def test_one_ipv6_address_is_its_whole_network(browser):
    for number in range(10):
        sign_in(
            browser, f"somebody{number}@carmanana.example", environ_overrides={"REMOTE_ADDR": f"2001:db8::{number}"}
        )
    assert sign_in(browser, environ_overrides={"REMOTE_ADDR": "2001:db8::99"}).status_code == 429
    assert sign_in(browser, environ_overrides={"REMOTE_ADDR": "2001:db8:0:1::1"}).status_code == 303


def test_who_is_right_counts_as_no_failure(browser):
    for _ in range(12):
        assert sign_in(browser).status_code == 303
    assert SigninAttempt.select().count() == 0


def test_a_wrong_current_password_locks_nobody_elses_sign_in(visit):
    agent, manager = visit("agent"), visit()
    for _ in range(12):
        agent.post("/me/password", data={"current": "wrong", "password": "a quiet river bend"})
    for who in ("manager", "retention", "admin"):
        assert sign_in(manager, f"{who}@carmanana.example").status_code == 303
    assert is_in(agent)


def test_of_sixty_guesses_at_once_ten_look_at_the_hash(cast, monkeypatch):
    looked, matches = [], signin._matches
    monkeypatch.setattr(
        signin, "_matches", lambda password_hash, password: looked.append(password) or matches(password_hash, password)
    )

    def guess(number: int) -> str:
        try:
            signin.sign_in(cast.agent.email, f"guess {number}", "10.0.0.1")
        except Refused as refused:
            return refused.refusals[0].code
        finally:
            database.close()

    here = [copy_context() for _ in range(60)]
    with ThreadPoolExecutor(60) as pool:
        codes = list(pool.map(lambda number: here[number].run(guess, number), range(60)))
    assert (len(looked), codes.count("signin"), codes.count("throttled")) == (10, 10, 50)


# behind proxies


def proxies(given: str):
    return from_environment({"CARMANANA_ENV": "test", "SECRET_KEY": "s" * 64, "TRUSTED_PROXIES": given}).trusted_proxies


@pytest.fixture
def seen(settings, cast):
    """The address and the scheme that the application sees, behind such proxies."""

    def ask(trusted: str, peer: str, forwarded: str = "", proto: str = ""):
        told = {}
        app = create_app(replace(settings, trusted_proxies=proxies(trusted)))
        database.connect(reuse_if_open=True)

        @app.before_request
        def tell():
            told.update(address=request.remote_addr, scheme=request.scheme)

        headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": proto}
        app.test_client().get(
            "/sign-in",
            headers={name: value for name, value in headers.items() if value},
            environ_overrides={"REMOTE_ADDR": peer},
        )
        return told["address"], told["scheme"]

    return ask


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "proto", "address", "scheme"),
    [
        ("", "127.0.0.1", "203.0.113.7", "https", "127.0.0.1", "http"),
        ("0", "127.0.0.1", "203.0.113.7", "https", "127.0.0.1", "http"),
        ("1", "127.0.0.1", "203.0.113.7", "https", "203.0.113.7", "https"),
        ("1", "127.0.0.1", "198.51.100.1, 203.0.113.7", "https", "203.0.113.7", "https"),
        ("2", "127.0.0.1", "198.51.100.1, 203.0.113.7, 10.0.0.1", "https, http", "203.0.113.7", "https"),
        ("1", "127.0.0.1", "", "", "127.0.0.1", "http"),
        ("1", "127.0.0.1", "unknown", "gopher", "127.0.0.1", "http"),
        ("1", "127.0.0.1", "[2001:db8::7]:4711", "https", "2001:db8::7", "https"),
        ("127.0.0.1", "127.0.0.1", "198.51.100.1, 203.0.113.7", "https", "203.0.113.7", "https"),
        ("127.0.0.1", "192.0.2.9", "198.51.100.1", "https", "192.0.2.9", "http"),
        (
            "127.0.0.1, 10.0.0.0/8",
            "127.0.0.1",
            "198.51.100.1, 203.0.113.7:80, 10.1.2.3",
            "https",
            "203.0.113.7",
            "https",
        ),
        ("127.0.0.1", "127.0.0.1", "127.0.0.1", "", "127.0.0.1", "http"),
    ],
)
def test_who_is_seen(seen, trusted, peer, forwarded, proto, address, scheme):
    assert seen(trusted, peer, forwarded, proto) == (address, scheme)


@pytest.mark.parametrize("given", ["-1", "x", "127.0.0.1, nginx", "127.0.0.0/99", "1000"])
def test_a_setting_that_is_none_is_refused_with_the_mend(given):
    with pytest.raises(Misconfigured, match="TRUSTED_PROXIES"):
        proxies(given)


def test_a_forwarded_address_is_what_the_throttle_counts(browser, app):
    """Without the setting nobody escapes it by making addresses up."""
    for number in range(10):
        sign_in(browser, password="wrong password", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert sign_in(browser, headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 429
    assert {attempt.address for attempt in SigninAttempt.select()} == {"127.0.0.1"}
