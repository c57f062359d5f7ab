"""What is nobody's, across all pipelines: to be swept, claimed one by one or many at once, or given to somebody by a
manager (SOP 1, section E)."""

from dataclasses import replace

from peewee import Expression, Select

from carmanana.core.db import Record, database
from carmanana.core.query import prepared
from carmanana.leads.counting import groups
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import OPEN, ORDER_TYPES
from carmanana.records.deals import Deal
from carmanana.records.lead_codes import KINDS, SOURCES
from carmanana.records.lead_codes import OPEN as OPEN_LEADS
from carmanana.records.leads import Lead, wanted_by
from carmanana.records.people import AGENT, MANAGER, User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.sqlite import literally, of_ids, unindexed_condition
from carmanana.today.standings import DEAL_DUE, nobodys
from carmanana.web.access import allow
from carmanana.web.answers import answers_on
from carmanana.web.fragments import go, page_behind
from carmanana.web.lists import Chip, Choice, Column, Kept, List, Shown
from carmanana.web.lists.counting import up_to, up_to_by_rows

from .base import blueprint


def _flagged(model: type[Record]):
    """They are few, and looked up among those that are nobody's."""
    flagged = model.alias("flagged")
    return flagged.select(flagged.id).where(flagged.flagged_at.is_null(False))


def _known(model: type[Record], states: tuple[str, ...], **more: Expression):
    """All of the counts, where nothing is chosen; the flagged ones are few, and looked at first."""
    free = nobodys(model, *states)
    flagged = model.flagged_at.is_null(False) & unindexed_condition(free)
    asked = {"": free, "flagged": flagged} | {key: free & condition for key, condition in more.items()}

    @prepared
    def counts():
        found = [up_to(model.select().where(condition), model.id) for condition in asked.values()]
        return Select(columns=found).bind(database).tuples()

    return lambda shown: {} if shown.chosen or shown.on else dict(zip(asked, counts.first(), strict=True))


def _leads_known(shown: Shown) -> dict[str, int]:
    """As they are kept (leads/counting.py), where no more is chosen than their kind."""
    on = [chip.key for chip in shown.on]
    if shown.chosen.keys() - {"kind"} or "flagged" in on:
        return {}
    free = [group for group in groups(shown.by) if group.unowned and group.state in OPEN_LEADS]
    every = [group for group in free if group.holds(shown.chosen)]
    untouched = sum(group.leads for group in every if not group.touched)
    known = {"untouched": untouched, "": untouched if on else sum(group.leads for group in every)}
    return known if shown.chosen else known | {"flagged": _flagged_leads.first()[0]}


@prepared
def _flagged_leads():
    flagged = Lead.flagged_at.is_null(False) & unindexed_condition(nobodys(Lead, *OPEN_LEADS))
    return Select(columns=[up_to_by_rows(Lead.select().where(flagged), Lead.id)]).bind(database).tuples()


READINESS = {"live": "Live", "organic": "Organic"}


def _pipelines(by: User) -> dict[str, str]:
    return {str(number): name for number, name in _in_order()}


@prepared
def _in_order():
    return Pipeline.select(Pipeline.id, Pipeline.name).order_by(Pipeline.position).tuples()


@of_ids
def _deals(ids):
    found = Deal.select(Deal, Customer, Stage, Pipeline).join(Customer).switch(Deal).join(Stage).join(Pipeline)
    return found.where(Deal.id.in_(ids))


def _leads(ids):
    leads = _leads_of(ids)
    wants = wanted_by(leads)
    for lead in leads:
        lead.vehicle = wants[lead.id]
    return leads


@of_ids
def _leads_of(ids):
    return Lead.select(Lead, Customer).join(Customer).where(Lead.id.in_(ids))


def _shows_deal(deal: Deal, seen) -> tuple:
    place = deal.stage.pipeline.name, deal.stage.name
    return deal.id, deal.customer.name, deal.flagged_at is None, deal.vehicle, *place, deal.created_at


def _shows_lead(lead: Lead, seen) -> tuple:
    return lead.id, lead.customer.name, lead.flagged_at is None, lead.vehicle, lead.source_name, lead.received_at


