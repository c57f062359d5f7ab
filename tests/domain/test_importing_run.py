"""The queue: one worker at a time, the same file once, files that go."""

from datetime import timedelta

import pytest

from carmanana.core import audit, clock
from carmanana.core.workflow import Forbidden, Refused
from carmanana.importing import running, stored_sheets
from carmanana.importing.files.unreadable import Unreadable
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.running import run, run_waiting
from carmanana.importing.terms import Terms
from carmanana.importing.uploading import read_again, set_terms, start, throw_away, upload
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch
from carmanana.records.notifications import Notification

from .importing_files import SALES, bring, csv_of, fresh, sale, waiting, xlsx_of


def test_agents_do_not_import(cast):
    with pytest.raises(Forbidden):
        upload(csv_of(sale("Gia")), "x.csv", cast.agent)


def test_an_unreadable_file_leaves_nothing(cast):
    with pytest.raises(Unreadable):
        upload(csv_of(headings=SALES), "x.csv", cast.manager)
    assert ImportBatch.select().count() == 0 and not list(stored_sheets.folder().iterdir())


def test_the_same_file_twice_needs_a_word(cast):
    rows = [sale("Gia")]
    first = bring(cast.manager, *rows, again=False)
    second = upload(csv_of(*rows, headings=SALES), "renamed.csv", cast.manager)
    assert second.same_file == first
    with pytest.raises(Refused, match="brought in before"):
        start(second, cast.manager)
    assert fresh(second).state == "uploaded" and Deal.select().count() == 1
    start(second, cast.manager, again=True)


def test_files_are_gone_when_they_are_done(cast):
    batch = upload(csv_of(sale("Gia"), headings=SALES), "x.csv", cast.manager)
    assert len(list(stored_sheets.folder().iterdir())) == 3
    run(start(batch, cast.manager))
    assert not list(stored_sheets.folder().iterdir())


def test_an_upload_can_be_thrown_away_until_it_starts(cast):
    batch = upload(csv_of(sale("Gia"), headings=SALES), "x.csv", cast.manager)
    throw_away(batch, cast.manager)
    assert ImportBatch.select().count() == 0 and not list(stored_sheets.folder().iterdir())
    started = waiting(cast.manager, sale("Gia"))
    for deed in (lambda: throw_away(started, cast.manager), lambda: set_terms(started, Terms([]), cast.manager)):
        with pytest.raises(Refused, match="has been started"):
            deed()


def test_another_sheet_of_a_workbook_is_read_from_its_columns_on(cast, tmp_path):
    path = xlsx_of(
        tmp_path / "x.xlsx",
        ["Notes", "More notes"],
        ["a", "b"],
        others={"Buyers": [["Name", "Phone"], ["Gia", 8264678]]},
    )
    batch = upload(path.open("rb"), "x.xlsx", cast.manager)
    read_again(batch, cast.manager, name="Buyers")
    batch = start(fresh(batch), cast.manager)
    assert run(batch) and Customer.get().name == "Gia"


def test_whoever_started_it_is_told(cast):
    bring(cast.manager, sale("Gia"))
    assert (
        Notification.get().text == "file.csv: 1 row came in, 0 were refused" and Notification.get().user == cast.manager
    )


def test_a_waiting_import_is_taken_by_one_worker(cast):
    batch = waiting(cast.manager, sale("Gia"))
    import_steps.fire(batch, "take", None)
    assert run(fresh(batch)) is False and run_waiting() == 0 and Deal.select().count() == 0
    with clock.set_to(clock.now() + timedelta(seconds=11)):
        assert run_waiting() == 1 and Deal.select().count() == 1


def test_a_worker_that_was_slow_stops_when_another_took_over(cast, monkeypatch):
    batch = waiting(cast.manager, *[sale(f"C{n}") for n in range(60)])
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
