"""A lead knows whether its person has a number that works and was not closed to calls, whatever changes that."""

from carmanana.core import clock
from carmanana.core.db import database
from carmanana.leads import finding
from carmanana.records.customers import CustomerPhone, Person
from carmanana.records.leads import Lead


def test_a_lead_may_be_called_as_its_person_and_their_numbers_stand(cast):
    lead, other = cast.lead(), cast.lead()
    person, number = Person.id == lead.person_id, CustomerPhone.person == lead.person_id
    place = [(lead.region, lead.timezone)]
    CustomerPhone.delete().where(CustomerPhone.person == other.person_id).execute()

    def callable_ones() -> list[int]:
        return [one.id for one in Lead.select(Lead.id).where(finding.callable_now(place)).order_by(Lead.id)]

    def another():
        CustomerPhone.create(
            customer=lead.customer_id, person=lead.person_id, typed="305 555 0199", e164="+13055550199", position=2
        )

    first = number & (CustomerPhone.position < 2)
    steps = (
        ("as it came", lambda: None, True),
        ("wrong", lambda: CustomerPhone.update(wrong_at=clock.now()).where(number).execute(), False),
        ("right again", lambda: CustomerPhone.update(wrong_at=None).where(number).execute(), True),
        ("no calls", lambda: Person.update(no_calls=True).where(person).execute(), False),
        ("calls again", lambda: Person.update(no_calls=False).where(person).execute(), True),
        ("no number", lambda: CustomerPhone.update(e164=None).where(number).execute(), False),
        ("another one", another, True),
        ("it goes", lambda: CustomerPhone.delete().where(number, CustomerPhone.position == 2).execute(), False),
        ("a number at last", lambda: CustomerPhone.update(e164="+13055550142").where(first).execute(), True),
        ("somebody else", lambda: Lead.update(person=other.person_id).where(Lead.id == lead.id).execute(), False),
        ("whose number it is", lambda: CustomerPhone.update(person=other.person_id).where(first).execute(), None),
    )
    wrong = []
    for told, do, expected in steps:
        do()
        found = callable_ones()
        if found != {True: [lead.id], False: [], None: [lead.id, other.id]}[expected]:
            wrong.append((told, found))
    assert not wrong
    assert database.execute_sql("SELECT COUNT(*) FROM lead WHERE callable").fetchone() == (2,)
