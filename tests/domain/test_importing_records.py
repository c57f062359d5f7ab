"""Cases, quotations and assets from a file: matched to customers and deals, refused with reasons, taken back."""

from datetime import date

from carmanana.core import audit
from carmanana.customers import contact
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.preview import preview
from carmanana.importing.running import run
from carmanana.importing.terms import Terms
from carmanana.importing.uploading import set_terms, start, upload
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportRow
from carmanana.records.quotations import Quotation
from carmanana.records.sales_orders import SalesOrder

from .importing_files import csv_of, fresh
from .unlawful import nothing_unlawful_stands

CASES = "Customer,Email,Subject,Ticket ID,Status,Priority,Assigned to,Created,Closed,Resolution,Duplicate of,Colour"
QUOTES = "Customer,Email,Quote Number,Deal,Quote name,Status,Subtotal,Tax,Total,Currency,Created,Valid until,Accepted"


def waiting(by, kind: str, headings: str, *rows, **terms):
    batch = upload(csv_of(*rows, headings=headings), f"{kind}.csv", by, kind=kind)
    told = Terms.of(batch.mapping)
    for name, value in terms.items():
        setattr(told, name, value)
    set_terms(batch, told, by)
    return fresh(batch)


def brought(by, *args, **terms):
    batch = waiting(by, *args, **terms)
    assert run(start(batch, by, True)), batch.trouble
    return fresh(batch)


def reasons(batch) -> dict[int, str]:
    return {row.number: row.reason for row in ImportRow.select().where(ImportRow.batch == batch)}


