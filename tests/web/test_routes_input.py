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
from .inputs import bodies, encoded
from .routes import HTMX, NOBODY, ONE_EACH, address, allowed, enter, foreign, own, rules, world

__all__ = ["enter", "world"]


@pytest.fixture(autouse=True)
def nothing_left_open(app, monkeypatch):
    """With nobody to collect what refers to itself, each request still ends with no statement open and no transaction
    under way."""
    left, end_work = [], database.end_work
    monkeypatch.setattr(database, "end_work", lambda: left.extend((request.endpoint, each) for each in end_work()))
    gc.disable()
    yield
    gc.enable()
    assert left == []


NOWHERE = {"id": ("0", "999999", "99999999999999999999", "-1", "x"), "words": ("nowhere", "ж", "x" * 300, "%00", "..")}


def sample(found: list, size: int, *of: str) -> list:
    """So many of them in `make test`, others for each address and person; all of them in `make soak`."""
    return found if SOAK else random.Random(" ".join(of)).sample(found, size)


def ids_that_are_nowhere(rule, who: str):
    for number in sample(range(max(map(len, NOWHERE.values()))), 3, rule.endpoint, who):
        yield {
            name: NOWHERE["words" if "id" not in str(type(rule._converters.get(name))).lower() else "id"][number]
            for name in rule.arguments
        }


@pytest.mark.parametrize("who", [*ONE_EACH, NOBODY])
def test_an_address_that_leads_nowhere(app, enter, world, who):
    client = enter(who)
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            for values in ids_that_are_nowhere(rule, who) if rule._converters and allowed(rule.endpoint, who) else ():
                path = address(rule, values)
                status = client.open(path, method=method, buffered=True).status_code
                assert status in (303, 308, 403, 404, 405), f"{method} {path}: {status}"


QUERIES = ["1", "-1", "99999999999999999999", "\x00'%ж[", "x" * 3000]
PARAMETERS = (
    "span on follow_up_on which after from view query show decide member show template to subject next_step due_at "
    "page text owner after group mine unowned readiness kind stage column open next filter sort period from to "
    "pipeline id endpoint _external _scheme _anchor"
).split()


@pytest.mark.parametrize("who", ["agent", "manager", "admin"])
def test_a_query_that_makes_no_sense(app, enter, world, who):
    client = enter(who)
    for rule in rules(app, "GET"):
        if allowed(rule.endpoint, who):
            for value in sample(QUERIES, 3, rule.endpoint, who):
                answer = client.get(
                    address(rule, own(world)), query_string=dict.fromkeys(PARAMETERS, value), buffered=True
                )
                assert answer.status_code < 500, f"{rule.rule} with {value[:30]!r}"


@pytest.mark.parametrize("who", [*ONE_EACH, NOBODY])
def test_a_form_that_makes_no_sense(app, enter, world, who):
    client, untouched = enter(who), rows_of_others(world)
    for rule in rules(app, "POST"):
        for name in sample_for(rule.endpoint) if allowed(rule.endpoint, who) else ():
            if who != NOBODY and not signed_in(who):
                client = enter(who)
            answer = client.post(
                address(rule, own(world)),
                data=encoded(name),
                content_type="application/x-www-form-urlencoded",
                headers=HTMX if name == "words" else {},
            )
            assert answer.status_code < 500, f"{rule.endpoint} with {name}: {answer.status_code}"
    if who == "agent":
        assert rows_of_others(world) == untouched


def sample_for(endpoint: str) -> list[str]:
    """Each body meets some forms in `make test`, and every form in `make soak`; sense is sent to each, and twice."""
    chosen = sample(list(bodies()), 4, endpoint)
    return [name for name in bodies() if name in chosen or name.startswith("sense")]


def signed_in(who: str) -> bool:
    return Session.select().join(User).where(User.email == f"{who}@carmanana.example").exists()


NO_FORMS = [
    ("application/json", b"\xff\xfe{"),
    ("multipart/form-data; boundary=x", b"--x\r\nnot a part"),
    ("multipart/form-data", {"file": (b"MZ\x00", "../../x.exe"), "files": (b"", "")}),
    ("application/x-www-form-urlencoded", b"%%%=%ff&=&&"),
]


@pytest.mark.parametrize("who", ["manager", "admin"])
def test_a_body_that_is_no_form(app, enter, world, who):
    client = enter(who)
    for rule in rules(app, "POST"):
        for kind, sent in sample(NO_FORMS, 2, rule.endpoint, who) if rule.endpoint != "signing.sign_out" else ():
            files = (
                {field: (BytesIO(held), name) for field, (held, name) in sent.items()} if type(sent) is dict else sent
            )
            answer = client.post(address(rule, own(world)), data=files, content_type=kind)
            assert answer.status_code < 500, f"{rule.endpoint} with {kind}"


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


@pytest.mark.parametrize("who", ["agent", "manager"])
def test_a_file_is_written_to_its_end_once_the_page_is_done(app, enter, world, who):
    """A server asks for the lines of a file when the view has long ended; they still know whose they are."""
    client, files = enter(who), 0
    for rule in rules(app, "GET"):
        if allowed(rule.endpoint, who):
            answer = client.get(address(rule, own(world)), query_string={"format": "csv"})
            files += answer.mimetype == "text/csv" and bool(b"".join(answer.response))
            answer.close()
    assert files > 15