DEALS = List(
    name="unowned-deals",
    title="Nobody owns",
    endpoint="today.unowned_deals",
    one="deal",
    many="deals",
    columns=(
        Column("customer", "Customer", lambda deal: deal.customer.name, always=True),
        Column("vehicle", "Vehicle", lambda deal: deal.vehicle),
        Column("place", "Pipeline", lambda deal: f"{deal.stage.pipeline.name}, {deal.stage.name}", wide=True),
        Column("arrived", "Here since", lambda deal: deal.created_at, Deal.created_at, number=True),
        Column("claim", "", always=True),
    ),
    scope=lambda by: Deal.visible_to(by).where(nobodys(Deal, *OPEN)),
    load=_deals,
    cells="today/_cells.html",
    id=Deal.id,
    sort="arrived",
    parts=lambda by: [literally(Deal.state, state) for state in OPEN],
    known_counts=_known(Deal, OPEN, no_step=DEAL_DUE.is_null()),
    chips=(
        Chip("flagged", "Flagged", lambda by: Deal.id.in_(_flagged(Deal)), "flag"),
        Chip("no_step", "No next step", lambda by: DEAL_DUE.is_null()),
    ),
    choices=(
        Choice("pipeline", "Pipeline", _pipelines, lambda number, by: Deal.pipeline == int(number)),
        Choice("order_type", "Order type", lambda by: ORDER_TYPES, lambda code, by: Deal.order_type == code),
        Choice("readiness", "Readiness", lambda by: READINESS, lambda code, by: Deal.readiness == code),
    ),
    text=lambda text: Deal.customer.in_(Customer.select(Customer.id).where(Customer.name.contains(text))),
    placeholder="Customer",
    empty=(
        "circle-check",
        "Every deal has an owner",
        "What comes in without one stands here until somebody claims it.",
    ),
    template="today/unowned.html",
    bulk=Deal,
    kept=Kept(_shows_deal),
)
LEADS = replace(
    DEALS,
    name="unowned-leads",
    endpoint="today.unowned_leads",
    one="lead",
    many="leads",
    columns=(
        Column("customer", "Customer", lambda lead: lead.customer.name, always=True),
        Column("vehicle", "Wants", lambda lead: lead.vehicle),
        Column("place", "Source", lambda lead: lead.source_name, wide=True),
        Column("arrived", "Received", lambda lead: lead.received_at, Lead.received_at, number=True),
        Column("claim", "", always=True),
    ),
    scope=lambda by: Lead.visible_to(by).where(nobodys(Lead, *OPEN_LEADS)),
    load=_leads,
    id=Lead.id,
    parts=lambda by: [literally(Lead.state, state) for state in OPEN_LEADS],
    known_counts=_leads_known,
    bulk=Lead,
    kept=Kept(_shows_lead),
    chips=(
        Chip("flagged", "Flagged", lambda by: Lead.id.in_(_flagged(Lead)), "flag"),
        Chip("untouched", "Never touched", lambda by: Lead.touched_at.is_null()),
    ),
    choices=(
        Choice("kind", "Kind", lambda by: KINDS, lambda code, by: Lead.kind == code),
        Choice("source", "Source", lambda by: SOURCES, lambda code, by: Lead.source == code),
    ),
    text=lambda text: Lead.customer.in_(Customer.select(Customer.id).where(Customer.name.contains(text))),
    empty=(
        "circle-check",
        "Every lead has an owner",
        "What comes in without one stands here until somebody claims it.",
    ),
)


@blueprint.get("/unowned/deals")
@allow(AGENT, MANAGER)
def unowned_deals():
    return DEALS.answer(kind="deals")


@blueprint.get("/unowned/leads")
@allow(AGENT, MANAGER)
def unowned_leads():
    return LEADS.answer(kind="leads")


@answers_on("/unowned")
def unowned_again(said: str, undo=None):
    """The list that it was claimed from, without it."""
    behind = page_behind()
    return go(f"{behind.path}?{behind.query}" if behind.query else behind.path, said)


@answers_on("/stuck")
def stuck_again(said: str, undo=None):
    return unowned_again(said)
