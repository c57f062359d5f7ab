"""The rows of the buyers list: a wanted vehicle each, with whose it is and where that stands."""

from dataclasses import dataclass
from typing import NamedTuple

from peewee import JOIN, Expression, fn

from carmanana.buyers.cells import CELLS
from carmanana.core.db import as_json, database
from carmanana.core.limits import counted
from carmanana.core.query import prepared
from carmanana.customers import finding as customers
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, NeedsAssessment, VehicleOption
from carmanana.records.leads import Lead
from carmanana.records.offered_vehicles import VehicleOffer
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.pipelines import Stage
from carmanana.records.wanted import IN_REVIEW, Wanted
from carmanana.schema.sqlite import OfIds, members, of_ids


@dataclass
class Row:
    id: int
    option: VehicleOption
    needs: NeedsAssessment
    customer: Customer
    subject: Lead | Deal
    owner: User | None
    stage: Stage | None
    currency: str

    def told(self, key: str, locale: str) -> str:
        """A cell as it is typed."""
        return CELLS[key].told(self.option, self.needs, locale, self.currency)

    @property
    def facts(self) -> tuple:
        """All that is told of it; its distances in the unit of the house."""
        option, needs, customer, owner = self.option, self.needs, self.customer, self.owner
        wants = option.brand, option.model, option.year_from, option.year_to, option.most_miles, option.distance_unit
        wishes = option.colours, option.special, option.musts, needs.timeline, needs.location, needs.mission
        budget = needs.budget_from_cents, needs.budget_to_cents, self.currency, needs.version
        whose = customer.id, customer.name, customer.region, owner and (owner.name, owner.email)
        return (self.id, *wants, *wishes, *budget, *whose, self.is_lead, self.subject.id, self.stands_at)

    @property
    def is_lead(self) -> bool:
        return isinstance(self.subject, Lead)

    @property
    def stands_at(self) -> str:
        if self.is_lead:
            return f"Lead · {self.subject.state_name}"
        return self.stage.name if self.subject.state == "active" else self.subject.state_name


def load(ids: list[int]) -> list[Row]:
    """In as many queries whatever their number."""
    return _rows(ids, WHOLE)


def listed(ids: list[int]) -> list[Row]:
    """With what the list and Match tell of them, and no more."""
    return _rows(ids, TOLD)


class Queries(NamedTuple):
    wanted: OfIds
    options: OfIds
    deals: OfIds
    leads: OfIds
    people: OfIds

    @classmethod
    def of(cls, wanted: tuple, options: tuple, deals: tuple, leads: tuple, people: tuple) -> "Queries":
        """Of these columns."""
        joined = Wanted.select(*wanted).join(NeedsAssessment, on=Wanted.needs)
        joined = joined.join_from(Wanted, Customer, on=Wanted.customer)
        with_stages = Deal.select(*deals).join(Stage, JOIN.INNER, on=Deal.stage)
        return cls(
            of_ids(lambda ids: joined.where(Wanted.id.in_(ids))),
            of_ids(lambda ids: VehicleOption.select(*options).where(VehicleOption.id.in_(ids))),
            of_ids(lambda ids: with_stages.where(Deal.id.in_(ids))),
            of_ids(lambda ids: Lead.select(*leads).where(Lead.id.in_(ids))),
            of_ids(lambda ids: User.select(*people).where(User.id.in_(ids))),
        )


W, N, V, C = Wanted, NeedsAssessment, VehicleOption, Customer
WHOLE = Queries.of((W, N, C), (), (Deal, Stage), (), ())
TOLD = Queries.of(
    (
        W.id, W.needs, W.lead, W.deal, W.customer, W.owner_id, W.currency, N.id, N.version, N.timeline, N.location,
        N.mission, N.budget_from_cents, N.budget_to_cents, C.id, C.name, C.region, C.no_calls,
    ),
    (
        V.id, V.brand, V.model, V.year_from, V.year_to, V.most_miles, V.distance_unit, V.colours, V.special, V.musts,
    ),
    (Deal.id, Deal.state, Deal.owner, Deal.stage, Stage.id, Stage.name),
    (Lead.id, Lead.state, Lead.owner, Lead.region, Lead.timezone),
    (User.id, User.name, User.email, User.house),
)  # fmt: skip


