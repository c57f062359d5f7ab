"""Households and firms: several people of one customer, each with numbers, addresses and wishes of their own."""

import pytest

from carmanana.contacting import wishes
from carmanana.contacting.reach import closed
from carmanana.core.db import Stale
from carmanana.core.phones import shown
from carmanana.core.workflow import Forbidden
from carmanana.customers import contact, people
from carmanana.leads import intake
from carmanana.records.customers import Customer, Person
from carmanana.records.deal_codes import LOSING

from ..cast import refused


@pytest.fixture
def firm(cast) -> Customer:
    """With a second person, on another extension of the same number."""
    firm = contact.enter(cast.agent, "Nordwind Fleet", ["+1 305 555 1200 ext. 11"], ["ana@nordwind.example"])
    people.add(firm, cast.agent, "Eva Lima", ["+1 305 555 1200 ext. 12"], ["eva@nordwind.example"], "pt")
    return Customer.get_by_id(firm.id)


def second(firm: Customer) -> Person:
    return people.people_of(firm)[1]


def test_each_has_numbers_of_their_own(cast, firm):
    ana, eva = people.people_of(firm)
    assert [phone.typed for person in (ana, eva) for phone in person.phones] == [
        "+1 305 555 1200 ext. 11",
        "+1 305 555 1200 ext. 12",
    ]
    assert (ana.called, eva.called, eva.speaks) == ("Nordwind Fleet", "Eva Lima", "pt")
    contact.correct(firm, cast.agent, firm.version, ["+1 305 555 1300"], [], name="Nordwind")
    assert [phone.typed for phone in eva.phones] == ["+1 305 555 1200 ext. 12"], "the other’s stay"
    assert [phone.typed for phone in ana.phones] == ["+1 305 555 1300"] and not ana.emails.exists()


def test_a_person_is_corrected_and_removed(cast, firm):
    eva = people.correct(second(firm), cast.agent, 1, "Eva Lima Costa", ["+1 305 555 1400"], [])
    assert (eva.name, [phone.shown for phone in eva.phones]) == ("Eva Lima Costa", ["(305) 555-1400"])
    with pytest.raises(Stale):
        people.correct(eva, cast.agent, 1, "Eva", [], [])
    people.remove(eva, cast.agent, eva.version)
    assert not people.several(firm) and firm.phones.count() == 1
    with refused("only_person"):
        people.remove(Person.first_of(firm), cast.agent, 1)


def test_whose_agreements_are_on_file_stays(cast, firm):
    intake.agree(second(firm), cast.agent, {"call"}, "Yes, call me", "phone")
    with refused("on_file"):
        people.remove(second(firm), cast.agent, 1)


@pytest.mark.parametrize(
    "name, phones, emails, code",
    [("", [], [], "name"), ("Eva", ["call me"], [], "phone"), ("Eva", [], ["eva@"], "email")],
)
def test_what_refuses_a_person(cast, firm, name, phones, emails, code):
    with refused(code):
        people.add(firm, cast.agent, name, phones, emails)


def test_others_and_the_lock_keep_out(cast, firm):
    with pytest.raises(Forbidden):
        people.add(firm, cast.agent2, "Eva", [], [])
    locked = cast.in_state(LOSING).customer
    with refused("locked"):
        people.add(locked, cast.agent, "Eva", [], [])


def test_a_wish_is_a_persons_and_lifting_one_leaves_the_others(cast, firm):
    """What all of them ask for is the customer’s."""
    people.correct(second(firm), cast.agent, 1, "Eva Lima", ["+1 305 555 1400"], ["eva@nordwind.example"])
    ana, eva = people.people_of(firm)
    wishes.stop(ana, cast.agent, ["no_calls"])
    assert closed(firm, cast.agent, Person.get_by_id(ana.id))["call"]
    assert not closed(firm, cast.agent, Person.get_by_id(eva.id))["call"]
    assert not Customer.get_by_id(firm.id).no_calls
    wishes.stop(eva, cast.agent, ["no_calls"])
    assert Customer.get_by_id(firm.id).no_calls
    wishes.lift(Person.get_by_id(eva.id), "no_calls", "Eva called on Monday", cast.admin)
    assert [person.no_calls for person in people.people_of(firm)] == [True, False]
    assert not Customer.get_by_id(firm.id).no_calls
    people.remove(second(firm), cast.agent, second(firm).version)
    assert Customer.get_by_id(firm.id).no_calls


def test_a_newcomer_has_asked_for_nothing(cast, firm):
    wishes.stop(Person.first_of(firm), cast.agent)
    wishes.stop(second(firm), cast.agent)
    people.add(firm, cast.agent, "Tom Lima", [], ["tom@nordwind.example"])
    assert not Customer.get_by_id(firm.id).no_emails
    assert [person.no_emails for person in people.people_of(firm)] == [True, True, False]


def test_numbers_are_shown_in_one_form():
    assert shown("305.555.0171 x12", "+13055550171") == "(305) 555-0171 ext.\N{NO-BREAK SPACE}12"
    assert shown("0049 30 901820", "+4930901820") == "+49 30 901820"
    assert shown("555 01", None) == "555 01"
