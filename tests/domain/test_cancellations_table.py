"""Every (state, trigger, person) of the cancellation machine, against the SOP's own table.

SOP is written by hand from domain.md 4, not from the code. Who a person is to the request, its reviewer
or the retention member on its case, counts together with their roles."""

import shutil
from datetime import timedelta
from itertools import product

import pytest

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.verbs import REVIEW
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import database, open_database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, balance
from carmanana.records.people import User
from carmanana.records.retention import CounterOffer, Offer, Presentation, RetentionPlan

from ..cast import NOON, Cast
from ..conftest import settings_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STATES = ("requested", "in_review", "contacted", "retention", "declined", "retained", "cancelled", "withdrawn")
OPEN = STATES[:5]
SAME = ""
REVIEWER, ASSIGNEE, MANAGER, LEADER, HOUSE = "reviewer", "assignee", "any manager", "manager or admin", "house"
SOP = {
    "assign_reviewer": (OPEN, SAME, {LEADER}),
    "begin_review": (["requested"], "in_review", {REVIEWER}),
    "log_attempt": (["in_review"], SAME, {REVIEWER}),
    "log_first_contact": (["in_review"], "contacted", {REVIEWER}),
    "conclude_unreachable": (["in_review"], "contacted", {REVIEWER}),
    "withdraw": (OPEN, "withdrawn", {MANAGER}),
    "assign_retention": (["contacted", "declined"], "retention", {REVIEWER}),
    "revise_plan": (["retention"], SAME, {REVIEWER}),
    "hand_case_over": (["retention"], SAME, {LEADER}),
    "present": (["retention"], SAME, {ASSIGNEE}),
    "respond": (["retention"], SAME, {ASSIGNEE}),
    "counter": (["retention"], SAME, {ASSIGNEE}),
    "answer_counter": (["retention"], SAME, {REVIEWER}),
    "end_retention": (["retention"], "declined", {ASSIGNEE, REVIEWER}),
    "retain": (["contacted", "retention", "declined"], "retained", {REVIEWER, ASSIGNEE}),
    "cancel": (["contacted", "declined"], "cancelled", {REVIEWER}),
    "direct": (OPEN, SAME, {REVIEWER}),
    "acknowledge": (OPEN, "cancelled", {MANAGER}),
    "dismiss_right": (OPEN, SAME, {REVIEWER}),
    "consider_right": (OPEN, SAME, {MANAGER}),
    "escalate": (["requested", "in_review"], SAME, {HOUSE}),
}

NO_MANAGER = {"agent", "retention", "customer_cancellation", "compliance", "crm_admin"}
PEOPLE = [
    ({"agent"}, "owner"),
    ({"agent"}, "requester"),
    ({"agent"}, "none"),
    ({"agent"}, "reviewer"),
    ({"agent"}, "assignee"),
    ({"manager"}, "reviewer"),
    ({"manager"}, "owner and reviewer"),
    ({"manager"}, "owner"),
    ({"manager"}, "assignee"),
    ({"manager"}, "none"),
    ({"retention"}, "assignee"),
    ({"retention"}, "reviewer"),
    ({"retention"}, "none"),
    ({"manager", "retention"}, "assignee"),
    ({"customer_cancellation"}, "none"),
    ({"compliance"}, "none"),
    ({"crm_admin"}, "none"),
    ({"crm_admin"}, "reviewer"),
    ({"agent", "compliance"}, "owner"),
    (NO_MANAGER, "owner"),
    (set(), "none"),
    (set(), "reviewer"),
]


def told_by_the_sop(state: str, trigger: str, roles: set[str], relation: str) -> str:
    """The state it is in afterwards, Forbidden, or the code of the refusal."""
    states, becomes, who = SOP[trigger]
    if state not in states:
        return nowhere(state)
    if not who & standing(roles, relation, state):
        return "Forbidden"
    return "sold_it" if trigger == "withdraw" and "owner" in relation else becomes or state


def standing(roles: set[str], relation: str, state: str) -> set[str]:
    """What a person is to the request; only while retention has the case is there a member on it."""
    found = {HOUSE} if relation == "house" else set()
    if "manager" in roles:
        found |= {MANAGER, LEADER} | ({REVIEWER} if "reviewer" in relation else set())
    if "crm_admin" in roles:
        found |= {LEADER}
    if "retention" in roles and relation == "assignee" and state == "retention":
        found |= {ASSIGNEE}
    return found


