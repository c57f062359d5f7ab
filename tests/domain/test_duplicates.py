"""Who somebody may be already: ranked, with why, within one's rights; and whom a form then means."""

import pytest

from carmanana.core import clock
from carmanana.customers import contact, duplicate_lists
from carmanana.customers.duplicates import candidates
from carmanana.customers.names import likeness
from carmanana.customers.settling import NEW, settle
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone

from ..cast import refused
from .test_customers import owned


def fatima(cast, by=None, **facts):
    return contact.enter(
        by or cast.agent, "Fatima Zahra El Idrissi", ["+1 305 555 2000"], ["fatima@example.com"], **facts
    )


def told(duplicates):
    return [(duplicate.customer and duplicate.customer.name, duplicate.why_in_words) for duplicate in duplicates]


def test_the_surest_comes_first_and_says_why(cast):
    fatima(cast, region="Florida")
    contact.enter(cast.agent, "Fátima Zahra El-Idrisi", ["+1 305 555 3000"], region="Texas")
    contact.enter(cast.agent, "Yusuf El Idrissi", ["(305) 555-2000"])
    contact.enter(cast.agent, "Grace Nwosu", ["305 555 4000"], ["grace@example.com"])
    found = candidates(cast.agent, "fatima zahra el idrissi", ["1-305-555-2000"], ["FATIMA@example.com"], "florida")
    assert told(found) == [
        ("Fatima Zahra El Idrissi", "same number and address and name and region"),
        ("Yusuf El Idrissi", "same number"),
        ("Fátima Zahra El-Idrisi", "name alike 97 %"),
    ]
    assert [duplicate.sure for duplicate in found] == [True, True, False]


@pytest.mark.parametrize(
    "typed, name, alike",
    [
        ("Jon Smith", "John Smith", True),
        ("Smith John", "John Smith", True),
        ("Łukasz Wiśniewski", "Lukasz Wisniewski", True),
        ("Fatima El Idrissi", "Fatima Zahra El Idrissi", True),
        ("María García", "Eva García", False),
        ("Ana", "Ana María López", False),
        ("王小明", "王小明", True),
        ("Gutierrez Maria", "María Gutiérrez", True),
        ('" OR name:*', "John Smith", False),
        ("", "John Smith", False),
    ],
)
def test_names_that_are_alike(cast, typed, name, alike):
    contact.enter(cast.agent, name)
    assert bool(candidates(cast.agent, typed)) is alike
    assert likeness(name, name) == 100


def test_the_same_digits_without_an_area_code_are_the_same_number(cast):
    contact.enter(cast.agent, "Gia", ["826-4678"])
    assert told(candidates(cast.agent, "", ["826 46 78"])) == [("Gia", "same number")]
    assert candidates(cast.agent, "", ["826 4679"]) == [] == candidates(cast.agent, "", ["826"])


def test_somebody_elses_client_is_only_said_to_be_somebodys(cast):
    here = fatima(cast, cast.agent2)
    cast.given_to(cast.deal(cast.agent2), cast.agent2)
    (duplicate,) = candidates(cast.agent, here.name, ["+1 305 555 2000"])
    assert (duplicate.customer, duplicate.whose, duplicate.why) == (None, cast.agent2.name, ["same number"])
    assert candidates(cast.agent, here.name) == []
    assert told(candidates(cast.manager, here.name)) == [(here.name, "same name")]


def test_how_many_deals_they_have_and_when_we_last_spoke(cast):
    deal = cast.deal(cast.agent)
    cast.called(deal)
    (duplicate,) = candidates(cast.agent, "", [deal.customer.phone.typed])
    assert (duplicate.deals, duplicate.spoken_at.date()) == (1, clock.today())


# whom a form means


def test_a_known_number_asks_who_it_is(cast):
    here = fatima(cast)
    with refused("twin", field="duplicate"):
        settle(cast.agent, "", "Fatima", ["3055552000"], [])
    assert settle(cast.agent, str(here.id), "Fatima", ["3055552000"], []).id == here.id
    new = settle(cast.agent, NEW, "Yusuf", ["3055552000"], [])
    assert new.id != here.id and new.name == "Yusuf"


def test_a_new_number_of_the_one_chosen_is_written_down_once(cast):
    here = fatima(cast)
    for _ in range(2):
        settle(cast.agent, str(here.id), "", ["+1 305 555 2000", "305 555 9999"], ["F@example.com"])
    again = Customer.get_by_id(here.id)
    assert [phone.typed for phone in again.phones] == ["+1 305 555 2000", "305 555 9999"]
    assert [email.address for email in again.emails] == [
        "fatima@example.com",
        "F@example.com",
    ] and again.version == here.version + 1


@pytest.mark.parametrize("choice", ["0", "x", "999999999999999999", "²", "-1", "theirs"])
def test_a_choice_is_somebody_whom_one_sees(cast, choice):
    theirs = fatima(cast, cast.agent2)
    with refused("twin", field="duplicate"):
        settle(cast.agent, str(theirs.id) if choice == "theirs" else choice, "Zoë", [], [])


def test_who_asked_not_to_be_called_is_not_called_under_another_record(cast):
    contact.enter(cast.agent2, "Fatima", ["+1 305 555 2000"], no_calls=True)
    new = settle(cast.agent, NEW, "Fatima", ["305 555 2000"], [])
    assert (new.no_calls, new.no_emails) == (True, False)


# the list of possible duplicates


def test_numbers_and_addresses_of_several_clients_are_listed(cast):
    one, other = (
        fatima(cast),
        contact.enter(cast.agent, "F. Idrissi", ["(305) 555-2000", "305 555 2001"], ["FATIMA@example.com"]),
    )
    contact.enter(cast.agent, "Grace", ["305 555 4000", "+1 305 555 4000"])
    found = duplicate_lists.with_customers(duplicate_lists.page("", 10))
    assert [(group.kind, group.told, [c.id for c in group.customers]) for group in found] == [
        ("number", "+13055552000", [one.id, other.id]),
        ("address", "fatima@example.com", [one.id, other.id]),
    ]
    assert owned(one, cast.agent2) and duplicate_lists.shared().count() == 2
    CustomerPhone.update(e164="+13055559999").where(CustomerPhone.customer == other).execute()
    CustomerEmail.delete().where(CustomerEmail.customer == one).execute()
    assert duplicate_lists.page("", 10) == []
    CustomerPhone.update(e164="+13055559999").where(CustomerPhone.customer == one).execute()
    assert duplicate_lists.page("", 10) == ["number:+13055559999"]
    Customer.delete().where(Customer.id == other.id).execute()
    assert duplicate_lists.page("", 10) == []
