"""Customers: correcting them, their wish not to be contacted, whose they are, and finding one."""

from datetime import timedelta

import pytest

from carmanana.contacting.log import log
from carmanana.contacting.reach import closed
from carmanana.core import clock
from carmanana.core.db import Stale, insert_all
from carmanana.core.text import fold
from carmanana.customers import contact, finding, ownership
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deal_codes import LOSING
from carmanana.records.notifications import Notification

from ..cast import NOON, forbidden, refused


def owned(customer, owner):
    Customer.update(owner=owner).where(Customer.id == customer.id).execute()
    return Customer.get_by_id(customer.id)


def corrected(customer, by, phones=("+1 305 555 1000",), emails=(), **facts):
    return contact.correct(customer, by, customer.version, list(phones), list(emails), **facts)


def test_a_client_is_corrected(cast):
    before = cast.client()
    customer = corrected(before, cast.manager, ["305 555 2000", "555-1234"], ["a@b.de"], name="María G.", mood="happy")
    assert (customer.name, customer.mood, customer.version) == ("María G.", "happy", before.version + 1)
    assert [(phone.typed, phone.e164) for phone in customer.phones] == [
        ("305 555 2000", "+13055552000"),
        ("555-1234", None),
    ]
    assert customer.email.address == "a@b.de"


WRONG = {
    "no name": ({"name": "  "}, "name"),
    "words for a number": ({"phones": ["call me"]}, "phones"),
    "words for an address": ({"emails": ["somewhere"]}, "emails"),
}


@pytest.mark.parametrize("wrong, field", WRONG.values(), ids=WRONG)
def test_what_a_client_needs(cast, wrong, field):
    customer = cast.client()
    with refused(field.rstrip("s"), field=field):
        corrected(customer, cast.manager, **wrong)


def test_a_stale_page_changes_nothing(cast):
    customer = cast.client()
    corrected(customer, cast.manager, name="First")
    with pytest.raises(Stale):
        corrected(customer, cast.manager, name="Second")
    assert Customer.get_by_id(customer.id).name == "First"


def test_a_do_not_contact_mark_is_not_lifted_by_a_correction(cast):
    customer = owned(cast.client(no_calls=True), cast.agent)
    for who in (cast.agent, cast.manager):
        with refused("do_not_contact", field="no_calls"):
            corrected(customer, who, no_calls=False)
    assert corrected(customer, cast.agent, no_calls=True, no_emails=True).no_emails


@pytest.mark.parametrize("who", ["agent2", "compliance", "admin", "cancellations"])
def test_who_corrects_no_client(cast, who):
    customer = owned(cast.client(), cast.agent)
    with forbidden():
        corrected(customer, getattr(cast, who), name="Another")


def test_a_manager_gives_a_client_to_somebody_with_a_reason(cast):
    before = cast.client()
    customer = ownership.assign(before, cast.agent, "Speaks Spanish", cast.manager2, before.version)
    assert customer.owner == cast.agent
    assert Activity.get(Activity.customer == customer).summary == "Speaks Spanish"
    assert Notification.get(Notification.user == cast.agent).customer == customer
    with refused("same_owner", "reason"):
        ownership.assign(customer, cast.agent, "", cast.manager2, customer.version)
    with refused("owner"):
        ownership.assign(customer, cast.compliance, "Why not", cast.manager2, customer.version)
    with pytest.raises(Stale):
        ownership.assign(customer, cast.agent2, "Team change", cast.manager2, before.version)


@pytest.mark.parametrize("who", ["agent", "compliance", "admin", "retention"])
def test_nobody_else_gives_clients(cast, who):
    customer = cast.client()
    with forbidden():
        ownership.assign(customer, cast.agent2, "Mine", getattr(cast, who), customer.version)


SEARCHES = {
    "maria": True,
    "MARÍA gutierrez": True,
    "villaseñor": True,
    "fernanda maria": True,
    "305 555": True,
    "(305) 555-10": True,
    "5551": True,
    "55": False,
    "client1000@EXAMPLE": True,
    "999999": False,
    "%": False,
    "_": False,
    "'": False,
}


@pytest.mark.parametrize("text, met", SEARCHES.items())
def test_a_client_is_found(cast, text, met):
    customer = cast.client()
    corrected(cast.client("Bob Ø"), cast.manager, ["+44 20 7946 0000"])
    assert list(finding.found(cast.manager, text)) == ([customer] if met else [])


def cast_names(customers) -> list[str]:
    return [customer.name for customer in customers]


def test_names_are_listed_without_regard_to_accents_and_case(cast):
    for name in ("Zoe", "émile", "Adam", "Ema"):
        cast.client(name)
    assert cast_names(finding.found(cast.manager)) == ["Adam", "Ema", "émile", "Zoe"]


VISIBLE = {
    "agent": {"Mine", "Nobody's", "My deal"},
    "agent2": {"Nobody's"},
    "retention": set(),
    "manager": ...,
    "compliance": ...,
    "admin": ...,
    "cancellations": ...,
}


