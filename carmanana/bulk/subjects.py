"""What a bulk step and its report need to know of the records it is for: who sees them, what they are called."""

from collections.abc import Callable
from dataclasses import dataclass

from carmanana.core.db import Record
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead, wanted_by
from carmanana.records.people import User


@dataclass(frozen=True)
class Subject:
    """`word` is the record's in a sentence, `page` the endpoint that shows one and the argument that names it; `called`
    names records by id, with a customer's name and what it is about."""

    model: type[Record]
    word: str
    page: tuple[str, str]
    called: Callable[[list[int], User | None], dict[int, tuple[str, str]]]


def _deals_called(ids: list[int], by: User | None) -> dict[int, tuple[str, str]]:
    """By the customer and the vehicle; only those that this person may see, where one is named."""
    vehicle = Deal.vehicle_year, Deal.vehicle_make, Deal.vehicle_model
    rows = Deal.select(Deal.id, Customer.name, *vehicle).join(Customer).where(Deal.id.in_(ids))
    rows = rows.where(Deal.visible(by)) if by else rows
    return {id: (name, " ".join(str(part) for part in parts if part)) for id, name, *parts in rows.tuples()}


def _leads_called(ids: list[int], by: User | None) -> dict[int, tuple[str, str]]:
    leads = Lead.select(Lead.id, Customer.name, Lead.vehicle).join(Customer).where(Lead.id.in_(ids))
    leads = list(leads.where(Lead.visible(by)) if by else leads)
    wants = wanted_by(leads)
    return {lead.id: (lead.customer.name, wants[lead.id]) for lead in leads}


SUBJECTS: dict[type[Record], Subject] = {
    Deal: Subject(Deal, "deal", ("deals.show", "deal_id"), _deals_called),
    Lead: Subject(Lead, "lead", ("leads.show", "lead_id"), _leads_called),
}


def subject_of(model: type[Record]) -> Subject:
    word = model._meta.table_name
    return SUBJECTS.get(model) or Subject(model, word, ("", ""), lambda ids, by: _by_number(model, ids, by))


def _by_number(model: type[Record], ids: list[int], by: User | None) -> dict[int, tuple[str, str]]:
    rows = model.select(model.id).where(model.id.in_(ids))
    rows = rows.where(model.visible(by)) if by else rows
    return {id: (f"{model._meta.table_name.capitalize()} {id}", "") for (id,) in rows.tuples()}
