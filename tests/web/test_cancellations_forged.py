"""Thousands of forged steps over HTTP: whoever may not move a review, its plan or its order, moves nothing, whatever
they send and wherever; and a manager's own review takes no step that the SOP does not know from there."""

import random
import re
from collections import Counter
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal, Payment
from carmanana.records.mail import Letter
from carmanana.records.people import User
from carmanana.records.retention import CounterOffer, Offer, RetentionPlan

from ..cast import NOON
from ..domain.test_cancellations_table import SOP
from ..saving import second_member
from ..soaking import SOAK
from .inputs import SENSIBLE, field_names
from .routes import HTMX, address, rules

AT_LEAST = 2000 if SOAK else 1000
STATES_EACH = 6 if SOAK else 3  # in which each step of each sender is tried; others for the next sender
OPEN = ("requested", "in_review", "contacted", "retention", "declined")
TRIGGERS = {
    "cancellations.begin": "begin_review",
    "cancellations.attempt": "log_attempt",
    "cancellations.first_contact": "log_first_contact",
    "cancellations.unreachable": "conclude_unreachable",
    "cancellations.cancel": "cancel",
    "cancellations.withdrawal": "withdraw",
    "cancellations.reviewer": "assign_reviewer",
    "cancellations.direction": "direct",
    "cancellations.acknowledgement": "acknowledge",
    "cancellations.right_dismissal": "dismiss_right",
    "cancellations.right_consideration": "consider_right",
    "retention.plan": "assign_retention",
    "retention.revision": "revise_plan",
    "retention.answer": "answer_counter",
    "retention.member": "hand_case_over",
    "retention.retain": "retain",
    "retention.end": "end_retention",
    "retention.presentation": "present",
    "retention.response": "respond",
    "retention.counter": "counter",
}
FAMILIES = ("cancellations.", "retention.", "deals.", "activities.", "letters.", "files.", "promises.")

# who may nothing with these reviews, but for what is named: any manager withdraws, hands over and reassigns
SENDERS = {
    "agent": set(),
    "agent2": set(),
    "retention2": set(),
    "cancellations": set(),
    "compliance": set(),
    "admin": {"cancellations.reviewer", "retention.member"},
    "manager2": {
        "cancellations.reviewer",
        "cancellations.withdrawal",
        "cancellations.acknowledgement",
        "retention.member",
        "deals.owner",
    },
    "nobody": set(),
}
PROTECTED = {
    "request": "SELECT * FROM cancellation_request",
    "plan": "SELECT * FROM retention_plan",
    "offer": "SELECT * FROM offer",
    "presentation": "SELECT * FROM presentation",
    "counter": "SELECT * FROM counter_offer",
    "commitment": "SELECT * FROM commitment",
    "direction": "SELECT * FROM direction",
    "order": (
        "SELECT id, state, stage_id, pipeline_id, readiness, owner_id, retention_id, agreement_on, value_cents FROM "
        "deal WHERE id <= {deals}"
    ),
    "money given back": "SELECT * FROM payment WHERE kind <> 'received'",
    "the case's task": (
        "SELECT id, subject, assignee_id, due_at, done_at FROM activity WHERE id IN (SELECT task_id FROM "
        "cancellation_request)"
    ),
    "contact out": """SELECT a.id FROM activity a JOIN user u ON u.id = a.author_id WHERE direction = 'out' AND u.roles NOT LIKE '% manager %'
        AND a.customer_id IN (SELECT customer_id FROM deal WHERE state = 'cancellation_requested')""",
}


