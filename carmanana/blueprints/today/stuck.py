"""Deals and leads that are stuck, by how they are, each with the button that mends it."""

from flask import g, request, url_for
from peewee import JOIN

from carmanana.core.db import Record
from carmanana.core.limits import AT_A_GLANCE
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.schema.sqlite import literally, of_ids
from carmanana.today.managing import numbers_of
from carmanana.today.standing import STUCK
from carmanana.today.standings import Clock, Standing
from carmanana.today.telling import moment
from carmanana.web.access import signed_in
from carmanana.web.current_user import me
from carmanana.web.lists import Chip, Column, List
from carmanana.web.today import Act
from carmanana.web.today_rows import LINK, POST

from .base import blueprint

DIALOGS = {
    Deal: {
        "new_step": "activities.new_step",
        "contact": "activities.new",
        "resume": "deals.resumption",
        "review": "deals.flag",
    },
    Lead: {"new_step": "leads.new_step", "contact": "leads.contact", "resume": "leads.resume"},
}
CLAIMS = {Deal: "deals.claim", Lead: "leads.claim"}


def mend(record: Record, standing: Standing) -> Act | None:
    """The step that takes it out of being stuck, for whom it is to take: a review is the reviewer's, and whoever owns
    the order asks them. Who reads only is offered the review to read."""
    label, code = standing.mend
    if code == "review" and me().sees_all:
        return Act(label, url_for("cancellations.of_deal", deal_id=record.id), way=LINK)
    if not me().works_deals:
        return None
    model = type(record)
    number = {f"{model._meta.table_name}_id": record.id}
    if code == "claim":
        return Act(label, url_for(CLAIMS[model], **number), way=POST)
    label = "Ask the manager" if code == "review" else label
    return Act(label, url_for(DIALOGS[model][code], **number))


def _at() -> Clock:
    """Read once a request."""
    if "standing_clock" not in g:
        g.standing_clock = Clock.at()
    return g.standing_clock


def _chip(model: type[Record], one: Standing) -> Chip:
    """A manager's are all, anybody else's their own."""

    def where(by: User):
        return one.where(_at()) if by.sees_all else one.of(model, by.id, _at())

    return Chip(one.code, one.name, where, empty=f"{one.name}: none")


@of_ids
def _deals(ids):
    found = Deal.select(Deal, Customer, User).join(Customer).join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
    return found.where(Deal.id.in_(ids))


@of_ids
def _leads(ids):
    found = Lead.select(Lead, Customer, User).join(Customer).join_from(Lead, User, JOIN.LEFT_OUTER, on=Lead.owner)
    return found.where(Lead.id.in_(ids))


def _loaded(model: type[Record], one: Standing):
    """With since when each of them stands so."""

    @of_ids
    def since(ids):
        return model.select(model.id, one.since).where(model.id.in_(ids)).tuples()

    def load(ids: list[int]) -> list[Record]:
        known, records = dict(since(ids)), LOADED[model](ids)
        for record in records:
            at = known[record.id]
            record.stuck_since = moment(at) if isinstance(at, str) else at
        return records

    return load


LOADED = {Deal: _deals, Lead: _leads}


def _list(model: type[Record], one: Standing) -> List:
    """All that are stuck, by their standings, with this one chosen; each is in the order of since when they stand
    so."""
    kind = model._meta.table_name
    return List(
        name=f"stuck-{kind}s",
        title=f"Stuck {kind}s",
        endpoint="today.stuck",
        one=kind,
        many=f"{kind}s",
        columns=(
            Column("customer", "Customer", lambda record: record.customer.name, always=True),
            Column("state", "State", lambda record: record.state_name),
            Column("owner", "Owner", lambda record: record.owner.name if not record.unowned else ""),
            Column("since", "Since", lambda record: record.stuck_since, one.since, number=True),
            Column("mend", "", always=True),
        ),
        scope=lambda by: model.select(),
        load=_loaded(model, one),
        cells="today/_cells.html",
        id=model.id,
        sort="since",
        chips=tuple(_chip(model, each) for each in STUCK[model].values()),
        one_chip=True,
        chip_key="standing",
        parts=lambda by: [literally(model.state, state) for state in one.states],
        known_counts=lambda shown: numbers_of(model, shown.on[0].key, shown.by),
        chips_to=AT_A_GLANCE,
        values={"what": f"{kind}s"},
        empty=("circle-check", "Nothing is stuck", EMPTY[model]),
        seen=lambda rows, by: {"mend": lambda record: mend(record, one)},
        template="today/stuck.html",
    )


EMPTY = {
    Deal: "Every deal has an owner and a next step, waits with a date, or is closed.",
    Lead: "Every lead has an owner and a next step, waits with a date, or is closed.",
}
MODELS = {"deals": Deal, "leads": Lead}
LISTS = {model: {code: _list(model, one) for code, one in ways.items()} for model, ways in STUCK.items()}


@blueprint.get("/stuck/<any(deals,leads):what>")
@signed_in
def stuck(what: str):
    model = MODELS[what]
    chosen = request.args.get("standing", "")
    described = LISTS[model].get(chosen) or next(iter(LISTS[model].values()))
    return described.answer(kind=what)
