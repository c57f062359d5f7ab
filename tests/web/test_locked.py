"""Somebody holds the database for too long: whoever writes is told so and loses no word, whoever reads reads."""

import pytest
from peewee import sqlite3

from carmanana.core import connection
from carmanana.core.db import database
from carmanana.records.activities import Activity

from .routes import HTMX


@pytest.fixture
def locked(cast, monkeypatch):
    monkeypatch.setattr(connection, "SECONDS", 0.2)
    other = sqlite3.connect(database.database)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_locked_database_is_503_and_the_form_stays(cast, visit, request):
    deal, agent = cast.deal(cast.agent), visit("agent")
    path, note = f"/deals/{deal.id}/activities/new", {"kind": "note", "summary": "Half a story", "once": "k"}
    other = request.getfixturevalue("locked")
    answer = agent.post(path, data=note, headers=HTMX)
    assert answer.status_code == 503 and "write just now" in answer.text
    assert answer.headers["HX-Reswap"] == "none" and 'hx-target="#dialog"' not in answer.text, "the form stays as it is"
    assert agent.post(path, data=note).status_code == 503
    assert agent.get("/healthz").status_code == 503
    assert agent.get(f"/deals/{deal.id}").status_code == 200
    other.rollback()
    assert agent.post(path, data=note).status_code == 303 and agent.get("/healthz").status_code == 200
    assert Activity.select().where(Activity.kind == "note").count() == 1
