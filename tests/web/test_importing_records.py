"""Lists of cases, quotations and assets leave a house as files and come into an empty one as they were."""

import csv
import io

from carmanana.importing import own_lists
from carmanana.importing.choices import LOADABLE
from carmanana.importing.running import run, run_waiting
from carmanana.importing.uploading import start
from carmanana.importing.uploading import upload as take_in
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch

from ..domain.importing_files import csv_of
from .test_importing import form_of, upload

CASES = (
    "Customer,Email,Case,Case number,State,Priority,Assigned to,Opened,Due,Closed,How it ended,Repeats,Came by,Details"
)
QUOTATIONS = (
    "Customer,Quotation,Deal,For,State,Lines,Currency,Drafted,Sent,Sent how,Valid until,Accepted,Leading,Reason,Terms"
)
ASSETS = "Customer,Phone,What they hold,Kind,VIN or number,Live,Held since,Cease date,Reason"
ROWS = {
    "cases": (
        CASES,
        ["Ana Torres", "a@x.com", "=Seats, cold", "A1", "Waiting on a supplier", "Urgent", "agent@carmanana.example", "2026-01-05 09:30:00+00:00", "", "", "", "", "Call", "Two\nlines"],
        ["Ana Torres", "a@x.com", "Seats again", "A2", "Duplicate", "Low", "Nobody", "1/6/2026", "", "1/7/2026", "", "A1", "", ""],
        ["Ana Torres", "b@x.com", "Title late", "A3", "Won’t fix", "High", "", "1/6/2026", "", "1/7/2026", "No", "", "Form", ""],
        ["Bo Li", "", "Key lost", "A4", "In progress", "Normal", "", "1/6/2026", "2026-12-05 09:30:00+00:00", "", "", "", "", ""],
    ),
    "quotations": (
        QUOTATIONS,
        ["Ana", "Q-7", "O-1", "2024 Ford Focus", "Won", "2 × Tyres @ 300.00 + 19%\n1 × Rebate @ -50.00", "EUR", "1/5/2026", "1/6/2026", "By email", "1/9/2026", "1/8/2026", "yes", "", "Cash"],
        ["Ana", "Q-9", "O-1", "2024 Ford Focus", "Lost", "1 × Car @ 1,000.50", "EUR", "1/5/2026", "1/6/2026", "", "1/9/2026", "", "no", "Too dear", ""],
        ["Bo", "", "", "Kia", "Sent", "1 × Car @ 20", "USD", "1/5/2026", "1/6/2026", "By hand", "1/9/2027", "", "yes", "", ""],
        ["Bo", "", "O-3", "2023 Kia EV6", "Expired", "1 × Car @ 20 + 7.125%", "USD", "1/5/2026", "1/6/2026", "", "1/9/2026", "", "no", "", ""],
    ),
    "assets": (
        ASSETS,
        ["Ana Torres", "+1 305 555 2000", "2020 Ford Focus", "Vehicle", "V1", "Live", "1/5/2020", "", ""],
        ["Ana Torres", "+1 305 555 2001", "Service plan", "Subscription", "C-9", "Ceased", "1/5/2020", "1/5/2024", "Sold it"],
        ["Bo Li", "", "Plan", "Subscription", "", "Live", "", "1/5/2028", ""],
    ),
}  # fmt: skip
MADE = {"Case number", "Repeats", "Entered", "Deal", "Drafted"}  # numbers of the house itself


def brought(manager, file, kind: str) -> ImportBatch:
    path = upload(manager, file, f"{kind}.csv", rows=kind).location.removesuffix("/columns")
    columns = manager.get(f"{path}/columns").text
    assert "as was chosen" in columns
    manager.post(f"{path}/columns", data=form_of(columns) | {"no_deal": "make", "loss_reason": "price"})
    manager.post(f"{path}/words", data=form_of(manager.get(f"{path}/words").text))
    preview = manager.get(f"{path}/preview").text
    assert "can come in as they are" in preview, preview
    manager.post(f"{path}/start", data=form_of(preview) | {"again": "yes"})
    assert run_waiting() == 1
    assert f"<dt>{kind.capitalize()}</dt>" in manager.get(path).text
    return ImportBatch.select().order_by(ImportBatch.id.desc()).get()


