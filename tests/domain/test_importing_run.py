"""A whole import: who is the same customer, what a kill leaves, what an undoing takes back."""

import io
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from carmanana import audit, clock
from carmanana.customers import contact
from carmanana.customers.models import Customer, CustomerEmail, CustomerPhone
from carmanana.deals.lifecycle import order
from carmanana.deals.models import Deal
from carmanana.importing import report, running, storing, undoing
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.models import ImportBatch, ImportRow
from carmanana.importing.running import run, run_waiting
from carmanana.importing.sheets import Unreadable
from carmanana.importing.terms import Terms
from carmanana.importing.uploading import choose_sheet, forget_abandoned, set_terms, start, throw_away, upload
from carmanana.notifications.models import Notification
from carmanana.workflow import Forbidden, Refused

from .importing_files import csv_of, lookalike, sales_file, xlsx_of

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = "Customer Name,Phone,Email,Make,Price,Sale Date,Order ID"


def sale(name: str, phone: str = "", email: str = "", order_id: str = "") -> list:
    return [name, phone, email, "Ford", "$26,000 ", "1/2/2022", order_id]


def bring(by, *rows, headings: str = HEADINGS, again: bool = True) -> ImportBatch:
    batch = start(upload(csv_of(*rows, headings=headings), "file.csv", by), by, again)
    assert run(batch)
    return ImportBatch.get_by_id(batch.id)


