"""Columns that are kept drawn: whatever happens, a board is what it would be if it were drawn anew."""

import re
from datetime import timedelta

import pytest

from carmanana.blueprints.deals import columns
from carmanana.boards.change_log import News
from carmanana.core import clock
from carmanana.core.cache import clear_all
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import claim, reassign
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deal_codes import LOSING, LOST, ON_HOLD, ORGANIC, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from tests.cast import NOON
from tests.counting import queries

BOARD = "/board/used-vehicle-orders"
LOOKS = ("", "?open=on_hold", "?open=losing", "?open=won", "?open=lost")
FILTERED = (
    "?mine=1", "?unowned=1", "?readiness=live", "?overdue=1", "?hold_due=1&open=on_hold", "?flagged=1", "?aged=1",
    "?order_type=used_vehicle", "?text=mar", "?text=ext", "?text=mar&open=won",
)  # fmt: skip
FEW = ("", "?open=losing", "?mine=1", "?mine=1&overdue=1", "?text=mar")
ONCE = re.compile(r'value="[^"]*"|content="[^"]*"')


class World:
    """Deals in every column, and what happens to them."""

    def __init__(self, cast):
        self.cast = cast
        self.fresh, self.other, self.nobodys = (
            cast.assessed(cast.deal(cast.agent, value_cents=3_890_000)),
            cast.deal(cast.agent2),
            cast.deal(),
        )
        self.organic = cast.deal(cast.agent, ORGANIC)
        for deal in (self.fresh, self.organic):
            cast.called(deal)
        self.by_state = {state: cast.in_state(state) for state in (ON_HOLD, LOSING, WON, LOST)}

    def again(self, deal: Deal) -> Deal:
        return Deal.get_by_id(deal.id)

    def number_of(self, deal: Deal) -> str:
        return CustomerPhone.get(CustomerPhone.customer == deal.customer_id).e164

    def shares(self, one: Deal, other: Deal) -> None:
        """Two customers have one number from now on."""
        CustomerPhone.update(e164=self.number_of(other)).where(CustomerPhone.customer == one.customer_id).execute()


HAPPENS = {
    "a move": lambda w: order.fire(w.fresh, "move", w.cast.agent, stage=w.cast.stage(2)),
    "a hold": lambda w: order.fire(w.organic, "hold", w.cast.agent, **w.cast.hold_given()),
    "a claim": lambda w: claim(w.nobodys, w.cast.agent),
    "another owner": lambda w: reassign(w.fresh, w.cast.agent2, "Balance", w.cast.manager),
    "a new deal": lambda w: w.cast.deal(w.cast.agent, value_cents=100_000),
    "a win": lambda w: order.fire(w.fresh, "win", w.cast.manager, agreement_on=clock.today(), deposit_cents=150_000),
    "a loss": lambda w: order.fire(w.fresh, "lose", w.cast.manager, loss_reason="vehicle"),
    "a cancellation": lambda w: w.cast.losing(w.cast.given_to(w.by_state[WON], w.cast.agent)),
    "a longer hold": lambda w: Hold.update(follow_up_on=clock.today() + timedelta(days=3)).execute(),
    "a next step": lambda w: w.cast.called(w.other),
    "a step that is done": lambda w: Activity.update(done_at=clock.now()).where(Activity.kind == "task").execute(),
    "a value": lambda w: Deal.update(value_cents=1).where(Deal.id == w.other.id).execute(),
    "a number of a customer under review": lambda w: w.shares(w.fresh, w.by_state[LOSING]),
    "a customer under review with a number of ours": lambda w: w.shares(w.by_state[LOSING], w.organic),
    "an address of a customer under review": lambda w: CustomerEmail.update(address="Same@Example.com").execute(),
    "another first number": lambda w: CustomerPhone.create(
        customer=w.fresh.customer_id, typed="+1 305 555 0188", e164="+13055550188", position=-1
    ),
    "no number": lambda w: CustomerPhone.delete().execute(),
    "another customer": lambda w: (
        Deal.update(customer=w.by_state[LOSING].customer_id).where(Deal.id == w.other.id).execute()
    ),
    "a customer's name": lambda w: Customer.update(name="Ana Lima").execute(),
    "a person's name": lambda w: User.update(name="Marta Vidal").where(User.id == w.cast.agent.id).execute(),
    "a new person": lambda w: User.create(email="new@carmanana.example", name="Yuki Mori", roles={"agent"}),
    "a person who left": lambda w: User.update(deactivated_at=clock.now()).where(User.id == w.cast.agent2.id).execute(),
    "another role": lambda w: User.update(roles={"manager", "agent"}).where(User.id == w.cast.retention.id).execute(),
    "a stage's name": lambda w: Stage.update(name="Brand new").where(Stage.id == w.fresh.stage_id).execute(),
    "a stage's limit": lambda w: Stage.update(most_deals=1).where(Stage.id == w.fresh.stage_id).execute(),
    "a stage less": lambda w: Stage.update(archived=True).where(Stage.id == w.cast.stage(6).id).execute(),
    "a pipeline's name": lambda w: Pipeline.update(name="Certified cars").where(Pipeline.id == 1).execute(),
    "a flag": lambda w: Deal.update(flagged_at=clock.now()).where(Deal.id == w.other.id).execute(),
    "another kind of order": lambda w: (
        Deal.update(order_type="special_sourcing").where(Deal.id == w.other.id).execute()
    ),
    "a number of another house": lambda w: Deal.update(external_id="EXT-7").where(Deal.id == w.other.id).execute(),
    "a delivery": lambda w: Deal.update(delivered_on=clock.today()).where(Deal.state == WON).execute(),
    "a deal less": lambda w: Deal.delete().where(Deal.id == w.nobodys.id).execute(),
}


