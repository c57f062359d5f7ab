"""A large demo world: copies of one that was played, as lawful as that, and alike to it in nothing that one searches
by."""

import re

import pytest

from carmanana.contacting import attachments
from carmanana.core import audit, clock
from carmanana.core.db import database
from carmanana.records.attachments import Attachment
from carmanana.records.deal_codes import STATES
from carmanana.schema.derived.search import INDEXED

from ..demo_world import IMPOSSIBLE, NOW, SMALL, found, opened, worlds

PRIVATE = re.compile("[\ue000-\uf8ff]")
SUMS = (
    "SELECT COUNT(*), SUM(COALESCE(value_cents, 0)) FROM deal GROUP BY pipeline_id, stage_id, state, readiness, "
    "COALESCE(owner_id, 0) ORDER BY 1, 2"
)
TALLIES = (
    "SELECT SUM(deals), SUM(value_cents) FROM deal_tally WHERE deals > 0 GROUP BY pipeline_id, stage_id, state, "
    "readiness, owner_id ORDER BY 1, 2"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return worlds(tmp_path_factory, "small") / "small"


@pytest.fixture
def large(folder):
    opened(folder)
    with clock.set_to(NOW):
        yield
    database.close()


def test_nothing_impossible(large):
    assert {case: rows for case, sql in IMPOSSIBLE.items() if (rows := found(sql))} == {}


def test_as_many_as_asked_for_in_every_state(large):
    imported = found("SELECT COUNT(*) FROM customer WHERE import_id IS NOT NULL")[0][0]
    became = found("SELECT COUNT(*) FROM lead WHERE state = 'converted'")[0][0]
    assert abs(found("SELECT COUNT(*) FROM customer")[0][0] - imported - (2 * SMALL - became)) < 0.05 * SMALL
    from_expiries = found("SELECT COUNT(*) FROM expiry WHERE lead_id IS NOT NULL")[0][0]
    leads = found("SELECT COUNT(*) FROM lead")[0][0]
    assert leads - SMALL - from_expiries in (0, 1)  # a household is played, and is nobody's original
    assert {state for (state,) in found("SELECT DISTINCT state FROM deal")} == {*STATES}
    losing = found("SELECT COUNT(*) FROM deal WHERE state = 'cancellation_requested'")[0][0]
    assert 0.01 < losing / SMALL < 0.08


def test_the_trail_is_unbroken(large):
    assert audit.broken_event() is None


def test_every_reference_leads_somewhere(large):
    assert found("PRAGMA foreign_key_check") == []


def test_an_event_tells_of_what_it_names(large):
    told = "FROM event e WHERE e.verb = 'log' AND NOT EXISTS "
    assert (
        found(
            f"SELECT e.id {told} (SELECT 1 FROM activity a WHERE a.id = e.data ->> 'activity' AND e.subject_id IN "
            f"(a.deal_id, a.lead_id, a.case_id))"
        )
        == []
    )
    paid = (
        "SELECT e.id FROM event e WHERE e.verb = 'payment' AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.deal_id = "
        "e.subject_id AND p.amount_cents = e.data ->> 'cents')"
    )
    assert found(paid) == []


@pytest.mark.parametrize(
    ("table", "column"), [("customer_email", "LOWER(address)"), ("customer_phone", "e164"), ("attachment", "stored")]
)
def test_nobody_shares(large, table, column):
    whose = "id" if table == "attachment" else "customer_id"  # the people of a firm share its number
    assert found(f"SELECT {column} FROM {table} GROUP BY 1 HAVING COUNT(DISTINCT {whose}) > 1") == []


@pytest.mark.parametrize(("table", "column", "share"), [
    ("customer", "name", 0.6), ("deal", "value_cents", 0.3), ("deal", "vehicle_make || vehicle_model", 0.2), ("deal", "state_since", 0.8),
    ("activity", "at", 0.5), ("activity", "summary", 0.2),
])  # fmt: skip
def test_values_vary(large, table, column, share):
    different, filled = found(f"SELECT COUNT(DISTINCT {column}), COUNT(*) FROM {table} WHERE {column} <> ''")[0]
    assert different > share * filled


def test_no_text_speaks_of_somebody_else(large):
    """Every blank is filled, and the names of the played are the names of few."""
    texts = found(
        "SELECT summary || subject FROM activity UNION ALL SELECT text FROM notification UNION ALL SELECT name "
        "FROM customer"
    )
    assert not [text for (text,) in texts if PRIVATE.search(text)]
    request = (
        "SELECT a.id FROM activity a JOIN customer c ON c.id = a.customer_id WHERE a.subject LIKE 'Cancellation "
        "Request – %' AND a.subject NOT LIKE '%' || c.name || '%'"
    )
    assert found(request) == []


def test_what_is_derived_follows(large):
    assert found(SUMS) == found(TALLIES)
    late = """SELECT id FROM deal WHERE next_due_at IS NOT
        (SELECT MIN(due_at) FROM activity WHERE deal_id = deal.id AND kind = 'task' AND done_at IS NULL)"""
    assert found(late) == []
    reached = """SELECT lead_id FROM lead_reach WHERE attempts <> (SELECT COUNT(*) FROM activity
        WHERE activity.lead_id = lead_reach.lead_id AND direction = 'out' AND kind IN ('call', 'voicemail', 'email', 'text'))"""
    assert found(reached) == []
    called = """SELECT id FROM lead WHERE callable IS NOT (EXISTS (SELECT 1 FROM person JOIN customer_phone AS number
        ON number.person_id = person.id WHERE person.id = lead.person_id AND NOT no_calls AND e164 > '' AND wrong_at IS NULL))"""
    assert found(called) == [] and found("SELECT DISTINCT callable FROM lead ORDER BY 1") == [(0,), (1,)]
    for index, table in INDEXED.items():
        assert found(f"SELECT COUNT(*) FROM {index}") == found(f"SELECT COUNT(*) FROM {table}")


def test_copied_files_open(large):
    assert all((attachments.folder / attachment.stored).exists() for attachment in Attachment.select())
