"""The list of customers, and of what happened with one of them."""

from dataclasses import replace

from peewee import JOIN

from carmanana.core import money
from carmanana.customers import contact, counting, finding
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.attachments import Attachment
from carmanana.records.customers import STATUSES, Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.sqlite import of_ids
from carmanana.web.customers.page import TABBED
from carmanana.web.lists import Chip, Choice, Column, Kept, List, Shown


def with_reach(ids: list[int]) -> list[Customer]:
    """With their owners, numbers and addresses, in three queries however many."""
    rows = {customer.id: customer for customer in _with_owners(ids)}
    for name, found in (("phones", _phones(ids)), ("emails", _emails(ids))):
        for customer in rows.values():
            setattr(customer, name, [])
        for one in found:
            getattr(rows[one.customer_id], name).append(one)
    return list(rows.values())


@of_ids
def _with_owners(ids):
    return Customer.select(Customer, User).join(User, JOIN.LEFT_OUTER, on=Customer.owner).where(Customer.id.in_(ids))


@of_ids
def _phones(ids):
    return CustomerPhone.select().where(CustomerPhone.customer.in_(ids)).order_by(CustomerPhone.position)


@of_ids
def _emails(ids):
    return CustomerEmail.select().where(CustomerEmail.customer.in_(ids)).order_by(CustomerEmail.position)


def _first(rows, name: str) -> str:
    return getattr(rows[0], name) if rows else ""


def _shows(customer: Customer, deals: dict[int, int]) -> tuple:
    owner = customer.owner_id and (customer.owner.name, customer.owner.email, customer.owner.house)
    closed = customer.no_calls, customer.no_emails, customer.no_texts
    reached = _first(customer.phones, "shown"), _first(customer.emails, "address"), customer.region
    return customer.id, customer.name, customer.status, *closed, *reached, owner, deals.get(customer.id)


def _ids(shown: Shown, after: str, most: int) -> list[int]:
    return finding.first_by_name(shown.by, most) if shown.plain else shown.looked_for


def _counts(shown: Shown) -> dict[str, int]:
    counts = counting.counts(shown.by)
    every = counts.pop("")
    return counts if shown.on else counts | {"": every}


CUSTOMERS = List(
    name="customers",
    title="Customers",
    endpoint="customers.index",
    one="customer",
    many="customers",
    columns=(
        Column("customer", "Name", lambda c: c.name, Customer.folded, always=True),
        Column("status", "Status", lambda c: c.status_name),
        Column("phone", "Phone", lambda c: _first(c.phones, "shown")),
        Column("email", "Email", lambda c: _first(c.emails, "address"), wide=True),
        Column("region", "Region", lambda c: c.region, wide=True),
        Column("owner", "Owner", lambda c: c.owner.name if c.owner_id else "", wide=True),
        Column("deals", "Deals", number=True, beside=lambda c, deals: deals.get(c.id, 0)),
    ),
    scope=contact.visible_to,
    load=with_reach,
    cells="customers/_cells.html",
    id=Customer.id,
    template="customers/index.html",
    sort="customer",
    chips=(
        Chip("mine", "Mine", lambda by: Customer.owner == by, shown=lambda by: by.works_deals),
        Chip("unowned", "Unowned", lambda by: Customer.unowned(), "unowned"),
    ),
    choices=(Choice("status", "Status", lambda by: STATUSES, lambda code, by: Customer.status == code),),
    text=finding.matches,
    text_of=Customer.id,
    ids_of=_ids,
    kept=Kept(_shows),
    known_counts=lambda shown: {} if shown.chosen else _counts(shown),
    placeholder="Name, phone or email",
    empty=("users", "No customers yet", "Customers come with a lead, a deal or an import, or are added here."),
    seen=lambda rows, by: finding.deal_counts(rows, by),
    views=True,
)


def activity_of(customer: Customer) -> List:
    """The newest first, on the customer's page."""
    return List(
        name="activity",
        title="Activity",
        endpoint="customers.show",
        one="entry",
        many="entries",
        columns=(Column("at", "When", sort=Activity.at),),
        scope=lambda by: finding.activities_of(customer, by),
        load=finding.with_deals,
        cells="customers/_activity.html",
        id=Activity.id,
        sort="at",
        descending=True,
        as_rows=True,
        values={"customer_id": customer.id},
    )


