"""Whatever people do with their deals, in whatever order, these things stay true (domain 3)."""

from datetime import timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from peewee import fn

from carmanana.contacting.log import add_step, finish_step, log
from carmanana.core import audit, clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale, database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.deals.corrections import correct
from carmanana.deals.deal_facts import assess, start_again, take
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import claim, clear_flag, flag, reassign
from carmanana.deals.payments import record_payment
from carmanana.deals.undoing import undoing
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal, Payment
from carmanana.records.pipelines import Stage

from ..cast import NOON, Cast, everything
from ..soaking import examples

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PEOPLE = ("agent", "agent2", "manager", "compliance")
CONTACTS = [
    ("call", "connected_follow_up"),
    ("call", "no_answer_no_vm"),
    ("email", "sent"),
    ("voicemail", "vm_drop"),
    ("text", "sent"),
]
TOUCHED = ("deal", "hold", "payment", "activity", "event", "notification")

whose = st.sampled_from(["owner", "owner", "owner", "manager", "manager", *PEOPLE])
numbers = st.integers(0, 5)
lacking = st.sampled_from(
    [None] * 25
    + [
        "reason",
        "next_step",
        "due_at",
        "stage",
        "value_cents",
        "agreement_on",
        "deposit_cents",
        "loss_reason",
        "follow_up_on",
    ]
)
corrections = st.fixed_dictionaries(
    {},
    optional={
        "value_cents": st.sampled_from([None, 0, 500]),
        "agreement_on": st.sampled_from([None, NOON.date(), NOON.date() + 400 * DAY]),
        "delivered_on": st.sampled_from([None, NOON.date()]),
        "no_deposit_reason": st.sampled_from(["", "Old customer"]),
    },
)


class World:
    """What every example begins with; each works in a transaction that is rolled back."""

    def __init__(self, cast: Cast):
        self.people = {name: getattr(cast, name) for name in PEOPLE}
        self.stages = [
            cast.stage(1),
            cast.stage(2),
            cast.stage(3),
            cast.stage(6),
            cast.stage(1, pipeline=1),
            cast.stage(2, pipeline=1),
        ]
        self.clients = [cast.client(), cast.client()]
        Stage.update(requires={"owner"}).where(Stage.requires != "", Stage.position > 2048).execute()


