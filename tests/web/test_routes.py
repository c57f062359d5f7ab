"""Every route for every role, and for nobody. The routes are read from the application, so that a new one
is tested, or fails here until the table tells of it."""

import pytest

from carmanana import create_app
from carmanana.core.db import database
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User

from ..cast import Cast, everything
from .inputs import field_names
from .markup import Markup
from .routes import HTMX, MAY, ONE_EACH, PUBLIC, address, allowed, foreign, own, rules, world

__all__ = ["world"]


PIECES = {
    "offline.forms",
    "boards.changes",
    "leads.board_changes",
    "departures.reach",
    "activities.assignees",
    "needs.models",
}  # for a script alone, or part of a page

# who may


def test_every_view_says_who_may_call_it(app):
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            access = getattr(view, "access", None)
            assert access is not None, f"{endpoint} says nothing, and is refused to all"
            assert endpoint in MAY, f"{endpoint} is not in the table of tests/web/routes.py"
            assert (access if access == PUBLIC else set(access)) == MAY[endpoint], endpoint


def test_the_table_names_no_route_that_is_gone(app):
    assert set(MAY) <= set(app.view_functions)


def test_a_view_that_says_nothing_is_refused_to_all(settings, cast):
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    database.connect(reuse_if_open=True)
    app.add_url_rule("/bare", "bare", lambda: "reached")
    for who in Cast.ROLES:
        client = app.test_client()
        client.post("/sign-in", data={"email": f"{who}@carmanana.example", "password": Cast.PASSWORD})
        assert client.get("/bare").status_code == 403
    assert app.test_client().get("/bare").status_code == 303


def test_nobody_is_sent_to_sign_in(app, visit, world):
    client = visit()
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if MAY[rule.endpoint] == PUBLIC:
                continue
            path = address(rule, own(world))
            page = client.open(path, method=method)
            assert (page.status_code, page.location.split("?")[0]) == (303, "/sign-in"), path
            fragment = client.open(path, method=method, headers=HTMX)
            assert (fragment.status_code, fragment.headers["HX-Redirect"], fragment.text) == (401, "/sign-in", ""), path


def test_nobody_changes_nothing(app, visit, world):
    client, before = visit(), everything()
    for rule in rules(app, "POST"):
        if MAY[rule.endpoint] != PUBLIC:
            client.post(address(rule, own(world)), data=dict.fromkeys(field_names(), "1"))
    assert everything() == before


@pytest.mark.parametrize("who", ONE_EACH)
def test_each_role_reaches_its_pages_and_no_others(app, visit, world, who):
    client, faults = visit(who), {}
    for rule in rules(app, "GET"):
        path = address(rule, own(world))
        page = client.get(path, buffered=True)
        if not allowed(rule.endpoint, who):
            assert page.status_code == 403, f"{who} {path}"
            assert "This is not yours to do" in page.text
            assert client.get(path, headers=HTMX).status_code == 403
            continue
        assert page.status_code < 500, f"{who} {path}"
        assert client.get(path, headers=HTMX, buffered=True).status_code < 500, f"{who} {path} as a fragment"
        assert client.get(address(rule, foreign(world)), buffered=True).status_code < 500, (
            f"{who} {path}, somebody else's"
        )
        if page.status_code == 200 and page.mimetype == "text/html" and rule.endpoint not in PIECES:
            assert page.text.count("<h1") == 1, f"{path} has one heading"
            if who == next(one for one in ("manager", *ONE_EACH) if allowed(rule.endpoint, one)):
                faults[path] = Markup(page.text).faults
    assert {path: found for path, found in faults.items() if found} == {}, "what a screen reader stumbles over"


@pytest.mark.parametrize("who", ONE_EACH)
def test_each_role_posts_to_its_own_addresses_only(app, visit, world, who):
    client, before = visit(who), everything()
    for rule in rules(app, "POST"):
        if not allowed(rule.endpoint, who):
            path = address(rule, own(world))
            assert client.post(path, data=dict.fromkeys(field_names(), "1")).status_code == 403, path
    after = everything()
    assert {name for name in after if after[name] != before[name]} <= {"session"}