@pytest.mark.parametrize("who, names", VISIBLE.items())
def test_one_finds_whom_one_may_see(cast, who, names):
    owned(cast.client("Mine"), cast.agent)
    owned(cast.client("Nobody's"), None)
    owned(cast.client("Somebody's"), cast.manager2)
    owned(cast.deal(cast.agent).customer, cast.manager)
    Customer.update(name="My deal").where(Customer.name.startswith("María")).execute()
    everyone = {"Mine", "Nobody's", "Somebody's", "My deal"}
    assert set(cast_names(finding.found(getattr(cast, who)))) == (everyone if names is ... else names)


def test_mine_and_unowned_narrow_the_list(cast):
    owned(cast.client("Mine"), cast.agent)
    owned(cast.client("Nobody's"), None)
    owned(cast.client("The house's"), cast.house)
    assert cast_names(finding.found(cast.agent, mine=True)) == ["Mine"]
    assert cast_names(finding.found(cast.agent, unowned=True)) == ["Nobody's", "The house's"]


def test_deals_and_activities_of_others_are_not_counted_or_shown(cast):
    mine, theirs = cast.deal(cast.agent), cast.deal(cast.agent2)
    theirs.customer = mine.customer
    theirs.save(only=["customer"])
    for deal, by in ((mine, cast.agent), (theirs, cast.agent2)):
        log(deal, by, "note", f"Of {by.first_name}")
    customer = mine.customer
    assert finding.deal_counts([customer], cast.agent) == {customer.id: 1}
    assert finding.deal_counts([customer], cast.manager) == {customer.id: 2}
    assert [deal.id for deal in finding.deals_of(customer, cast.agent)] == [mine.id]
    assert [activity.summary for activity in finding.activities_of(customer, cast.agent)] == ["Of Marta"]
    assert [activity.summary for activity in finding.activities_of(customer, cast.manager)] == ["Of Thabo", "Of Marta"]


def test_the_ways_to_a_client_are_closed_by_the_rules_of_the_log(cast):
    customer = cast.client(no_texts=True)
    assert closed(customer, cast.manager) == {
        "call": "",
        "email": "",
        "text": f"{customer.name} asked not to be texted.",
    }
    assert all(closed(customer, cast.compliance).values())
    locked = cast.in_state(LOSING).customer
    assert closed(locked, cast.agent)["call"] == "A cancellation is under review: the next contact must be the manager."
    assert not any(closed(locked, cast.manager).values())


def test_too_many_attempts_close_a_way(cast):
    deal = cast.deal(cast.agent)
    for hours in (3, 2, 1):
        cast.called(deal, cast.agent, outcome="no_answer_no_vm", ago=timedelta(hours=hours))
    ways = closed(deal.customer, cast.agent)
    assert "attempts in 24 hours" in ways["call"]
    assert not ways["email"]
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert not closed(deal.customer, cast.agent)["call"]


def test_a_name_is_folded_however_it_is_written(cast):
    client = cast.client("Škoda Ñuñez")
    contact.correct(client, cast.manager, Customer.get_by_id(client.id).version, [], [], name="Élodie Ünal")
    assert Customer.get_by_id(client.id).folded == "elodie unal"
    insert_all([Customer(id=client.id + 1, name="Łucja Żak")])
    assert Customer.get_by_id(client.id + 1).folded == fold("Łucja Żak")
    Customer.update(name="Ana").where(Customer.id == client.id).execute()
    assert Customer.get_by_id(client.id).folded == "ana"


def test_what_stays_keeps_that_it_was_wrong(cast):
    customer = contact.enter(cast.manager, "Two Lines", ["+1 305 555 0101", "+1 305 555 0102"], ["a@b.de"])
    first, second = customer.phones.order_by(CustomerPhone.position)
    CustomerPhone.update(wrong_at=NOON).where(CustomerPhone.id == second.id).execute()
    CustomerEmail.update(wrong_at=NOON).where(CustomerEmail.customer == customer).execute()
    customer = Customer.get_by_id(customer.id)
    corrected(customer, cast.manager, ["(305) 555-0102", "+1 305 555 0103"], ["A@b.de"], name="Two Lines")
    rows = [(phone.id, phone.typed, phone.wrong_at) for phone in customer.phones.order_by(CustomerPhone.position)]
    assert rows[0] == (second.id, "(305) 555-0102", NOON)
    assert rows[1][1:] == ("+1 305 555 0103", None) and not CustomerPhone.get_or_none(CustomerPhone.id == first.id)
    assert CustomerEmail.get(CustomerEmail.customer == customer).wrong_at == NOON


def test_a_number_found_wrong_is_theirs_after_all(cast):
    customer = owned(cast.client(), cast.agent)
    CustomerPhone.update(wrong_at=NOON).where(CustomerPhone.customer == customer).execute()
    way = f"phone-{customer.phone.id}"
    with forbidden():
        contact.is_theirs(customer, cast.agent2, way)
    with refused("reach"):
        contact.is_theirs(customer, cast.agent, "phone-999")
    fresh = contact.is_theirs(customer, cast.agent, way)
    assert fresh.version == customer.version + 1 and customer.phone.wrong_at is None
