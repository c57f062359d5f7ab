"""Five hundred random histories of people who do what they may and what they may not, with arguments that are
often wrong: whatever comes of it, no order is cancelled without a manager's review and contact, no contact
passes the lock, no offer passes that was not approved, and the audit trail replays to how things stand."""

import json
import random
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.reviewing import save_progress
from carmanana.contacting.log import finish_step, log, move_step
from carmanana.core import audit, clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale, database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.deals.corrections import correct
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import reassign
from carmanana.deals.payments import record_payment
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, balance
from carmanana.records.people import User
from carmanana.records.retention import CounterOffer, Offer, Presentation, RetentionPlan

from ..cast import NOON, Cast, everything
from ..soaking import SOAK, examples
from .unlawful import closed_to, nothing_unlawful_stands

HISTORIES = examples(100, 1000)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PEOPLE = ("agent", "agent2", "manager", "manager2", "retention", "retention2", "compliance", "admin")
WAYS = [
    ("call", "connected_follow_up"),
    ("call", "no_answer_vm"),
    ("email", "sent"),
    ("text", "sent"),
    ("voicemail", "vm_drop"),
]
DOING = ["review"] * 18 + ["contact"] * 4 + ["ask", "order", "give", "beside", "wait"]
SPOKEN = {"kind": "call", "direction": "out", "outcome": "connected_follow_up", "summary": "Told them"}
ASKED = {
    "came_by": "phone",
    "reason": "It slipped twice",
    "issues": "none",
    "tone": "calm",
    "phrases": "none",
    "order_details": "2022 Lexus RX 350",
    "explained": True,
}

LENGTH = 9

TOUCHED = ("deal", "hold", "payment", "activity", "cancellation_request", "direction", "evidence_gap", "notification")
TOUCHED += ("retention_plan", "offer", "presentation", "counter_offer", "commitment")


class World:
    """What every history begins with, and what all of them together have tried and reached."""

    def __init__(self, cast: Cast):
        self.cast = cast
        User.create(
            email="retention2@carmanana.example", name="Lena Ortiz", roles={"retention", "agent"}, manager=cast.manager
        )
        self.people = {name: User.get(User.email == f"{name}@carmanana.example") for name in PEOPLE} | {
            "house": cast.house
        }
        won, active, held = cast.in_state("won"), cast.deal(cast.agent), cast.in_state("on_hold", cast.agent2)
        Deal.update(customer=won.customer_id).where(Deal.id == active.id).execute()
        Customer.update(region="DE").where(Customer.id == held.customer_id).execute()  # whom the law may let cancel
        self.deals = [won.id, active.id, held.id]
        self.stages = [cast.stage(number) for number in (1, 2, 3)]
        self.histories, self.tried, self.accepted, self.reached = 0, Counter(), Counter(), Counter()


