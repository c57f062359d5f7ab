"""Something that a customer holds and that no order of ours made."""

from datetime import date

from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.workflow import Attempt, Forbidden, Refused
from carmanana.records.assets import LIVE, VEHICLE, Asset
from carmanana.records.customer_cases import works_for
from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.sales.assets.lifecycle import NAMED


def enter(
    customer: Customer,
    by: User,
    name: str = "",
    kind: str = VEHICLE,
    identifier: str = "",
    held_since: date | None = None,
) -> Asset:
    if not works_for(customer, by):
        raise Forbidden("add_asset")
    asset = Asset(customer=customer)
    given = {"name": name, "kind": kind, "held_since": held_since}
    if refused := [found for rule in NAMED if (found := rule(Attempt(asset, by, "add", given)))]:
        raise Refused(refused)
    with transaction():
        words = {"name": name.strip(), "identifier": (identifier or "").strip()}
        made = Asset.create(customer=customer, kind=kind, held_since=held_since, **words)
        audit.record("add_asset", made, by, None, LIVE, customer=customer.id)
    return made
