"""Deals and leads that are stuck, by how they are, each with the button that mends it."""

from dataclasses import replace

from flask import g, url_for
from peewee import JOIN

from carmanana.core.db import Record
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.schema.sqlite import of_ids
from carmanana.today.standing import STUCK
from carmanana.today.standings import Clock, Standing
from carmanana.web.access import signed_in
from carmanana.web.lists import Chip, Column, List

from .base import blueprint

MENDING = {
    Deal: {
        "claim": "deals.claim",
        "new_step": "activities.new_step",
        "contact": "activities.new",
        "resume": "deals.resumption",
    },
    Lead: {"claim": "leads.claim", "new_step": "leads.new_step", "contact": "leads.contact", "resume": "leads.resume"},
}


def mend_url(record: Record, standing: Standing) -> str:
    """Where the step is that takes it out of being stuck."""
    endpoint = MENDING[type(record)].get(standing.mend[1])
    if endpoint is None:
        return ""
    return url_for(endpoint, **{"deal_id" if isinstance(record, Deal) else "lead_id": record.id})


def _at() -> Clock:
    """Read once a request."""
    if "standing_clock" not in g:
        g.standing_clock = Clock.at()
    return g.standing_clock


def _chip(model: type[Record], one: Standing) -> Chip:
    return Chip(one.code, one.name, lambda by: one.where(_at()), empty=f"{one.name}: none")


def _chips(model: type[Record]) -> tuple[Chip, ...]:
    return tuple(_chip(model, one) for one in STUCK[model].values())


def _scope(model: type[Record]):
    """A manager's are all, anybody else's their own."""
    return lambda by: model.select() if by.sees_all else model.select().where(model.owner == by)


@of_ids
def _deals(ids):
    found = Deal.select(Deal, Customer, User).join(Customer).join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
    return found.where(Deal.id.in_(ids))


@of_ids
def _leads(ids):
    found = Lead.select(Lead, Customer, User).join(Customer).join_from(Lead, User, JOIN.LEFT_OUTER, on=Lead.owner)
    return found.where(Lead.id.in_(ids))


DEALS = List(
    name="stuck-deals",
    title="Stuck deals",
    endpoint="today.stuck",
    one="deal",
    many="deals",
    columns=(
        Column("customer", "Customer", lambda deal: deal.customer.name, always=True),
        Column("state", "State", lambda deal: deal.state_name),
        Column("owner", "Owner", lambda deal: deal.owner.name if not deal.unowned else ""),
        Column("since", "Since", lambda deal: deal.state_since, Deal.id, number=True),
        Column("mend", "", always=True),
    ),
    scope=_scope(Deal),
    load=_deals,
    cells="today/_cells.html",
    id=Deal.id,
    sort="since",
    chips=_chips(Deal),
    one_chip=True,
    chip_key="standing",
    values={"what": "deals"},
    empty=(
        "circle-check",
        "Nothing is stuck",
        "Every deal has an owner and a next step, waits with a date, or is closed.",
    ),
    template="today/stuck.html",
)
LEADS = replace(
    DEALS,
    name="stuck-leads",
    title="Stuck leads",
    one="lead",
    many="leads",
    columns=(
        Column("customer", "Customer", lambda lead: lead.customer.name, always=True),
        Column("state", "State", lambda lead: lead.state_name),
        Column("owner", "Owner", lambda lead: lead.owner.name if not lead.unowned else ""),
        Column("since", "Since", lambda lead: lead.state_since, Lead.id, number=True),
        Column("mend", "", always=True),
    ),
    scope=_scope(Lead),
    load=_leads,
    id=Lead.id,
    chips=_chips(Lead),
    values={"what": "leads"},
)
LISTS = {"deals": (DEALS, Deal), "leads": (LEADS, Lead)}


@blueprint.get("/stuck/<any(deals,leads):what>")
@signed_in
def stuck(what: str):
    described, model = LISTS[what]
    return described.answer(kind=what, standings=STUCK[model], mend_url=mend_url)
