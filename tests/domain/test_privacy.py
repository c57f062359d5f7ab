"""What is held of a customer is exported and erased whole, whatever table it stands in; what they asked for outlives
it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from carmanana import backups
from carmanana.contacting import wishes
from carmanana.core import clock
from carmanana.core.audit import broken_event
from carmanana.core.db import Stale, database
from carmanana.customers import contact
from carmanana.customers.merging import merge
from carmanana.customers.privacy import erasing, exporting, finishing, held, ledger, reading, storage_periods
from carmanana.customers.privacy.replaying import replay
from carmanana.departures.lifecycle import begin
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, Person
from carmanana.records.deals import Deal
from carmanana.records.mail import OutgoingMail
from carmanana.records.privacy import Erasure, ErasureProposal, SuppressedContact
from carmanana.schema import sqlite

from ..cast import forbidden, refused

NAME, NUMBER, ADDRESS = "Ottilie Quistgaard", "+1 305 555 7171", "ottilie@example.com"


@pytest.fixture
def ottilie(cast):
    """Known by a lost deal, a call, and what she wrote; she asked not to be called."""
    deal = cast.in_state("lost", cast.agent)
    customer = Customer.get_by_id(deal.customer_id)
    contact.correct(customer, cast.manager, customer.version, [NUMBER], [ADDRESS], name=NAME, details="Ottilie’s twins")
    cast.called(deal, kind="note", outcome=None, direction=None, next_step="", due_at=None)
    database.execute_sql("UPDATE activity SET summary = 'Ottilie wants a van' WHERE customer_id = ?", (customer.id,))
    wishes.stop(Person.first_of(customer), cast.manager, ("no_calls",))
    return Customer.get_by_id(customer.id)


def found(word: str) -> set[str]:
    """Tables in which it stands in any column of text."""
    tables = set()
    for table in sqlite.tables():
        for name, _, kind in sqlite.typed_columns(table):
            if kind == "TEXT":
                sql = f'SELECT 1 FROM "{table}" WHERE "{name}" LIKE ? LIMIT 1'
                if database.execute_sql(sql, (f"%{word}%",)).fetchone():
                    tables.add(table)
    return tables


def test_every_table_is_theirs_and_erased_or_named_as_kept(db):
    """A new table with text is read as a customer's where it refers to one; else say in held.py whose it is."""
    theirs = {part.table for part in held.parts()}
    named = theirs | held.IMPERSONAL.keys() | held.OURS | set(held.LOOSE)
    text = {
        table
        for table in sqlite.tables()
        if any(kind == "TEXT" and not held._is_code(table, name) for name, _, kind in sqlite.typed_columns(table))
    }
    derived = {table for table in text if table.startswith(("search_", "sqlite_", "schema_"))}
    assert text - named - derived == set()
    assert all(part.why_kept for part in held.parts() if part.table in held.KEPT_TABLES)
    assert {(table, name) for table, name in held.KEPT_TEXT} <= {
        (part.table, name) for part in held.parts() for name in part.kept
    }


def test_what_is_held_is_exported_and_then_gone(cast, ottilie):
    told = exporting.everything(ottilie, cast.compliance)["held"]
    assert told["customer"][0]["name"] == NAME and told["customer_phone"] and told["deal"] and told["event"]
    assert found("Ottilie") <= told.keys()
    said = dict(reading.readable({"held": told}, cast.admin))
    assert {"Who it is", "Phone numbers", "Deals", "Audit trail"} <= said.keys()
    assert ("Owner", cast.agent.name) in said["Deals"][0] and ("No calls", "Yes") in said["Who it is"][0]
    assert not any(re.search(r"\d-\d\d \d\d:|_", value) for label, value in said["Who it is"][0])
    with forbidden():
        exporting.everything(ottilie, cast.manager)
    with forbidden():
        erasing.erase(ottilie, cast.manager, "asked", ottilie.version)
    with refused("reason"):
        erasing.erase(ottilie, cast.admin, "", ottilie.version)
    with pytest.raises(Stale):
        erasing.erase(ottilie, cast.admin, "asked", ottilie.version + 1)
    before = {row[0] for row in database.execute_sql("SELECT hash FROM event").fetchall()}
    for to in (ADDRESS.title(), cast.agent.email):
        OutgoingMail.create(to=to, subject="A van", body="One has come in")
    erasing.erase(ottilie, cast.admin, "asked", ottilie.version)
    assert [mail.to for mail in OutgoingMail.select()] == [cast.agent.email]
    assert (found("Ottilie"), found("7171"), found("ottilie@")) == (set(), set(), set())
    after = {row[0] for row in database.execute_sql("SELECT hash FROM event").fetchall()}
    assert before < after and broken_event() is None
    assert Customer.get_by_id(ottilie.id).name == erasing.NAME
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []


