"""What stands over the columns is kept by the database, and is what counting would find."""

from datetime import timedelta

import pytest

from carmanana.boards import board as board_module
from carmanana.boards import filtered
from carmanana.boards.board import Board
from carmanana.boards.chip_counts import chip_counts
from carmanana.boards.column_totals import kept_sums
from carmanana.boards.deal_filter import Filter
from carmanana.boards.filtered import look_for
from carmanana.boards.list_order import Order
from carmanana.boards.paging import Walk
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.deals.ownership import claim
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ACTIVE, LIVE, LOSING, LOST, ON_HOLD, ORGANIC, STATES, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.house import House
from carmanana.records.pipelines import Pipeline

from ..cast import Cast

TALLY = """
SELECT pipeline_id, state, stage_id, readiness, COALESCE(owner_id, 0), COUNT(*),
  COALESCE(SUM(value_cents) FILTER (WHERE currency = (SELECT currency FROM house)), 0),
  COUNT(value_cents) FILTER (WHERE currency <> (SELECT currency FROM house))
FROM deal GROUP BY 1, 2, 3, 4, 5
"""
OF_ALL = """
SELECT pipeline_id, state, stage_id, readiness, SUM(deals), SUM(value_cents), SUM(others) FROM deal_tally
GROUP BY 1, 2, 3, 4 HAVING SUM(deals) <> 0 ORDER BY 1, 2, 3, 4
"""
SUMS = TALLY.partition("COALESCE(owner_id, 0), ")[2].rpartition("FROM")[0]
OF_DAYS = f"""
SELECT pipeline_id, state, date(state_since), readiness, {SUMS} FROM deal
WHERE state IN ('lost', 'cancelled_by_client') GROUP BY 1, 2, 3, 4
UNION ALL SELECT pipeline_id, 'won', date(won_at), readiness, {SUMS} FROM deal WHERE won_at IS NOT NULL GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
"""
DATES = """
SELECT id, next_due_at, held_until,
  (SELECT MIN(due_at) FROM activity WHERE deal_id = deal.id AND kind = 'task' AND done_at IS NULL),
  (SELECT follow_up_on FROM hold WHERE deal_id = deal.id AND lifted_at IS NULL)
FROM deal
"""


@pytest.fixture
def busy(cast):
    """Deals of several people in every state, some old, some flagged, some with late steps."""
    for owner in (cast.agent, cast.agent2, cast.retention):
        for state in STATES:
            cast.in_state(state, owner) if state != "cancelled_by_client" else cast.walked(
                cast.losing(cast.deal(owner, value_cents=100)), "cancelled"
            )
    cast.called(cast.deal(value_cents=500), due_at=clock.now() - timedelta(minutes=10))
    cast.called(cast.deal(cast.agent), due_at=clock.now() - timedelta(minutes=10))
    cast.put_in(cast.deal(cast.agent2, ORGANIC, value_cents=700), 3)
    cast.given_to(cast.deal(), cast.house)
    Deal.update(retention=cast.retention).where(Deal.owner == cast.agent2).execute()
    Deal.update(currency="EUR").where(Deal.id % 4 == 0).execute()
    Deal.update(flagged_at=clock.now()).where(Deal.id % 3 == 0).execute()
    Deal.update(in_stage_since=clock.now() - timedelta(days=30)).where(Deal.id % 2 == 0).execute()
    Deal.update(state_since=clock.now() - timedelta(days=40)).where(Deal.id % 5 == 0).execute()
    Hold.update(follow_up_on=clock.today()).where(Hold.id == 1).execute()
    return cast


NARROW = [
    {},
    {"mine": True},
    {"unowned": True},
    {"owner": 4},
    {"readiness": LIVE},
    {"unowned": True, "readiness": ORGANIC},
    {"mine": True, "owner": 4},
]