def nowhere(state: str) -> str:
    return "no_contact_yet" if state in OPEN[:2] else "not_from_here" if state in OPEN else "ended"


class World:
    """One database: a request in every state with everything that each step could ask for."""

    def __init__(self):
        self.cast = Cast()
        self.people = [(roles, relation, self.hired(number, roles)) for number, (roles, relation) in enumerate(PEOPLE)]
        self.people.append((set(), "house", self.cast.house))
        self.heir, self.heir_of_the_case = self.hired("h", {"manager"}), self.hired("r", {"retention"})
        self.requests = {state: self.ready(state) for state in STATES}
        self.given = self.all_that_is_needed()

    def hired(self, number, roles: set[str]) -> User:
        return User.create(email=f"table{number}@carmanana.example", name="Table Person", roles=roles)

    def ready(self, state: str) -> CancellationRequest:
        if state == "in_review":
            return self.tried_in_vain()
        request = self.cast.request_in(state) if state != "retention" else self.with_offers()
        if request.open:
            bare = evidence.missing(request.deal)
            evidence.explain(request, request.reviewer, bare, "The line is not recorded") if bare else None
        return CancellationRequest.get_by_id(request.id)

    def tried_in_vain(self) -> CancellationRequest:
        with clock.set_to(NOON - 2 * DAY):
            request = self.cast.request_in("in_review")
        for kind, outcome, ago in [
            ("call", "no_answer_vm", 40 * HOUR),
            ("email", "sent", 20 * HOUR),
            ("call", "no_answer_no_vm", 2 * HOUR),
        ]:
            self.cast.called(request.deal, request.reviewer, kind, outcome, ago)
        return request

    def with_offers(self) -> CancellationRequest:
        """One offer to present, one the customer thinks over, one they accepted; and terms of their own."""
        request = self.cast.request_in("contacted")
        offers = [
            {"kind": "eta", "terms": f"Delivery in week {week}", "expires_at": NOON + DAY} for week in (48, 49, 50)
        ]
        request = review.fire(
            request, "assign_retention", request.reviewer, **self.cast.review_given("assign_retention", offers=offers)
        )
        _, *shown = Offer.select().order_by(Offer.id)
        spoken = {"kind": "call", "direction": "out", "outcome": "connected_follow_up", "summary": "Told them"}
        for offer, answer in zip(shown, ("thinking", "accepted"), strict=True):
            request = review.fire(request, "present", self.cast.retention, offer=offer, answer=answer, **spoken)
        return review.fire(request, "counter", self.cast.retention, terms="$900 off")

    def all_that_is_needed(self) -> dict[str, dict]:
        """By trigger, so that only the person and the state decide."""
        given = self.cast.review_given
        spoken = {"kind": "call", "direction": "out", "outcome": "connected_follow_up", "summary": "Told them"}
        return {trigger: given(trigger) for trigger in SOP} | {
            "assign_reviewer": {"reviewer": self.heir, "reason": "Away next week"},
            "escalate": {"reviewer": self.heir},
            "conclude_unreachable": {
                "reason": "No answer on any number",
                "files_read": {"activities", "recordings", "emails"},
            },
            "revise_plan": {"limits": "Up to $800"},
            "hand_case_over": {"assignee": self.heir_of_the_case},
            "present": {"offer": Offer.get_by_id(1), "answer": "declined", **spoken},
            "respond": {
                "presentation": Presentation.get(Presentation.answer == "thinking"),
                "answer": "accepted",
                "words": "Fine",
            },
            "counter": {"terms": "A free service"},
            "answer_counter": {"counter": CounterOffer.get(), "approved": False, "words": "Too much"},
            "direct": {"user": self.cast.agent, "until": NOON + DAY, "words": "Send the papers"},
        }

    def put_in_place(self, request: CancellationRequest, relation: str, person: User) -> None:
        """Make a person the owner, the requester, the reviewer or the member on the case."""
        if "owner" in relation:
            Deal.update(owner=person).where(Deal.id == request.deal_id).execute()
        if "requester" in relation:
            CancellationRequest.update(requested_by=person).where(CancellationRequest.id == request.id).execute()
        if "reviewer" in relation:
            CancellationRequest.update(reviewer=person).where(CancellationRequest.id == request.id).execute()
        if "assignee" in relation:
            RetentionPlan.update(assignee=person).where(RetentionPlan.request == request).execute()
            if request.state == "retention":
                Deal.update(retention=person).where(Deal.id == request.deal_id).execute()


