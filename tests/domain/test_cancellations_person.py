"""The contact lock goes by person and remembers: no edit and no second record leads round it (domain 4, *Contact
lock*)."""

from datetime import timedelta

import pytest

from carmanana.boards.card_rows import card_of
from carmanana.cancellations.lifecycle import review
from carmanana.contacting import lock
from carmanana.contacting.log import log
from carmanana.contacting.reach import closed
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.customers import contact
from carmanana.customers.merging import merge
from carmanana.deals.deal_facts import take
from carmanana.deals.ownership import reassign
from carmanana.records.cancellations import LockedCustomer
from carmanana.records.compliance import Finding
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.people import User
from carmanana.schema import locked_people

from ..cast import NOON, Cast, refused

DAY = timedelta(days=1)


def locked_one(cast: Cast, phone: str, email: str = "jane.doe@example.com", region: str = "") -> Customer:
    customer = contact.enter(cast.manager, "Jane Doe", [phone], [email], region=region)
    deal = take(customer, cast.stage(), cast.manager, cast.agent, value_cents=100)
    cast.losing(deal, cast.agent)
    return customer


def another(cast: Cast, phones=(), emails=("else@example.com",), region: str = "") -> Customer:
    return contact.enter(cast.agent2, "J. D.", list(phones), list(emails), region=region)


def is_closed(cast: Cast, customer: Customer) -> bool:
    shut = set(map(bool, closed(customer, cast.agent2).values()))
    assert len(shut) == 1
    return shut.pop()


FORMS = [
    ("+1 305 555 1234", "305-555-1234", "", True),
    ("+1 305 555 1234", "001 305 555 1234", "", True),
    ("+1 305 555 1234", "Mobile: (305) 555.1234", "", True),
    ("+1 305 555 1234", "+1 786 555 0100 / 305 555 1234", "", True),
    ("+1 305 555 1234", "3055551234 ext. 12", "", True),
    ("+1 305 555 1234 ext. 11", "305 555 1234", "", True),
    ("+1 305 555 1234 ext. 11", "305 555 1234 x12", "", False),
    ("+1 305 555 1234 ext. 11", "305 555 1234 x11", "", True),
    ("+1 305 555 1234", "+1 305 555 1235", "", False),
    ("+44 20 7946 0958", "020 7946 0958", "", True),
    ("+44 20 7946 0958", "(020) 7946 0958", "GB", True),
    ("+49 711 1234567", "0711/1234567", "DE", True),
    ("+52 55 1234 5678", "55 1234 5678", "", True),
    ("+34 612 345 678", "0034 612 345 678", "", True),
    ("+34 612 345 678", "+33 612 345 678", "", False),
]


@pytest.mark.parametrize(("number", "typed", "region", "same"), FORMS)
def test_a_number_is_known_again_in_every_written_form(cast, number, typed, region, same):
    locked_one(cast, number)
    assert is_closed(cast, another(cast, [typed], region=region)) == same


@pytest.mark.parametrize(("number", "typed", "region", "same"), FORMS)
def test_so_it_is_of_a_record_that_was_there_before(cast, number, typed, region, same):
    other = another(cast, [typed], region=region)
    locked_one(cast, number)
    assert is_closed(cast, other) == same


@pytest.mark.parametrize(("address", "same"), [
    ("JANE.DOE@Example.com", True), ("jane.doe+car@example.com", True), ("janedoe@example.com", False), ("jane.doe@example.org", False),
])  # fmt: skip
@pytest.mark.parametrize("first", ["record", "request"])
def test_an_address_is_known_again_without_its_tag(cast, address, same, first):
    other = another(cast, emails=[address]) if first == "record" else None
    locked_one(cast, "+1 305 555 1234", "Jane.Doe+old@example.com")
    assert is_closed(cast, other or another(cast, emails=[address])) == same


