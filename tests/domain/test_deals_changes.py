"""Whatever a card shows makes a new version of its board when it changes, and names the columns that it touches."""

from datetime import timedelta

import pytest

from carmanana.boards.change_log import last_of_all, news
from carmanana.boards.change_messages import newest_told
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.deals import deal_facts, ownership, pipelines
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

BOARD = "used-vehicle-orders"
MANY = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id) SELECT pipeline_id, deal.id, stage_id, state, 0 FROM deal, n
"""


def version(slug: str = BOARD) -> int:
    return news(slug, 10**15).version


def told(change, slug: str = BOARD):
    since = version()
    change()
    return news(slug, since)


def write(query):
    return lambda cast, deal: query(cast, deal).execute()


CHANGES = {
    "a claim": lambda cast, deal: ownership.claim(cast.given_to(deal, None), cast.agent2),
    "another owner": lambda cast, deal: ownership.reassign(deal, cast.agent2, "Balance", cast.manager),
    "the value": lambda cast, deal: deal_facts.correct(deal, cast.agent, deal.version, value_cents=100),
    "the place in the column": lambda cast, deal: order.fire(deal, "move", cast.agent, stage=deal.stage),
    "a flag": lambda cast, deal: ownership.flag(deal, "Odd", cast.agent),
    "a call with its next step": lambda cast, deal: cast.called(deal),
    "the step's words": write(lambda cast, deal: Activity.update(subject="Send photos").where(Activity.kind == "task")),
    "the step's time": write(
        lambda cast, deal: Activity.update(due_at=clock.now() + timedelta(days=9)).where(Activity.kind == "task")
    ),
    "a step that is done": write(
        lambda cast, deal: Activity.update(done_at=clock.now()).where(Activity.kind == "task")
    ),
    "a step that is gone": write(lambda cast, deal: Activity.delete().where(Activity.kind == "task")),
    "the customer's name": write(
        lambda cast, deal: Customer.update(name="Ana Lima").where(Customer.id == deal.customer_id)
    ),
    "no calls": write(lambda cast, deal: Customer.update(no_calls=True).where(Customer.id == deal.customer_id)),
    "the number": write(
        lambda cast, deal: CustomerPhone.update(e164="+13055550199").where(CustomerPhone.customer == deal.customer_id)
    ),
    "no number": write(lambda cast, deal: CustomerPhone.delete().where(CustomerPhone.customer == deal.customer_id)),
    "organic": write(lambda cast, deal: Deal.update(readiness="organic").where(Deal.id == deal.id)),
    "the rescuer": write(lambda cast, deal: Deal.update(retention=cast.retention).where(Deal.id == deal.id)),
    "time in the stage": write(lambda cast, deal: Deal.update(in_stage_since=clock.now()).where(Deal.id == deal.id)),
}


@pytest.fixture
def deal(cast):
    deal = cast.deal(cast.agent, value_cents=3_890_000)
    with clock.set_to(clock.now() - timedelta(days=1)):
        cast.called(deal)
    Deal.update(in_stage_since=clock.now() - timedelta(days=6)).where(Deal.id == deal.id).execute()
    return Deal.get_by_id(deal.id)


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_card_shows_is_news_of_its_column(cast, deal, change):
    found = told(lambda: CHANGES[change](cast, deal))
    assert found.keys == (f"s{deal.stage_id}",) and found.deals == (deal.id,) and not found.whole
    assert not news(BOARD, found.version) and not news("special-sourcing", found.version)


def test_a_write_that_changes_nothing_is_no_news(cast, deal):
    found = told(
        lambda: (
            deal.save(),
            deal.customer.save(),
            Deal.update(details="Wants it soon").where(Deal.id == deal.id).execute(),
            cast.agent.save(),
        )
    )
    assert not found
    assert not told(lambda: cast.deal(cast.agent), "special-sourcing")


def test_both_columns_of_a_move_are_touched(cast, deal):
    target = cast.stage(2)
    assert set(told(lambda: order.fire(deal, "move", cast.agent, stage=target)).keys) == {
        f"s{deal.stage_id}",
        f"s{target.id}",
    }
    assert told(lambda: cast.deal(cast.agent)).keys == (f"s{deal.stage_id}",)
    assert told(lambda: Deal.delete().where(Deal.id == deal.id).execute()).keys == (f"s{target.id}",)


def test_a_hold_touches_the_stage_and_the_rail(cast):
    deal = cast.deal(cast.agent, "organic")
    cast.called(deal)
    since = version()
    held = order.fire(deal, "hold", cast.agent, **cast.hold_given())
    assert set(news(BOARD, since).keys) == {f"s{deal.stage_id}", "on_hold"}
    assert told(lambda: order.fire(held, "extend_hold", cast.agent, **cast.hold_given())).keys == ("on_hold",)
    assert told(lambda: Hold.update(sub_status="event").execute()).keys == ("on_hold",)


@pytest.mark.parametrize("shared", ["client", "number", "address"])
def test_a_review_touches_the_clients_other_cards(cast, deal, shared):
    other = cast.put_in(cast.deal(cast.agent2), 4)
    if shared == "client":
        Deal.update(customer=deal.customer_id).where(Deal.id == other.id).execute()
    elif shared == "number":
        CustomerPhone.create(customer=other.customer_id, typed="1", e164=deal.customer.phones.get().e164, position=9)
    else:
        CustomerEmail.create(customer=other.customer_id, address=deal.customer.emails.get().address.upper(), position=9)
    since = version()
    request = cast.losing(deal, cast.agent)
    found = news(BOARD, since)
    assert {f"s{deal.stage_id}", "losing", f"s{other.stage_id}"} == set(found.keys) and other.id in found.deals
    assert told(
        lambda: CancellationRequest.update(reviewer=cast.manager2).where(CancellationRequest.id == request.id).execute()
    ).keys == ("losing",)
    assert f"s{other.stage_id}" in told(lambda: cast.walked(request, "withdrawn")).keys


def test_what_changes_the_columns_themselves_means_the_whole_board(cast):
    stage = cast.stage(2)
    assert told(lambda: pipelines.move(stage, cast.admin, stage.version, up=True)).whole
    assert told(lambda: Stage.update(ageing_days=3).where(Stage.id == stage.id).execute()).whole
    assert not told(lambda: Stage.update(ageing_days=4).where(Stage.id == stage.id).execute(), "special-sourcing")
    assert told(
        lambda: User.update(name="Marta Vidal").where(User.id == cast.agent.id).execute(), "special-sourcing"
    ).whole


def test_a_log_that_does_not_reach_back_means_the_whole_board(cast, deal):
    before, of_all = version(), news(BOARD, version()).of_all
    database.execute_sql(MANY)
    kept = database.execute_sql("SELECT COUNT(*) FROM board_change").fetchone()[0]
    assert 10_000 <= kept < 11_000
    assert news(BOARD, before).whole and news(BOARD, -1).whole and news(BOARD, version() + 1).whole
    assert not news(BOARD, version() - 5).whole and news("nowhere", 0) is None
    assert news(BOARD, version()).of_all == last_of_all() == of_all, "what is of no single deal has not changed"


def test_the_newest_of_anothers_steps_is_told_in_a_sentence(cast, deal):
    name = deal.customer.name
    since = version()
    moved = order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    assert newest_told(news(BOARD, since), cast.manager) == f"Marta moved {name} to Contacted"
    assert newest_told(news(BOARD, since), cast.agent) == "", "one knows what one has done oneself"
    assert newest_told(news(BOARD, since), cast.agent2) == "", "it is not theirs to see"
    ownership.reassign(moved, cast.agent2, "Balance", cast.manager)
    assert newest_told(news(BOARD, since), cast.agent2) == f"Ingrid gave {name} to Thabo Okafor"
    assert newest_told(news(BOARD, version()), cast.agent2) == ""
    since = version()
    Activity.update(subject="Send photos").where(Activity.kind == "task").execute()
    assert news(BOARD, since) and newest_told(news(BOARD, since), cast.agent2) == "", (
        "what is long past is not told again"
    )
