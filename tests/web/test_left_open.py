"""A request leaves its thread's connection as it found it: nothing open, nothing under way, nothing old to be seen."""

import gc
import json
import logging
from contextvars import copy_context
from threading import Thread

import pytest
from flask import request

from carmanana.core.db import database, transaction
from carmanana.core.logs import Line
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.web.http.logs import log


@pytest.fixture
def lines(monkeypatch):
    told = []
    handler = logging.Handler()
    handler.emit = lambda record: told.append(json.loads(Line().format(record)))
    monkeypatch.setattr(log, "handlers", [handler])
    return told


@pytest.fixture
def nobody_collects():
    gc.disable()
    yield
    gc.enable()


def elsewhere(work) -> None:
    """On another thread, with a connection of its own."""

    def run():
        work()
        database.close()

    other = Thread(target=copy_context().run, args=[run])
    other.start()
    other.join()


def rename(customer: Customer, name: str) -> None:
    Customer.update(name=name).where(Customer.id == customer.id).execute()


def name_of(customer: Customer) -> str:
    return Customer.get_by_id(customer.id).name


def see_and_write(customer: Customer) -> None:
    """What another thread acknowledged is seen here, and here something can be written after it."""
    elsewhere(lambda: rename(customer, "Written elsewhere"))
    assert name_of(customer) == "Written elsewhere"
    rename(customer, "Written here")
    assert name_of(customer) == "Written here"


def test_a_view_under_a_name_that_exists(visit, cast, lines, nobody_collects):
    customer, agent = cast.deal(cast.agent).customer, visit("agent")
    for name in ("Mine", "Yours", "Theirs"):
        assert agent.post("/views/used-vehicle-orders", data={"view": "list", "name": name}).status_code == 303
    for _ in range(3):
        assert agent.post("/views/used-vehicle-orders", data={"view": "list", "name": "mine"}).status_code == 422
    see_and_write(customer)
    assert not [line for line in lines if line["what"] == "left open"]


def test_a_refusal_that_is_kept_holds_no_query(cast, nobody_collects):
    """Of any rule that reads until it has found what it looks for."""
    kept = []

    def rule():
        if any(user.id for user in User.select()):
            raise Refused([Refusal("found", "There is somebody.")])

    try:
        rule()
    except Refused as refused:
        kept.append(refused.without_frames())
    assert database.end_work() == [] and kept[0].refusals


def leave_a_statement() -> str:
    cursor = database.execute_sql("SELECT id FROM customer UNION ALL SELECT id FROM user")
    cursor.fetchone()
    request.environ["test.kept"].append(cursor)
    return "read"


def leave_a_transaction() -> str:
    transaction().__enter__()
    Customer.update(name="Half done").execute()
    return "written"


@pytest.mark.parametrize("leave, left", [(leave_a_statement, ["statement"]), (leave_a_transaction, ["transaction"])])
def test_what_a_request_leaves_is_ended_and_told(app, visit, cast, lines, monkeypatch, leave, left):
    customer, agent, kept = cast.deal(cast.agent).customer, visit("agent"), []
    monkeypatch.setitem(app.view_functions, "home.home", leave)
    leave.access = app.view_functions["boards.first"].access
    assert agent.get("/", environ_overrides={"test.kept": kept}).status_code == 200
    see_and_write(customer)
    assert [(line["endpoint"], line["left"]) for line in lines if line["what"] == "left open"] == [("home.home", left)]
