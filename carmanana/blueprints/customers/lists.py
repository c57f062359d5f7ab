"""The list of customers, and of what happened with one of them."""

from peewee import JOIN, prefetch

from carmanana.customers import contact, finding
from carmanana.records.activities import Activity
from carmanana.records.customers import STATUSES, Customer, CustomerEmail, CustomerPhone
from carmanana.records.people import User
from carmanana.web.lists import Chip, Choice, Column, List


def with_reach(ids: list[int]) -> list[Customer]:
    """With their owners, numbers and addresses, in three queries however many."""
    rows = Customer.select(Customer, User).join(User, JOIN.LEFT_OUTER, on=Customer.owner).where(Customer.id.in_(ids))
    return prefetch(
        rows,
        CustomerPhone.select().order_by(CustomerPhone.position),
        CustomerEmail.select().order_by(CustomerEmail.position),
    )


def _first(rows, name: str) -> str:
    return getattr(rows[0], name) if rows else ""


CUSTOMERS = List(
    name="customers",
    title="Customers",
    endpoint="customers.index",
    one="customer",
    many="customers",
    columns=(
        Column("customer", "Name", lambda c: c.name, Customer.folded, always=True),
        Column("status", "Status", lambda c: c.status_name),
        Column("phone", "Phone", lambda c: _first(c.phones, "typed")),
        Column("email", "Email", lambda c: _first(c.emails, "address"), wide=True),
        Column("region", "Region", lambda c: c.region, wide=True),
        Column("owner", "Owner", lambda c: c.owner.name if c.owner_id else "", wide=True),
        Column("deals", "Deals", number=True),
    ),
    scope=contact.visible_to,
    load=with_reach,
    cells="customers/_cells.html",
    id=Customer.id,
    sort="customer",
    chips=(
        Chip("mine", "Mine", lambda by: Customer.owner == by, shown=lambda by: by.works_deals),
        Chip("unowned", "Unowned", lambda by: Customer.unowned(), "unowned"),
    ),
    choices=(Choice("status", "Status", lambda by: STATUSES, lambda code, by: Customer.status == code),),
    text=finding.matches,
    placeholder="Name, phone or email",
    empty=("users", "No customers yet", "A customer comes with their first deal, or with an import."),
    seen=lambda rows, by: finding.deal_counts(rows, by),
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