class Dealership(RuleBasedStateMachine):
    world: World

    def __init__(self):
        super().__init__()
        self.now = NOON
        self.box = database.atomic()
        self.example = self.box.__enter__()
        self.seen: dict[int, dict] = {}
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
        return (
            self.world.people["agent"]
            if who == "owner" and deal.unowned
            else deal.owner
            if who == "owner"
            else self.world.people[who]
        )

    @initialize()
    def two_orders_come_in(self):
        agent, first = self.world.people["agent"], self.world.stages[0]
        for client in self.world.clients:
            self.do(take, client, first, agent, agent, readiness="organic")
        self.seen = rows()
        self.told = {number: {"readiness": "organic"} for number in self.seen}

    @rule(
        what=st.sampled_from(
            ["step"] * 12 + ["reach"] * 2 + ["beside"] * 2 + ["undo"] * 3 + ["correct", "pay", "come in", "wait"]
        ),
        number=numbers,
        who=whose,
        choice=st.integers(0, 99),
        stage=numbers,
        below=numbers,
        without=lacking,
        cents=st.sampled_from([0, 10, 30]),
        facts=corrections,
    )
    def somebody_does_something(self, what, number, who, choice, stage, below, without, cents, facts):
        deal = self.deal(number)
        by = self.person(who, deal)
        if what == "step":
            self.take_a_step(deal, by, choice, self.world.stages[stage], below, without)
        elif what == "reach":
            self.reach(deal, by, CONTACTS[choice % len(CONTACTS)], "in" if choice % 4 == 0 else "out")
        elif what == "beside":
            self.do_something_beside(deal, by, choice)
        elif what == "correct":
            self.do(correct, deal, by, deal.version - (cents == 0), **facts)
        elif what == "pay":
            self.do(
                record_payment, deal, by, sorted(Payment.KINDS)[choice % 3], cents, self.now.date(), cents == 30, ""
            )
        elif what == "undo":
            self.do(order.fire, deal, undoing.trigger(deal), by)
        elif what == "wait":
            self.now += choice * HOUR
        elif len(self.seen) < 3:
            self.let_an_order_come_in(deal, by, stage, choice)

    def take_a_step(self, deal, by, choice, stage, below, without):
        leading = [trigger for trigger, state in order.table if state == deal.state]
        wanted = 9 * leading + [*order.triggers, "request_cancellation", "undo"]
        trigger = wanted[choice % len(wanted)]
        if "hold" in trigger and below % 3:
            self.reach(deal, by, CONTACTS[0], "out")
            deal = Deal.get_by_id(deal.id)
        given = {
            "stage": stage if trigger == "transfer" or stage.pipeline_id == deal.pipeline_id else deal.stage,
            "after": self.deal(below),
            "sub_status": "financing",
            "reason": "Said so on the phone",
            "follow_up_on": self.now.date() + 20 * DAY,
            "next_step": "Call back",
            "due_at": self.now + 2 * DAY,
            "value_cents": 100,
            "agreement_on": self.now.date() - DAY,
            "deposit_cents": 10,
            "loss_reason": "no_response" if below == 0 else "vehicle",
        }
        version = deal.version - 1 if without == "due_at" else deal.version
        self.do(order.fire, deal, trigger, by, version, **given | {without: None} if without else given)

    def reach(self, deal, by, contact, direction):
        step = {"next_step": "Call back", "due_at": self.now + DAY} if deal.open else {}
        self.do(log, deal, by, contact[0], "About the car", direction, outcome=contact[1], **step)

    def do_something_beside(self, deal, by, choice):
        to, step = self.world.people[PEOPLE[choice % 4]], Activity.next_step(deal)
        verbs = [
            (claim, deal, by),
            (reassign, deal, to, "Knows the customer", by),
            (flag, deal, "Odd address", by),
            (clear_flag, deal, "It is real", by),
        ]
        verbs += [(finish_step, step, by)] if step else []
        verbs += [(add_step, deal, by, "Send 3 options", self.now + DAY)] if deal.open else []
        self.do(*verbs[choice % len(verbs)])

    def let_an_order_come_in(self, deal, by, stage, choice):
        if choice % 2:
            self.do(start_again, deal, by)
        else:
            self.do(take, deal.customer, self.world.stages[stage], by, by if choice % 4 else None)

    @invariant()
    def nothing_stands_that_the_sop_forbids(self):
        for what, sql in FORBIDDEN.items():
            assert not database.execute_sql(sql).fetchall(), what

    @invariant()
    def the_audit_trail_tells_how_each_deal_stands(self):
        for event in Event.select().where(Event.subject == "deal", Event.id > self.read).order_by(Event.id):
            replay(event, self.told.setdefault(event.subject_id, {"readiness": "live"}))
            self.read = event.id
        for number, stands in rows().items():
            assert self.told[number] == {name: stands[name] for name in self.told[number]}

    @invariant()
    def a_changed_row_has_a_new_version(self):
        now = rows()
        for number, was in self.seen.items():
            assert now[number] == was or now[number]["version"] > was["version"]
        self.seen = now


FORBIDDEN = {
    "a live order on hold": "SELECT id FROM deal WHERE state = 'on_hold' AND readiness = 'live'",
    "a deal on hold without its one hold, or another with one": """
        SELECT id FROM deal WHERE (state = 'on_hold') <> (SELECT COUNT(*) FROM hold WHERE deal_id = deal.id AND lifted_at IS NULL)""",
    "a won order without owner, value or agreement": """
        SELECT id FROM deal WHERE state = 'won' AND (COALESCE(owner_id, 1) = 1 OR value_cents IS NULL OR agreement_on IS NULL)""",
    "a won order with neither deposit nor reason": """
        SELECT id FROM deal WHERE state = 'won' AND TRIM(no_deposit_reason) = ''
        AND NOT EXISTS (SELECT 1 FROM payment WHERE deal_id = deal.id AND kind = 'received' AND is_deposit)""",
    "a lost order without a reason, or with an agreement or money": """
        SELECT id FROM deal WHERE state = 'lost' AND (loss_reason IS NULL OR agreement_on IS NOT NULL
        OR EXISTS (SELECT 1 FROM payment WHERE deal_id = deal.id))""",
    "an ended order with an open step from before its end": """
        SELECT deal.id FROM deal JOIN activity ON deal_id = deal.id
        WHERE state IN ('lost', 'cancelled_by_client') AND kind = 'task' AND done_at IS NULL
        AND activity.created_at < state_since
        AND activity.id NOT IN (SELECT return_task_id FROM cancellation_request WHERE return_task_id IS NOT NULL)""",
    "more given back than came in": """
        SELECT deal_id FROM payment GROUP BY deal_id HAVING SUM(CASE kind WHEN 'received' THEN amount_cents ELSE -amount_cents END) < 0""",
    "two cards in one place": (
        "SELECT stage_id FROM deal WHERE state = 'active' GROUP BY stage_id, position HAVING COUNT(*) > 1"
    ),
    "a review that nobody asked for": (
        "SELECT id FROM deal WHERE state IN ('cancellation_requested', 'cancelled_by_client')"
    ),
}