def test_every_column_of_text_of_theirs_is_blank_afterwards(cast, ottilie):
    """A mark in each of them, as far as the database takes one, is gone but where it is named as kept."""
    for part in held.parts():
        for name in (*part.erased, *part.kept):
            try:
                database.execute_sql(f'UPDATE "{part.table}" SET "{name}" = ? WHERE {part.of(ottilie.id)}', ("xqmark",))
            except Exception:  # noqa: BLE001
                continue
    marked = found("xqmark")
    deal = Deal.get(Deal.customer == ottilie)
    about = {"deal": deal, "customer": ottilie, "author": cast.agent, "assignee": cast.agent}
    Activity.create(kind="task", subject="Ring her", due_at=clock.now(), **about)
    erasing.erase(ottilie, cast.admin, "asked", ottilie.version)
    assert not Activity.select().where(Activity.kind == "task", Activity.done_at.is_null()).exists()
    left = found("xqmark")
    assert {"activity", "customer", "deal"} <= marked
    assert "customer" not in left, "what stays of the customer is codes"
    assert left <= {part.table for part in held.parts() if part.kept}


def test_what_is_erased_is_in_no_page_of_the_file(cast, ottilie):
    """Neither where it stood nor in an index of words, once the sweep has come."""
    Customer.update(language="Ottiliese", region="near Ottilie").where(Customer.id == ottilie.id).execute()
    erasing.erase(Customer.get_by_id(ottilie.id), cast.admin, "asked", ottilie.version)
    erasing.forget_words(clock.now())
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert not re.findall(rb"(?i)ottilie|quistgaard", Path(database.database).read_bytes())


def test_what_an_earlier_version_left_of_who_was_erased_goes_with_the_sweep(cast, ottilie):
    erasing.erase(ottilie, cast.admin, "asked", ottilie.version)
    was = Customer.get_by_id(ottilie.id)
    assert finishing.finish(clock.now()) == 0
    before, after = (clock.now() + timedelta(days=days) for days in (-1, 1))
    left = {"kind": "task", "customer": ottilie, "subject": "Erased", "assignee": cast.agent, "due_at": after}
    step, newer = (Activity.create(**left, created_at=at) for at in (before, after))
    Customer.update(language="Ottiliese", region="near Ottilie").where(Customer.id == ottilie.id).execute()
    assert finishing.finish(clock.now()) == 1 and finishing.finish(clock.now()) == 0
    now, steps = Customer.get_by_id(ottilie.id), [Activity.get_by_id(one.id).closed_as for one in (step, newer)]
    assert (now.language, now.region, now.name, steps) == ("", was.region, was.name, ["dropped", None])


def test_erasing_never_opens_calling_again(cast, ottilie):
    erasing.erase(ottilie, cast.admin, "asked", ottilie.version)
    assert SuppressedContact.select().count() >= 1 and found("3055557171") == set()
    assert wishes.forbids_value("+13055557171", "call")
    again = contact.enter(cast.agent, "Somebody Else", [NUMBER], [])
    assert Customer.get_by_id(again.id).no_calls and not Customer.get_by_id(again.id).no_emails
    other = contact.enter(cast.agent, "Another", ["+1 305 555 7272"], [])
    assert not Customer.get_by_id(other.id).no_calls


