"""A card is drawn from its row: whatever it shows changes it."""

import inspect
import re
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from flask import g
from jinja2 import meta
from markupsafe import Markup

from carmanana.blueprints.deals.card_templates import drawn, with_blanks
from carmanana.blueprints.deals.card_text import Has, Shown
from carmanana.blueprints.deals.sight import Sight, stored
from carmanana.boards.card_rows import FACTS, cards_of
from carmanana.config import ROOT
from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.core.cache import clear_all
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer, CustomerPhone
from carmanana.records.deal_codes import LOSING, ON_HOLD, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.web.filters import due_state
from tests.cast import NOON

BOARD = "/board/used-vehicle-orders"
OVERDUE = re.compile(r"[0-9]+ (?:min|h) overdue")


@pytest.fixture(autouse=True)
def nothing_drawn():
    clear_all()


def card(browser, deal, query: str = "") -> str:
    page = browser.get(BOARD + query).text
    found = re.search(rf'<article[^>]*id="deal-{deal.id}".*?</article>', page, re.DOTALL)
    return re.sub(r'name="csrf_token" value="[^"]*"', "", found[0]) if found else ""


@pytest.mark.parametrize("which", ["_card", "_dock_row"])
def test_a_card_says_nothing_that_is_not_of_its_row(app, which):
    """Its template reads what `Shown` made of the row, asks only for what cards may have, and knows no record, filter
    or global."""
    text = (ROOT / f"carmanana/templates/boards/{which}.html").read_text()
    assert not meta.find_undeclared_variables(app.jinja_env.parse(text))
    asked = re.findall(r"{%\s*(?:if|elif)\s+(.*?)%}|'\w+' if (.*?)}}", text)
    assert asked and all(re.fullmatch(r"(not )?has\.\w+", (one or other).strip()) for one, other in asked)
    assert "|" not in re.sub(r"{#.*?#}", "", text) and inspect.signature(Shown).parameters.keys() == {"card", "sight"}


class Written:
    """Words that stand in a page as they are."""

    def __init__(self, shown):
        self.shown = shown

    def __getattr__(self, name):
        return Markup(getattr(self.shown, name))


def test_a_card_that_is_filled_in_is_the_card(cast, app):
    """For every state, with and without what not every card has: it is what the template would give."""
    deals = [
        cast.deal(),
        cast.deal(cast.agent, value_cents=3_890_000),
        *map(cast.in_state, (ON_HOLD, LOSING, WON, "lost")),
    ]
    cast.called(deals[1])
    Deal.update(in_stage_since=clock.now() - timedelta(days=60), flagged_at=clock.now()).where(
        Deal.id == deals[0].id
    ).execute()
    Customer.update(name="<b>\0token\0 & {{ x }}").where(Customer.id == deals[1].customer_id).execute()
    Customer.update(no_calls=True).where(Customer.id == deals[0].customer_id).execute()
    with app.test_request_context():
        sight, seen = Sight.ours(), set()
        for card in cards_of([deal.id for deal in deals]):
            for works, claims, template in product(
                (True, False), (True, False), ("boards/_card.html", "boards/_dock_row.html")
            ):
                shown = Shown(card, sight)
                has = Has(*shown.has(works, claims))
                filled = with_blanks(template, has, sight.parts, True).fill(shown)
                assert filled == drawn(template, Written(shown), has, sight.parts.icons)
                assert "<b>\0" not in filled and ("&lt;b&gt;\0token" in filled) == (card.row.id == deals[1].id)
                seen.add(has)
    assert len(seen) >= 10 and all(len({has[i] for has in seen}) == 2 for i in range(len(Has._fields)))


