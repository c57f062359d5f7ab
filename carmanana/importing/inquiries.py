"""Rows of people who asked: each becomes a lead of its customer, where they have none that is open."""

from datetime import UTC, date, datetime

from carmanana.contacting.calling.regions import region_of_number, region_of_words
from carmanana.core import audit, clock
from carmanana.core.db import insert_all, next_id
from carmanana.importing.entries import Cells, Entry
from carmanana.records.imports import ImportBatch
from carmanana.records.lead_codes import OPEN
from carmanana.records.leads import Lead
from carmanana.records.people import User

VEHICLE = ("vehicle_year", "vehicle_make", "vehicle_model", "vehicle")
LONGEST_VEHICLE, LONGEST_MESSAGE = 200, 4000


def read_lead(entry: Entry, cells: Cells, today: date) -> None:
    """What the row tells of an inquiry; all of its words stand with the customer as well."""
    told = [cells.words(key, LONGEST_VEHICLE) for key in VEHICLE if cells.all(key)]
    asked_on = cells.date("created_on", today) if cells.all("created_on") else None
    number = next((e164 for _, e164 in entry.phones if e164), "")
    zone = entry.facts.get("timezone") or ""
    entry.lead = Lead(
        source="import",
        vehicle=" ".join(filter(None, told))[:LONGEST_VEHICLE],
        message=entry.facts.get("details", "")[:LONGEST_MESSAGE],
        region=region_of_words(entry.facts.get("region") or "", zone, number)
        or (region_of_number(number) if number else ""),
        timezone=zone,
        answer_by=({"call"} if entry.phones else set()) | ({"email"} if entry.emails else set()),
        owner=entry.owner,
        received_at=_moment(asked_on) if asked_on else clock.now(),
    )


def _moment(day: date) -> datetime:
    return min(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), clock.now())


def write_leads(entries: list[Entry], batch: ImportBatch, by: User | None) -> int:
    """Those whose customer has no open lead, one for each; how many. Call it once their customers are written."""
    asked = [entry for entry in entries if entry.lead]
    ids = [entry.customer_id for entry in asked]
    open_now = Lead.select(Lead.customer).where(Lead.customer.in_(ids), Lead.state.in_(OPEN)).tuples() if ids else ()
    taken, leads, number = {customer_id for (customer_id,) in open_now}, [], next_id(Lead)
    for entry in asked:
        if entry.customer_id not in taken:
            taken.add(entry.customer_id)
            leads.append(_settled(entry, batch, number + len(leads)))
    insert_all(leads)
    audit.record_alike("imported", leads, by, "state")
    return len(leads)


def _settled(entry: Entry, batch: ImportBatch, number: int) -> Lead:
    lead = entry.lead
    lead.id, lead.customer, lead.import_id = number, entry.customer_id, batch.id
    lead.claimed_at = clock.now() if entry.owner else None
    return lead
