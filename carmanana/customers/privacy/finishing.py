"""What an earlier version left of who was erased: a typed language, a region in words of theirs, steps that nobody is to
do any more."""

from datetime import datetime

from carmanana.contacting import next_steps
from carmanana.core.db import transaction
from carmanana.customers.privacy.erasing import NAME, region_code, still_to_do
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.privacy import Erasure
from carmanana.schema.leftovers import overwriting


def finish(as_of: datetime) -> int:
    """Of how many something was left."""
    erased = list(Erasure.select().order_by(Erasure.id))
    return sum(_finish(erasure, as_of) for erasure in erased if _left(erasure))


def _finish(erasure: Erasure, as_of: datetime) -> bool:
    with transaction():
        if (left := _left(erasure)) is None:
            return False
        customer, steps, told = left
        next_steps.drop(steps, erasure.by, as_of)
        with overwriting():
            Customer.update(**told, version=Customer.version + 1).where(Customer.id == customer.id).execute()
    return True


def _left(erasure: Erasure) -> tuple[Customer, list[Activity], dict] | None:
    """Whose record still says something, their steps, and what is to stand in it."""
    number, made = Customer.id == erasure.customer_number, Customer.created_at == erasure.customer_made
    customer = Customer.get_or_none(number, made, Customer.name == NAME)
    if customer is None:
        return None
    steps = list(still_to_do(customer).where(Activity.created_at <= erasure.at))
    told = {"language": "", "region": region_code(customer.region)}
    done = not steps and all(getattr(customer, name) == text for name, text in told.items())
    return None if done else (customer, steps, told)
