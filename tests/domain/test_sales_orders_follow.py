"""A deal that is won has a sales order, a delivered one an asset, however it came there."""

from carmanana.core import clock
from carmanana.core.query import again
from carmanana.deals.corrections import correct
from carmanana.deals.lifecycle import order
from carmanana.records.assets import Asset
from carmanana.records.sales_orders import SalesOrder


def the_order(deal) -> tuple:
    found = SalesOrder.get(SalesOrder.deal == deal)
    return found.state, found.completed_on


def test_the_order_follows_its_deal(cast):
    won = cast.in_state("won")
    assert the_order(won) == ("open", None)
    today = clock.today()
    delivered = correct(won, cast.manager, won.version, "Handed over", delivered_on=today)
    assert the_order(won) == ("completed", today)
    assert Asset.get(Asset.deal == won).held_since == today
    correct(delivered, cast.manager, delivered.version, "It was another car", delivered_on=None)
    assert the_order(won) == ("open", None) and not Asset.select().where(Asset.deal == won).exists()


def test_an_order_won_by_mistake_is_cancelled_and_opened_again_under_its_number(cast):
    won = cast.in_state("won")
    number = SalesOrder.get(SalesOrder.deal == won).number
    given = {"reason": "By mistake", "stage": cast.stage(1), "next_step": "Call", "due_at": clock.now()}
    given["due_at"] = given["due_at"].replace(day=given["due_at"].day + 1)
    order.fire(won, "reopen", cast.manager, **given)
    assert the_order(won) == ("cancelled", None)
    order.fire(again(won), "win", cast.agent, value_cents=3_000_000, agreement_on=clock.today(), deposit_cents=100_000)
    assert the_order(won) == ("open", None) and SalesOrder.get(SalesOrder.deal == won).number == number
