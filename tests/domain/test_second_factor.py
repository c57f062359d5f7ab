"""A code of an app, each taken once; recovery codes; required by role; an admin resets it (finding E9)."""

from contextlib import contextmanager
from datetime import timedelta

import pyotp
import pytest

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.workflow import Refused
from carmanana.records.notifications import Notification
from carmanana.records.people import Session, SigninAttempt, User
from carmanana.staffing import second_factor as second
from carmanana.staffing.second_factor import RecoveryCode, SecondFactor

from ..cast import NOON, forbidden, refused


@pytest.fixture(autouse=True)
def one_secret(monkeypatch):
    """Of a random one, the codes of two moments are the same now and then."""
    monkeypatch.setattr(pyotp, "random_base32", lambda: "JBSWY3DPEHPK3PXPKRSXG5BAON2WG4TF")


def code_of(user, ago=0) -> str:
    return pyotp.TOTP(SecondFactor.get_by_id(user.id).secret).at(int(clock.now().timestamp()) - ago)


@contextmanager
def wrong(code: str = "code"):
    """A try that fails is counted, and changes nothing else."""
    before = second.codes_left(User.get(User.email == "agent@carmanana.example"))
    with pytest.raises(Refused) as caught:
        yield
    assert [(refusal.code, refusal.field) for refusal in caught.value.refusals] == [(code, "code")]
    assert second.codes_left(User.get(User.email == "agent@carmanana.example")) == before


@pytest.fixture
def codes(cast) -> list[str]:
    second.begin(cast.agent)
    return second.confirm(cast.agent, code_of(cast.agent))


def later(**span):
    return clock.set_to(NOON + timedelta(**span))


def test_it_counts_once_it_is_confirmed(cast):
    second.begin(cast.agent)
    assert second.of(cast.agent) is None and second.codes_left(cast.agent) == 0
    with wrong():
        second.confirm(cast.agent, "000000" if code_of(cast.agent) != "000000" else "111111")
    codes = second.confirm(cast.agent, f" {code_of(cast.agent)[:3]} {code_of(cast.agent)[3:]} ")
    assert second.of(cast.agent) and len(set(codes)) == second.codes_left(cast.agent) == 10
    with refused("second_factor"):
        second.begin(cast.agent)


def test_a_code_is_taken_once_and_none_from_before_it(cast, codes):
    with wrong():
        second.check(cast.agent, code_of(cast.agent))  # it confirmed the set-up
    with later(seconds=60):
        second.check(cast.agent, code_of(cast.agent))
        for ago in (0, 30):
            with wrong():
                second.check(cast.agent, code_of(cast.agent, ago))


@pytest.mark.parametrize("ago", [-90, 90, 600])
def test_a_code_of_another_time_is_wrong(cast, codes, ago):
    with later(minutes=20), wrong():
        second.check(cast.agent, code_of(cast.agent, ago))


@pytest.mark.parametrize("code", ["", " ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "x" * 500, None])
def test_what_is_no_code(cast, codes, code):
    with wrong():
        second.check(cast.agent, code)


def test_a_recovery_code_works_once_and_is_kept_as_a_hash(cast, codes):
    assert codes[0] not in str(list(RecoveryCode.select(RecoveryCode.code_hash).tuples()))
    second.check(cast.agent, codes[0].upper())
    with wrong():
        second.check(cast.agent, codes[0])
    assert second.codes_left(cast.agent) == 9 and "9 are left" in Notification.of(cast.agent).first().text
    with wrong():
        second.check(cast.agent2, codes[1])


def test_new_recovery_codes_replace_the_old_ones(cast, codes):
    with later(minutes=1):
        new = second.new_codes(cast.agent, code_of(cast.agent))
        with wrong():
            second.check(cast.agent, codes[1])
        second.check(cast.agent, new[1])


def test_guesses_are_throttled_and_the_right_code_too(cast, codes):
    for _ in range(second.TRIES):
        with wrong():
            second.check(cast.agent, "nothing")
    with later(seconds=60), wrong("throttled"):
        second.check(cast.agent, code_of(cast.agent))
    with later(minutes=6):
        second.check(cast.agent, code_of(cast.agent))
    assert SigninAttempt.select().where(SigninAttempt.account == cast.agent.email).count() == 0


def test_setting_it_up_signs_out_every_other_browser(cast):
    for name in ("here", "there"):
        Session.create(id=name, user=cast.agent, data={})
    second.begin(cast.agent)
    second.confirm(cast.agent, code_of(cast.agent), "here")
    assert [row.id for row in Session.select()] == ["here"]


def test_it_is_turned_off_with_a_code_alone_unless_the_role_needs_it(cast, codes):
    with wrong():
        second.turn_off(cast.agent, "nothing")
    second.require({"agent"}, cast.admin)
    with refused("needed"):
        second.turn_off(cast.agent, codes[0])
    second.require((), cast.admin)
    second.turn_off(cast.agent, codes[0])
    assert second.of(cast.agent) is None and RecoveryCode.select().count() == 0


def test_an_admin_resets_somebodys_and_it_is_audited(cast, codes):
    Session.create(id="there", user=cast.agent, data={})
    for person in (cast.agent, cast.manager, cast.compliance):
        with forbidden():
            second.reset(cast.agent, person)
    second.reset(cast.agent, cast.admin)
    assert second.of(cast.agent) is None and Session.select().count() == 0
    event = Event.get(Event.verb == "reset_second_factor")
    assert (event.actor_id, event.subject_id) == (cast.admin.id, cast.agent.id)
    for person in (cast.agent, cast.admin):
        with refused("own" if person == cast.admin else "second_factor"):
            second.reset(person, cast.admin)


def test_roles_that_need_one(cast, codes):
    for name, user in (("a", cast.agent), ("b", cast.agent2), ("c", cast.manager)):
        Session.create(id=name, user=user, data={})
    with forbidden():
        second.require({"agent"}, cast.manager)
    with refused("roles"):
        second.require({"emperor"}, cast.admin)
    with refused("own", field="roles"):
        second.require({"crm_admin"}, cast.admin)
    second.require({"agent"}, cast.admin)
    assert [second.missing(user) for user in (cast.agent, cast.agent2, cast.manager)] == [False, True, False]
    assert second.without() == [cast.agent2] and {row.id for row in Session.select()} == {"a", "c"}