def activities_of(customer: Customer) -> List:
    """The same on a tab of their own, by kind."""
    return replace(
        activity_of(customer),
        title="Activities",
        endpoint=TABBED,
        values={"customer_id": customer.id, "tab": "activities"},
        row_class="timeline panel",
        chips=(
            Chip("contacts", "Contacts", lambda by: Activity.kind.in_(CONTACTS)),
            Chip("notes", "Notes", lambda by: Activity.kind == "note"),
            Chip("steps", "Open steps", lambda by: (Activity.kind == "task") & Activity.done_at.is_null()),
        ),
        empty=(
            "history",
            "Nothing is logged yet",
            "Calls, emails, texts and notes of all their deals come together here.",
        ),
    )


@of_ids
def _deals(ids):
    found = Deal.select(Deal, Stage, Pipeline, User).join(Stage).switch(Deal).join(Pipeline).switch(Deal)
    return found.join(User, JOIN.LEFT_OUTER, on=Deal.owner).where(Deal.id.in_(ids))


DEALS = List(
    name="deals",
    title="Deals",
    endpoint=TABBED,
    one="deal",
    many="deals",
    columns=(
        Column("vehicle", "Vehicle", lambda deal: deal.vehicle, always=True),
        Column("state", "State", lambda deal: deal.state_name),
        Column("stage", "Where", lambda deal: f"{deal.pipeline.name}, {deal.stage.name}"),
        Column("owner", "Owner", lambda deal: deal.owner.name if deal.owner_id else ""),
        Column("value", "Value", lambda deal: money.shown(deal.value_cents, deal.currency), number=True),
        Column("created", "Created", lambda deal: deal.created_at, Deal.created_at, number=True),
    ),
    scope=Deal.visible_to,
    load=_deals,
    cells="customers/_deal_cells.html",
    id=Deal.id,
    sort="created",
    descending=True,
    empty=("board", "No deals that you can see", "A deal of this customer’s stands here, from its first day on."),
)


@of_ids
def _leads(ids):
    return Lead.select(Lead, User).join(User, JOIN.LEFT_OUTER, on=Lead.owner).where(Lead.id.in_(ids))


LEADS = List(
    name="leads",
    title="Leads",
    endpoint=TABBED,
    one="lead",
    many="leads",
    columns=(
        Column("lead", "Asked about", lambda lead: lead.vehicle, always=True),
        Column("state", "State", lambda lead: lead.state_name),
        Column("source", "Source", lambda lead: lead.source_name),
        Column("owner", "Owner", lambda lead: lead.owner.name if lead.owner_id else ""),
        Column("received", "Received", lambda lead: lead.received_at, Lead.received_at, number=True),
    ),
    scope=Lead.visible_to,
    load=_leads,
    cells="customers/_lead_cells.html",
    id=Lead.id,
    sort="received",
    descending=True,
    empty=("phone", "No leads that you can see", "Whatever this customer asks about before any price stands here."),
)


@of_ids
def _files(ids):
    found = Attachment.select(Attachment, Activity, Deal, User).join(Activity).join(Deal, JOIN.LEFT_OUTER)
    return found.join_from(Attachment, User, JOIN.LEFT_OUTER).where(Attachment.id.in_(ids))


def files_of(customer: Customer) -> List:
    return List(
        name="files",
        title="Files",
        endpoint=TABBED,
        one="file",
        many="files",
        columns=(
            Column("name", "File", always=True),
            Column("kind", "Kind"),
            Column("of", "With"),
            Column("by", "Added by"),
            Column("at", "Added", sort=Attachment.created_at, number=True),
        ),
        scope=lambda by: finding.files_of(customer, by),
        load=_files,
        cells="customers/_file_cells.html",
        id=Attachment.id,
        sort="at",
        descending=True,
        values={"customer_id": customer.id, "tab": "files"},
        empty=("file", "No files yet", "Recordings, emails and documents of all their deals come together here."),
    )