FOREIGN_TO_AGENTS = {
    "run_id",
    "promise_id",
    "deal_id",
    "lead_id",
    "customer_id",
    "step_id",
    "file_id",
    "notification_id",
    "absence_id",
    "letter_id",
    "view_id",
}


def test_what_is_somebody_elses_is_nowhere_for_an_agent(app, visit, world):
    client, before = visit("agent"), everything()
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if rule.arguments & FOREIGN_TO_AGENTS and allowed(rule.endpoint, "agent"):
                path = address(rule, foreign(world))
                assert client.open(path, method=method, data={"version": "1"}).status_code == 404, f"{method} {path}"
    after = everything()
    assert {name for name in after if after[name] != before[name]} <= {"session"}


# a form takes its own fields and nothing else

FORBIDDEN_FIELDS = {
    "id": "1",
    "roles": "crm_admin",
    "role": "crm_admin",
    "house": "1",
    "email": "evil@example.com",
    "name": "Evil",
    "password_hash": "x",
    "deactivated_at": "2020-01-01 00:00:00.000000",
    "manager": "1",
    "state": "won",
    "owner": "1",
    "owner_id": "1",
    "status": "cancelled",
    "created_at": "2020-01-01 00:00:00.000000",
    "created_by": "1",
    "import_id": "7",
    "user": "1",
    "user_id": "1",
    "by": "1",
    "author": "1",
    "state_since": "2020-01-01 00:00:00.000000",
    "position": "1",
}


def test_ones_own_page_changes_no_rights(visit, cast):
    before = cast.agent
    data = FORBIDDEN_FIELDS | {
        "timezone": "Europe/Berlin",
        "phone": "1",
        "letter_keys": "y",
        "version": str(before.version),
    }
    assert visit("agent").post("/me", data=data).status_code == 303
    after = cast.agent
    assert {name for name, value in after.__data__.items() if value != before.__data__[name]} == {
        "timezone",
        "phone",
        "version",
    }


def test_a_client_keeps_what_its_form_does_not_have(visit, world, cast):
    customer_id = own(world)["customer_id"]
    before = Customer.get_by_id(customer_id)
    data = FORBIDDEN_FIELDS | {
        "version": str(before.version),
        "name": "Another",
        "phones": "+1 305 555 1000",
        "mood": "calm",
    }
    assert visit("agent").post(f"/customers/{customer_id}/edit", data=data).status_code == 303
    after = Customer.get_by_id(customer_id)
    changed = {name for name, value in after.__data__.items() if value != before.__data__[name]}
    assert changed <= {"name", "folded", "mood", "timezone", "version"}


def test_a_deal_keeps_what_its_form_does_not_have(visit, world):
    deal_id = own(world)["deal_id"]
    before = Deal.get_by_id(deal_id)
    data = FORBIDDEN_FIELDS | {
        "version": str(before.version),
        "vehicle_make": "Kia",
        "stage": "6",
        "readiness": "live",
        "pipeline": "1",
        "currency": "XXX",
    }
    visit("agent").post(f"/deals/{deal_id}/edit", data=data)
    after = Deal.get_by_id(deal_id)
    kept = (
        "id",
        "state",
        "stage",
        "position",
        "pipeline",
        "readiness",
        "owner",
        "customer",
        "created_at",
        "state_since",
        "import_id",
        "currency",
    )
    assert {name: after.__data__[name] for name in kept} == {name: before.__data__[name] for name in kept}


def test_a_new_person_gets_what_the_form_has(visit, cast):
    data = FORBIDDEN_FIELDS | {
        "email": "ewa@carmanana.example",
        "name": "Ewa",
        "roles": "agent",
        "manager": "",
        "timezone": "Europe/Warsaw",
    }
    assert visit("admin").post("/people/new", data=data).status_code == 303
    user = User.get(User.email == "ewa@carmanana.example")
    assert (user.roles, user.house, user.active, user.password_hash, user.version) == ({"agent"}, False, True, None, 1)