def test_while_locked_the_record_is_the_reviewers_alone(cast):
    customer = locked_one(cast, "+1 305 555 1234")
    for by in (cast.agent, cast.manager2):
        with refused("locked"):
            contact.correct(customer, by, customer.version, ["+1 786 555 0100"], [])
    contact.correct(customer, cast.manager, customer.version, ["+1 786 555 0100"], ["new@example.com"])


@pytest.mark.parametrize("phone, email", [
    ("305 555 1234", "else@example.com"), ("+1 786 555 0999", "jane.doe@example.com"),
    ("786 555 0100", "else@example.com"), ("+1 786 555 0999", "new@example.com"),
])  # fmt: skip
def test_old_and_new_numbers_are_remembered(cast, phone, email):
    customer = locked_one(cast, "+1 305 555 1234")
    contact.correct(customer, cast.manager, customer.version, ["+1 786 555 0100"], ["new@example.com"])
    assert is_closed(cast, another(cast, [phone], [email]))


def test_a_third_record_is_the_same_person_by_way_of_the_second(cast):
    locked_one(cast, "+1 305 555 1234")
    another(cast, ["305 555 1234", "+1 786 555 0100"])
    assert is_closed(cast, another(cast, ["786 555 0100"], ["third@example.com"]))


def test_merging_keeps_the_lock_and_the_card_shows_it(cast):
    customer = locked_one(cast, "+1 305 555 1234")
    other = another(cast, ["+1 786 555 0100"])
    deal = take(other, cast.stage(), cast.agent2, cast.agent2)
    assert not card_of(deal).locked
    merge(other, customer, cast.manager, (other.version, customer.version))
    assert is_closed(cast, other) and card_of(deal).locked
    assert is_closed(cast, another(cast, ["786 555 0100"], ["third@example.com"]))


def test_it_ends_with_the_last_review_and_forgets(cast):
    customer = locked_one(cast, "+1 305 555 1234")
    other = another(cast, ["305 555 1234"])
    review.fire(lock.open_requests(customer)[0], "withdraw", cast.manager, **cast.review_given("withdraw"))
    assert not is_closed(cast, other) and not LockedCustomer.select().exists()
    assert database.execute_sql("SELECT COUNT(*) FROM locked_key").fetchone() == (0,)


def test_a_second_review_remembers_what_the_first_did(cast):
    customer = locked_one(cast, "+1 305 555 1234")
    fresh = contact.correct(customer, cast.manager, customer.version, ["+1 786 555 0100"], ["new@example.com"])
    first = lock.open_requests(customer)[0]
    cast.losing(take(fresh, cast.stage(), cast.manager, cast.agent, value_cents=100), cast.agent)
    review.fire(first, "withdraw", cast.manager, **cast.review_given("withdraw"))
    assert is_closed(cast, another(cast, ["305 555 1234"]))


def test_the_migration_fills_what_is_under_review_already(cast):
    customer, other = locked_one(cast, "+1 305 555 1234"), another(cast, ["305 555 1234 "])
    database.execute_sql("DELETE FROM locked_key")
    database.execute_sql("DELETE FROM locked_customer")
    assert not is_closed(cast, other)
    locked_people.fill()
    assert is_closed(cast, other) and lock.open_requests(other)[0].deal.customer == customer


# who sold it is a salesperson in that matter


def sold_by_a_manager(cast: Cast, since_handed_on: bool = False, **given):
    deal = take(cast.client(), cast.stage(), cast.manager2, cast.manager2, value_cents=2_000_000)

    deal = reassign(deal, cast.agent, "Takes it over", cast.manager2) if since_handed_on else deal
    return cast.losing(deal, cast.agent if since_handed_on else cast.manager2, **given)