def rows() -> dict[int, dict]:
    """Every deal as it stands, but for its place, which shifts when a column is numbered anew."""
    deals = database.execute_sql("SELECT * FROM deal")
    names = [column[0] for column in deals.description]
    found = [dict(zip(names, values, strict=True)) for values in deals.fetchall()]
    return {deal["id"]: deal | {"position": None} for deal in found}


def replay(event: Event, stands: dict) -> None:
    """How the deal stands after one more event of the audit trail."""
    told = event.data
    assert event.was == stands.get("state") or (event.was, event.became) == (None, None)
    stands["state"] = event.became or stands["state"]
    stands["stage_id"] = told.get("to_stage", told.get("stage", stands.get("stage_id")))
    stands["pipeline_id"] = (
        told.get("to_pipeline") or stands.get("pipeline_id") or Stage.get_by_id(stands["stage_id"]).pipeline_id
    )
    stands["owner_id"] = told.get("owner", stands.get("owner_id"))
    stands["readiness"] = told.get("readiness") or {"mark_live": "live", "mark_organic": "organic"}.get(
        event.verb, stands["readiness"]
    )


@pytest.fixture
def world(cast):
    return World(cast)


def test_whatever_people_do_the_deals_stay_lawful(world):
    """Tells the story that went wrong as it was found, within seconds; add Phase.shrink for the shortest one."""
    Dealership.world = world
    run_state_machine_as_test(
        Dealership,
        settings=settings(
            max_examples=examples(25, 500),
            stateful_step_count=40,
            phases=[Phase.generate],
        ),
    )


def test_the_audit_trail_of_a_whole_life_can_be_read_back(world):
    """The same reading, on one life that goes through every state a person can bring about."""
    agent, manager = world.people["agent"], world.people["manager"]
    deal = take(world.clients[0], world.stages[0], agent, agent)
    order.fire(deal, "mark_organic", agent, reason="Spring")
    log(deal, agent, "call", "Spring", "out", outcome="connected_follow_up", next_step="Call", due_at=NOON + DAY)
    for trigger in ("hold", "extend_hold"):
        order.fire(deal, trigger, agent, sub_status="event", reason="Spring", follow_up_on=NOON.date() + 90 * DAY)
    order.fire(deal, "resume", agent, next_step="Call", due_at=NOON + DAY, stage=world.stages[1])
    order.fire(deal, "lose", agent, loss_reason="vehicle")
    order.fire(deal, "reopen", manager, stage=world.stages[0], reason="Came back", next_step="Call", due_at=NOON + DAY)
    order.fire(deal, "transfer", agent, stage=world.stages[4])
    assess(deal, agent, [{"brand": "Toyota"}], None, timeline="Spring")
    order.fire(deal, "win", agent, value_cents=1, agreement_on=NOON.date(), no_deposit_reason="Old customer")
    told = {"readiness": "live"}
    for event in audit.history(deal):
        replay(event, told)
    assert told == {
        "state": "won",
        "stage_id": world.stages[4].id,
        "pipeline_id": 1,
        "owner_id": agent.id,
        "readiness": "organic",
    }
    assert Event.select().where(Event.subject == "deal").count() == 11
