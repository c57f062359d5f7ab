"""The small machines of sales against a table written by hand from domain 7: who takes which step from where."""

from datetime import timedelta

import pytest

from carmanana.contacting.phrase_check import offering
from carmanana.core import clock
from carmanana.core.db import change, database
from carmanana.core.query import again
from carmanana.core.workflow import Forbidden, Refused
from carmanana.records.assets import Asset
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.quotations import Quotation
from carmanana.records.sales_orders import SalesOrder
from carmanana.sales.assets import adding, ceasing
from carmanana.sales.assets.lifecycle import holding
from carmanana.sales.orders.lifecycle import ordering
from carmanana.sales.quotations import drafting, expiring
from carmanana.sales.quotations.lifecycle import quoting

from ..cast import refused

TIDYING = {"pending": "cancellations", "pending_admin": "admin"}
WORKERS = {"agent", "manager", *TIDYING}
ADMIN = {"admin", "pending_admin"}
QUOTATIONS = {
    ("correct", "draft"): ("draft", WORKERS),
    ("send_by_hand", "draft"): ("sent", {"agent", "manager"}),
    ("accept", "sent"): ("won", WORKERS),
    ("lose", "sent"): ("lost", WORKERS),
    ("cancel", "draft"): ("cancelled", WORKERS),
    ("cancel", "sent"): ("cancelled", WORKERS),
    ("lead", "draft"): ("draft", WORKERS),
    ("lead", "sent"): ("sent", WORKERS),
    ("expire", "sent"): ("expired", {"house"}),
}
ORDERS = {("complete", "open"): ("completed", WORKERS), ("reopen", "completed"): ("open", ADMIN)}
ASSETS = {
    ("cease", "live"): ("ceased", WORKERS | {"house"}),
    ("plan_cease", "live"): ("live", WORKERS),
    ("correct", "live"): ("live", WORKERS),
    ("keep", "live"): ("live", WORKERS),
    ("restore", "ceased"): ("live", ADMIN),
}
PEOPLE = ("agent", "agent2", "manager", "retention", "cancellations", "compliance", "admin", "house", *TIDYING)


class World:
    def __init__(self, cast):
        self.cast, today = cast, clock.today()
        self.deal = cast.assessed(cast.deal(cast.agent, value_cents=2_000_000, vehicle_make="Kia", vehicle_model="Rio"))
        Customer.update(owner=cast.agent).where(Customer.id == self.deal.customer_id).execute()
        self.quotations = {state: drafting.enter(self.deal, cast.agent) for state in ("draft", "sent", "won")}
        for state in ("sent", "won"):
            self.quotations[state] = quoting.fire(self.quotations[state], "send_by_hand", cast.agent)
        self.quotations["won"] = quoting.fire(self.quotations["won"], "accept", cast.agent, accepted_on=today)
        for state in ("draft", "sent"):
            change(again(self.quotations[state]), leading=False)
        self.won = cast.in_state("won")
        self.orders = {"open": SalesOrder.get(SalesOrder.deal == self.won)}
        self.orders["completed"] = SalesOrder.get(SalesOrder.deal == cast.in_state("won"))
        self.orders["completed"] = ordering.fire(self.orders["completed"], "complete", cast.agent, delivered_on=today)
        self.assets = {state: adding.enter(self.deal.customer, cast.agent, "A trailer") for state in ("live", "ceased")}
        self.assets["ceased"] = holding.fire(self.assets["ceased"], "cease", cast.agent, cease_on=today)
        change(again(self.assets["live"]), cease_on=today)
        self.given = {
            "accept": {"accepted_on": today},
            "correct": {"title": "Another", "name": "A boat", "kind": "vehicle", "valid_until": today},
            "complete": {"delivered_on": today},
            "cease": {"cease_on": today},
            "plan_cease": {"cease_on": today + timedelta(days=9)},
        }

    def person(self, who: str) -> User:
        if who == "house":
            return User.get(User.house)
        return getattr(self.cast, TIDYING.get(who, who))


def became(world: World, machine, record, trigger: str, who: str) -> str:
    with database.atomic() as attempt:
        if who in TIDYING:
            Customer.update(status="pending_cancellation").execute()
        if trigger == "expire":
            change(again(record), valid_until=clock.today() - timedelta(days=2))
        written = database.connection().total_changes
        try:
            given = {"reason": "Because"} | world.given.get(trigger, {})
            found = machine.fire(record, trigger, world.person(who), **given).state
        except Forbidden:
            found = "Forbidden"
        except Refused as caught:
            found = " ".join(refusal.code for refusal in caught.refusals)
        if found in ("Forbidden", "not_from_here", "by_review"):
            assert database.connection().total_changes == written, "a refused step wrote something"
        attempt.rollback()
    return found


def test_the_sop_decides_who_takes_which_step(cast):
    world, wrong = World(cast), []
    machines = (
        (quoting, world.quotations, QUOTATIONS),
        (ordering, world.orders, ORDERS),
        (holding, world.assets, ASSETS),
    )
    for machine, records, table in machines:
        for (trigger, state), (to, who_may) in table.items():
            for who in PEOPLE:
                found = became(world, machine, records[state], trigger, who)
                wanted = to if who in who_may else "Forbidden"
                if found != wanted:
                    wrong.append((machine.model.__name__, trigger, state, who, found, wanted))
        for state, record in records.items():
            for trigger in set(machine.triggers) | {"cancel"}:
                if (trigger, state) not in table and (trigger, state) != ("send_by_email", "draft"):
                    found = became(world, machine, record, trigger, "manager")
                    if found not in ("not_from_here", "by_review"):
                        wrong.append((machine.model.__name__, trigger, state, found))
    assert wrong == []


