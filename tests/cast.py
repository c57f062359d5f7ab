"""A named cast, one person per role and one of another team, and the deals they work on."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.customers import contact
from carmanana.deals.deal_facts import assess, take
from carmanana.deals.lifecycle import order
from carmanana.deals.positions import place
from carmanana.leads import intake
from carmanana.leads.lifecycle import inquiry
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import ACTIVE, LIVE, LOSING, LOST, ON_HOLD, ORGANIC, WON
from carmanana.records.deals import Deal, NeedsAssessment, VehicleOption, balance
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.pipelines import Stage

NOON = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)  # Wednesday noon in New York
PEOPLE = [
    ("manager", "Ingrid Dahl", {"manager"}, None),
    ("manager2", "Oskar Lind", {"manager"}, None),
    ("agent", "Marta Sandoval", {"agent"}, "manager"),
    ("agent2", "Thabo Okafor", {"agent"}, "manager2"),
    ("retention", "Samira Mendes", {"retention"}, "manager"),
    ("cancellations", "Noor Haddad", {"customer_cancellation"}, "manager"),
    ("compliance", "Piet de Vries", {"compliance"}, "manager"),
    ("admin", "Ada Brandt", {"crm_admin"}, None),
]

STAGES_ASK = {
    "Needs Confirmed": "needs owner",
    "Options Sent": "needs owner",
    "Decision": "owner value",
    "Agreement & Deposit": "agreement owner value",
}
WAY = {
    "requested": (),
    "in_review": ("begin_review",),
    "contacted": ("begin_review", "log_first_contact"),
    "retention": ("begin_review", "log_first_contact", "assign_retention"),
    "declined": ("begin_review", "log_first_contact", "assign_retention", "end_retention"),
    "retained": ("begin_review", "log_first_contact", "retain"),
    "cancelled": ("begin_review", "log_first_contact", "cancel"),
    "withdrawn": ("withdraw",),
}


class Cast:
    PASSWORD = "carmanana-demo"
    ROLES = tuple(name for name, *_ in PEOPLE)

    @classmethod
    def hire(cls) -> None:
        """With stages that each ask for something of their own, as an admin may set them."""
        for name, asked in STAGES_ASK.items():
            Stage.update(requires=frozenset(asked.split())).where(Stage.name == name).execute()
        password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(
            cls.PASSWORD
        )  # a thousand tests sign in
        for key, name, roles, boss in PEOPLE:
            manager = boss and User.get(User.email == f"{boss}@carmanana.example")
            User.create(
                email=f"{key}@carmanana.example", name=name, roles=roles, manager=manager, password_hash=password_hash
            )

    def __getattr__(self, key: str) -> User:
        if key in self.ROLES:
            return User.get(User.email == f"{key}@carmanana.example")
        raise AttributeError(key)

    @property
    def house(self) -> User:
        return User.get_by_id(HOUSE_ID)

    def stage(self, number: int = 1, pipeline: int = 2) -> Stage:
        return Stage.get(Stage.pipeline == pipeline, Stage.position == number * 1024)

    def client(self, name: str = "María Fernanda Gutiérrez-Villaseñor", **facts):
        digits = 1000 + contact.Customer.select().count()
        return contact.enter(self.manager, name, [f"+1 305 555 {digits}"], [f"client{digits}@example.com"], **facts)

    def deal(self, owner: User | None = None, readiness: str = LIVE, stage: int = 1, **facts) -> Deal:
        """A fresh active deal, of nobody unless an owner is given, who has had it for a year."""
        boss = self.manager
        deal = take(self.client(), self.stage(), boss, owner, readiness=readiness, **facts)
        Deal.update(claimed_at=clock.now() - timedelta(days=365)).where(Deal.id == deal.id).execute()
        return self.put_in(deal, stage)

    def put_in(self, deal: Deal, stage: int) -> Deal:
        """Into a later stage without asking its entry requirements, on top of its column."""
        if stage > 1:
            column = self.stage(stage)
            Deal.update(stage=column, position=place(deal, column)).where(Deal.id == deal.id).execute()
        return Deal.get_by_id(deal.id)

    def given_to(self, deal: Deal, owner: User | None) -> Deal:
        """The same deal with another owner, or nobody, whatever its state."""
        Deal.update(owner=owner).where(Deal.id == deal.id).execute()
        return Deal.get_by_id(deal.id)

    def called(
        self,
        deal: Deal,
        by: User | None = None,
        kind="call",
        outcome="connected_follow_up",
        ago=timedelta(hours=1),
        **given,
    ):
        """A contact logged some time ago."""
        given = {"next_step": "Send 3 options", "due_at": clock.now() + timedelta(days=2), "direction": "out"} | given
        with clock.set_to(clock.now() - ago):
            return log(deal, by or self.manager, kind, "Wants a hybrid", outcome=outcome, **given)

    def assessed(self, deal: Deal, by: User | None = None) -> Deal:
        assess(deal, by or self.manager, [{"brand": "Toyota", "model": "RAV4"}], None, timeline="by Christmas")
        return Deal.get_by_id(deal.id)

    def hold_given(self, **given) -> dict:
        return {
            "sub_status": "financing",
            "reason": "Bank decides in January",
            "follow_up_on": clock.today() + timedelta(days=30),
        } | given

    def in_state(self, state: str, owner: User | None = None) -> Deal:
        """A deal that came to the state by lawful steps, or through the door for history."""
        owner = owner or self.agent
        if state == ACTIVE:
            return self.deal(owner)
        if state == ON_HOLD:
            deal = self.deal(owner, ORGANIC)
            self.called(deal)
            return order.fire(deal, "hold", self.manager, **self.hold_given())
        if state == WON:
            won = {"agreement_on": clock.today(self.manager.timezone), "deposit_cents": 150000}
            return order.fire(self.assessed(self.deal(owner, value_cents=3890000)), "win", self.manager, **won)
        if state == LOST:
            return order.fire(self.deal(owner), "lose", self.manager, loss_reason="vehicle")
        if state == LOSING:
            return self.losing(self.deal(owner, value_cents=3890000)).deal
        return self.loaded(state, owner)

    def losing(self, deal: Deal, by: User | None = None, **given) -> CancellationRequest:
        """The request that put a deal into Losing Order."""
        by = by or (deal.owner if deal.owner and deal.owner.works_deals else self.manager2)
        order.fire(deal, "request_cancellation", by, **self.request_given(**given))
        return CancellationRequest.open_for(deal)

    def request_given(self, **given) -> dict:
        told = {
            "came_by": "phone",
            "reason": "The delivery slipped twice",
            "issues": "ETA moved",
            "tone": "calm",
            "phrases": "I can't trust the date",
            "explained": True,
        }
        return told | {"order_details": "2022 Lexus RX 350", "reviewer": self.manager} | given

    def review_given(self, trigger: str, **given) -> dict:
        """All that a step of a review asks for."""
        tomorrow = clock.now() + timedelta(days=1)
        offers = [{"kind": "price", "terms": "$600 off the delivery", "value_cents": 60000, "expires_at": tomorrow}]
        told = {
            "log_attempt": {"kind": "call", "outcome": "no_answer_vm", "next_attempt_at": tomorrow},
            "log_first_contact": {
                "how": "call",
                "situation": "Needs a car by May",
                "expectations": "A firm date",
                "main_reason": "delivery",
            }
            | {"real_reason": "Afraid to be left without a car", "files_read": {"activities", "recordings", "emails"}},
            "assign_retention": {"instructions": "Call today", "limits": "Up to $600"}
            | {"assignee": self.retention, "due_at": tomorrow, "offers": offers},
            "end_retention": {"because": "declined", "response": "Thanked us and declined"},
            "retain": {"kept_by": "A firm date", "no_commitments": True, "back_to": WON},
            "cancel": {"ground": "committed", "decision": "Approved", "kept_cents": 0, "pending_cents": 0},
            "acknowledge": {"conditions": True},
            "dismiss_right": {"reason": "Driven 1,100 miles since delivery"},
            "withdraw": {"because": "mistake", "reason": "It was another order"},
        }
        return told.get(trigger, {}) | given

    def walked(self, request: CancellationRequest, state: str, way: tuple[str, ...] = ()) -> CancellationRequest:
        """A fresh request, brought to another state by lawful steps of its reviewer; `way` from where it stands now."""
        for trigger in way or WAY[state]:
            given = self.review_given(trigger)
            if trigger == "cancel":
                given["refunded_cents"] = balance(request.deal)
                evidence.explain(request, request.reviewer, evidence.missing(request.deal), "The line is not recorded")
            request = review.fire(request, trigger, request.reviewer, **given)
        return request

    def request_in(self, state: str, deal: Deal | None = None) -> CancellationRequest:
        """The agent's request about an order of theirs, a won one unless told, in a state of its review."""
        return self.walked(self.losing(deal or self.in_state(WON), self.agent), state)

    # leads

    def lead(self, owner: User | None = None, **facts):
        """A new lead, of nobody unless an owner is given, who has had it for a year."""
        made = intake.take_in(self.client(region="Florida"), self.manager, owner=owner, **{"source": "website"} | facts)
        Lead.update(claimed_at=clock.now() - timedelta(days=365), created_at=clock.now() - timedelta(days=365)).where(
            Lead.id == made.id
        ).execute()
        return Lead.get_by_id(made.id)

    def wants(self, lead, options: int = 1, **facts):
        """What they want, as far as an assessment asks."""
        needs = NeedsAssessment.create(lead_id=lead.id, **{"timeline": "by Christmas", "matters_most": "price"} | facts)
        for number in range(options):
            VehicleOption.create(needs=needs, brand="Toyota", model=f"RAV{number}", position=number)
        return Lead.get_by_id(lead.id)

    def lead_in(self, state: str, owner: User | None = None, **facts):
        lead, by = self.lead(owner or self.agent, **facts), self.manager
        if state == "new":
            return lead
        if state == "working":
            self.called(lead, outcome="no_answer_vm")
            return Lead.get_by_id(lead.id)
        self.called(lead)
        lead = Lead.get_by_id(lead.id)
        if state == "on_hold":
            return inquiry.fire(lead, "hold", by, **self.hold_given())
        if state == "closed":
            return inquiry.fire(lead, "close", by, close_reason="not_interested")
        if state in ("assessed", "converted"):
            lead = inquiry.fire(self.wants(lead, 2), "assess", by)
        return inquiry.fire(lead, "convert", by, **self.convert_given()) if state == "converted" else lead

    def convert_given(self, **given) -> dict:
        return {"stage": self.stage(), "next_step": "Send 3 options", "due_at": clock.now() + timedelta(days=2)} | given

    def loaded(self, state: str, owner: User) -> Deal:
        stage = self.stage()
        deal = Deal(
            customer=self.client(),
            pipeline=stage.pipeline_id,
            stage=stage,
            order_type="used_vehicle",
            owner=owner,
            state=state,
        )
        assert not order.load([deal], self.manager)
        return Deal.get_by_id(deal.id)


