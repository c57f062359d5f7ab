"""Whatever people do with their deals, in whatever order, these things stay true (domain 3)."""

import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from peewee import Case, fn

from carmanana import audit, clock
from carmanana.activities.log import add_step, finish_step, log
from carmanana.activities.models import Activity
from carmanana.audit import Event
from carmanana.db import Stale, database, open_database
from carmanana.deals.lifecycle import order
from carmanana.deals.models import Deal, Hold, Payment, Stage
from carmanana.deals.ownership import claim, clear_flag, flag, reassign
from carmanana.deals.taking import correct, record_payment, start_again, take
from carmanana.workflow import Forbidden, Refused

from ..cast import NOON, Cast, everything
from ..conftest import settings_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PEOPLE = ("agent", "agent2", "manager", "compliance")
CONTACTS = [("call", "connected_follow_up"), ("call", "no_answer_no_vm"), ("email", "sent"), ("voicemail", "vm_drop"), ("text", "sent")]
TOUCHED = ("deal", "hold", "payment", "activity", "event", "notification")

whose = st.sampled_from(["owner", "owner", "owner", "manager", "manager", *PEOPLE])
numbers = st.integers(0, 5)
lacking = st.sampled_from([None] * 12 + ["reason", "next_step", "due_at", "stage", "value_cents", "agreement_on", "deposit_cents", "loss_reason", "follow_up_on"])
corrections = {
    "value_cents": st.sampled_from([None, 0, 500]),
    "agreement_on": st.sampled_from([None, NOON.date(), NOON.date() + 400 * DAY]),
    "delivered_on": st.sampled_from([None, NOON.date()]),
    "no_deposit_reason": st.sampled_from(["", "Old client"]),
}


class World:
    """What every example begins with; each works in a transaction that is rolled back."""

    def __init__(self):
        cast = Cast()
        self.people = {name: getattr(cast, name) for name in PEOPLE}
        self.stages = [cast.stage(1), cast.stage(2), cast.stage(3), cast.stage(6), cast.stage(1, pipeline=1), cast.stage(2, pipeline=1)]
        self.clients = [cast.client(), cast.client()]
        Stage.update(requires={"owner"}).where(Stage.requires != "", Stage.position > 2048).execute()


