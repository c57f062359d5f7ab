"""No address, query or form that anybody sends is answered with a 5xx, and none touches what is somebody else's."""

import gc
import random
from io import BytesIO

import pytest
from flask import request

from carmanana.core.db import database
from carmanana.records.activities import Activity
from carmanana.records.compliance import Consequence
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import Absence, Session, User

from ..soaking import SOAK
from .inputs import bodies
from .routes import HTMX, NOBODY, ONE_EACH, address, allowed, enter, foreign, own, rules, world

__all__ = ["enter", "world"]


@pytest.fixture(autouse=True)
def nothing_left_open(app, monkeypatch):
    """With nobody to collect what refers to itself, each request still ends with no statement open and no transaction under way."""
    left, end_work = [], database.end_work
    monkeypatch.setattr(database, "end_work", lambda: left.extend((request.endpoint, each) for each in end_work()))
    gc.disable()
    yield
    gc.enable()
    assert left == []


NOWHERE = {"id": ("0", "999999", "99999999999999999999", "-1", "x"), "words": ("nowhere", "ж", "x" * 300, "%00", "..")}


def ids_that_are_nowhere(rule):
    for number in range(max(map(len, NOWHERE.values()))):
        yield {
            name: NOWHERE["words" if "id" not in str(type(rule._converters.get(name))).lower() else "id"][number]
            for name in rule.arguments
        }


@pytest.mark.parametrize("who", [*ONE_EACH, NOBODY])
def test_an_address_that_leads_nowhere(app, enter, world, who):
    client = enter(who)
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            for values in ids_that_are_nowhere(rule) if rule._converters and allowed(rule.endpoint, who) else ():
                path = address(rule, values)
                status = client.open(path, method=method, buffered=True).status_code
                assert status in (303, 308, 403, 404, 405), f"{method} {path}: {status}"


QUERIES = ["1", "-1", "99999999999999999999", "\x00'%ж[", "x" * 3000]
PARAMETERS = "span on follow_up_on which after from view query show decide member show template to subject next_step due_at page text owner after group mine unowned readiness kind stage column open next filter sort period from to pipeline id endpoint _external _scheme _anchor".split()


@pytest.mark.parametrize("who", ["agent", "manager", "admin"])
def test_a_query_that_makes_no_sense(app, enter, world, who):
    client = enter(who)
    for rule in rules(app, "GET"):
        if allowed(rule.endpoint, who):
            for value in QUERIES:
                answer = client.get(
                    address(rule, own(world)), query_string=dict.fromkeys(PARAMETERS, value), buffered=True
                )
                assert answer.status_code < 500, f"{rule.rule} with {value[:30]!r}"


@pytest.mark.parametrize("who", [*ONE_EACH, NOBODY])
def test_a_form_that_makes_no_sense(app, enter, world, who):
    client, untouched = enter(who), rows_of_others(world)
    for rule in rules(app, "POST"):
        for name, sent in sample_for(rule.endpoint) if allowed(rule.endpoint, who) else ():
            if who != NOBODY and not signed_in(who):
                client = enter(who)
            answer = client.post(address(rule, own(world)), data=sent, headers=HTMX if name == "words" else {})
            assert answer.status_code < 500, f"{rule.endpoint} with {name}: {answer.status_code}"
    if who == "agent":
        assert rows_of_others(world) == untouched


def sample_for(endpoint: str) -> list[tuple[str, dict]]:
    """Each body meets some forms in `make test`, and every form in `make soak`; sense is sent to each, and twice."""
    found = list(bodies().items())
    chosen = found if SOAK else random.Random(endpoint).sample(found, 4)
    return [(name, sent) for name, sent in found if (name, sent) in chosen or name.startswith("sense")]


def signed_in(who: str) -> bool:
    return Session.select().join(User).where(User.email == f"{who}@carmanana.example").exists()


@pytest.mark.parametrize("who", ["manager", "admin"])
def test_a_body_that_is_no_form(app, enter, world, who):
    client = enter(who)
    for rule in rules(app, "POST"):
        if rule.endpoint == "signing.sign_out":
            continue
        path = address(rule, own(world))
        for sent in (
            {"data": b"\xff\xfe{", "content_type": "application/json"},
            {"data": b"--x\r\nnot a part", "content_type": "multipart/form-data; boundary=x"},
            {
                "data": {"file": (BytesIO(b"MZ\x00"), "../../x.exe"), "files": (BytesIO(b""), "")},
                "content_type": "multipart/form-data",
            },
            {"data": b"%%%=%ff&=&&", "content_type": "application/x-www-form-urlencoded"},
        ):
            assert client.post(path, **sent).status_code < 500, f"{rule.endpoint} with {sent['content_type']}"


def rows_of_others(world: dict) -> list:
    """What an agent may not touch, whatever they send."""
    others = foreign(world)
    kept = [
        (Deal, Deal.id == others["deal_id"]),
        (Customer, Customer.id == others["customer_id"]),
        (Activity, Activity.deal == others["deal_id"]),
        (Notification, Notification.id == others["notification_id"]),
        (Absence, Absence.id == others["absence_id"]),
        (Consequence, Consequence.id == others["consequence_id"]),
    ]
    return [list(model.select().where(condition).tuples()) for model, condition in kept]
