"""The people of a customer: a household, or the contacts of a firm. Numbers, addresses, language, consents and wishes
belong to the person; where there is one, no page shows the difference."""

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.query import again, prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.customers import contact, reach
from carmanana.records.consents import Consent
from carmanana.records.customers import Customer, Person
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.schema import locked_people

MOST_PEOPLE = 20


def people_of(customer: Customer | int) -> list[Person]:
    """The one whom the record is about first."""
    return list(everybody(customer))


def several(customer: Customer | int) -> bool:
    return len(people_of(customer)) > 1


def choices(customer: Customer | int) -> list[tuple[str, str]]:
    return [(str(person.id), person.called) for person in people_of(customer)]


def person_of(customer: Customer | int, choice: str) -> Person | None:
    """The one whose number a form sent, among theirs."""
    return next((person for person in people_of(customer) if str(person.id) == choice), None)


def add(customer: Customer, by: User, name: str, phones: list[str], emails: list[str], language: str = "") -> Person:
    """Another person of theirs, with a name of their own."""
    phones = _checked(customer, by, name, phones, emails)
    with transaction():
        fresh = again(customer)
        contact.refuse_while_locked(fresh, by)
        known = people_of(fresh)
        if len(known) >= MOST_PEOPLE:
            raise Refused([Refusal("many", f"A customer has at most {MOST_PEOPLE} people.")], fresh)
        position = max(person.position for person in known) + 1
        person = Person.create(customer=fresh, name=name.strip(), language=language.strip(), position=position)
        reach.write(fresh, phones, emails, person)
        change(again(fresh))
        audit.record("add_person", fresh, by, person=person.id)
    return person


def correct(
    person: Person, by: User, version: int, name: str, phones: list[str], emails: list[str], language: str = ""
) -> Person:
    phones = _checked(person.customer, by, name, phones, emails)
    with transaction():
        fresh = again(person)
        if fresh.version != version:
            raise Stale(fresh)
        contact.refuse_while_locked(fresh.customer, by)
        change(fresh, name=name.strip(), language=language.strip())
        reach.write(fresh.customer, phones, emails, fresh)
        change(again(fresh.customer))
        audit.record("correct_person", fresh.customer, by, person=fresh.id)
    return fresh


def remove(person: Person, by: User, version: int) -> None:
    """With their numbers and addresses. Whose leads or agreements are on file stays: those are proof of theirs."""
    _refuse_others(person.customer, by)
    with transaction():
        fresh = again(person)
        if fresh.version != version:
            raise Stale(fresh)
        customer = fresh.customer
        contact.refuse_while_locked(customer, by)
        if refused := [refusal for refusal in (_is_the_only_one(fresh), _has_history(fresh)) if refusal]:
            raise Refused(refused, fresh)
        fresh.delete_instance()
        locked_people.refresh(customer.id)
        change(again(customer))
        audit.record("remove_person", customer, by, person=fresh.id)


def _is_the_only_one(person: Person) -> Refusal | None:
    if not several(person.customer_id):
        return Refusal("only_person", "A customer has one person at least.")


def _has_history(person: Person) -> Refusal | None:
    leads = Lead.select().where(Lead.person == person).exists()
    if leads or Consent.select().where(Consent.person == person).exists():
        sentence = f"{person.called} has leads or agreements on file: they stay. Correct their name or numbers instead."
        return Refusal("on_file", sentence)


def _checked(customer: Customer, by: User, name: str, phones: list[str], emails: list[str]) -> list[str]:
    _refuse_others(customer, by)
    phones = contact.one_by_one(phones)
    contact.refuse_unclear(name or "", phones, emails)
    return phones


def _refuse_others(customer: Customer, by: User) -> None:
    if not contact.may_change(customer, by):
        raise Forbidden("people_of_customer")


@prepared
def everybody(customer):
    found = Person.select(Person, Customer).join(Customer).where(Person.customer == customer)
    return found.order_by(Person.position, Person.id)