@pytest.mark.parametrize("role", Cast.ROLES)
def test_what_is_kept_is_what_counting_finds(busy, role):
    by, pipeline = getattr(busy, role), Pipeline.get_by_id(2)
    stages = list(pipeline.open_stages())
    for narrow in NARROW:
        chosen = Filter(**narrow)
        kept = summed(kept_sums(pipeline, stages, by, chosen, tuple(STATES)))
        counted = look_for(pipeline, by, chosen, tuple(STATES), stages).sums(by, stages)
        assert kept == summed(counted), narrow
        assert role != "manager" or kept or chosen.mine or len(narrow) > 1


@pytest.mark.parametrize("role", ["manager", "agent", "agent2", "retention"])
def test_a_filtered_board_holds_what_it_counts_and_what_the_filter_leaves(busy, role):
    by, pipeline = getattr(busy, role), Pipeline.get_by_id(2)
    for narrow in (
        *NARROW,
        {"overdue": True},
        {"mine": True, "overdue": True},
        {"owner": 4, "flagged": True},
        {"aged": True},
    ):
        chosen = Filter(**narrow)
        board = Board(pipeline, list(pipeline.open_stages()), by, chosen)
        board.load_heads()
        shown = [
            card.row.id for column in board.load_cards(column.key for column in board.columns) for card in column.cards
        ]
        left = chosen.apply(Deal.visible_to(by), by).where(Deal.pipeline == pipeline, Deal.state == ACTIVE)
        assert sorted(shown) == sorted(deal.id for deal in left), narrow
        assert len(shown) == sum(column.count for column in board.columns), narrow


@pytest.fixture
def few(monkeypatch):
    """Two are many."""
    for module, name in ((filtered, "COUNTED"), (filtered, "FEW"), (board_module, "COUNTED")):
        monkeypatch.setattr(module, name, 2)
    filtered._written.cache_clear()
    yield
    filtered._written.cache_clear()


@pytest.mark.parametrize("narrow", [{"overdue": True}, {"aged": True}, {"flagged": True}, {"hold_due": True}])
def test_of_many_a_board_says_so_and_shows_all_the_same(busy, few, narrow):
    chosen, by, pipeline = Filter(**narrow), busy.manager, Pipeline.get_by_id(2)
    for number in range(3):
        Deal.update(in_stage_since=clock.now() - timedelta(days=60)).where(Deal.state == ACTIVE).execute()
        busy.called(busy.deal(busy.agent), due_at=clock.now() - timedelta(minutes=10 + number))
    Hold.update(follow_up_on=clock.today()).execute()
    board = Board(pipeline, list(pipeline.open_stages()), by, chosen, "on_hold")
    board.load_heads()
    columns = board.load_cards(column.key for column in [*board.columns, board.by_key["on_hold"]])
    left = chosen.apply(Deal.visible_to(by), by).where(Deal.pipeline == pipeline, Deal.state.in_((ACTIVE, ON_HOLD)))
    assert sorted(card.row.id for column in columns for card in column.cards) == sorted(deal.id for deal in left)
    assert any(column.unsummed for column in board.by_key.values())
    for column in columns:
        assert column.count == min(len(column.cards), 3) or column.uncounted, column.key


def test_of_many_that_a_text_finds_the_newest_are_shown(busy, few):
    by, pipeline = busy.manager, Pipeline.get_by_id(2)
    deals = [busy.deal(busy.agent, vehicle_make="Lancia", value_cents=cents) for cents in (4, 3, 2, 1)]
    board = Board(pipeline, list(pipeline.open_stages()), by, Filter(text="lancia"))
    board.load_heads()
    (first, *_) = board.load_cards([board.columns[0].key])
    assert board.cut and all(column.uncounted for column in board.by_key.values())
    assert {card.row.id for card in first.cards} == {deal.id for deal in deals[-2:]}
    for order in (Order(by="value"), Order(by="client")):
        walk = Walk(pipeline, by, board.filter, order.way)
        newest = sorted(deals[-2:], key=lambda deal: (deal.value_cents if order.by == "value" else 0, deal.id))
        assert walk.ids(9) == [deal.id for deal in newest]
        assert walk.ids(9, newest[0]) == [newest[1].id]
        whole = Walk(pipeline, by, board.filter, order.way, board.found, whole=True)
        assert set(whole.ids(9)) == {deal.id for deal in deals}, "a file holds all of it"