SOON = "2026-11-20T10:00"
RIGHT = {
    "the request": {
        "came_by": "phone",
        "reason": "It slipped",
        "issues": "none",
        "tone": "calm",
        "phrases": "none",
        "order_details": "Lexus",
        "explained": "y",
    },
    "the contact": {
        "how": "call",
        "situation": "So",
        "expectations": "So",
        "main_reason": "delivery",
        "real_reason": "So",
        "next_attempt_at": SOON,
    },
    "the file": {"files_read": ["activities", "recordings", "emails"], "gap_reason": "None"},
    "the decision": {"ground": "committed", "decision": "So be it", "because": "mistake"},
    "the money": {
        "refunded_cents": "1500",
        "kept_cents": "0",
        "pending_cents": "0",
        "deposit_cents": "10",
        "value_cents": "100",
    },
    "the plan": {"instructions": "Call", "due_at": SOON},
    "the offer": {
        "offer-0-kind": "price",
        "offer-0-terms": "$600 off",
        "offer-0-value_cents": "600",
        "offer-0-limits": "Once",
        "offer-0-expires_at": SOON,
    },
    "the answer": {
        "response": "No",
        "words": "So they said",
        "terms": "$900 off",
        "answer": "accepted",
        "approved": "no",
    },
    "the end": {"kept_by": "A date", "no_commitments": "y", "back_to": "won", "next_step": "", "state": "won"},
    "the log": {
        "summary": "Told them",
        "text": "About the car",
        "subject": "Your car",
        "outcome": "connected_follow_up",
    },
    "the order": {
        "sub_status": "event",
        "follow_up_on": "2026-11-20",
        "loss_reason": "vehicle",
        "agreement_on": "2026-11-17",
    },
}


def right_body() -> dict:
    """What every step asks for, so that nothing but the permission stands in the way."""
    body = dict.fromkeys(field_names(), "") | SENSIBLE
    for facts in RIGHT.values():
        body |= facts
    return body


class World:
    """A review in every state that is open, and one cancelled; with an offer, terms and a draft of each."""

    def __init__(self, cast):
        self.cast, self.dice = cast, random.Random(1811)
        second_member(cast)
        self.requests = {state: self.ready(cast, state) for state in (*OPEN, "cancelled")}
        self.people = {
            name: User.get(User.email == f"{name}@carmanana.example").id
            for name in ("agent", "agent2", "manager", "manager2", "retention", "retention2")
        }
        self.letters = {state: self.draft(request) for state, request in self.requests.items()}
        self.deals = max(request.deal_id for request in self.requests.values())
        self.protected = {name: sql.format(deals=self.deals) for name, sql in PROTECTED.items()}
        self.offers, self.counter = [offer.id for offer in Offer.select()], CounterOffer.get().id
        self.payments = dict(Payment.select(Payment.deal, Payment.id).order_by(Payment.id.desc()).tuples())

    def ready(self, cast, state: str) -> CancellationRequest:
        request = cast.request_in(state)
        if state == "retention":
            spoken = {"kind": "call", "direction": "out", "outcome": "connected_follow_up", "summary": "Told them"}
            plan = RetentionPlan.current(request)
            request = review.fire(
                request,
                "revise_plan",
                cast.manager,
                offers=[{"kind": "eta", "terms": "Week 50", "limits": "None", "expires_at": NOON + timedelta(days=3)}],
            )
            request = review.fire(
                request,
                "present",
                cast.retention,
                offer=plan.offers.order_by(Offer.id.desc()).get(),
                answer="thinking",
                **spoken,
            )
            request = review.fire(request, "counter", cast.retention, terms="$900 off")
        if request.to_decide:
            evidence.explain(request, cast.manager, evidence.missing(request.deal), "The line is not recorded")
        return CancellationRequest.get_by_id(request.id)

    def draft(self, request: CancellationRequest) -> Letter:
        return Letter.create(
            deal=request.deal,
            author=request.deal.owner,
            to=request.deal.customer.email.address,
            subject="Your car",
            body="About the car.",
        )

    def ids(self, state: str) -> dict[str, str]:
        request = self.requests[state]
        numbers = {
            "request_id": request.id,
            "deal_id": request.deal_id,
            "activity_id": request.activity_id,
            "step_id": request.task_id,
            "letter_id": self.letters[state].id,
            "offer_id": self.dice.choice(self.offers),
            "counter_id": self.counter,
            "payment_id": self.payments[request.deal_id],
            "direction_id": 1,
            "template_id": 1,
            "file_id": 1,
            "promise_id": 1,
            "holiday_id": 1,
            "rule_id": 1,
            "lead_file_id": 1,
        }
        return {name: str(number) for name, number in numbers.items()}

    def hostile(self) -> dict[str, str]:
        """A few fields with what they should not hold."""
        dice, person = self.dice, str(self.dice.choice([*self.people.values()]))
        request = str(dice.choice([*self.requests.values()]).id)
        wrong = {
            **dict.fromkeys(
                ("reviewer", "assignee", "user", "owner", "retention", "by", "by_id", "actor", "requested_by"), person
            ),
            **dict.fromkeys(
                ("case", "request", "request_id", "presentation", "counter", "offer", "offer_id", "id", "deal_id"),
                request,
            ),
            **dict.fromkeys(
                ("state", "return_state", "column", "to", "trigger"),
                dice.choice(["won", "active", "cancelled", "cancelled_by_client", "retained", "s7", "lost"]),
            ),
            **dict.fromkeys(
                ("contacted_at", "expires_at", "until", "due_at", "offer-0-expires_at"),
                dice.choice(["2026-11-20T10:00", "9999-12-31T23:59", "junk"]),
            ),
            **dict.fromkeys(
                ("refunded_cents", "value_cents", "offer-0-value_cents"),
                dice.choice(["1500", "-1", "99999999999", "1e9"]),
            ),
            **dict.fromkeys(("approved", "ground", "files_read"), dice.choice(["yes", "no", "", "\x00"])),
            **dict.fromkeys(
                ("kind", "direction", "how", "because", "answer", "back_to"),
                dice.choice(["logged", "in", "recalled", "kept", "accepted", "won", "7"]),
            ),
        }
        chosen = dice.sample(sorted(wrong), dice.randrange(0, 9))
        return {name: wrong[name] for name in chosen}

    def body(self, endpoint: str, state: str) -> dict:
        versions = [
            "",
            str(self.requests[state].version),
            str(Deal.get_by_id(self.requests[state].deal_id).version),
            "1",
            "999",
        ]
        people = {"reviewer": "manager2", "assignee": "retention2", "user": "agent2", "owner": "agent2"}
        known = {name: str(self.people[who]) for name, who in people.items()}
        known["outcome"] = {"cancellations.attempt": "no_answer_vm", "cancellations.first_contact": ""}.get(
            endpoint, "connected_follow_up"
        )
        known |= {"due_at": ""} if endpoint == "retention.retain" else {}
        return right_body() | known | {"version": self.dice.choice(versions)} | self.hostile()

    def snapshot(self) -> dict[str, list]:
        return {name: database.execute_sql(sql).fetchall() for name, sql in self.protected.items()}


