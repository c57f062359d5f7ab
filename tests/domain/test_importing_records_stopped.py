"""Cases, quotations and assets whose import was killed: it goes on, and nothing is lost or there twice."""

import os
import signal
from datetime import timedelta

from carmanana.core import audit, clock
from carmanana.core.db import database
from carmanana.importing import running
from carmanana.importing.running import run, run_waiting
from carmanana.importing.uploading import start
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.imports import ImportRow
from carmanana.records.quotations import Quotation, QuotationLine

from .importing_files import fresh
from .test_importing_records import CASES, QUOTES, waiting

ROWS, FIRST_ROW = 90, 2
REFUSED = {13, 47, 88}  # rows that say too little


def a_case(number: int) -> list:
    subject = "" if number in REFUSED else f"Seat {number} stays cold"
    original = f"T{number - 1}" if number % 10 == 5 else ""
    state = "Merged" if original else "Open"
    return [f"Client {number // 2}", "", subject, f"T{number}", state, "", "", "1/5/2026", "", "", original, ""]


def a_quotation(number: int) -> list:
    amount = "" if number in REFUSED else "100"
    order, vehicle = f"O-{number // 2}", "2023 Kia EV6"
    return [f"Client {number // 2}", "", f"2026-{number}", order, vehicle, "Open", "", "", amount, "USD", "1/5/2026", "1/5/2027", ""]  # fmt: skip


def an_asset(number: int) -> list:
    name = "" if number in REFUSED else "2020 Ford Focus"
    return [f"Client {number // 2}", "", name, f"V{number}", "Car", "Yes", "1/5/2020", "", ""]


ASSETS = "Customer,Phone,Asset name,VIN,Type,Active,Since,End date,Colour"
KINDS = {
    "cases": (CASES, a_case, "Ticket ID", CustomerCase.external_id, {}),
    "quotations": (QUOTES, a_quotation, "Quote Number", Quotation.external_id, {"no_deal": "make"}),
    "assets": (ASSETS, an_asset, "VIN", Asset.identifier, {}),
}


def killed_in_its_second_chunk(batch) -> None:
    """A process of its own, which gets a kill -9 when all of the chunk is written and nothing of it is certain yet."""
    database.close()
    child = os.fork()
    if not child:
        moved, change = [], running.change

        def dies(*given, **facts):
            moved.append(1)
            if len(moved) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return change(*given, **facts)

        try:
            database.connect()
            running.change = dies
            run(batch)
        finally:
            os._exit(1)
    _, ended = os.waitpid(child, 0)
    database.connect()
    assert os.WTERMSIG(ended) == signal.SIGKILL


def test_killed_in_the_middle_they_go_on_and_nothing_is_doubled(cast):
    for kind, (headings, row, heading, told, terms) in KINDS.items():
        model = told.model
        batch = start(waiting(cast.manager, kind, headings, *map(row, range(ROWS)), **terms), cast.manager, True)
        killed_in_its_second_chunk(batch)
        stopped = fresh(batch)
        assert stopped.state == "running" and 0 < stopped.records_made == model.select().count() < ROWS // 2, kind
        with clock.set_to(clock.now() + timedelta(seconds=11)):
            assert run_waiting() == 1
        done = fresh(batch)
        assert (done.state, done.settled, done.refused) == ("done", ROWS, len(REFUSED)), kind
        refused = ImportRow.select(ImportRow.number).where(ImportRow.batch == done).tuples()
        assert {number - FIRST_ROW for (number,) in refused} == REFUSED, kind
        whole = {row(number)[headings.split(",").index(heading)] for number in set(range(ROWS)) - REFUSED}
        came = [one for (one,) in model.select(told).tuples()]
        assert len(came) == len(whole) == done.records_made and set(came) == whole, kind
        assert Customer.select().count() == ROWS // 2, "each of them once, whichever the file"
    assert QuotationLine.select().count() == Quotation.select().count()
    assert CustomerCase.select().where(CustomerCase.state == "duplicate").count() == ROWS // 10
    assert audit.broken_event() is None