def everything(*tables: str) -> dict[str, list]:
    """Every row of every table, or of some, to compare with later. A right sign-in counts itself as an attempt and
    takes that back, which only the numbering of attempts remembers."""
    tables = tables or [name for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: database.execute_sql(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    return {name: [row for row in found if row[0] != "signin_attempt"] for name, found in rows.items()}


def _untouched(before: dict[str, list]) -> None:
    after = everything()
    touched = [name for name in after if after[name] != before[name]]
    assert not touched, f"a refusal left traces in {touched}"


@contextmanager
def refused(*codes: str, field: str | None = None, remedies: tuple[str, ...] | None = None):
    """What is done inside is refused with exactly these codes and leaves every table as it was."""
    before = everything()
    with pytest.raises(Refused) as caught:
        yield caught
    refusals = caught.value.refusals
    found = [refusal.code for refusal in refusals]
    assert found == list(codes), f"refused with {found}, not {codes}"
    assert all(refusal.sentence for refusal in refusals)
    if field is not None:
        assert [refusal.field for refusal in refusals] == [field], refusals
    if remedies is not None:
        assert tuple(remedy.endpoint for refusal in refusals for remedy in refusal.remedies) == remedies, refusals
    _untouched(before)


@contextmanager
def forbidden():
    """What is done inside is not theirs to do, and leaves every table as it was."""
    before = everything()
    with pytest.raises(Forbidden):
        yield
    _untouched(before)


__all__ = ["LOSING", "NOON", "Cast", "everything", "forbidden", "refused"]