@pytest.fixture
def world(app, cast):
    return World(cast)


@pytest.fixture
def browsers(world, visit):
    people = [*SENDERS, "retention", "manager"]
    return {who: visit(None if who == "nobody" else who) for who in people}


def steps(app) -> list:
    return [
        rule
        for rule in rules(app, "POST")
        if rule.endpoint.startswith(FAMILIES)
        and rule.arguments & {"request_id", "deal_id", "letter_id", "step_id", "activity_id"}
    ]


def send(world, browser, rule, state: str, body: dict, heard: Counter) -> str:
    """One forged step; nothing that is protected may have changed by it."""
    before = world.snapshot()
    path = address(
        rule,
        {"pipeline_id": "2", "stage_id": "7", "key": "on_hold", "slug": "x", "token": "x", "step": "diagnose"}
        | world.ids(state),
    )
    answer = browser.post(
        path,
        data=urlencode(body, doseq=True),
        content_type="application/x-www-form-urlencoded",
        headers=HTMX if world.dice.random() < 0.5 else {},
    )
    after = world.snapshot()
    heard[answer.status_code] += 1
    assert answer.status_code < 500, (rule.endpoint, state)
    return ", ".join(name for name in after if after[name] != before[name])


def test_thousands_of_forged_steps_change_nothing(app, world, browsers):
    heard, sent = Counter(), 0
    for turn, (who, theirs) in enumerate(SENDERS.items()):
        for number, rule in enumerate(steps(app)):
            for state in [*world.requests, *world.requests][(turn + number) % 6 :][:STATES_EACH]:
                if rule.endpoint in theirs or (rule.endpoint.startswith("deals.successor") and state == "cancelled"):
                    continue
                changed = send(world, browsers[who], rule, state, world.body(rule.endpoint, state), heard)
                assert not changed, f"{who} changed {changed} of a review that is {state} by {rule.endpoint}"
                sent += 1
    print(f"\n{sent} forged steps, answered {dict(heard)}")
    assert sent >= AT_LEAST