@pytest.mark.parametrize("handed_on", [False, True])
def test_a_manager_who_sold_it_is_locked_and_neither_reviews_nor_withdraws_nor_saves_it(cast, handed_on):
    request = sold_by_a_manager(cast, handed_on)
    for state in ("requested", "contacted"):
        request = cast.walked(request, state) if state != "requested" else request
        with refused("locked"):
            log(
                request.deal,
                cast.manager2,
                "call",
                "Please stay",
                "out",
                outcome="connected_follow_up",
                next_step="Call",
                due_at=NOON + DAY,
            )
        with refused("reviewer_involved", field="reviewer"):
            review.fire(request, "assign_reviewer", cast.manager2, reviewer=cast.manager2, reason="I know them")
        with refused("sold_it"):
            review.fire(request, "withdraw", cast.manager2, **cast.review_given("withdraw"))
    User.update(roles={"manager", "retention"}).where(User.id == cast.manager2.id).execute()
    with refused("assignee_involved", field="assignee"):
        review.fire(
            request, "assign_retention", cast.manager, **cast.review_given("assign_retention", assignee=cast.manager2)
        )


def test_other_managers_wait_for_the_first_contact_or_take_the_review_over(cast):
    request = cast.request_in("in_review")
    with refused("locked", remedies=("cancellations.reviewer",)):
        log(
            request.deal,
            cast.manager2,
            "call",
            "Hello",
            "out",
            outcome="connected_follow_up",
            next_step="Call",
            due_at=NOON + DAY,
        )
    review.fire(request, "assign_reviewer", cast.manager2, reviewer=cast.manager2, reason="She is away")
    log(
        request.deal, cast.manager2, "call", "Hello", "out", outcome="no_answer_vm", next_step="Call", due_at=NOON + DAY
    )


def test_what_a_seller_heard_is_no_first_contact(cast):
    request = cast.walked(sold_by_a_manager(cast), "in_review")
    log(request.deal, cast.manager2, "call", "They called me", "in")
    with refused("not_logged", field="how"):
        review.fire(request, "log_first_contact", cast.manager, **cast.review_given("log_first_contact", how="logged"))


def test_where_no_other_manager_is_here_it_is_allowed_and_raises_a_finding(cast):
    User.update(deactivated_at=clock.now()).where(User.id == cast.manager.id).execute()
    request = sold_by_a_manager(cast, reviewer=cast.manager2)
    assert Finding.select().where(Finding.sort == "own_review").count() == 1
    review.fire(request, "withdraw", cast.manager2, **cast.review_given("withdraw"))
    assert Finding.select().where(Finding.sort == "own_review").count() == 2


# not reached can't be made up


def test_wrong_numbers_and_late_entries_do_not_make_somebody_unreachable(cast):
    with clock.set_to(NOON - 3 * DAY):
        request = cast.request_in("in_review")
    step = {"next_step": "Again", "due_at": NOON + DAY, "outcome": "no_answer_vm"}
    log(request.deal, cast.manager, "call", "No answer", "out", at=NOON - timedelta(hours=53), **step)
    log(
        request.deal,
        cast.manager,
        "email",
        "Please call",
        "out",
        at=NOON - timedelta(hours=30),
        **step | {"outcome": "sent"},
    )
    log(request.deal, cast.manager, "call", "No answer", "out", **step)
    with refused("attempts"):
        review.fire(
            request, "conclude_unreachable", cast.manager, reason="Nobody answers", files_read={"activities", "emails"}
        )


def test_a_wrong_number_does_not_stop_the_clock(cast):
    request = review.fire(
        cast.request_in("in_review"), "log_attempt", cast.manager, **cast.review_given("log_attempt", outcome="wrong")
    )
    assert request.attempted_at is None
    again = review.fire(request, "log_attempt", cast.manager, **cast.review_given("log_attempt"))
    assert again.attempted_at is not None


def test_where_everything_is_wrong_nobody_can_be_reached(cast):
    request = cast.request_in("in_review")
    with refused("attempts"):
        review.fire(request, "conclude_unreachable", cast.manager, reason="All wrong", files_read={"activities"})
    CustomerPhone.update(wrong_at=clock.now()).execute()
    CustomerEmail.update(wrong_at=clock.now()).execute()
    assert review.fire(
        request, "conclude_unreachable", cast.manager, reason="All wrong", files_read={"activities"}
    ).unreachable
