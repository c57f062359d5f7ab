"""Rows that are kept as they were drawn: whatever changes beside them, what is shown is what would be drawn anew."""

import re
from datetime import date, timedelta

import pytest
from peewee import Case

from carmanana.boards.cache import CARDS
from carmanana.cases import opening
from carmanana.core import clock
from carmanana.core.db import UtcField
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal, Payment
from carmanana.records.people import User
from carmanana.records.quotations import Quotation, QuotationLine
from carmanana.records.sales_orders import SalesOrder
from carmanana.sales.assets import adding
from carmanana.sales.quotations import drafting

from ..cast import NOON

LISTS = ("cases", "quotations", "sales-orders", "assets", "customers")
DAY = date(2027, 3, 9)
SOON = Case(None, [(CustomerCase.due_at.is_null(False), UtcField().db_value(NOON + timedelta(hours=1)))])
CHANGES = [
    (Customer, {"name": "Ana Lind"}, {"status": "cancelled"}, {"no_calls": True}, {"region": "DE"}, {"owner": None}),
    (CustomerPhone, {"e164": "+13025550999"}),
    (CustomerEmail, {"address": "second@home.example"}),
    (User, {"name": "Ida Roos"}),
    (Deal, {"vehicle_make": "Skoda"}, {"value_cents": 77}, {"currency": "EUR"}, {"external_id": "X-1"}),
    (Payment, {"amount_cents": 78}),
    (CustomerCase, {"subject": "A third key"}, {"details": "Three were"}, {"priority": "urgent"}, {"assignee": None}),
    (CustomerCase, {"came_by": "email"}, {"times_reopened": 1}, {"external_id": "C-9"}, {"waiting_for": "the maker"}),
    (CustomerCase, {"due_at": SOON}, {"resolution": "Sent"}, {"opened_at": NOON}),
    (
        Quotation,
        {"title": "Two cars"},
        {"valid_until": DAY},
        {"reason": "Too dear"},
        {"terms": "Cash"},
        {"net_cents": 5},
    ),
    (QuotationLine, {"what": "Another car"}),
    (SalesOrder, {"number": 4711}, {"state": "completed", "completed_on": DAY}, {"opened_on": DAY}),
    (
        Asset,
        {"name": "Opel Corsa"},
        {"identifier": "VIN 1"},
        {"held_since": DAY},
        {"cease_on": DAY},
        {"reason": "Sold"},
    ),
]
OF_THIS_PAGE = re.compile(r'value="[^"]{12,}"')


@pytest.fixture
def records(cast):
    deal = cast.in_state("won", cast.agent)
    Customer.update(owner=cast.agent).where(Customer.id == deal.customer_id).execute()
    CustomerEmail.create(customer=deal.customer_id, address="first@home.example", position=0)
    customer = Customer.get_by_id(deal.customer_id)
    first, second = (opening.enter(customer, cast.agent, "Second key", assignee=cast.agent) for _ in range(2))
    CustomerCase.update(duplicate_of=first, state="duplicate", closed_at=NOON, closed_by=cast.agent, due_at=None).where(
        CustomerCase.id == second.id
    ).execute()
    line = {"what": "Car", "quantity": 1, "price_cents": 9_000_00, "tax": "8"}
    drafting.add_line(drafting.enter(cast.deal(cast.agent), cast.agent, "A car"), cast.agent, None, **line)
    adding.enter(customer, cast.agent, "Kia Rio")


def all_columns(page: str) -> str:
    return ",".join(re.findall(r'name="columns" value="(\w+)"', page))


@pytest.mark.parametrize("name", LISTS)
def test_a_kept_row_shows_what_it_would_show_drawn_anew(visit, cast, records, name):
    manager = visit("manager")
    address = f"/{name}/?show=all&columns={all_columns(manager.get(f'/{name}/').text)}"

    def rows(anew: bool = False, browser=manager) -> str:
        if anew:
            CARDS.clear()
        return OF_THIS_PAGE.sub("", browser.get(address).text.split("<tbody")[1])

    before = rows()
    assert before == rows() and "<tr" in before
    for model, *changes in CHANGES:
        for change in changes:
            model.update(change).execute()
            assert rows() == rows(anew=True), (model, change)
    for minutes in (61, 90, 60 * 30, 60 * 24 * 5):
        with clock.set_to(NOON + timedelta(minutes=minutes)):
            later = visit("manager")
            assert rows(browser=later) == rows(True, later), minutes
    assert rows() != before
