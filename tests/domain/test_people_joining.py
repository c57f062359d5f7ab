"""People join and change, by an admin's hand only."""

import pytest

from carmanana.core import audit
from carmanana.core.db import Stale
from carmanana.records.people import Session, User
from carmanana.staffing import joining, settings

from ..cast import forbidden, refused


def facts(**other):
    return {
        "email": "new@carmanana.example",
        "name": "Ewa Nowak",
        "roles": {"agent"},
        "manager": None,
        "timezone": "Europe/Warsaw",
        "phone": "",
    } | other


def facts_of(user, **other):
    kept = {
        "email": user.email,
        "name": user.name,
        "roles": set(user.roles),
        "manager": user.manager,
        "timezone": user.timezone,
        "phone": user.phone,
    }
    return kept | other


def sign_in(user):
    Session.create(id=f"session of {user.id}", user=user, data={})


def has_session(user) -> bool:
    return Session.select().where(Session.user == user).exists()


def test_somebody_joins(cast):
    user = joining.join(
        cast.admin, **facts(email=" New@CarManana.example ", name="  Ewa   Nowak ", manager=cast.manager)
    )
    assert (user.email, user.name, user.roles, user.manager) == (
        "new@carmanana.example",
        "Ewa Nowak",
        {"agent"},
        cast.manager,
    )
    assert [event.verb for event in audit.history(user)] == ["join"]


def test_the_command_line_needs_nobody(cast):
    assert joining.join(None, **facts()).active


@pytest.mark.parametrize("who", ["agent", "manager", "compliance", "retention"])
def test_only_an_admin_changes_people(cast, who):
    with forbidden():
        joining.join(getattr(cast, who), **facts())
    with forbidden():
        joining.correct(cast.agent, getattr(cast, who), cast.agent.version, **facts_of(cast.agent, name="Another"))


WRONG = {
    "no address": ({"email": "nobody"}, "email"),
    "an address with a blank": ({"email": "a b@c.de"}, "email"),
    "an address that is taken": ({"email": "AGENT@carmanana.example"}, "email"),
    "no name": ({"name": " "}, "name"),
    "no role": ({"roles": set()}, "roles"),
    "a role of somebody's own": ({"roles": {"agent", "owner"}}, "roles"),
    "a zone that is none": ({"timezone": "Mars/Olympus"}, "timezone"),
}


@pytest.mark.parametrize("wrong, field", WRONG.values(), ids=WRONG)
def test_what_a_person_needs(cast, wrong, field):
    with refused(field, field=field):
        joining.join(cast.admin, **facts(**wrong))


def test_a_manager_is_an_active_manager_and_not_oneself(cast):
    with refused("manager", field="manager"):
        joining.join(cast.admin, **facts(manager=cast.agent2))
    with refused("manager", field="manager"):
        joining.correct(cast.manager, cast.admin, cast.manager.version, **facts_of(cast.manager, manager=cast.manager))


def test_new_roles_end_their_sessions_and_nothing_else_does(cast):
    agent = cast.agent
    sign_in(agent)
    joining.correct(agent, cast.admin, agent.version, **facts_of(agent, name="Marta S."))
    assert has_session(agent)
    joining.correct(agent, cast.admin, agent.version + 1, **facts_of(agent, roles={"agent", "manager"}))
    assert not has_session(agent)
    assert cast.agent.roles == {"agent", "manager"}


def test_a_stale_page_changes_nothing(cast):
    agent = cast.agent
    joining.correct(agent, cast.admin, agent.version, **facts_of(agent, phone="1"))
    with pytest.raises(Stale):
        joining.correct(agent, cast.admin, agent.version, **facts_of(agent, phone="2"))
    assert cast.agent.phone == "1"


def test_somebody_stays_admin(cast):
    admin = cast.admin
    with refused("last_admin", field="roles"):
        joining.correct(admin, admin, admin.version, **facts_of(admin, roles={"agent"}))
    joining.join(admin, **facts(roles={"crm_admin"}))
    assert joining.correct(admin, admin, admin.version, **facts_of(admin, roles={"agent"})).roles == {"agent"}


def test_who_stops_working_deals_hands_them_over_first(cast):
    cast.deal(cast.agent)
    with refused("open_work", remedies=("people.hand_over",)):
        joining.correct(cast.agent, cast.admin, cast.agent.version, **facts_of(cast.agent, roles={"compliance"}))


def test_one_sets_ones_own_zone_phone_and_theme(cast):
    agent = cast.agent
    settings.settle(agent, agent.version, "Europe/Berlin", " 123 ")
    settings.choose_theme(agent, "dark")
    fresh = cast.agent
    assert (fresh.timezone, fresh.phone, fresh.theme) == ("Europe/Berlin", "123", "dark")
    with pytest.raises(Stale):
        settings.settle(agent, agent.version, "Europe/Paris", "")
    with refused("timezone", field="timezone"):
        settings.settle(fresh, fresh.version, "Berlin", "")
    with refused("theme"):
        settings.choose_theme(agent, "pink")


def test_the_house_account_is_nobody(cast):
    assert not User.working().where(User.house).exists()
    assert not cast.house.active


def test_nobody_is_added_on_the_command_line_with_a_password_that_is_refused(app, cast):
    def add(password: str):
        told = [
            "user",
            "add",
            "new@carmanana.example",
            "--name",
            "Ewa Nowak",
            "--role",
            "agent",
            "--password",
            password,
        ]
        return app.test_cli_runner().invoke(args=told)

    short = add("short")
    assert short.exit_code == 1 and "10 to 256 characters" in short.output
    good = add("nine green bicycles")
    assert good.exit_code == 0 and "can sign in" in good.output, good.output