def test_numbers_follow_each_other_and_one_quotation_leads(cast):
    deal = cast.assessed(cast.deal(cast.agent, value_cents=2_000_000, vehicle_make="Kia", vehicle_model="Rio"))
    first, second = drafting.enter(deal, cast.agent), drafting.enter(deal, cast.agent)
    assert (second.number, first.leading, second.leading) == (first.number + 1, True, False)
    assert first.total_cents == 2_000_000
    quoting.fire(second, "send_by_hand", cast.agent)
    leading = Quotation.select().where(Quotation.deal == deal, Quotation.leading)
    assert [one.id for one in leading] == [second.id]


def test_taxes_are_rounded_line_by_line_and_discounts_count(cast):
    quotation = drafting.enter(cast.deal(cast.agent), cast.agent, "A car")
    for what, quantity, price, tax in (
        ("Car", 1, 10_005, "9.375"),
        ("Mats", 3, 333, "0"),
        ("Discount", 1, -1_005, "9.375%"),
    ):
        given = {"what": what, "quantity": quantity, "price_cents": price, "tax": tax}
        quotation = drafting.add_line(quotation, cast.agent, quotation.version, **given)
    assert (quotation.net_cents, quotation.tax_cents) == (10_005 + 999 - 1_005, 938 - 94)


@pytest.mark.parametrize(
    "given, code",
    [
        ({"what": " "}, "what"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": None}, "quantity"),
        ({"price_cents": None}, "price"),
        ({"tax": "101"}, "tax"),
        ({"tax": "NaN"}, "tax"),
        ({"tax": "-1"}, "tax"),
        ({"tax": "nine"}, "tax"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(cast, given, code):
    quotation = drafting.enter(cast.deal(cast.agent), cast.agent, "A car")
    whole = {"what": "Car", "quantity": 1, "price_cents": 1_000_000, "tax": "8"}
    with refused(code):
        drafting.add_line(quotation, cast.agent, quotation.version, **whole | given)


def test_what_was_sent_stands_as_it_was_sent(cast):
    quotation = drafting.enter(cast.deal(cast.agent), cast.agent, "A car")
    with refused("no_lines"):
        quoting.fire(quotation, "send_by_hand", cast.agent)
    quotation = drafting.add_line(quotation, cast.agent, None, what="Car", quantity=1, price_cents=9_000_00, tax="0")
    sent = quoting.fire(quotation, "send_by_hand", cast.agent)
    with refused("sent"):
        drafting.add_line(sent, cast.agent, None, what="Mats", quantity=1, price_cents=1, tax="0")


def test_while_contact_is_locked_no_quotation_goes_out(cast):
    losing = cast.in_state("cancellation_requested")
    other = cast.deal(cast.agent)
    Deal.update(customer=losing.customer_id).where(Deal.id == other.id).execute()
    other = again(other)
    quotation = drafting.enter(other, cast.agent, "A car")
    quotation = drafting.add_line(quotation, cast.agent, None, what="Car", quantity=1, price_cents=9_000_00, tax="0")
    with refused("locked"):
        quoting.fire(quotation, "send_by_hand", cast.agent)


def test_a_price_is_known_once_it_stands_in_a_quotation_that_was_sent(cast):
    deal = cast.assessed(cast.deal(cast.agent, value_cents=2_000_000, vehicle_make="Kia", vehicle_model="Rio"))
    given = {"what": "Tow bar", "quantity": 1, "price_cents": 123_400, "tax": "10"}
    quotation = drafting.add_line(drafting.enter(deal, cast.agent), cast.agent, None, **given)
    text = "The tow bar is $1,234, all of it $21,357.40, the roof box $9,876."

    def strange():
        return [verdict.words for verdict in offering.unquoted(text, deal.customer, ())]

    assert strange() == ["$1,234", "$21,357.40", "$9,876"]
    quotation = quoting.fire(quotation, "send_by_hand", cast.agent)
    assert strange() == ["$9,876"]
    quoting.fire(quotation, "lose", cast.agent, reason="Too dear for them")
    assert strange() == ["$1,234", "$21,357.40", "$9,876"]


def test_days_pass_and_they_end_by_themselves_once(cast):
    world = World(cast)
    quotation, asset = world.quotations["sent"], world.assets["live"]
    later = clock.now() + timedelta(days=40)
    with clock.set_to(later):
        assert (expiring.expire(later), ceasing.cease_due(later)) == (1, 1)
        assert (expiring.expire(later), ceasing.cease_due(later)) == (0, 0)
    assert (again(quotation).state, Asset.get_by_id(asset.id).state) == ("expired", "ceased")


def test_a_lost_deal_takes_its_quotations_with_it(cast):
    quotation = drafting.enter(cast.deal(cast.agent), cast.agent, "A car")
    Deal.update(state="lost", loss_reason="price", loss_words="Too much").where(Deal.id == quotation.deal_id).execute()
    assert again(quotation).state == "lost"