def test_nobody_is_left_to_cancel_or_to_merge_once_they_are_erased(cast, ottilie):
    other = cast.client("Somebody Else")
    erasing.erase(ottilie, cast.admin, "asked", ottilie.version)
    gone = Customer.get_by_id(ottilie.id)
    with refused("erased"):
        begin(gone, cast.cancellations)
    with refused("erased"):
        merge(other, gone, cast.manager, (other.version, gone.version))


def test_what_is_under_way_ends_first(cast):
    deal = cast.deal(cast.agent)
    customer = Customer.get_by_id(deal.customer_id)
    with refused("open_deal"):
        erasing.erase(customer, cast.admin, "asked", customer.version)
    sold = Customer.get_by_id(cast.in_state("won", cast.agent).customer_id)
    with refused("open_order"):
        erasing.erase(sold, cast.admin, "asked", sold.version)


def test_erasures_are_done_again_after_a_backup_is_restored(cast, ottilie):
    stood = database.execute_sql("SELECT name, details, version FROM customer WHERE id = ?", (ottilie.id,)).fetchone()
    erasing.erase(ottilie, cast.admin, "asked", ottilie.version)
    assert NAME not in ledger.path().read_text() and replay() == 0
    Erasure.delete().execute()
    SuppressedContact.delete().execute()
    sql = "UPDATE customer SET name = ?, details = ?, version = ? WHERE id = ?"
    database.execute_sql(sql, (*stood, ottilie.id))
    assert replay() == 1 and found("Ottilie") == set()
    assert wishes.forbids_value("+13055557171", "call") and replay() == 0


def test_the_sweep_proposes_and_an_admin_decides(cast, ottilie):
    lead = cast.lead_in("closed")
    storage_periods.settle(cast.admin, 1, leads_months=12, cancelled_months=0, recordings_months=0)
    assert storage_periods.propose(clock.now()) == 0
    later = clock.now() + timedelta(days=400)
    with clock.set_to(later):
        assert storage_periods.propose(later) == 1 and storage_periods.propose(later) == 0
        proposal = ErasureProposal.get()
        assert proposal.customer_id == lead.customer_id
        with forbidden():
            storage_periods.decide(proposal, cast.manager, True, proposal.version)
        came_back = Deal.update(customer=lead.customer_id).where(Deal.customer == ottilie.id)
        assert came_back.execute() == 1
        with refused("not_so_any_more"):
            storage_periods.decide(proposal, cast.admin, True, proposal.version)
        Deal.update(customer=ottilie.id).where(Deal.customer == lead.customer_id).execute()
        storage_periods.decide(proposal, cast.admin, True, proposal.version)
        assert Customer.get_by_id(lead.customer_id).name == erasing.NAME
    with refused("months"):
        storage_periods.settle(cast.admin, 2, leads_months=-1, cancelled_months=0, recordings_months=0)


def test_an_erasure_outlives_the_restoring_of_a_backup_made_before(app, settings, cast, ottilie):
    """By the command itself: what was put back is erased again, and a call to her number stays closed."""
    before = backups.back_up(settings)
    erasing.erase(ottilie, cast.admin, "asked", ottilie.version)
    database.close()
    with app.app_context():
        told = app.test_cli_runner().invoke(args=["restore", str(before), "--yes"])
    assert told.exit_code == 0 and "1 customer who was erased since is erased again" in told.output, told.output
    database.connect(reuse_if_open=True)
    assert found("Ottilie") == found("3055557171") == set() and Erasure.select().count() == 1
    assert wishes.forbids_value("+13055557171", "call") and SuppressedContact.select().exists()
    again = contact.enter(cast.agent, "Somebody Else", [NUMBER], [])
    assert Customer.get_by_id(again.id).no_calls and broken_event() is None
