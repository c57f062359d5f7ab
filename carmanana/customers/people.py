"""The people of a customer: a household, or the contacts of a firm. Numbers, addresses, language, consents and wishes belong to
the person; where there is one, no page shows the difference."""

from carmanana.core.query import prepared
from carmanana.records.customers import Customer, Person


def people_of(customer: Customer | int) -> list[Person]:
    """The one whom the record is about first."""
    return list(_people(customer))


def several(customer: Customer | int) -> bool:
    return len(people_of(customer)) > 1


def choices(customer: Customer | int) -> list[tuple[str, str]]:
    return [(str(person.id), person.called) for person in people_of(customer)]


def person_of(customer: Customer | int, choice: str) -> Person | None:
    """The one whose number a form sent, among theirs."""
    return next((person for person in people_of(customer) if str(person.id) == choice), None)


@prepared
def _people(customer):
    found = Person.select(Person, Customer).join(Customer).where(Person.customer == customer)
    return found.order_by(Person.position, Person.id)
