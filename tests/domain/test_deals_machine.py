"""Whatever people do with their deals, in whatever order, these things stay true (domain 3)."""

import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

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
PEOPLE = ("agent", "agent", "agent2", "manager", "manager", "compliance")
TRIGGERS = (*order.triggers, "request_cancellation")
OUTCOMES = [("call", "connected_follow_up"), ("call", "no_answer_no_vm"), ("email", "sent"), ("voicemail", "vm_drop"), ("text", "sent")]

people, deals, stages = st.sampled_from(PEOPLE), st.integers(0, 9), st.integers(0, 6)
sometimes = st.sampled_from([True, False, False])


class World:
    """What every example begins with; each works in a transaction that is rolled back."""

    def __init__(self):
        cast = Cast()
        self.people = {name: getattr(cast, name) for name in PEOPLE}
        self.stages = [cast.stage(1), cast.stage(2), cast.stage(3), cast.stage(6), cast.stage(1, pipeline=1), cast.stage(2, pipeline=1), None]
        self.clients = [cast.client(), cast.client()]


class Dealership(RuleBasedStateMachine):
    world: World

    def __init__(self):
        super().__init__()
        self.now = NOON
        self.box = database.atomic()
        self.box.__enter__()
        self.seen: dict[int, tuple] = {}
        self.refusals = 0

    def teardown(self):
        try:
            assert audit.broken_event() is None
        finally:
            self.box.rollback()
            self.box.__exit__(None, None, None)

    def do(self, verb, *args, **given):
        """One try; what is refused leaves no trace."""
        self.now += timedelta(minutes=1)
        before = everything()
        with clock.set_to(self.now):
            try:
                return verb(*args, **given)
            except (Refused, Forbidden, Stale):
                assert everything() == before

    def deal(self, number: int) -> Deal:
        ids = sorted(self.seen)
        return Deal.get_by_id(ids[number % len(ids)])

    # what people do

    @initialize()
    def two_orders_come_in(self):
        agent, first = self.world.people["agent"], self.world.stages[0]
        self.do(take, self.world.clients[0], first, agent, agent)
        self.do(take, self.world.clients[1], first, agent, None)
        self.remember()

    @rule(who=people, stage=stages, client=st.integers(0, 1), owned=st.booleans())
    def an_order_comes_in(self, who, stage, client, owned):
        if len(self.seen) < 5 and (column := self.world.stages[stage]):
            by = self.world.people[who]
            self.do(take, self.world.clients[client], column, by, by if owned else None)

    @rule(number=deals, who=people, trigger=st.sampled_from(TRIGGERS), stage=stages, below=deals, lacking=st.integers(0, 9), old=sometimes)
    def somebody_takes_a_step(self, number, who, trigger, stage, below, lacking, old):
        deal = self.deal(number)
        given = self.given(deal, stage, below)
        for name in list(given)[lacking : lacking + 1]:
            given[name] = None
        self.do(order.fire, deal, trigger, self.world.people[who], deal.version - 1 if old else deal.version, **given)

    def given(self, deal: Deal, stage: int, below: int) -> dict:
        return {
            "sub_status": "financing",
            "reason": "Said so on the phone",
            "follow_up_on": self.now.date() + 20 * DAY,
            "next_step": "Call back",
            "due_at": self.now + 2 * DAY,
            "value_cents": 100,
            "agreement_on": self.now.date() - DAY,
            "deposit_cents": 10,
            "loss_reason": "no_response" if stage == 0 else "price",
            "stage": self.world.stages[stage] or deal.stage,
            "after": self.deal(below),
        }

    @rule(number=deals, who=people, contact=st.sampled_from(OUTCOMES), direction=st.sampled_from(["in", "out", "out"]), stepping=st.booleans())
    def somebody_reaches_somebody(self, number, who, contact, direction, stepping):
        deal, (kind, outcome) = self.deal(number), contact
        step = {"next_step": "Call back", "due_at": self.now + DAY} if deal.open and stepping else {}
        self.do(log, deal, self.world.people[who], kind, "About the car", direction, outcome=outcome, **step)

    @rule(number=deals, who=people)
    def somebody_plans_a_step(self, number, who):
        if (deal := self.deal(number)).open:
            self.do(add_step, deal, self.world.people[who], "Send 3 options", self.now + DAY)

    @rule(number=deals, who=people)
    def somebody_finishes_a_step(self, number, who):
        if step := Activity.next_step(self.deal(number)):
            self.do(finish_step, step, self.world.people[who])

    @rule(number=deals, who=people)
    def somebody_claims(self, number, who):
        self.do(claim, self.deal(number), self.world.people[who])

    @rule(number=deals, who=people, to=people)
    def somebody_reassigns(self, number, who, to):
        self.do(reassign, self.deal(number), self.world.people[to], "Knows the client", self.world.people[who])

    @rule(number=deals, who=people, words=st.sampled_from(["Odd address", " "]), verb=st.sampled_from([flag, clear_flag]))
    def somebody_flags_or_answers(self, number, who, words, verb):
        self.do(verb, self.deal(number), words, self.world.people[who])

    @rule(
        number=deals, who=people, old=sometimes,
        facts=st.fixed_dictionaries({}, optional={
            "value_cents": st.sampled_from([None, 0, 500]), "agreement_on": st.sampled_from([None, NOON.date(), NOON.date() + 400 * DAY]),
            "delivered_on": st.sampled_from([None, NOON.date()]), "no_deposit_reason": st.sampled_from(["", "Old client"]),
        }),
    )
    def somebody_corrects(self, number, who, old, facts):
        deal = self.deal(number)
        self.do(correct, deal, self.world.people[who], deal.version - old, **facts)

    @rule(number=deals, who=people, kind=st.sampled_from(Payment.KINDS), cents=st.sampled_from([0, 10, 30]), deposit=st.booleans())
    def money_moves(self, number, who, kind, cents, deposit):
        self.do(record_payment, self.deal(number), self.world.people[who], kind, cents, self.now.date(), deposit, "")

    @rule(number=deals, who=people)
    def somebody_starts_again(self, number, who):
        if len(self.seen) < 5:
            self.do(start_again, self.deal(number), self.world.people[who])

    @rule(hours=st.sampled_from([1, 20, 30, 80]))
    def time_passes(self, hours):
        self.now += hours * HOUR

    # what stays true

    def remember(self):
        self.seen = {deal.id: row(deal) for deal in Deal.select()}

    @invariant()
    def a_deal_on_hold_is_organic_and_has_one_hold(self):
        for deal in Deal.select():
            standing = Hold.select().where(Hold.deal == deal, Hold.lifted_at.is_null()).count()
            assert standing == (deal.state == "on_hold")
            assert not (deal.state == "on_hold" and deal.readiness == "live")

    @invariant()
    def ended_deals_rest_on_what_they_need(self):
        for deal in Deal.select().where(Deal.state.in_(["won", "lost"])):
            if deal.state == "won":
                assert not deal.unowned and deal.value_cents is not None and deal.agreement_on <= self.now.date()
                assert deal.deposit_cents or deal.no_deposit_reason.strip()
            else:
                assert deal.loss_reason and deal.agreement_on is None
                assert not Payment.select().where(Payment.deal == deal, Payment.kind == "received").exists()
            assert not Activity.open_steps(deal).exists()

    @invariant()
    def money_is_never_given_back_twice(self):
        for deal in Deal.select():
            assert sum(p.amount_cents * (1 if p.kind == "received" else -1) for p in deal.payments) >= 0

    @invariant()
    def no_two_cards_share_a_place(self):
        places = list(Deal.select(Deal.stage, Deal.position).where(Deal.state == "active").tuples())
        assert len(set(places)) == len(places)

    @invariant()
    def a_changed_row_has_a_new_version(self):
        for deal in Deal.select():
            if deal.id in self.seen and row(deal) != self.seen[deal.id]:
                assert deal.version > self.seen[deal.id][0]
        self.remember()

    @invariant()
    def the_audit_trail_tells_how_each_deal_stands(self):
        for deal in Deal.select():
            told = replayed(deal)
            assert told == {name: deal.__data__[name] for name in told}


def row(deal: Deal) -> tuple:
    """All of it, the version first; its place may shift when a column is numbered anew."""
    return deal.version, *(value for name, value in deal.__data__.items() if name != "position")


def replayed(deal: Deal) -> dict:
    """How the deal must stand after all that the audit trail tells of it."""
    stands = {"readiness": "live"}
    for event in audit.history(deal):
        told = event.data
        stands["state"] = event.became or stands["state"]
        assert event.verb == "take" or event.was in (None, stands.get("before", event.was))
        stands["before"] = stands["state"]
        stands["stage"] = told.get("to_stage", told.get("stage", stands.get("stage")))
        stands["pipeline"] = told.get("to_pipeline", Stage.get_by_id(stands["stage"]).pipeline_id)
        stands["owner"] = told.get("owner", stands.get("owner"))
        stands["readiness"] = {"mark_live": "live", "mark_organic": "organic"}.get(event.verb, stands["readiness"])
    stands.pop("before")
    return stands


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
    told = replayed(deal)
    assert told == {"state": "won", "stage": world.stages[4].id, "pipeline": 1, "owner": agent.id, "readiness": "organic"}
    assert Event.select().where(Event.subject == "deal").count() == 10