CHANGES = {
    "the customer's name": lambda cast, deal: Customer.update(name="Ana Lima").where(Customer.id == deal.customer_id),
    "no calls": lambda cast, deal: Customer.update(no_calls=True).where(Customer.id == deal.customer_id),
    "the number": lambda cast, deal: CustomerPhone.update(e164="+13055550199").where(
        CustomerPhone.customer == deal.customer_id
    ),
    "another owner": lambda cast, deal: Deal.update(owner=cast.agent2).where(Deal.id == deal.id),
    "no owner": lambda cast, deal: Deal.update(owner=None).where(Deal.id == deal.id),
    "the owner's name": lambda cast, deal: User.update(name="Marta Vidal").where(User.id == cast.agent.id),
    "the owner's colour": lambda cast, deal: User.update(email="marta@carmanana.example").where(
        User.id == cast.agent.id
    ),
    "the version": lambda cast, deal: Deal.update(version=Deal.version + 1).where(Deal.id == deal.id),
    "the value": lambda cast, deal: Deal.update(value_cents=5_000_000).where(Deal.id == deal.id),
    "the currency": lambda cast, deal: Deal.update(currency="EUR").where(Deal.id == deal.id),
    "the year": lambda cast, deal: Deal.update(vehicle_year=2019).where(Deal.id == deal.id),
    "the make": lambda cast, deal: Deal.update(vehicle_make="Kia").where(Deal.id == deal.id),
    "the model": lambda cast, deal: Deal.update(vehicle_model="Soul").where(Deal.id == deal.id),
    "organic": lambda cast, deal: Deal.update(readiness="organic").where(Deal.id == deal.id),
    "a flag": lambda cast, deal: Deal.update(flagged_at=clock.now()).where(Deal.id == deal.id),
    "days in the stage": lambda cast, deal: Deal.update(in_stage_since=clock.now() - timedelta(days=3)).where(
        Deal.id == deal.id
    ),
    "the limit": lambda cast, deal: Stage.update(ageing_days=4).where(Stage.id == deal.stage_id),
    "the step's words": lambda cast, deal: Activity.update(subject="Send photos").where(Activity.kind == "task"),
    "the step's time": lambda cast, deal: Activity.update(due_at=clock.now() + timedelta(days=5)).where(
        Activity.kind == "task"
    ),
    "a step that is done": lambda cast, deal: Activity.update(done_at=clock.now()).where(Activity.kind == "task"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_card_shows_changes_it(cast, visit, change):
    deal = cast.deal(cast.agent, value_cents=3_890_000)
    cast.called(deal)
    Deal.update(in_stage_since=clock.now() - timedelta(days=6)).where(Deal.id == deal.id).execute()
    browser = visit("manager")
    before = card(browser, deal)
    CHANGES[change](cast, deal).execute()
    after = card(browser, deal)
    clear_all()
    assert before and after != before and after == card(browser, deal)


def test_the_stages_name_is_told_by_an_aged_card(cast, visit):
    deal, browser = cast.deal(cast.agent), visit("manager")
    Deal.update(in_stage_since=clock.now() - timedelta(days=60)).execute()
    before = card(browser, deal)
    Stage.update(name="Brand new").where(Stage.id == deal.stage_id).execute()
    assert "in Brand new" in card(browser, deal) != before


ENDED = {
    "the hold's reason": (ON_HOLD, lambda cast: Hold.update(sub_status="event")),
    "the hold's date": (ON_HOLD, lambda cast: Hold.update(follow_up_on=clock.today())),
    "the review's state": (
        LOSING,
        lambda cast: CancellationRequest.update(state="contacted", contacted_at=clock.now()),
    ),
    "the review's time": (LOSING, lambda cast: CancellationRequest.update(due_at=clock.now() - timedelta(days=3))),
    "an attempt": (LOSING, lambda cast: CancellationRequest.update(attempted_at=clock.now())),
    "the reviewer": (LOSING, lambda cast: CancellationRequest.update(reviewer=cast.manager2)),
    "the rescuer": (LOSING, lambda cast: Deal.update(retention=cast.retention)),
    "the reason it was lost": ("lost", lambda cast: Deal.update(loss_reason="financing")),
    "when it was won": (WON, lambda cast: Deal.update(won_at=clock.now() - timedelta(days=400))),
}


@pytest.mark.parametrize("change", ENDED)
def test_what_a_card_beside_the_stages_shows_changes_it(cast, visit, change):
    state, write = ENDED[change]
    deal, browser = cast.in_state(state), visit("manager")
    opened = "?open=" + {LOSING: "losing"}.get(state, state)
    before = card(browser, deal, opened)
    write(cast).execute()
    assert before and card(browser, deal, opened) != before


def test_a_review_of_another_order_locks_the_clients_card(cast, visit):
    deal, browser = cast.deal(cast.agent), visit("manager")
    assert "Locked" not in card(browser, deal)
    other = cast.losing(cast.deal(cast.agent, value_cents=100)).deal
    Deal.update(customer=deal.customer).where(Deal.id == other.id).execute()
    assert "Locked" in card(browser, deal)


@pytest.mark.parametrize("later", [timedelta(hours=3), timedelta(days=1), timedelta(days=2), timedelta(days=9)])
def test_a_card_goes_with_the_time(cast, visit, later):
    with clock.set_to(NOON):
        deal = cast.deal(cast.agent)
        cast.called(deal, due_at=NOON + timedelta(hours=2))
        before = card(visit("manager"), deal)
    with clock.set_to(NOON + later):
        after = card(visit("manager"), deal)
    assert "late" not in before and "late" in after


def test_a_card_is_drawn_for_who_looks(cast, visit):
    deal = cast.deal()
    cast.called(deal)
    for who, claims, moves in (("manager", True, True), ("compliance", False, False), ("agent", True, True)):
        shown = card(visit(who), deal)
        assert ("Claim" in shown, "card-move" in shown) == (claims, moves)
    deal = cast.deal(cast.agent, value_cents=1)
    Deal.update(retention=cast.agent2).where(Deal.id == deal.id).execute()
    assert "card-move" in card(visit("agent"), deal) and "card-move" not in card(visit("agent2"), deal)
    User.update(timezone="Asia/Tokyo").where(User.id == cast.manager.id).execute()
    cast.called(deal)
    assert card(visit("manager"), deal) != card(visit("manager2"), deal)


def test_each_browser_gets_its_own_token(cast, visit, app):
    app.config["WTF_CSRF_ENABLED"] = True
    cast.deal()
    tokens = [
        set(re.findall(r'name="csrf_token" value="([^"]+)"', browser.get(BOARD).text)) for browser in _two(app, visit)
    ]
    assert all(len(found) == 1 for found in tokens) and tokens[0] != tokens[1]


def _two(app, visit):
    app.config["WTF_CSRF_ENABLED"] = False
    browsers = [visit("manager"), visit("agent")]
    app.config["WTF_CSRF_ENABLED"] = True
    return browsers


def test_moments_are_told_apart_as_they_are_stored(app):
    """late, today or ahead, and for how many days: as of the moments themselves."""
    for hour, zone in product((0, 7, 23), ("UTC", "America/New_York", "Asia/Tokyo")):
        now = NOON.replace(hour=hour, minute=30)
        with clock.set_to(now), app.test_request_context():
            g.zone, g.today = zone, clock.today(zone)
            sight = replace(Sight.ours(), day=g.today, zone=zone)
            for minutes in (0, 1, 29, 31, 300, 700, 1440, 4000):
                for at in (now + timedelta(minutes=minutes), now - timedelta(minutes=minutes)):
                    assert sight.look(stored(at)) == due_state(at), (now, at, zone)
                    assert sight.look(at.date().isoformat()) == due_state(at.date()), (now, at, zone)
                    assert sight.days(stored(at)) == (now - at).days, (now, at)


def test_of_steps_that_are_due_at_once_a_card_tells_the_first(cast):
    deal = cast.deal(cast.agent)
    for words in ("Send the options", "Ask the bank"):
        add_step(deal, cast.agent, words, NOON + timedelta(days=1))
    Activity.update(due_at=NOON + timedelta(days=1)).where(Activity.kind == "task").execute()
    steps = Activity.select().where(Activity.deal == deal, Activity.kind == "task").order_by(Activity.id)
    assert len(steps) > 1 and [card.step.id for card in cards_of([deal.id])] == [steps[0].id]


def test_a_card_row_holds_each_fact_once():
    assert len(set(FACTS.values())) == len(FACTS)


def test_for_how_long_a_step_is_overdue_is_told_anew_on_board_list_and_deal(visit, cast):
    deal, marta = cast.deal(cast.agent), visit("agent")
    add_step(deal, cast.agent, "Send the options", NOON + timedelta(minutes=10))
    pages, words = (BOARD, f"{BOARD}/list", f"/deals/{deal.id}"), {}
    for minutes in (15, 17, 40, 69, 95, 124, 131):
        with clock.set_to(NOON + timedelta(minutes=minutes)):
            words[minutes] = [OVERDUE.findall(marta.get(page).text)[:1] for page in pages]
    told = {15: "5 min", 17: "7 min", 40: "30 min", 69: "59 min", 95: "1 h", 124: "1 h", 131: "2 h"}
    assert words == {minutes: [[f"{how} overdue"]] * 3 for minutes, how in told.items()}