def test_what_tallies_do_not_tell_is_counted(busy):
    for name in ("overdue", "hold_due", "flagged", "aged"):
        assert Filter(**{name: True}, mine=True).in_tallies(busy.agent) is None
    assert (
        Filter(text="maria").in_tallies(busy.agent) is Filter(order_type="used_vehicle").in_tallies(busy.agent) is None
    )


def summed(rows) -> dict:
    found: dict = {}
    for state, stage_id, deals, cents, month, month_cents, aged, others, month_others, _ in rows:
        ended = state not in (ACTIVE, ON_HOLD, LOSING)
        key = state if ended else (state, stage_id)
        sums = (deals, cents, month * ended, month_cents * ended, aged, others, month_others * ended)
        found[key] = tuple(map(sum, zip(found.get(key, (0,) * 7), sums, strict=True)))
    return {key: sums for key, sums in found.items() if any(sums)}


@pytest.mark.parametrize("role", Cast.ROLES)
def test_a_chip_says_how_many_cards_it_leaves(busy, role):
    by, pipeline = getattr(busy, role), Pipeline.get_by_id(2)
    chosen = {name: Filter(**{name: True}) for name in ("mine", "unowned", "overdue", "hold_due", "flagged")}
    chosen["aged"] = Filter(aged=True)
    chosen |= {kind: Filter(readiness=kind) for kind in (LIVE, ORGANIC)}
    open_deals = Deal.visible_to(by).where(Deal.pipeline == pipeline, Deal.state.in_((ACTIVE, ON_HOLD)))
    counted = {name: one.apply(open_deals, by).count() for name, one in chosen.items()}
    shown = chip_counts(pipeline, list(pipeline.open_stages()), by)
    assert shown == counted
    assert role != "manager" or all(
        counted[name] for name in ("unowned", "overdue", "hold_due", "flagged", "aged", LIVE, ORGANIC)
    )


def test_tallies_and_dates_follow_every_write(busy):
    def right():
        kept = database.execute_sql(
            "SELECT * FROM deal_tally WHERE deals <> 0 OR value_cents <> 0 ORDER BY 1, 2, 3, 4, 5"
        ).fetchall()
        dates = database.execute_sql(DATES).fetchall()
        for table, told in (("board_tally", OF_ALL), ("ended_tally", OF_DAYS)):
            sums = f"SELECT * FROM {table} WHERE deals <> 0 ORDER BY 1, 2, 3, 4"
            assert database.execute_sql(sums).fetchall() == database.execute_sql(told).fetchall(), table
        return kept == database.execute_sql(TALLY).fetchall() and all(row[1:3] == row[3:] for row in dates)

    assert right()
    Deal.update(currency="EUR").where(Deal.id % 3 == 0).execute()
    assert right()
    House.update(currency="EUR").execute()
    assert right()
    claim(Deal.get(Deal.owner.is_null()), busy.agent)
    Deal.update(won_at=clock.now() - timedelta(days=3)).where(Deal.state == LOST).execute()
    Deal.update(state_since=clock.now() - timedelta(days=9)).where(Deal.id % 4 == 0).execute()
    assert right()
    Deal.update(value_cents=None).where(Deal.state == ACTIVE).execute()
    Activity.update(deal=1).where(Activity.kind == "task").execute()
    assert right()
    Activity.update(done_at=clock.now()).where(Activity.id % 2 == 0, Activity.kind == "task").execute()
    Hold.update(deal=1, lifted_at=None).where(Hold.id == 1).execute()
    assert right()
    Activity.delete().where(Activity.kind == "task", Activity.follows.is_null()).execute()
    Hold.delete().where(Hold.deal == 1).execute()
    assert right()
    Deal.delete().where(Deal.state.in_((WON, LOST))).execute()
    assert right()
