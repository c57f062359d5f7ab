"""Taking a whole import back. What was changed since stays, and is listed."""

import time
from collections.abc import Iterator
from functools import partial

from peewee import fn

from carmanana.core import audit, clock
from carmanana.core.db import Record, change, transaction
from carmanana.core.jobs import SECONDS, paced
from carmanana.importing.adding import take_back
from carmanana.records.activities import Activity
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import CaseCheck, CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, NeedsAssessment
from carmanana.records.expiries import Expiry
from carmanana.records.imports import ImportAddition, ImportBatch
from carmanana.records.leads import Lead
from carmanana.records.quotations import Quotation

FEWEST, MOST = 40, 400
RECORDS = (Quotation, CustomerCase, Asset)


def undo_chunks(batch: ImportBatch) -> Iterator[None]:
    """Quotations, cases and assets, deals, leads and expiries first, then what was added to people who were here, then
    the customers whom nothing else needs. What can go is looked up anew for each chunk, so there is no cursor to
    lose."""
    for model, untouched in (
        (Quotation, untouched_quotations),
        (CustomerCase, untouched_cases),
        (Asset, untouched_assets),
        (Deal, untouched_deals),
        (Lead, untouched_leads),
        (Expiry, untouched_expiries),
        (ImportAddition, standing_additions),
        (Customer, untouched_customers),
    ):
        yield from paced(partial(_take_back, batch, model, untouched), FEWEST, MOST)


def _take_back(batch: ImportBatch, model: type[Record], untouched, size: int) -> float:
    """Delete up to `size` records; returns how long the lock was held, 0 where none was left."""
    with transaction():
        began = time.perf_counter()
        records = list(untouched(batch).limit(size))
        if model is ImportAddition:
            for addition in records:
                take_back(addition, batch.user)
            return max(time.perf_counter() - began, SECONDS / MOST) if records else 0
        audit.record_rows(
            [audit.row_of("import_undone", record, batch.user, getattr(record, "state", None)) for record in records]
        )
        ids = [record.id for record in records]
        if model is Deal:
            Asset.delete().where(Asset.deal.in_(ids)).execute()
        model.delete().where(model.id.in_(ids)).execute()
        change(batch, beat_at=clock.now(), kept=left_over(batch))
    return time.perf_counter() - began if records else 0


def untouched_deals(batch: ImportBatch):
    """With the asset that a delivered one has made, where nobody has touched that either."""
    later = Deal.alias()
    return batch.deals.where(
        Deal.version == 1,
        ~fn.EXISTS(Activity.select(Activity.id).where(Activity.deal == Deal.id)),
        ~fn.EXISTS(later.select(later.id).where(later.previous_deal == Deal.id)),
        ~fn.EXISTS(Quotation.select(Quotation.id).where(Quotation.deal == Deal.id)),
        ~fn.EXISTS(Asset.select(Asset.id).where(Asset.deal == Deal.id, Asset.version > 1)),
    ).order_by(Deal.id)


def untouched_leads(batch: ImportBatch):
    """Nobody has taken a step with them, or written anything down."""
    return batch.leads.where(
        Lead.version == 1,
        ~fn.EXISTS(Activity.select(Activity.id).where(Activity.lead == Lead.id)),
        ~fn.EXISTS(NeedsAssessment.select(NeedsAssessment.id).where(NeedsAssessment.lead_id == Lead.id)),
    ).order_by(Lead.id)


def untouched_quotations(batch: ImportBatch):
    return Quotation.select().where(Quotation.import_id == batch.id, Quotation.version == 1).order_by(Quotation.id)


def untouched_cases(batch: ImportBatch):
    """The later first: a duplicate goes before the case that it repeats."""
    repeat = CustomerCase.alias()
    return (
        CustomerCase.select()
        .where(
            CustomerCase.import_id == batch.id,
            CustomerCase.version == 1,
            ~fn.EXISTS(Activity.select(Activity.id).where(Activity.case == CustomerCase.id)),
            ~fn.EXISTS(CaseCheck.select(CaseCheck.id).where(CaseCheck.case == CustomerCase.id)),
            ~fn.EXISTS(repeat.select(repeat.id).where(repeat.duplicate_of == CustomerCase.id)),
        )
        .order_by(CustomerCase.id.desc())
    )


def untouched_assets(batch: ImportBatch):
    return Asset.select().where(Asset.import_id == batch.id, Asset.version == 1).order_by(Asset.id)


def untouched_expiries(batch: ImportBatch):
    return Expiry.select().where(Expiry.import_id == batch.id, Expiry.version == 1).order_by(Expiry.id)


def untouched_customers(batch: ImportBatch):
    return batch.customers.where(
        Customer.version == _added() + 1,
        ~fn.EXISTS(Deal.select(Deal.id).where(Deal.customer == Customer.id)),
        ~fn.EXISTS(Lead.select(Lead.id).where(Lead.customer == Customer.id)),
        ~fn.EXISTS(Activity.select(Activity.id).where(Activity.customer == Customer.id)),
        ~fn.EXISTS(CustomerCase.select(CustomerCase.id).where(CustomerCase.customer == Customer.id)),
        ~fn.EXISTS(Expiry.select(Expiry.id).where(Expiry.customer == Customer.id)),
        ~fn.EXISTS(Asset.select(Asset.id).where(Asset.customer == Customer.id)),
    ).order_by(Customer.id)


def _added():
    """How often imports have added to them and taken it back: that is no work of a person."""
    times = ImportAddition.select(fn.SUM(ImportAddition.undone + 1)).where(ImportAddition.customer == Customer.id)
    return fn.COALESCE(times, 0)


def standing_additions(batch: ImportBatch):
    return (
        ImportAddition.select()
        .where(ImportAddition.batch == batch, ImportAddition.undone == 0)
        .order_by(ImportAddition.id.desc())
    )


def kept_deals(batch: ImportBatch, number: int):
    """Deals that an undoing has left, with their customers."""
    return batch.deals.select(Deal, Customer).join(Customer).order_by(Deal.id).limit(number)


def left_over(batch: ImportBatch) -> int:
    """Records of the import that are still here."""
    records = sum(model.select().where(model.import_id == batch.id).count() for model in RECORDS)
    return batch.deals.count() + batch.leads.count() + batch.customers.count() + records
