"""The pages of deals and leads are kept as they were drawn: by all that they show, and for nobody by name."""

import re
from datetime import timedelta

import pytest

from carmanana.contacting import wishes
from carmanana.contacting.log import add_step, log
from carmanana.core import clock
from carmanana.core.cache import clear_all
from carmanana.deals.deal_facts import record_payment
from carmanana.records.customers import Customer, Person
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from tests.cast import NOON
from tests.counting import queries

OWN = re.compile(r'(?<=name="once" value=")[^"]+|(?<=name="csrf_token" value=")[^"]+|(?<=content=")[^"]{60,}')
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def page_of(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return OWN.sub("", answer.text)


@pytest.fixture
def pages(cast):
    """Of a deal and a lead of which much is known."""
    deal, lead = cast.assessed(cast.deal(cast.agent, value_cents=2_000_000)), cast.lead_in("connected", cast.agent)
    for record in (deal, lead):
        cast.called(deal) if record is deal else log(record, cast.agent, "note", "Waits for the bank")
        add_step(record, cast.agent, "Send the offer", clock.now() + HOUR)
    record_payment(Deal.get_by_id(deal.id), cast.agent, "received", 100_00, clock.today(), True, "")
    return f"/deals/{deal.id}", f"/leads/{lead.id}"


def test_a_page_that_was_kept_says_what_a_new_one_says(cast, visit, pages):
    """Whoever looks, at whatever hour, and whatever has changed in another record."""
    changes = (
        lambda: None,
        lambda: Customer.update(name="Ana Ruiz", timezone="Europe/Berlin").execute(),
        lambda: User.update(name="Marta Luna").where(User.id == cast.agent.id).execute(),
        lambda: Stage.update(name="Newest").where(Stage.id == cast.stage(1).id).execute(),
        lambda: Person.update(no_calls=True).execute(),
    )
    for hours, change in enumerate(changes):
        change()
        for ahead in (timedelta(minutes=20 * hours), DAY * hours):
            with clock.set_to(NOON + ahead):
                people = [visit(who) for who in ("agent", "manager", "agent")]
                kept = [page_of(browser, page) for browser in people for page in pages]
                clear_all()
                assert kept == [page_of(browser, page) for browser in people for page in pages]
        assert len(set(kept)) >= 4


def test_a_page_has_keys_and_a_token_of_its_own_each_time(visit, pages):
    for page in pages:
        browser = visit("agent")
        first, second = (browser.get(page).text for _ in range(2))
        keys = [re.findall(r'name="once" value="([^"]+)"', text) for text in (first, second)]
        assert len(set(keys[0] + keys[1])) == len(keys[0] + keys[1]) > 4 and "\0" not in first + second
        assert set(re.findall(r'name="csrf_token" value="([^"]*)"', second)) == {
            re.search(r'name="csrf_token" value="([^"]+)"', second)[1]
        }


def test_a_page_asks_few_queries_kept_or_new(visit, pages):
    for page, most in zip(pages, (8, 8), strict=True):
        browser = visit("manager")
        browser.get(page)
        counts = []
        for forget in (lambda: None, clear_all):
            forget()
            with queries() as told:
                browser.get(page)
            counts.append(len(told))
        assert counts[0] == counts[1] <= most, told


def test_the_composer_opens_on_the_first_kind_that_is_allowed(cast, visit):
    deal, lead = cast.deal(cast.agent), cast.lead(cast.agent)
    browser, pages = visit("agent"), (f"/deals/{deal.id}", f"/leads/{lead.id}", f"/deals/{deal.id}/activities/new")
    seen = lambda page: re.findall(r'name="kind" value="(\w+)"[^>]*?\schecked', browser.get(page).text)  # noqa: E731
    assert [seen(page) for page in pages] == [["call"]] * 3
    for person in (Person.first_of(deal.customer), lead.person):
        wishes.stop(person, cast.agent, ["no_calls", "no_emails"])
    assert [seen(page) for page in pages] == [["text"]] * 3
    wishes.stop(Person.first_of(deal.customer), cast.agent)
    assert seen(pages[0]) == ["note"] and seen(f"{pages[2]}?kind=call") == ["call"]
