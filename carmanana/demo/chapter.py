"""What the lives of many deals leave behind, as plain rows that one process makes and another writes.

Deals go in through the one door for history, `order.load`, which holds every row against the rules.
"""

from dataclasses import dataclass

from carmanana import audit, clock
from carmanana.customers.models import Customer, CustomerEmail, CustomerPhone
from carmanana.deals.lifecycle import order
from carmanana.deals.models import Deal
from carmanana.demo import rows
from carmanana.search.index import in_bulk

CLIENTS = (Customer, CustomerPhone, CustomerEmail)


@dataclass(slots=True)
class Chapter:
    rows: dict  # of each table but the deals', as they are stored
    events: list
    deals: list
    besides: list  # what stands with each deal in other tables, for the rules
    recorded: list  # contacts whose recording is still to be made


def write_down(chapter: Chapter, as_of) -> None:
    """All of it or nothing; clients come before their deals, and all else after them."""
    with in_bulk(), clock.set_to(as_of):
        for model in CLIENTS:
            rows.write(model, chapter.rows.pop(model))
        audit.record_rows(chapter.events)
        _load_deals(chapter)
        for model, stored in chapter.rows.items():
            rows.write(model, stored)


def _load_deals(chapter):
    numbers = [row.pop("id") for row in chapter.deals]
    deals = [Deal(**row) for row in chapter.deals]
    refused = order.load(deals, None, "loaded", chapter.besides)
    if refused or [deal.id for deal in deals] != numbers:
        raise AssertionError(f"the demo world is against the rules: {refused[:1]}")
