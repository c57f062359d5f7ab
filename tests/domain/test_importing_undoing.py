"""What an undoing takes back and what it leaves; refused rows to mend."""

import io
from datetime import timedelta

import pytest

from carmanana.core import audit, clock
from carmanana.core.workflow import Forbidden, Refused
from carmanana.customers import contact
from carmanana.deals.lifecycle import order
from carmanana.importing import report, running, undoing
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.running import run, run_waiting
from carmanana.importing.terms import Terms
from carmanana.importing.uploading import start, upload
from carmanana.records.customers import Customer, CustomerEmail
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch

from .importing_files import bring, fresh, sale, waiting


def undone(batch: ImportBatch, by) -> ImportBatch:
    assert run(import_steps.fire(batch, "undo", by))
    return fresh(batch)


def test_an_import_is_taken_back_whole(cast):
    contact.enter(cast.agent, "Gia", ["+1 212 826 4678"])
    before = Customer.select().count()
    headings = "Customer Name,Phone,Status,Hold reason,Hold until,Deposit"
    batch = bring(
        cast.manager,
        ["Gia", "2128264678", "hold", "x", "1/1/2027", ""],
        ["Ada", "7", "open", "", "", "$5"],
        headings=headings,
    )
    assert batch.refused == 1
    batch = bring(
        cast.manager,
        ["Gia", "2128264678", "hold", "x", "1/1/2027", ""],
        ["Ada", "", "open", "", "", "$5"],
        headings=headings,
    )
    batch = undone(batch, cast.manager)
    assert (batch.state, batch.kept) == ("undone", 0)
    assert batch.deals.count() == 0 and Customer.select().count() == before
    assert audit.broken_event() is None
    assert audit.Event.select().where(audit.Event.verb == "import_undone").count() == 3


def test_what_was_changed_since_is_kept_and_listed(cast, monkeypatch):
    for name in ("FEWEST", "MOST"):
        monkeypatch.setattr(undoing, name, 2)
    batch = bring(
        cast.manager, *[[f"Client {n}", "open", "26000"] for n in range(9)], headings="Customer Name,Status,Price"
    )
    deals = list(batch.deals)
    cast.called(deals[0])
    order.fire(deals[1], "lose", cast.manager, loss_reason="vehicle")
    customer = deals[2].customer
    contact.correct(customer, cast.manager, customer.version, [], [], name="Renamed")
    batch = undone(batch, cast.manager)
    assert {deal.id for deal in batch.deals} == {deals[0].id, deals[1].id}
    assert {customer.id for customer in batch.customers} == {deal.customer_id for deal in deals[:3]}
    assert batch.kept == 5


def test_an_undoing_that_was_cut_off_goes_on(cast, monkeypatch):
    for name in ("FEWEST", "MOST"):
        monkeypatch.setattr(undoing, name, 2)
    batch = bring(cast.manager, *[sale(f"Client {n}") for n in range(9)])
    batch = import_steps.fire(import_steps.fire(batch, "undo", cast.manager), "take", None)
    chunks = running._chunks(batch)
    next(chunks), next(chunks)
    chunks.close()
    assert 0 < Deal.select().count() < 9
    with clock.set_to(clock.now() + timedelta(seconds=11)):
        assert run_waiting() == 1
    assert (
        fresh(batch).state == "undone"
        and Deal.select().count() == Customer.select().count() == CustomerEmail.select().count() == 0
    )


def test_only_what_is_done_is_undone(cast):
    batch = waiting(cast.manager, sale("Gia"))
    with pytest.raises(Refused, match="in another state"):
        import_steps.fire(batch, "undo", cast.manager)
    with pytest.raises(Forbidden):
        import_steps.fire(undone_ready(batch), "undo", cast.agent)


def undone_ready(batch: ImportBatch) -> ImportBatch:
    assert run(batch)
    return fresh(batch)


def test_refused_rows_come_back_as_a_file_to_mend(cast):
    rows = [["=HYPERLINK(1)", "+1 212 826 4678", "@x", "Ford", "-5", "1/2/2022", "1"], ["José", "8264678"], sale("Gia")]
    batch = bring(cast.manager, *rows)
    assert (batch.deals_made, batch.refused) == (1, 2)
    text = "".join(report.refused_csv(batch))
    lines = text.splitlines()
    assert (
        lines[0] == "\ufeffCustomer Name,Phone,Email,Make,Price,Sale Date,Order ID,Row in the file,Why it was refused"
    )
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
    assert [(kind, count) for kind, count, _ in report.reasons(batch)] == [
        ("No customer's name", 2),
        ("A phone number that is none", 1),
    ]