class Dealership(RuleBasedStateMachine):
    world: World

    def __init__(self):
        super().__init__()
        self.now = NOON
        self.box = database.atomic()
        self.example = self.box.__enter__()
        self.seen: dict[int, tuple] = {}
        self.told: dict[int, dict] = {}
        self.read = Event.select(fn.MAX(Event.id)).scalar() or 0

    def teardown(self):
        try:
            assert audit.broken_event() is None
        finally:
            self.example.rollback()
            self.box.__exit__(None, None, None)

    def do(self, verb, *args, **given):
        """One try; what is refused leaves no trace."""
        self.now += timedelta(minutes=1)
        before = everything(*TOUCHED)
        with clock.set_to(self.now):
            try:
                verb(*args, **given)
            except (Refused, Forbidden, Stale):
                assert everything(*TOUCHED) == before

    def deal(self, number: int) -> Deal:
        ids = sorted(self.seen)
        return Deal.get_by_id(ids[number % len(ids)])

    def person(self, who: str, deal: Deal):
        return self.world.people["agent"] if who == "owner" and deal.unowned else deal.owner if who == "owner" else self.world.people[who]

    # what people do

    @initialize()
    def two_orders_come_in(self):
        agent, first = self.world.people["agent"], self.world.stages[0]
        self.do(take, self.world.clients[0], first, agent, agent, readiness="organic")
        self.do(take, self.world.clients[1], first, agent, None)
        self.told = {deal.id: {"readiness": deal.readiness} for deal in Deal.select()}
        self.a_changed_row_has_a_new_version()

    @precondition(lambda self: len(self.seen) < 4)
    @rule(who=st.sampled_from(PEOPLE), stage=numbers, client=st.integers(0, 1), owned=st.booleans(), anew=st.booleans())
    def an_order_comes_in(self, who, stage, client, owned, anew):
        by = self.world.people[who]
        if anew:
            self.do(start_again, self.deal(stage), by)
        else:
            self.do(take, self.world.clients[client], self.world.stages[stage], by, by if owned else None)

    @rule(number=numbers, who=whose, choice=st.integers(0, 99), stage=numbers, below=numbers, without=lacking, called=st.booleans())
    def somebody_takes_a_step(self, number, who, choice, stage, below, without, called):
        deal = self.deal(number)
        leading = [trigger for trigger, state in order.table if state == deal.state]
        wanted = 6 * leading + [*order.triggers, "request_cancellation", "undo"]
        if called and deal.open:
            self.somebody_reaches_somebody(number, who, CONTACTS[0], "out")
            deal = self.deal(number)
        self.step(deal, self.person(who, deal), wanted[choice % len(wanted)], stage, below, without)

    the_next_step = and_the_one_after = somebody_takes_a_step

    def step(self, deal, by, trigger, stage, below, without):
        column = self.world.stages[stage]
        given = {
            "stage": column if trigger == "transfer" or column.pipeline_id == deal.pipeline_id else deal.stage,
            "after": self.deal(below),
            "sub_status": "financing",
            "reason": "Said so on the phone",
            "follow_up_on": self.now.date() + 20 * DAY,
            "next_step": "Call back",
            "due_at": self.now + 2 * DAY,
            "value_cents": 100,
            "agreement_on": self.now.date() - DAY,
            "deposit_cents": 10,
            "loss_reason": "no_response" if below == 0 else "price",
        }
        version = deal.version - 1 if without == "due_at" else deal.version
        self.do(order.fire, deal, trigger, by, version, **given | {without: None} if without else given)

    @rule(number=numbers, who=whose, contact=st.sampled_from(CONTACTS), direction=st.sampled_from(["in", "out", "out"]))
    def somebody_reaches_somebody(self, number, who, contact, direction):
        deal, (kind, outcome) = self.deal(number), contact
        step = {"next_step": "Call back", "due_at": self.now + DAY} if deal.open else {}
        self.do(log, deal, self.person(who, deal), kind, "About the car", direction, outcome=outcome, **step)

    @rule(number=numbers, who=whose, finish=st.booleans())
    def somebody_plans_or_finishes_a_step(self, number, who, finish):
        deal = self.deal(number)
        by, soonest = self.person(who, deal), Activity.next_step(deal)
        if finish and soonest:
            self.do(finish_step, soonest, by)
        elif deal.open:
            self.do(add_step, deal, by, "Send 3 options", self.now + DAY)

    @rule(number=numbers, who=whose, to=st.sampled_from(PEOPLE), verb=st.sampled_from(["claim", "claim", "reassign", "flag", "clear_flag"]))
    def an_order_changes_hands(self, number, who, to, verb):
        deal = self.deal(number)
        by = self.person(who, deal)
        if verb == "claim":
            self.do(claim, deal, by)
        elif verb == "reassign":
            self.do(reassign, deal, self.world.people[to], "Knows the client", by)
        else:
            self.do({"flag": flag, "clear_flag": clear_flag}[verb], deal, "Odd address", by)

    @rule(number=numbers, who=whose, old=st.integers(0, 3), facts=st.fixed_dictionaries({}, optional=corrections))
    def somebody_corrects(self, number, who, old, facts):
        deal = self.deal(number)
        self.do(correct, deal, self.person(who, deal), deal.version - (old == 3), **facts)

    @rule(number=numbers, who=whose, kind=st.sampled_from(sorted(Payment.KINDS)), cents=st.sampled_from([0, 10, 30]), deposit=st.booleans())
    def money_moves(self, number, who, kind, cents, deposit):
        deal = self.deal(number)
        self.do(record_payment, deal, self.person(who, deal), kind, cents, self.now.date(), deposit, "")

    @rule(hours=st.sampled_from([1, 20, 30, 80]))
    def time_passes(self, hours):
        self.now += hours * HOUR

    # what stays true

    @invariant()
    def on_hold_is_organic_with_one_hold_and_nothing_else_has_any(self):
        standing = list(Hold.select(Hold.deal).where(Hold.lifted_at.is_null()).order_by(Hold.deal).tuples())
        held = list(Deal.select(Deal.id).where(Deal.state == "on_hold").order_by(Deal.id).tuples())
        assert standing == held
        assert not Deal.select().where(Deal.state == "on_hold", Deal.readiness == "live").exists()

    @invariant()
    def ended_orders_rest_on_what_they_need(self):
        for deal in Deal.select().where(Deal.state.in_(["won", "lost"])):
            if deal.state == "won":
                assert not deal.unowned and deal.value_cents is not None and deal.agreement_on <= self.now.date()
                assert deal.deposit_cents or deal.no_deposit_reason.strip()
            else:
                assert deal.loss_reason and deal.agreement_on is None and not deal.payments.exists()
            assert not Activity.open_steps(deal).exists()

    @invariant()
    def no_more_is_given_back_than_came_in(self):
        signed = Case(None, [(Payment.kind == "received", Payment.amount_cents)], Payment.amount_cents * -1)
        assert not Payment.select().group_by(Payment.deal).having(fn.SUM(signed) < 0).exists()

    @invariant()
    def no_two_cards_share_a_place(self):
        places = list(Deal.select(Deal.stage, Deal.position).where(Deal.state == "active").tuples())
        assert len(set(places)) == len(places)

    @invariant()
    def the_audit_trail_tells_how_each_deal_stands(self):
        for event in Event.select().where(Event.subject == "deal", Event.id > self.read).order_by(Event.id):
            replay(event, self.told.setdefault(event.subject_id, {"readiness": "live"}))
            self.read = event.id
        for deal in Deal.select():
            told = self.told[deal.id]
            assert told == {name: deal.__data__[name] for name in told}

    @invariant()
    def a_changed_row_has_a_new_version(self):
        rows = {deal.id: row(deal) for deal in Deal.select()}
        for number, was in self.seen.items():
            assert rows[number] == was or rows[number][0] > was[0]
        self.seen = rows


