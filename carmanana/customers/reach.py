"""The numbers and addresses of a customer as rows: what stays keeps what was learned of it."""

from collections.abc import Callable

from carmanana.core.phones import HOME, country_of, e164, extension, national_digits
from carmanana.core.text import digits
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone, Person
from carmanana.schema import locked_people

BEHIND = 100  # those of a further person come behind the ones before


def write(customer: Customer, phones: list[str], emails: list[str], person: Person | None = None) -> None:
    """In this order, of the one whom the record is about or another person of theirs. A row that is written otherwise
    but means the same is the same row."""
    person = person or Person.first_of(customer)
    _rewrite(CustomerPhone, person, [_number(typed, customer.region) for typed in phones], _same_number)
    _rewrite(CustomerEmail, person, [{"address": address} for address in emails], _same_address)
    locked_people.refresh(customer.id)


def _number(typed: str, region: str) -> dict:
    whole = e164(typed, country_of(region) or HOME)
    return {"typed": typed, "e164": whole, "national": national_digits(whole) if whole else ""}


def _rewrite(model, person: Person, wanted: list[dict], same: Callable) -> None:
    known = list(model.select().where(model.person == person).order_by(model.position, model.id))
    for position, fields in enumerate(wanted, BEHIND * person.position):
        row = next((row for row in known if same(row, fields)), None)
        if row is None:
            model.create(customer=person.customer_id, person=person, position=position, **fields)
            continue
        known.remove(row)
        model.update(position=position, **fields).where(model.id == row.id).execute()
    model.delete().where(model.id.in_([row.id for row in known])).execute()


def _same_number(row: CustomerPhone, fields: dict) -> bool:
    """Two extensions of one number are different people."""
    if digits(row.typed) == digits(fields["typed"]):
        return True
    one_line = row.e164 and row.e164 == fields["e164"]
    return bool(one_line) and extension(row.typed) == extension(fields["typed"])


def _same_address(row: CustomerEmail, fields: dict) -> bool:
    return row.address.casefold() == fields["address"].casefold()