class History:
    def __init__(self, world: World):
        self.world, self.now = world, NOON
        self.read = newest(Event)
        self.told = standing()
        world.histories += 1

    def go_on(self, doing: str, which: int, who: int, choice: int, wrong: int) -> None:
        self.now += MINUTE
        deal = Deal.get_by_id(self.world.deals[which % 8 if which % 8 < 3 else 0])
        with clock.set_to(self.now):
            getattr(self, doing)(deal, CancellationRequest.open_for(deal), who, choice, wrong)

    def do(self, name: str, by: User, deal: Deal, step) -> None:
        """One try; what is refused leaves no trace, what is accepted passed the lock."""
        self.world.tried[name] += 1
        look = self.world.tried.total() % 4 == 0
        before, events, last = look and everything(*TOUCHED), newest(Event), newest(Activity)
        shut = closed_to(deal.customer_id, by.id, self.now)
        try:
            step()
        except (Refused, Forbidden, Stale):
            assert (look and everything(*TOUCHED)) == before and (newest(Event), newest(Activity)) == (events, last), (
                name
            )
            return
        self.world.accepted[name] += 1
        reached = Activity.select().where(
            Activity.id > last, Activity.direction == "out", Activity.customer == deal.customer_id
        )
        assert by.is_manager or not shut or not reached.exists(), f"{by} passed the lock by {name}"
        nothing_unlawful_stands()
        self.the_audit_trail_tells_how_everything_stands()

    def person(self, who: int, *likely: User | None) -> User:
        """Mostly somebody who might, else anybody."""
        likely = [person for person in likely if person]
        return likely[who % len(likely)] if likely and who % 10 < 8 else [*self.world.people.values()][who % 9]

    def begin(self, way: tuple) -> None:
        """The first steps of a review, as they should be, so that the dice fall at every depth."""
        deal = Deal.get_by_id(self.world.deals[0])
        with clock.set_to(self.now):
            self.ask(deal, None, 0, 0, 1)
        for trigger, choice in way:
            self.now += 14 * HOUR if trigger == "log_attempt" else MINUTE
            request = CancellationRequest.open_for(deal)
            by = RetentionPlan.current(request).assignee if trigger in MEMBERS else request.reviewer
            with clock.set_to(self.now):
                given = self.given_for(request, trigger, choice)
                self.do(trigger, by, deal, partial(review.fire, request, trigger, by, **given))

    # what people do

    def ask(self, deal, request, who, choice, wrong):
        by = self.person(who, deal.owner, self.world.people["manager"])
        given = spoil(ASKED | {"reviewer": self.world.people[("manager", "manager2")[choice % 2]]}, wrong)
        self.do("request_cancellation", by, deal, lambda: order.fire(deal, "request_cancellation", by, **given))

    def review(self, deal, request, who, choice, wrong):
        request = request or self.latest(deal)
        if request is None:
            return self.ask(deal, None, who, choice, wrong)
        plan = RetentionPlan.current(request)
        leading = [
            trigger
            for trigger, state in review.table
            if state == request.state
            for _ in range(2 if trigger in RARE else 8)
        ]
        trigger = (leading + review.triggers)[choice % len(leading + review.triggers)]
        member = [plan.assignee] if plan and trigger in MEMBERS else []
        by = (
            self.world.people["house"]
            if trigger == "escalate" and who % 2
            else self.person(who, *member or [request.reviewer])
        )
        given = spoil(self.given_for(request, trigger, choice), wrong)
        version = request.version - 1 if wrong % 40 == 39 else request.version if wrong % 2 else None
        if trigger == "cancel" and choice % 3 and request.open and (bare := evidence.missing(deal)):
            self.do("explain", by, deal, lambda: evidence.explain(request, by, bare, "The line is not recorded"))
        self.do(trigger, by, deal, lambda: review.fire(request, trigger, by, version, **given))

    def latest(self, deal) -> CancellationRequest | None:
        return (
            CancellationRequest.select()
            .where(CancellationRequest.deal == deal)
            .order_by(CancellationRequest.id.desc())
            .first()
        )

    def given_for(self, request, trigger: str, choice: int) -> dict:
        """What the step needs, though not always what is true or theirs."""
        people, soon = self.world.people, self.now + (HOUR, 5 * HOUR, 3 * DAY)[choice % 3]
        manager, member = (
            people[("manager", "manager2")[choice % 2]],
            people[("retention", "retention2")[choice // 3 % 2]],
        )
        given = {
            "assign_reviewer": lambda: {"reviewer": manager, "reason": "Away"},
            "escalate": lambda: {"reviewer": manager},
            "log_attempt": lambda: {
                "kind": ("call", "email")[choice // 7 % 2],
                "outcome": "no_answer_vm",
                "next_attempt_at": soon,
            },
            "conclude_unreachable": lambda: {
                "reason": "No answer",
                "files_read": {"activities", "recordings", "emails"},
            },
            "assign_retention": lambda: self.plan() | {"assignee": member, "due_at": soon, "offers": self.offers(soon)},
            "revise_plan": lambda: self.revision(request, choice, member, soon),
            "hand_case_over": lambda: {"assignee": member},
            "present": lambda: (
                SPOKEN
                | {
                    "offer": pick(Offer, request, choice),
                    "answer": ("thinking", "accepted", "declined")[choice // 5 % 3],
                }
            ),
            "respond": lambda: {
                "presentation": pick(Presentation, request, choice),
                "answer": ("accepted", "declined")[choice % 2],
                "words": "Said so",
            },
            "counter": lambda: {"terms": "More off"},
            "answer_counter": lambda: self.answer(request, choice, soon),
            "end_retention": lambda: {
                "because": ("declined", "recalled", "expired", "no_response")[choice % 4],
                "response": "No",
            },
            "retain": lambda: {"kept_by": "A firm date", "commitments": [self.promise()]} | self.way_back(choice),
            "cancel": lambda: self.decision() | {"refunded_cents": max(0, balance(request.deal))},
            "direct": lambda: {
                "user": people[("agent", "agent2")[choice % 2]],
                "until": soon,
                "words": "Send the papers",
            },
        }
        return given[trigger]() if trigger in given else self.world.cast.review_given(trigger)

    def plan(self) -> dict:
        return {"instructions": "Call today", "limits": "Up to $600"}

    def offers(self, until) -> list[dict]:
        return [
            {"kind": "price", "terms": "$600 off", "value_cents": 60000, "expires_at": until},
            {"kind": "eta", "terms": "Week 50", "expires_at": until},
        ]

    def revision(self, request, choice, member, until) -> dict:
        taken_back = pick(Offer, request, choice) if choice % 2 else None
        return {"limits": f"Up to {choice}", "offers": self.offers(until)[:1]} | (
            {"withdrawn": [taken_back]} if taken_back else {"assignee": member}
        )

    def answer(self, request, choice, until) -> dict:
        return {
            "counter": pick(CounterOffer, request, choice),
            "approved": bool(choice % 2),
            "words": "So be it",
            "offers": self.offers(until),
        }

    def promise(self) -> dict:
        return {"kind": "eta", "words": "Week 50", "due_on": self.now.date() + DAY, "owner": self.world.people["agent"]}

    def way_back(self, choice) -> dict:
        return (
            {"back_to": "won"}
            if choice % 2
            else {"back_to": self.world.stages[choice % 3], "next_step": "Call", "due_at": self.now + DAY}
        )

    def decision(self) -> dict:
        return {"ground": "committed", "decision": "Approved", "kept_cents": 0, "pending_cents": 0}

    def contact(self, deal, request, who, choice, wrong):
        by, (kind, outcome) = self.person(who, deal.owner, deal.retention), WAYS[choice % len(WAYS)]
        direction = "in" if choice % 7 == 0 else "out"
        self.do(
            f"log {direction}",
            by,
            deal,
            lambda: log(
                deal, by, kind, "About the car", direction, outcome=outcome, next_step="Call", due_at=self.now + DAY
            ),
        )

    def order(self, deal, request, who, choice, wrong):
        """Any step of the deal machine, its inner ones with a forged case among them."""
        trigger = order.triggers[choice % len(order.triggers)]
        by = self.person(who, deal.owner, self.world.people["manager"])
        forged = (
            request
            if wrong % 2
            else CancellationRequest(deal=deal, state=("cancelled", "retained", "withdrawn")[wrong % 3])
        )
        given = {
            "case": forged,
            "stage": deal.stage,
            "reason": "So",
            "next_step": "Call",
            "due_at": self.now + DAY,
            "loss_reason": "vehicle",
        }
        given |= {
            "sub_status": "event",
            "follow_up_on": self.now.date() + 9 * DAY,
            "value_cents": 100,
            "agreement_on": self.now.date() - DAY,
            "deposit_cents": 10,
        }
        self.do(f"order: {trigger}", by, deal, lambda: order.fire(deal, trigger, by, **given))

    def give(self, deal, request, who, choice, wrong):
        by, to = self.person(who, self.world.people["manager"]), self.person(choice)
        self.do("reassign", by, deal, lambda: reassign(deal, to, "Knows them", by))

    def beside(self, deal, request, who, choice, wrong):
        """Tasks ticked off or put off, facts taken away, money moved, words kept."""
        by, task = self.person(who, deal.owner, request and request.reviewer), Activity.next_step(deal)
        day = self.now.date() - DAY
        deeds = [
            (
                "correct",
                lambda: correct(
                    deal,
                    by,
                    deal.version,
                    **({"agreement_on": None}, {"value_cents": None}, {"delivered_on": day})[choice % 3],
                ),
            ),
            (
                "pay",
                lambda: record_payment(
                    deal, by, ("received", "refunded", "kept")[choice % 3], 100, day, bool(choice % 2), ""
                ),
            ),
        ]
        deeds += (
            [("save_progress", lambda: save_progress(request, by, situation="Calm", ground="committed"))]
            if request
            else []
        )
        deeds += (
            [
                ("finish", lambda: finish_step(task, by)),
                ("put off", lambda: move_step(task, by, "Later", self.now + DAY)),
            ]
            if task
            else []
        )
        name, deed = deeds[wrong % len(deeds)]
        self.do(name, by, deal, deed)

    def wait(self, deal, request, who, choice, wrong):
        self.now += (HOUR, 7 * HOUR, DAY)[choice % 3]

    # what the audit trail tells

    def the_audit_trail_tells_how_everything_stands(self):
        sql = (
            "SELECT id, subject, subject_id, verb, was, became, data FROM event WHERE id > ? AND subject IN ('deal', "
            "'cancellation_request') ORDER BY id"
        )
        for number, *event, data in database.execute_sql(sql, (self.read,)).fetchall():
            self.replay(*event, json.loads(data))
            self.read = number
        assert self.told == standing()

    def replay(self, subject, number, verb, was, became, told):
        stands = self.told.setdefault((subject, number), {})
        if became:
            assert was == stands["state"], verb
            stands["state"] = became
        if subject == "deal":
            stands |= {"owner": told.get("owner", stands["owner"]), "stage": told.get("to_stage", stands["stage"])}
            if verb == "request_cancellation":
                self.told["cancellation_request", told["request"]] = {
                    "state": "requested",
                    "reviewer": told["reviewer"],
                    "assignee": None,
                }
        else:
            stands |= {
                "reviewer": told.get("reviewer") or stands["reviewer"],
                "assignee": told.get("assignee", stands["assignee"]),
            }


def standing() -> dict:
    """How each order and each request stands, as far as the audit trail tells it."""
    deals = database.execute_sql("SELECT id, state, owner_id, stage_id FROM deal").fetchall()
    requests = database.execute_sql("""
        SELECT id, state, reviewer_id, (SELECT assignee_id FROM retention_plan p WHERE p.request_id = r.id ORDER BY p.id DESC LIMIT 1)
        FROM cancellation_request r""").fetchall()
    told = {("deal", number): {"state": state, "owner": owner, "stage": stage} for number, state, owner, stage in deals}
    return told | {
        ("cancellation_request", number): {"state": state, "reviewer": who, "assignee": member}
        for number, state, who, member in requests
    }


READ, SAVING = (("begin_review", 0), ("log_first_contact", 0)), (("assign_retention", 2),)
BEGINNINGS = [
    *(
        (),
        (("direct", 0),),
        READ,
        READ + (("direct", 0),),
        READ + SAVING,
        READ + SAVING + (("present", 2),),
        READ + SAVING + (("counter", 2),),
    ),
    READ[:1] + (("log_attempt", 0), ("log_attempt", 7), ("log_attempt", 0), ("conclude_unreachable", 0)),
]
MEMBERS = ("present", "respond", "counter", "retain", "end_retention")
RARE = ("escalate", "assign_reviewer", "withdraw", "hand_case_over", "direct", "conclude_unreachable")


def newest(model) -> int:
    return database.execute_sql(f"SELECT MAX(id) FROM {model._meta.table_name}").fetchone()[0] or 0


def pick(model, request, choice: int):
    """One of this case mostly, else any."""
    mine = {Offer: Offer.plan, Presentation: Offer.plan, CounterOffer: CounterOffer.plan}[model]
    rows = model.select().join(Offer) if model is Presentation else model.select()
    own = list(rows.where(mine == RetentionPlan.current(request)))
    found = own if own and choice % 9 else list(model.select())
    return found[choice % len(found)] if found else None


def spoil(given: dict, wrong: int) -> dict:
    """Leave one thing out, one time in eight."""
    names = sorted(given)
    return given | {names[wrong // 8 % len(names)]: None} if names and wrong % 8 == 0 else given


@pytest.fixture
def world(cast):
    return World(cast)


def test_in_histories_at_random_nothing_happens_that_the_sop_forbids(world):
    @settings(max_examples=HISTORIES, phases=[Phase.generate])
    @given(st.integers(0, 2**64))
    def whatever_people_do(seed):
        dice = random.Random(seed)
        with database.atomic() as example:
            lived = History(world)
            lived.begin(dice.choice(BEGINNINGS))
            for _ in range(LENGTH):
                lived.go_on(dice.choice(DOING), *(dice.randrange(10_000) for _ in range(4)))
            assert audit.broken_event() is None
            world.reached.update(state for (state,) in CancellationRequest.select(CancellationRequest.state).tuples())
            example.rollback()

    whatever_people_do()
    tried, accepted = world.tried.total(), world.accepted.total()
    print(
        f"\n{world.histories} histories, {tried} steps tried, {accepted} accepted: {dict(world.accepted)}; ended in "
        f"{dict(world.reached)}"
    )
    assert world.histories >= HISTORIES
    assert accepted > 4 * HISTORIES and tried - accepted > 4 * HISTORIES
    if SOAK:
        assert set(review.triggers) <= set(world.accepted), "a step that no history took"
        assert {"retained", "cancelled", "withdrawn"} <= set(world.reached)