def test_the_reviewer_and_the_member_take_no_step_that_does_not_lead_on_from_there(app, world, browsers):
    """Their own reviews, the right words, the wrong moment; and other offers than those approved."""
    heard, sent = Counter(), 0
    for rule in steps(app):
        for state in world.requests:
            for who in ("manager", "retention"):
                if lawful(who, rule.endpoint, state):
                    continue
                changed = send(world, browsers[who], rule, state, world.body(rule.endpoint, state), heard)
                assert not changed, f"{who} changed {changed} of a review that is {state} by {rule.endpoint}"
                sent += 1
    print(f"\n{sent} steps out of turn, answered {dict(heard)}")
    assert sent > 300


def lawful(who: str, endpoint: str, state: str) -> bool:
    """Is it theirs to do, or at least to try, in this state?"""
    trigger = TRIGGERS.get(endpoint)
    if trigger:
        return state in SOP[trigger][0] and (who == "manager" or state == "retention")
    if who == "manager":
        return endpoint in (
            "cancellations.progress",
            "cancellations.explain",
            "cancellations.supply",
            "deals.owner",
            "deals.payments",
            "deals.successor",
        )
    return state == "retention" and endpoint.startswith(("activities.", "letters."))


def test_the_member_presents_what_is_approved_and_nothing_else(app, world, browsers):
    """Offers of other plans, one that has expired, one taken back, one presented; the right one passes."""
    request = world.requests["retention"]
    plan = RetentionPlan.current(request)
    approved, presented = plan.offers.order_by(Offer.id)
    foreign = Offer.select().where(Offer.plan != plan).order_by(Offer.id).get()
    facts = {"plan": plan, "kind": "eta", "terms": "Sooner", "approved_by": world.cast.manager}
    expired = Offer.create(expires_at=NOON - timedelta(hours=1), **facts)
    back = Offer.create(expires_at=NOON + timedelta(days=1), withdrawn_at=NOON, **facts)
    body = right_body() | {"kind": "call", "direction": "out", "version": ""}
    for offer in (foreign, expired, back, presented, 999_999):
        before = world.snapshot()
        answer = browsers["retention"].post(f"/cancellations/{request.id}/offers/{offer}/presentation", data=body)
        assert answer.status_code in (404, 422) and world.snapshot() == before, offer
    answer = browsers["retention"].post(f"/cancellations/{request.id}/offers/{approved}/presentation", data=body)
    assert answer.status_code in (200, 303) and approved.presentation.presented_by == world.cast.retention


def test_the_same_words_pass_where_they_are_right(app, world, browsers):
    """Else the forged steps would prove nothing: what the others were refused, the reviewer and the member do."""
    request, manager, member = world.requests["requested"], browsers["manager"], browsers["retention"]
    course = [
        (manager, "beginning", {}, "in_review"),
        (manager, "attempts", {"outcome": "no_answer_vm"}, "in_review"),
        (manager, "first-contact", {"outcome": ""}, "contacted"),
        (manager, "plan", {"assignee": world.people["retention"]}, "retention"),
        (member, "counter", {}, "retention"),
        (member, "plan/end", {"because": "declined"}, "declined"),
        (manager, "retain", {"due_at": ""}, "retained"),
    ]
    for browser, path, facts, state in course:
        answer = browser.post(f"/cancellations/{request.id}/{path}", data=right_body() | {"version": ""} | facts)
        assert (answer.status_code < 400, CancellationRequest.get_by_id(request.id).state) == (True, state), (
            path,
            re.findall(r"</svg> ([^<]+)</p>", answer.text),
        )
    losing = world.requests["contacted"]
    answer = manager.post(f"/cancellations/{losing.id}/cancellation", data=right_body() | {"version": ""})
    assert (answer.status_code < 400, Deal.get_by_id(losing.deal_id).state) == (True, "cancelled_by_client"), (
        answer.text[-3000:]
    )
    assert clock.now() == NOON
