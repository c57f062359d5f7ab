"""Columns that tell when a contract of a customer ends: each day ahead becomes an expiry; a day that is past stays in
words, so that no old file makes a hundred leads at once."""

from datetime import date

from carmanana.expiries.lifecycle import expiring
from carmanana.importing.entries import Cells, Entry
from carmanana.records.expiries import OURS, SET, STATES, THEIRS, Expiry
from carmanana.records.imports import ImportBatch
from carmanana.records.people import User

KEYS = ("expires_on", "expiry_supplier", "expiry_about", "expiry_state")


def read_expiry(entry: Entry, cells: Cells, today: date) -> None:
    """With a supplier named it is theirs, else ours. One that was dropped, or has come, stays in words too."""
    day = cells.date("expires_on") if cells.all("expires_on") else None
    supplier, about = cells.words("expiry_supplier"), cells.words("expiry_about", 160)
    stands = cells.words("expiry_state").casefold() in ("", STATES[SET].casefold())
    if day is None or day <= today or not stands:
        entry.details += cells.as_details(*KEYS)
        return
    kind = THEIRS if supplier else OURS
    entry.expiry = Expiry(kind=kind, supplier=supplier, about=about, on=day, owner=entry.owner)


def write_expiries(entries: list[Entry], batch: ImportBatch, by: User | None) -> None:
    """Call it once their customers are written. What stands already on that day with that supplier is not set again."""
    told = [entry for entry in entries if entry.expiry]
    ids = {entry.customer_id for entry in told}
    known = (
        Expiry.select(Expiry.customer, Expiry.on, Expiry.supplier).where(Expiry.customer.in_(ids)).tuples()
        if ids
        else ()
    )
    seen, new = set(known), []
    for entry in told:
        expiry, mark = entry.expiry, (entry.customer_id, entry.expiry.on, entry.expiry.supplier)
        if mark not in seen:
            seen.add(mark)
            expiry.customer, expiry.import_id, expiry.set_by = entry.customer_id, batch.id, by
            new.append(expiry)
    expiring.load(new, by)