def undone(manager, batch: ImportBatch) -> None:
    manager.post(f"/imports/{batch.id}/undoing")
    assert run_waiting() == 1 and not Customer.select().exists()


def exported(manager, kind: str) -> str:
    page = manager.get(f"/{kind}/?show=all").text
    link = next(part for part in page.split('href="') if "format=csv" in part and "columns=" in part)
    return manager.get(link.partition('"')[0].replace("&amp;", "&")).text


def facts(text: str) -> list:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return sorted([(name, value) for name, value in row.items() if name not in MADE] for row in rows)


def test_what_is_exported_comes_into_an_empty_house_as_it_was(visit):
    manager = visit("manager")
    for kind, (headings, *rows) in ROWS.items():
        first = brought(manager, csv_of(*rows, headings=headings), kind)
        assert (first.records_made, first.refused) == (len(rows), 0), kind
        file = exported(manager, kind)
        undone(manager, first)
        again = brought(manager, io.BytesIO(file.encode()), kind)
        assert (again.records_made, again.refused, again.customers_made) == (len(rows), 0, first.customers_made)
        assert facts(exported(manager, kind)) == facts(file), kind
        undone(manager, again)


OWN = {
    "quotations": "/quotations/", "assets": "/assets/", "cases": "/cases/", "expiries": "/expiries/",
    "customers": "/customers/", "leads": "/leads/", "buyers": "/buyers/", "sales_orders": "/sales-orders/",
    "deals": "/board/used-vehicle-orders/list",
}  # fmt: skip
ROW_OF = {  # of the lists that have no file of their own above
    "customers": ["Ben Ito", "Live", "'+1 305 555 2000", "a@x.com", "US-FL", "", "2"],
    "expiries": ["Lease", "Ana Torres", "Theirs", "Acme", "", "{state}", "2099-01-05", ""],
    "deals": ["Ana Torres", "Kia", "On Hold", "$9,000", "", "Another event", "2099-01-05", "47"],
    "leads": ["Ana Torres", "a van", "New", "US-FL", "", "2026-11-02 11:13:45+00:00"],
    "sales_orders": ["S-9", "Ana Torres", "2020 Ford Focus", "Open", "$9,000", "$500", "$8,500", "2026-01-05", ""],
}


def test_a_file_of_ours_is_known_by_its_headings_and_finds_its_customers_by_name(visit, cast):
    manager, here = visit("manager"), cast.client("Ana Torres")
    told, made = {}, {}
    for name, at in OWN.items():
        page = manager.get(at).text
        everything = [part.partition('"')[0] for part in page.split('href="') if "format=csv&amp;columns=" in part]
        asked = (everything or [f"{at}?format=csv"])[0].replace("&amp;", "&")
        heading, row = manager.get(asked).text.removeprefix("\ufeff").splitlines()[0], ROW_OF.get(name)
        for state in ("Set", "Dropped") if row else ():
            cells = [cell.format(state=state) for cell in row]
            batch = take_in(csv_of(cells, headings=heading), f"{name}.csv", cast.manager)
            assert run(start(batch, cast.manager, True))
            done = ImportBatch.get_by_id(batch.id)
            made.setdefault(name, []).append((done.customers_made, done.customers_met, done.deals_made, done.refused))
        batch = take_in(csv_of(["x"] * len(heading.split(",")), headings=heading), f"{name}.csv", cast.manager)
        told[name] = batch.mapping["why"].removeprefix("it has the headings of our own list of ").replace(" ", "_")
    assert told == {name: name for name in OWN} | {"customers": told["customers"]}
    assert made == {
        "customers": [(1, 0, 0, 0), (0, 1, 0, 0)],
        "expiries": [(0, 1, 0, 0)] * 2,
        "leads": [(0, 1, 0, 0)] * 2,
        "sales_orders": [(0, 1, 1, 0), (0, 0, 0, 1)],
        "deals": [(0, 1, 1, 0)] * 2,
    }
    assert [expiry.on.isoformat() for expiry in here.expiries] == ["2099-01-05"]
    assert [deal.state for deal in here.deals.order_by(Deal.id)] == ["won", "on_hold", "on_hold"]
    assert all(set(said.values()) <= set(LOADABLE) for listed in own_lists.OWN for said in listed.words.values())