def test_cases_come_in_as_they_stand_with_their_clock_and_what_they_repeat(cast):
    ana = contact.enter(cast.agent, "Ana Torres", [], ["ana@x.com"])
    rows = [
        ["Ana", "ana@x.com", "Heated seats stay cold", "T1", "Pending", "P1", cast.agent.email, "1/5/2026", "", "", "", "red"],
        ["Ana Torres", "", "Cold seats again", "T2", "Merged", "", "", "1/6/2026", "1/6/2026", "", "T1", ""],
        ["Bo Li", "", "Title is late", "T3", "Solved", "low", "Nobody", "1/2/2026", "1/9/2026", "Sent it", "", ""],
        ["Bo Li", "", "", "T4", "Open", "", "", "", "", "", "", ""],
        ["Bo Li", "", "Of what?", "T5", "Merged", "", "", "", "", "", "T9", ""],
        ["Bo Li", "", "Twice", "T3", "Open", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    waits = waiting(cast.manager, "cases", CASES, *rows)
    seen = preview(waits, cast.manager)
    assert (seen.refused, seen.first[0].record) == (3, "case Waiting on the customer")
    assert seen.first[1].meets == "is here already, as Ana Torres: same name"
    batch = brought(cast.manager, "cases", CASES, *rows)
    assert (batch.records_made, batch.refused, batch.customers_made, batch.brought) == (3, 3, 1, 3)
    said = reasons(batch)
    assert "few words" in said[5] and "not here yet" in said[6] and "“T3” is here already" in said[7]
    seats, again, title = CustomerCase.select().order_by(CustomerCase.external_id)
    assert (seats.customer, seats.state, seats.waiting_on, seats.priority) == (ana, "waiting", "customer", "urgent")
    assert seats.assignee == cast.agent and seats.due_at is None and "Colour: red" in seats.details
    assert (again.state, again.duplicate_of, again.customer) == ("duplicate", seats, ana)
    assert (title.resolution, title.closed_at.date()) == ("Sent it", date(2026, 1, 9))
    batch = undone(batch, cast)
    assert batch.kept == 0 and not CustomerCase.select().exists() and Customer.get_by_id(ana.id)
    assert not Customer.select().where(Customer.name == "Bo Li").exists() and audit.broken_event() is None


def undone(batch, cast):
    assert run(import_steps.fire(batch, "undo", cast.manager))
    return fresh(batch)


def test_quotations_find_their_deal_or_make_one(cast):
    deal = cast.deal(owner=cast.agent)
    name = deal.customer.name
    rows = [
        [name, "", "2026-17", "", "2024 Ford Focus", "Presented", "100.00", "19.00", "119.00", "EUR", "1/5/2026", "1/5/2027", ""],
        ["Eva", "e@x.com", "2026-18", "O-1", "2023 Kia EV6", "Signed", "", "", "$40,000", "", "1/5/2026", "2/5/2026", "1/9/2026"],
        ["Eva", "e@x.com", "2026-19", "O-1", "2023 Kia EV6", "Rejected", "", "", "41000", "USD", "1/2/2026", "2/5/2026", ""],
        ["Ned", "", "2026-20", "O-1", "2023 Kia EV6", "Draft", "", "", "5", "USD", "", "", ""],
        ["Ned", "", "2026-21", "", "Ford", "Open", "", "", "5", "USD", "1/5/2026", "", ""],
        ["Ned", "", "2026-22", "", "Ford", "Open", "10", "3", "14", "USD", "1/5/2026", "1/5/2027", ""],
    ]  # fmt: skip
    refused = brought(cast.manager, "quotations", QUOTES, *rows)
    assert refused.records_made == 1 and "Import the deals first" in reasons(refused)[3]
    assert Quotation.get().deal == deal
    undone(refused, cast)
    batch = brought(cast.manager, "quotations", QUOTES, *rows, no_deal="make")
    said = reasons(batch)
    assert (batch.records_made, batch.deals_made, batch.refused) == (3, 1, 3), said
    assert "deal of Eva" in said[5] and "until which day" in said[6] and "one line of one tax rate" in said[7]
    first, won, lost = Quotation.select().order_by(Quotation.number)
    assert (first.deal, first.total_cents, first.tax_cents, first.leading) == (deal, 11900, 1900, True)
    assert first.external_id == "2026-17" and [line.tax_percent for line in first.lines] == ["19%"]
    assert won.deal == lost.deal and (won.leading, lost.leading, lost.state) == (True, False, "lost")
    assert (won.deal.state, won.deal.vehicle_model, won.deal.external_id) == ("won", "EV6", "O-1")
    nothing_unlawful_stands()
    assert SalesOrder.get().deal == won.deal
    again = brought(cast.manager, "quotations", QUOTES, rows[0])
    assert again.records_made == 0 and "“2026-17” is here already" in reasons(again)[2]
    batch = undone(batch, cast)
    assert batch.kept == 0 and not Quotation.select().exists() and [one.id for one in Deal.select()] == [deal.id]


def test_assets_come_in_live_or_ceased_and_those_of_two_namesakes_are_asked_about(cast):
    contact.enter(cast.agent, "Ana Torres", [], ["ana@x.com"])
    contact.enter(cast.agent, "Ana Torres", ["+1 305 555 2000"], [])
    batch = brought(
        cast.manager,
        "assets",
        "Customer,Phone,Asset name,VIN,Type,Active,Since,End date,Colour",
        ["Ana Torres", "305 555 2000", "2020 Ford Focus", "V1", "Car", "Yes", "1/5/2020", "", "red"],
        ["Bo Li", "", "Service plan", "C-9", "Plan", "no", "1/5/2020", "1/5/2024", ""],
        ["Ana Torres", "", "2021 Kia", "V2", "Car", "yes", "", "", ""],
        ["Bo Li", "", "Loan", "C-10", "lease", "yes", "", "1/5/2020", ""],
        ["Bo Li", "", "Service plan", "C-9", "Plan", "yes", "", "", ""],
    )
    said = reasons(batch)
    assert (batch.records_made, batch.refused) == (2, 3) and "2 customers are called Ana Torres" in said[4]
    assert "day in the future" in said[5] and "here already" in said[6]
    car, plan = Asset.select().order_by(Asset.id)
    assert (car.live, car.kind, car.held_since) == (True, "vehicle", date(2020, 1, 5))
    assert (plan.state, plan.kind, plan.cease_on) == ("ceased", "subscription", date(2024, 1, 5))
    Asset.update(version=2).where(Asset.id == car.id).execute()
    batch = undone(batch, cast)
    assert batch.kept == 1 and Asset.get() == car, "what was worked on stays"