def boards(browsers) -> list[str]:
    """What each person sees, without what is other in every answer."""
    first, *others = browsers
    looks = [(first, look) for look in LOOKS + FILTERED] + [(browser, look) for browser in others for look in FEW]
    return [ONCE.sub("", browser.get(BOARD + look).text) for browser, look in looks]


@pytest.fixture
def browsers(visit):
    return [visit(who) for who in ("manager", "agent", "compliance")]


@pytest.mark.parametrize("what", HAPPENS)
def test_a_kept_board_is_the_board(cast, browsers, what):
    with clock.set_to(NOON):
        world = World(cast)
        before = boards(browsers)
        HAPPENS[what](world)
        kept = boards(browsers)
        clear_all()
        anew = boards(browsers)
    assert kept == anew != before


@pytest.mark.parametrize(
    "later", [timedelta(minutes=2), timedelta(hours=3), timedelta(days=1), timedelta(days=16), timedelta(days=40)]
)
def test_a_kept_board_goes_with_the_time(cast, visit, later):
    with clock.set_to(NOON):
        World(cast)
        kept_in_memory = boards([visit("manager"), visit("agent")])
    with clock.set_to(NOON + later):
        browsers = [visit("manager"), visit("agent")]
        kept = boards(browsers)
        clear_all()
        assert kept == boards(browsers)
    assert (kept != kept_in_memory) == (later > timedelta(minutes=2))


def test_a_board_to_which_nothing_happened_is_not_drawn_again(cast, visit, monkeypatch):
    with clock.set_to(NOON):
        World(cast)
        browser = visit("manager")
        browser.get(BOARD)
        for part in ("_piece", "head"):
            monkeypatch.setattr(columns, part, lambda *_, **__: pytest.fail("drawn again"))
        with queries() as asked:
            assert browser.get(BOARD).status_code == 200
    assert len(asked) <= 4, "session, bar, stages, news: " + "\n".join(asked)


def test_one_change_draws_its_columns_alone(cast, visit, monkeypatch):
    drawn, piece, head = [], columns._piece, columns.head

    def told(name, board, column, **beside):
        drawn.append((name, column.key))
        return piece(name, board, column, **beside)

    def told_of_head(board, column):
        drawn.append(("head", column.key))
        return head(board, column)

    monkeypatch.setattr(columns, "_piece", told)
    monkeypatch.setattr(columns, "head", told_of_head)
    with clock.set_to(NOON):
        world, browser = World(cast), visit("manager")
        browser.get(BOARD)
        drawn.clear()
        order.fire(world.fresh, "move", cast.agent, stage=cast.stage(2))
        browser.get(BOARD)
    left, entered = f"s{world.fresh.stage_id}", f"s{cast.stage(2).id}"
    assert sorted(drawn) == sorted((name, key) for name in ("head", "_cards_more") for key in (left, entered))


def test_people_who_see_the_same_share_what_is_drawn(cast, visit, monkeypatch):
    World(cast)
    visit("manager").get(BOARD)
    monkeypatch.setattr(columns, "_piece", lambda *_, **__: pytest.fail("drawn again"))
    assert "Marta Sandoval" in visit("manager2").get(BOARD).text


def test_an_older_look_never_takes_the_place_of_a_newer(cast, visit):
    """A request whose snapshot is older than what another has drawn meanwhile."""
    with clock.set_to(NOON):
        world, browser = World(cast), visit("manager")
        browser.get(BOARD)
        (place, (kept, _)), *_ = columns.COLUMNS.kept.items()
        newer = columns.DrawnBoard(News(kept.log.version + 100), kept.minute, kept.day, kept.columns)
        columns.COLUMNS.put(place, newer)
        assert world.fresh.customer.name in browser.get(BOARD).text
        assert columns.COLUMNS.get(place) is newer