def _rows(ids: list[int], queries: Queries) -> list[Row]:
    wanted = queries.wanted(ids)
    options = _by_id(queries.options, ids)
    leads = _by_id(queries.leads, [one.lead_id for one in wanted if not one.deal_id])
    deals = _by_id(queries.deals, [one.deal_id for one in wanted if one.deal_id])
    owners = _by_id(queries.people, [one.owner_id for one in wanted if one.owner_id])
    return [_row(one, options[one.id], leads, deals, owners) for one in wanted]


def _by_id(found: OfIds, ids: list[int]) -> dict:
    return {one.id: one for one in found(sorted(set(ids)))} if ids else {}


def _row(one: Wanted, option: VehicleOption, leads: dict, deals: dict, owners: dict) -> Row:
    subject = deals[one.deal_id] if one.deal_id else leads[one.lead_id]
    subject.customer = one.customer
    owner = owners.get(one.owner_id) if one.owner_id != HOUSE_ID else None
    return Row(
        one.id, option, one.needs, one.customer, subject, owner, subject.stage if one.deal_id else None, one.currency
    )


def found(text: str):
    """By the buyer's name, number or address, or by how the model begins."""
    return Wanted.customer.in_(customers.ids(text)) | Wanted.model.startswith(text.strip())


def parts(by: User) -> list[Expression]:
    """What a person sees of the wanted vehicles, where it is not all of them: an index holds each."""
    if Wanted.sees_all(by):
        return []
    own, nobodys = Wanted.owner_id == by.id, Wanted.owner_id == 0
    of_cases = (Wanted.retention_id == by.id) & Wanted.owner_id.not_in([by.id, 0])
    return [own, of_cases, nobodys] if by.sight == "unowned" else [own, (Wanted.retention_id == by.id) & ~own]


def counts(by: User) -> dict[str, int]:
    """How many they own, nobody owns and a review holds, and under "" all that they see; counted no further than is
    said."""
    own, of_cases, nobodys, every = f"owner_id = {by.id:d}", f"retention_id = {by.id:d}", "owner_id = 0", "1"
    seen = [
        own,
        f"{of_cases} AND owner_id <> {by.id:d} AND owner_id <> 0",
        *([nobodys] if by.sight == "unowned" else []),
    ]
    seen = [every] if Wanted.sees_all(by) else seen
    asked = {"mine": [own], "unowned": [nobodys] if seen[-1] in (nobodys, every) else ["0"], "": seen}
    asked |= {"review": [f"{part} AND {IN_REVIEW}" for part in seen]}
    sql = ", ".join(counted(*(f"SELECT 1 FROM wanted WHERE {where}" for where in parts)) for parts in asked.values())
    return dict(zip(asked, database.execute_sql(f"SELECT {sql}").fetchone(), strict=True))


@of_ids
def _spoken(ids):
    spoken = Activity.select(Activity.customer, fn.MAX(Activity.at))
    return spoken.where(Activity.customer.in_(ids), Activity.kind.in_(CONTACTS)).group_by(Activity.customer).tuples()


def last_spoken(customers: list[int]) -> dict:
    """By customer, when we last had a contact with them."""
    return {one: Activity.at.python_value(at) if isinstance(at, str) else at for one, at in _spoken(customers)}


def offers_to(vehicle, customers: list[int]) -> dict[int, VehicleOffer]:
    """By customer, the last time that this vehicle was offered to them."""
    return {one.customer_id: one for one in _offers(vehicle, as_json(customers))} if vehicle else {}


@prepared
def _offers(vehicle, customers):
    made = VehicleOffer.select(VehicleOffer, User).join(User, on=VehicleOffer.by)
    made = made.where(VehicleOffer.vehicle == vehicle, VehicleOffer.customer.in_(members(customers)))
    return made.order_by(VehicleOffer.id)