def row(deal: Deal) -> tuple:
    """All of it, the version first; its place may shift when a column is numbered anew."""
    return deal.version, *(value for name, value in deal.__data__.items() if name != "position")


def replay(event: Event, stands: dict) -> None:
    """How the deal stands after one more event of the audit trail."""
    told = event.data
    assert event.was == stands.get("state") or (event.was, event.became) == (None, None)
    stands["state"] = event.became or stands["state"]
    stands["stage"] = told.get("to_stage", told.get("stage", stands.get("stage")))
    stands["pipeline"] = told.get("to_pipeline", stands.get("pipeline", 0)) or Stage.get_by_id(stands["stage"]).pipeline_id
    stands["owner"] = told.get("owner", stands.get("owner"))
    stands["readiness"] = {"mark_live": "live", "mark_organic": "organic"}.get(event.verb, stands["readiness"])


@pytest.fixture
def world(template, tmp_path):
    folder = settings_in(tmp_path)
    shutil.copy(template, folder.database)
    open_database(folder)
    database.connect()
    with clock.set_to(NOON):
        yield World()
    database.close()


def test_whatever_people_do_the_deals_stay_lawful(world):
    Dealership.world = world
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(Dealership, settings=settings(max_examples=50, stateful_step_count=40, deadline=None, suppress_health_check=slow))


def test_the_audit_trail_of_a_whole_life_can_be_read_back(world):
    """The same reading, on one life that goes through every state a person can bring about."""
    agent, manager = world.people["agent"], world.people["manager"]
    deal = take(world.clients[0], world.stages[0], agent, agent)
    order.fire(deal, "mark_organic", agent, reason="Spring")
    log(deal, agent, "call", "Spring", "out", outcome="connected_follow_up", next_step="Call", due_at=NOON + DAY)
    for trigger in ("hold", "extend_hold"):
        order.fire(deal, trigger, agent, sub_status="event", reason="Spring", follow_up_on=NOON.date() + 90 * DAY)
    order.fire(deal, "resume", agent, next_step="Call", due_at=NOON + DAY, stage=world.stages[1])
    order.fire(deal, "lose", agent, loss_reason="price")
    order.fire(deal, "reopen", manager, stage=world.stages[0], reason="Came back")
    order.fire(deal, "transfer", agent, stage=world.stages[4])
    order.fire(deal, "win", agent, value_cents=1, agreement_on=NOON.date(), no_deposit_reason="Old client")
    told = {"readiness": "live"}
    for event in audit.history(deal):
        replay(event, told)
    assert told == {"state": "won", "stage": world.stages[4].id, "pipeline": 1, "owner": agent.id, "readiness": "organic"}
    assert Event.select().where(Event.subject == "deal").count() == 10