@pytest.fixture(scope="module")
def world(template, tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("reviews"))
    shutil.copy(template, settings.database)
    open_database(settings)
    database.connect()
    with clock.set_to(NOON):
        yield World()
    database.close()


def outcome(world: World, state: str, trigger: str, relation: str, by: User) -> str:
    """What came of it, with the traces that it must leave or must not; the database is put back."""
    with database.atomic() as attempt:
        request = world.requests[state]
        world.put_in_place(request, relation, by)
        given = world.given[trigger]
        if trigger == "cancel":
            given = given | {"refunded_cents": balance(request.deal)}
        if trigger == "direct" and by.is_manager and "owner" in relation:
            Deal.update(owner=None).where(
                Deal.id == request.deal_id
            ).execute()  # a manager's own order has no salesperson
        lawful(request, trigger)
        written = database.connection().total_changes
        try:
            review.fire(request, trigger, by, request.version, **given)
        except Forbidden:
            found = "Forbidden"
        except Refused as refused:
            found = " ".join(refusal.code for refusal in refused.refusals)
        else:
            found = taken(request, trigger, by)
        if found not in STATES:
            assert database.connection().total_changes == written, "a refused step wrote something"
        attempt.rollback()
    return found


def lawful(request: CancellationRequest, trigger: str) -> None:
    """Where the law lets the customer cancel, and where somebody has said that it does not apply."""
    if trigger in ("acknowledge", "dismiss_right"):
        Customer.update(region="DE").where(Customer.id == request.deal.customer_id).execute()
    if trigger == "consider_right":
        CancellationRequest.update(right_dismissed_at=NOON).where(CancellationRequest.id == request.id).execute()


def taken(request: CancellationRequest, trigger: str, by: User) -> str:
    fresh = CancellationRequest.get_by_id(request.id)
    mine = (Event.subject == "cancellation_request") & (Event.subject_id == request.id) & (Event.verb == trigger)
    event = Event.select().where(mine).order_by(Event.id.desc()).first()
    assert (event.was, event.became, event.actor_id, fresh.version) == (
        request.state,
        fresh.state,
        by.id,
        request.version + 1,
    )
    assert (Deal.get_by_id(request.deal_id).state == "cancellation_requested") == (fresh.state in OPEN)
    return fresh.state


def test_the_sop_decides_who_may_take_which_step_of_a_review(world):
    wrong = {}
    for state, trigger, (roles, relation, person) in product(STATES, SOP, world.people):
        came = outcome(world, state, trigger, relation, person)
        if came != told_by_the_sop(state, trigger, roles, relation):
            wrong[state, trigger, *sorted(roles), relation] = came
    assert wrong == {}


def test_every_step_of_a_review_is_described_once():
    assert {verb.trigger for verb in REVIEW} == set(review.triggers)


def test_the_machine_knows_the_triggers_of_the_sop_and_no_others():
    assert set(review.triggers) == set(SOP)


@pytest.mark.parametrize("state", STATES)
def test_buttons_are_shown_to_those_who_may_and_to_nobody_else(world, state):
    """`permits` and `leads` draw the buttons: they answer as the step itself would."""
    for roles, relation, person in world.people:
        with database.atomic() as attempt:
            world.put_in_place(world.requests[state], relation, person)
            request = CancellationRequest.get_by_id(world.requests[state].id)
            for trigger, (states, _, _) in SOP.items():
                may = told_by_the_sop(state, trigger, roles, relation) in (*STATES, "sold_it")
                assert review.permits(request, trigger, person) == may, (trigger, roles, relation)
                assert review.leads(request, trigger) == (state in states)
            attempt.rollback()
