"""Won orders stay in sight until they are delivered (domain 3, *Next steps*): walked from the win to the delivery."""

from datetime import timedelta

import pytest

from carmanana.boards.board import Board
from carmanana.boards.calendar import MONTH, Calendar
from carmanana.boards.calendar_moves import fill
from carmanana.boards.card_rows import card_of
from carmanana.boards.chip_counts import chip_counts
from carmanana.boards.deal_filter import Filter
from carmanana.boards.list_order import Order
from carmanana.boards.paging import Walk
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.retention import promises
from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.deals.deal_facts import correct
from carmanana.deals.lifecycle import order
from carmanana.records.activities import DROPPED, Activity
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal
from carmanana.records.pipelines import all_stages
from carmanana.records.retention import Commitment

from ..cast import NOON

DAY = timedelta(days=1)
SHOWN = ("open", "late", "kept", "dropped")


def won_list(user, **chosen) -> list[int]:
    return Walk(2, user, Filter(), Order("won", **chosen).way).ids(30)


def overdue(user, deal) -> bool:
    """By its chip and by its filter alike."""
    found = Filter(overdue=True).apply(Deal.select().where(Deal.visible(user)), user)
    assert chip_counts(deal.pipeline, [], user)["overdue"] == found.count()
    return deal in found


def won(cast, eta=None) -> Deal:
    deal = cast.assessed(cast.deal(cast.agent, value_cents=3_000_000))
    ship = add_step(deal, cast.agent, "Book the shipping", clock.now() + 2 * DAY)
    add_step(deal, cast.agent, "Send 3 options", clock.now() + DAY)
    given = {"agreement_on": clock.today(), "deposit_cents": 100_000, "agreed_how": "distance", "eta_on": eta}
    return order.fire(deal, "win", cast.agent, keep_steps=[ship.id], **given)


def test_from_the_win_to_the_delivery(cast):
    deal = won(cast)
    assert [step.subject for step in Activity.open_steps(deal)] == ["Book the shipping"]
    assert not overdue(cast.agent, deal)
    deal = correct(deal, cast.agent, deal.version, eta_on=clock.today() + 10 * DAY, reason="The carrier's day")
    assert card_of(deal).delivery[0] == "Book the shipping"
    calendar = fill(Calendar(deal.pipeline, cast.agent, Filter(), MONTH))
    assert [(day.on, entry.kind) for day in calendar.days for entry in day.entries] == [
        (clock.today() + 2 * DAY, "step"),
        (clock.today() + 10 * DAY, "eta"),
    ]
    with clock.set_to(NOON + 3 * DAY):
        assert overdue(cast.agent, deal), "its kept step is past"
        order_step = Activity.next_step(deal)
        Activity.update(done_at=clock.now(), closed_as="done").where(Activity.id == order_step.id).execute()
        assert not overdue(cast.agent, deal)
        assert card_of(deal).delivery == ("ETA", clock.today() + 7 * DAY)
    with clock.set_to(NOON + 11 * DAY):
        assert overdue(cast.agent, deal), "its ETA has passed"
        assert [
            entry.late
            for day in fill(Calendar(deal.pipeline, cast.agent, Filter(), MONTH)).days
            for entry in day.entries
        ] == [True]
        deal = Deal.get_by_id(deal.id)
        deal = correct(deal, cast.agent, deal.version, delivered_on=clock.today(), reason="Handed over")
        assert not overdue(cast.agent, deal) and card_of(deal).delivery is None
        assert not fill(Calendar(deal.pipeline, cast.agent, Filter(), MONTH)).total


def test_won_orders_stand_by_when_they_were_won_and_by_what_is_due(cast):
    first = won(cast, eta=clock.today() + DAY)
    with clock.set_to(NOON + DAY):
        second = won(cast)
    with clock.set_to(NOON + 2 * DAY):
        cast.walked(cast.losing(first, cast.agent), "retained")
        assert Deal.get_by_id(first.id).state == WON
        column = Board(first.pipeline, list(all_stages()), cast.agent, Filter(), "won")
        column.load_heads()
        assert [card.row.id for card in column.load_cards(["won"])[0].cards] == [second.id, first.id]
        assert won_list(cast.agent, by="age") == [second.id, first.id]
        assert won_list(cast.agent, by="age", descending=True) == [first.id, second.id]
        assert won_list(cast.agent, by="due") == [first.id, second.id]


@pytest.mark.parametrize("by", ["due", "age"])
def test_the_order_of_won_orders_has_its_index(cast, by):
    text, given = Walk(2, cast.manager, Filter(), Order("won", by=by).way)._one(WON, False, 50, None).sql()
    plan = " ".join(row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {text}", given).fetchall())
    assert {"due": "deal_by_delivery", "age": "deal_by_won"}[by] in plan and "TEMP B-TREE" not in plan


def test_a_promise_that_was_dropped_was_not_kept(cast):
    request = cast.walked(cast.losing(cast.in_state(WON), cast.agent), "contacted")
    promise = {"kind": "eta", "words": "Here by Friday", "due_on": clock.today() + DAY, "owner": cast.agent}
    given = cast.review_given("retain", no_commitments=False, commitments=[promise])
    review.fire(request, "retain", cast.manager, **given)
    task = Commitment.get().task
    Activity.update(done_at=clock.now(), closed_as=DROPPED).where(Activity.id == task.id).execute()
    found = {show: promises.visible_to(cast.agent).where(promises.standing(show)).count() for show in SHOWN}
    assert found == {"open": 0, "late": 0, "kept": 0, "dropped": 1}
