"""The list of expiries, for everybody's customers and as a tab of one."""

import json
from dataclasses import dataclass

from peewee import JOIN

from carmanana.core.query import prepared
from carmanana.customers import contact
from carmanana.expiries import finding
from carmanana.expiries.lifecycle import may_work
from carmanana.records.customers import Customer
from carmanana.records.expiries import KINDS, Expiry
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.schema.sqlite import members
from carmanana.web.customers.page import Tab, register
from carmanana.web.lists import Chip, Choice, Column, List, Shown
from carmanana.web.lists.counting import all_up_to


@dataclass(frozen=True)
class Beside:
    """What of it this person may go to and change."""

    customers: set[int]
    leads: set[int]
    by: User

    @classmethod
    def of(cls, rows: list[Expiry], by: User) -> "Beside":
        customers = contact.visible_to(by).select(Customer.id).where(Customer.id.in_({row.customer_id for row in rows}))
        leads = Lead.visible_to(by).select(Lead.id).where(Lead.id.in_({row.lead_id for row in rows} - {None}))
        return cls({id for (id,) in customers.tuples()}, {id for (id,) in leads.tuples()}, by)

    def may_work(self, expiry: Expiry) -> bool:
        return expiry.open and may_work(expiry, self.by)


def _load(ids: list[int]) -> list[Expiry]:
    return _expiries(json.dumps(ids))


@prepared
def _expiries(ids):
    found = Expiry.select(Expiry, Customer, User).join(Customer)
    return found.join_from(Expiry, User, JOIN.LEFT_OUTER, on=Expiry.owner).where(Expiry.id.in_(members(ids)))


@prepared
def _of_all(by, today, first, following):
    every, days = Expiry.select(), finding.Days(today, first, following)
    return all_up_to([every.where(where(by, days)) for where in finding.CONDITIONS.values()], Expiry.id)


def _counts(shown: Shown) -> dict[str, int]:
    if shown.chosen or not contact.sees_everybody(shown.by):
        return {}
    return dict(zip(finding.CONDITIONS, _of_all.first(shown.by, *finding.Days.of(shown.by)), strict=True))


def _which(key: str):
    return lambda by: finding.CONDITIONS[key](by, finding.Days.of(by))


EXPIRIES = List(
    name="expiries",
    title="Expiries",
    endpoint="expiries.index",
    one="expiry",
    many="expiries",
    columns=(
        Column("about", "What runs out", lambda expiry: expiry.about, always=True),
        Column("customer", "Customer", lambda expiry: expiry.customer.name),
        Column("kind", "Whose", lambda expiry: expiry.kind_name),
        Column("supplier", "Supplier", lambda expiry: expiry.supplier),
        Column("owner", "Owner", lambda expiry: expiry.owner.name if expiry.owner_id else ""),
        Column("state", "State", lambda expiry: expiry.state_name),
        Column("on", "Day", lambda expiry: expiry.on, Expiry.on, number=True),
        Column("reason", "Why dropped", lambda expiry: expiry.reason, wide=True),
        Column("steps", "Steps", always=True),
    ),
    scope=finding.visible_to,
    load=_load,
    cells="expiries/_cells.html",
    id=Expiry.id,
    sort="on",
    one_chip=True,
    chips=(
        Chip("set", "Ahead", _which("set")),
        Chip("month", "Due this month", _which("month"), "calendar"),
        Chip("overdue", "Overdue", _which("overdue"), "alert"),
        Chip("mine", "Mine", _which("mine")),
        Chip("made", "Leads made", _which("made"), sort="on", descending=True),
        Chip("dropped", "Dropped", _which("dropped"), sort="on", descending=True),
        Chip("all", "All"),
    ),
    known_counts=_counts,
    counted_in_one_pass=lambda by: not contact.sees_everybody(by),
    choices=(Choice("kind", "Whose", lambda by: KINDS, lambda code, by: Expiry.kind == code),),
    text=finding.matches,
    placeholder="Customer, supplier or what runs out",
    empty=(
        "calendar",
        "No expiries here",
        "A day on which a contract ends, set on the customer’s page, becomes a lead.",
    ),
    seen=Beside.of,
    views=True,
)

TAB = register(Tab("expiries", "Expiries", 80, EXPIRIES, Expiry.customer, template="expiries/tab.html"))