def fresh(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.get_by_id(batch.id)


# who is the same customer


def test_a_whole_number_or_an_address_is_the_same_customer(cast):
    batch = bring(
        cast.manager,
        sale("Gia", "(212) 826-4678"),
        sale("Gia Smith", "+1 212 826 4678", "gia@example.com"),
        sale("G. Smith", "", "GIA@example.com"),
    )
    assert (batch.deals_made, batch.customers_made, batch.customers_met) == (3, 1, 2)
    customer = Customer.get()
    assert customer.name == "Gia" and customer.deals.count() == 3
    assert [email.address for email in customer.emails] == ["gia@example.com"] and customer.phones.count() == 1


def test_a_first_name_and_seven_digits_prove_nothing(cast):
    batch = bring(cast.manager, sale("Gia", "8264678"), sale("Gia", "8264678"), sale("Gia", "826-4678"))
    assert (batch.customers_made, batch.customers_met) == (3, 0)
    assert [phone.typed for phone in CustomerPhone.select().order_by(CustomerPhone.id)] == ["8264678", "8264678", "826-4678"]


def test_the_same_customer_across_chunks(cast, monkeypatch):
    monkeypatch.setattr(running, "FIRST", 1)
    monkeypatch.setattr(running, "MOST", 1)
    monkeypatch.setattr(running, "FEWEST", 1)
    batch = bring(cast.manager, sale("Gia", "", "gia@example.com"), sale("Gia", "2128264678", "gia@example.com"), sale("Gia", "2128264678"))
    assert (batch.customers_made, batch.customers_met, batch.deals_made) == (1, 2, 3)


def test_somebody_who_was_here_stays_as_they_are(cast):
    here = contact.enter(cast.agent, "Gia Smith", ["+1 212 826 4678"], ["gia@example.com"])
    batch = bring(cast.manager, sale("Georgia", "+1 305 826 4678", "GIA@example.com"))
    assert (batch.customers_made, batch.customers_met) == (0, 1)
    again = Customer.get_by_id(here.id)
    assert (again.name, again.phones.count(), again.version) == ("Gia Smith", 1, here.version)
    assert Deal.get().details == "Name in the file: Georgia\nPhone in the file: +1 305 826 4678"


def test_news_of_somebody_who_was_here_is_not_lost_without_a_deal(cast):
    contact.enter(cast.agent, "Gia", ["+1 212 826 4678"], ["gia@example.com"])
    batch = bring(cast.manager, ["Gia", "2128264678", "new@example.com"], ["Gia", "", "gia@example.com"], headings="Name,Phone,Email")
    assert (batch.customers_made, batch.customers_met, batch.refused) == (0, 1, 1)
    assert "Gia is here already, and this is new: Email in the file: new@example.com" in ImportRow.get().reason


def test_a_wish_not_to_be_contacted_is_honoured_whoever_they_are(cast):
    contact.enter(cast.agent, "Gia", ["+1 212 826 4678"])
    bring(cast.manager, ["Gia", "2128264678", "yes"], ["Ada", "", ""], ["Zoe", "", "maybe"], headings="Name,Phone,Do not call")
    assert [customer.no_calls for customer in Customer.select().order_by(Customer.id)] == [True, False]
    assert "neither yes nor no" in ImportRow.get().reason


def test_a_reference_comes_in_once(cast):
    batch = bring(cast.manager, sale("Gia", order_id="X1"), sale("Ada", order_id="X1"), sale("Zoe", order_id="X2"))
    assert (batch.deals_made, batch.refused) == (2, 1)
    assert ImportRow.get().reason == "“X1” is here already, on another deal."
    again = bring(cast.manager, sale("Gia", order_id="X1"), sale("New", order_id="X3"))
    assert (again.deals_made, again.refused) == (1, 1)


# the queue


def test_agents_do_not_import(cast):
    with pytest.raises(Forbidden):
        upload(csv_of(sale("Gia")), "x.csv", cast.agent)


def test_an_unreadable_file_leaves_nothing(cast):
    with pytest.raises(Unreadable):
        upload(csv_of(headings=HEADINGS), "x.csv", cast.manager)
    assert ImportBatch.select().count() == 0 and not list(storing.folder().iterdir())


def test_the_same_file_twice_needs_a_word(cast):
    rows = [sale("Gia")]
    first = bring(cast.manager, *rows, again=False)
    second = upload(csv_of(*rows, headings=HEADINGS), "renamed.csv", cast.manager)
    assert second.twin == first
    with pytest.raises(Refused, match="brought in before"):
        start(second, cast.manager)
    assert fresh(second).state == "uploaded" and Deal.select().count() == 1
    start(second, cast.manager, again=True)


def test_files_are_gone_when_they_are_done(cast):
    batch = upload(csv_of(sale("Gia"), headings=HEADINGS), "x.csv", cast.manager)
    assert len(list(storing.folder().iterdir())) == 3
    run(start(batch, cast.manager))
    assert not list(storing.folder().iterdir())


def test_an_upload_can_be_thrown_away_until_it_starts(cast):
    batch = upload(csv_of(sale("Gia"), headings=HEADINGS), "x.csv", cast.manager)
    throw_away(batch, cast.manager)
    assert ImportBatch.select().count() == 0 and not list(storing.folder().iterdir())
    started = start(upload(csv_of(sale("Gia"), headings=HEADINGS), "x.csv", cast.manager), cast.manager)
    for deed in (lambda: throw_away(started, cast.manager), lambda: set_terms(started, Terms([]), cast.manager)):
        with pytest.raises(Refused, match="has been started"):
            deed()


def test_another_sheet_of_a_workbook_is_read_from_its_columns_on(cast, tmp_path):
    path = xlsx_of(tmp_path / "x.xlsx", ["Notes", "More notes"], ["a", "b"], others={"Buyers": [["Name", "Phone"], ["Gia", 8264678]]})
    batch = upload(path.open("rb"), "x.xlsx", cast.manager)
    choose_sheet(batch, "Buyers", cast.manager)
    batch = start(fresh(batch), cast.manager)
    assert run(batch) and Customer.get().name == "Gia"


def test_whoever_started_it_is_told(cast):
    bring(cast.manager, sale("Gia"))
    assert Notification.get().text == "file.csv: 1 rows came in, 0 were refused" and Notification.get().user == cast.manager


def test_a_waiting_import_is_taken_by_one_worker(cast):
    batch = start(upload(csv_of(sale("Gia"), headings=HEADINGS), "x.csv", cast.manager), cast.manager)
    import_steps.fire(batch, "take", None)
    assert run(fresh(batch)) is False and run_waiting() == 0 and Deal.select().count() == 0
    with clock.set_to(clock.now() + timedelta(seconds=11)):
        assert run_waiting() == 1 and Deal.select().count() == 1


def test_a_worker_that_was_slow_stops_when_another_took_over(cast, monkeypatch):
    batch = start(upload(csv_of(*[sale(f"C{n}") for n in range(60)], headings=HEADINGS), "x.csv", cast.manager), cast.manager)
    batch = import_steps.fire(batch, "take", None)
    slow = running._chunks(batch)
    next(slow)
    with clock.set_to(clock.now() + timedelta(seconds=11)):
        assert run(fresh(batch))
    with pytest.raises(Exception, match="has changed|No such file"):
        list(slow)
    assert Deal.select().count() == 60


def test_every_customer_and_deal_has_its_event_and_the_chain_is_whole(cast):
    bring(cast.manager, sale("Gia"), sale("Ada"))
    told = audit.Event.select().where(audit.Event.verb == "imported")
    assert sorted((event.subject, event.became, event.actor_id) for event in told) == [
        ("customer", "live", cast.manager.id),
        ("customer", "live", cast.manager.id),
        ("deal", "won", cast.manager.id),
        ("deal", "won", cast.manager.id),
    ]
    assert audit.broken_event() is None


# stopped in the middle


def crash_at(monkeypatch, place: str, when: int):
    """Let a step fail, in the second chunk."""
    calls, whole = [], getattr(running.Chunk, place)

    def fails(self, *args):
        calls.append(1)
        if len(calls) == when:
            raise RuntimeError("the power went")
        return whole(self, *args)

    monkeypatch.setattr(running.Chunk, place, fails)


@pytest.mark.parametrize(("place", "when"), [("_seat", 30), ("_write_deals", 2), ("_write_beside", 2), ("_write_refused", 2)])
def test_a_chunk_comes_in_whole_or_not_at_all(cast, monkeypatch, place, when):
    rows = [sale(f"Client {n}" if n % 7 else "", order_id=str(n)) for n in range(90)]
    with monkeypatch.context() as patched:
        crash_at(patched, place, when)
        batch = start(upload(csv_of(*rows, headings=HEADINGS), "x.csv", cast.manager), cast.manager)
        assert run(batch) is False
    stopped = fresh(batch)
    assert stopped.state == "failed" and "Nothing is half done" in stopped.trouble
    assert Deal.select().count() == Customer.select().count() == stopped.deals_made
    assert ImportRow.select().count() == stopped.refused and stopped.settled == stopped.at_row - 1
    assert run(import_steps.fire(stopped, "go_on", cast.manager))
    assert (Deal.select().count(), ImportRow.select().count(), audit.broken_event()) == (77, 13, None)
    assert fresh(batch).settled == 90


def test_killed_at_any_moment_it_goes_on_without_a_row_lost_or_twice(cast, db, settings, tmp_path):
    rows = 1500
    path = lookalike(tmp_path, rows)
    db.close()
    environment = os.environ | {"CARMANANA_DATA": str(settings.data), "CARMANANA_ENV": "test"}
    command = [sys.executable, "-m", "flask", "--app", "app", "import", str(path)]
    for enough in (40, 700):
        killed_at(command, environment, settings.database, enough)
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert "Going on behind row" in ended.stdout
    db.connect(reuse_if_open=True)
    assert db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
    assert Deal.select(Deal.external_id).distinct().count() == Deal.select().count() == Customer.select().count() == rows
    batch = ImportBatch.get()
    assert (batch.state, batch.deals_made, batch.customers_made, batch.refused) == ("done", rows, rows, 0)
    assert audit.broken_event() is None


def killed_at(command: list, environment: dict, database: Path, enough: int) -> None:
    """Start it anew, and kill -9 as soon as it has brought in so many deals."""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        watcher = sqlite3.connect(database)
        began = time.monotonic()
        while process.poll() is None and time.monotonic() - began < 60:
            if watcher.execute("SELECT COUNT(*) FROM deal").fetchone()[0] >= enough:
                break
            time.sleep(0.01)
        watcher.close()
        process.send_signal(signal.SIGKILL)


def test_killed_between_the_last_row_and_the_end_it_ends(cast, monkeypatch):
    batch = start(upload(csv_of(sale("Gia"), headings=HEADINGS), "x.csv", cast.manager), cast.manager)
    batch = import_steps.fire(batch, "take", None)
    list(running._chunks(batch))
    assert (fresh(batch).state, Deal.select().count()) == ("running", 1)
    with clock.set_to(clock.now() + timedelta(seconds=11)):
        assert run_waiting() == 1
    assert (fresh(batch).state, Deal.select().count(), fresh(batch).brought) == ("done", 1, 1)


def test_a_full_disk_keeps_nothing(cast, monkeypatch):
    def full(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing, "copy", full)
    with pytest.raises(OSError):
        upload(csv_of(sale("Gia"), headings=HEADINGS), "x.csv", cast.manager)
    assert not list(storing.folder().iterdir())


def test_abandoned_uploads_are_forgotten(cast):
    upload(csv_of(sale("Gia"), headings=HEADINGS), "old.csv", cast.manager)
    with clock.set_to(clock.now() + timedelta(days=6)):
        started = start(upload(csv_of(sale("Ada"), headings=HEADINGS), "b.csv", cast.manager), cast.manager)
        upload(csv_of(sale("Zoe"), headings=HEADINGS), "new.csv", cast.manager)
    forget_abandoned(clock.now() + timedelta(days=8))
    assert [batch.name for batch in ImportBatch.select()] == [started.name, "new.csv"]
    assert len(list(storing.folder().iterdir())) == 5


# the lock


def test_the_lock_is_held_for_a_moment_at_a_time_and_others_get_through(cast, settings, tmp_path, monkeypatch):
    held, waits, ended = [], [], threading.Event()
    write = running._write
    monkeypatch.setattr(running, "_write", lambda *given: held.append(write(*given)) or held[-1])

    def somebody_else():
        other = sqlite3.connect(settings.database, timeout=5, isolation_level=None)
        while not ended.wait(0.01):
            began = time.perf_counter()
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE heartbeat SET at = at")
            other.execute("COMMIT")
            waits.append(time.perf_counter() - began)
        other.close()

    other = threading.Thread(target=somebody_else)
    other.start()
    batch = start(upload(lookalike(tmp_path, 2000).open("rb"), "x.csv", cast.manager), cast.manager)
    assert run(batch)
    ended.set()
    other.join()
    assert sorted(held)[int(len(held) * 0.9)] < 0.050, sorted(held)[-10:]
    assert sorted(waits)[int(len(waits) * 0.9)] < 0.250, sorted(waits)[-10:]


# taking back


def undone(batch: ImportBatch, by) -> ImportBatch:
    assert run(import_steps.fire(batch, "undo", by))
    return fresh(batch)


def test_an_import_is_taken_back_whole(cast):
    contact.enter(cast.agent, "Gia", ["+1 212 826 4678"])
    before = Customer.select().count()
    headings = "Customer Name,Phone,Status,Hold reason,Hold until,Deposit"
    batch = bring(cast.manager, ["Gia", "2128264678", "hold", "x", "1/1/2027", ""], ["Ada", "7", "open", "", "", "$5"], headings=headings)
    assert batch.refused == 1
    batch = bring(cast.manager, ["Gia", "2128264678", "hold", "x", "1/1/2027", ""], ["Ada", "", "open", "", "", "$5"], headings=headings)
    batch = undone(batch, cast.manager)
    assert (batch.state, batch.kept) == ("undone", 0)
    assert batch.deals.count() == 0 and Customer.select().count() == before
    assert audit.broken_event() is None
    assert audit.Event.select().where(audit.Event.verb == "import_undone").count() == 3


def test_what_was_changed_since_is_kept_and_listed(cast, monkeypatch):
    for name in ("FIRST", "FEWEST", "MOST"):
        monkeypatch.setattr(undoing, name, 2)
    batch = bring(cast.manager, *[[f"Client {n}", "open", "26000"] for n in range(9)], headings="Customer Name,Status,Price")
    deals = list(batch.deals)
    cast.called(deals[0])
    order.fire(deals[1], "lose", cast.manager, loss_reason="price")
    customer = deals[2].customer
    contact.correct(customer, cast.manager, customer.version, [], [], name="Renamed")
    batch = undone(batch, cast.manager)
    assert {deal.id for deal in batch.deals} == {deals[0].id, deals[1].id}
    assert {customer.id for customer in batch.customers} == {deal.customer_id for deal in deals[:3]}
    assert batch.kept == 5


def test_an_undoing_that_was_cut_off_goes_on(cast, monkeypatch):
    for name in ("FIRST", "FEWEST", "MOST"):
        monkeypatch.setattr(undoing, name, 2)
    batch = bring(cast.manager, *[sale(f"Client {n}") for n in range(9)])
    batch = import_steps.fire(import_steps.fire(batch, "undo", cast.manager), "take", None)
    chunks = running._chunks(batch)
    next(chunks), next(chunks)
    chunks.close()
    assert 0 < Deal.select().count() < 9
    with clock.set_to(clock.now() + timedelta(seconds=11)):
        assert run_waiting() == 1
    assert fresh(batch).state == "undone" and Deal.select().count() == Customer.select().count() == CustomerEmail.select().count() == 0


def test_only_what_is_done_is_undone(cast):
    batch = start(upload(csv_of(sale("Gia"), headings=HEADINGS), "x.csv", cast.manager), cast.manager)
    with pytest.raises(Refused, match="in another state"):
        import_steps.fire(batch, "undo", cast.manager)
    with pytest.raises(Forbidden):
        import_steps.fire(undone_ready(batch), "undo", cast.agent)


def undone_ready(batch: ImportBatch) -> ImportBatch:
    assert run(batch)
    return fresh(batch)


# the report


def test_refused_rows_come_back_as_a_file_to_mend(cast):
    rows = [["=HYPERLINK(1)", "+1 212 826 4678", "@x", "Ford", "-5", "1/2/2022", "1"], ["José", "8264678"], sale("Gia")]
    batch = bring(cast.manager, *rows)
    assert (batch.deals_made, batch.refused) == (1, 2)
    text = "".join(report.refused_csv(batch))
    lines = text.splitlines()
    assert lines[0] == "\ufeffCustomer Name,Phone,Email,Make,Price,Sale Date,Order ID,Row in the file,Why it was refused"
    assert lines[1].startswith("'=HYPERLINK(1),'+1 212 826 4678,'@x,Ford,'-5,1/2/2022,1,2,")
    assert lines[2].startswith("José,8264678,,,,,,3,The row has 2 cells")
    mended = text.replace("'@x", "a@x.com").replace("'-5", "5")
    batch = upload(io.BytesIO(mended.encode()), "mended.csv", cast.manager)
    terms = Terms.of(batch.mapping)
    assert terms.columns[-2:] == ["", ""]
    assert run(start(batch, cast.manager))
    assert Customer.select().order_by(Customer.id.desc()).get().name == "=HYPERLINK(1)"


def test_refusals_are_counted_by_kind(cast):
    batch = bring(cast.manager, sale(""), sale(""), sale("Gia", "12"))
    assert [(kind, count) for kind, count, _ in report.reasons(batch)] == [("No customer's name", 2), ("A phone number that is none", 1)]


# the real file


def test_the_real_file_comes_in_whole(cast, db, settings, tmp_path):
    """By `flask import` alone: all won, clean, owned by nobody, phones as typed, in time and in memory."""
    path, rows = sales_file(tmp_path)
    db.close()
    environment = os.environ | {"CARMANANA_DATA": str(settings.data), "CARMANANA_ENV": "test"}
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "import", str(path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0 and f"{rows:,} deals, {rows:,} new customers, 0 known, 0 rows refused." in said
    assert used.ru_utime + used.ru_stime < 30
    assert used.ru_maxrss < 300 * 1024
    db.connect(reuse_if_open=True)
    assert Deal.select().where(Deal.state == "won", Deal.owner.is_null(), Deal.delivered_on == Deal.agreement_on).count() == rows
    assert Deal.select().where(Deal.value_cents > 0, Deal.vehicle_make != "", Deal.vehicle_model != "").count() == rows
    assert CustomerPhone.select().where(CustomerPhone.e164.is_null()).count() == rows
    assert Customer.select().where(Customer.name == "None").exists()
    assert not Deal.select().where(Deal.details.contains("Â") | Deal.details.contains("\xa0")).exists()
    assert Deal.select().where(Deal.details.contains("Engine: Double Overhead Camshaft")).exists()
    first = Deal.get(Deal.external_id == "C_CND_000001")
    assert first.state_since.year in (2022, 2023) and first.customer.phone.typed.isdigit() and len(first.customer.phone.typed) == 7
