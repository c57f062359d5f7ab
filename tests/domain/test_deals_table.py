"""Every (state, trigger, role, relation to the deal) of the deal machine, against the SOP's own table.

SOP is written by hand from domain.md 3, not from the code."""

import shutil
from datetime import timedelta
from itertools import product

import pytest

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import database, open_database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User

from ..cast import NOON, Cast
from ..conftest import settings_in

EITHER, MANAGER = ("agent", "manager"), ("manager",)
SOP = {
    ("move", "active"): ("active", EITHER),
    ("transfer", "active"): ("active", EITHER),
    ("hold", "active"): ("on_hold", EITHER),
    ("extend_hold", "on_hold"): ("on_hold", EITHER),
    ("resume", "on_hold"): ("active", EITHER),
    ("mark_live", "active"): ("active", EITHER),
    ("mark_live", "on_hold"): ("active", EITHER),
    ("mark_organic", "active"): ("active", EITHER),
    ("win", "active"): ("won", EITHER),
    ("lose", "active"): ("lost", EITHER),
    ("lose", "on_hold"): ("lost", EITHER),
    ("unsign", "active"): ("active", MANAGER),
    ("unsign", "won"): ("won", MANAGER),
    ("reopen", "lost"): ("active", MANAGER),
    ("reopen", "won"): ("active", MANAGER),
    ("request_cancellation", "active"): ("cancellation_requested", EITHER),
    ("request_cancellation", "on_hold"): ("cancellation_requested", EITHER),
    ("request_cancellation", "won"): ("cancellation_requested", EITHER),
}
STATES = ("active", "on_hold", "cancellation_requested", "won", "cancelled_by_client", "lost")
TRIGGERS = tuple(dict.fromkeys(trigger for trigger, _ in SOP))
UNDOING = ("undo", "undo_hold", "undo_resume")  # their table is in test_deals_undo.py
OWNING = ("claim", "reassign", "hand_over", "flag", "clear_flag", "add_step")  # theirs in test_deals_ownership.py
OF_THE_CANCELLATION_MACHINE = ("retain", "retain_won", "restore", "restore_hold", "restore_won", "cancel")

ROLES = [
    {"agent"},
    {"manager"},
    {"retention"},
    {"customer_cancellation"},
    {"compliance"},
    {"crm_admin"},
    {"agent", "compliance"},
    set(),
]
RELATIONS = ("own", "other's", "nobody's", "CarManana's")


def told_by_the_sop(state: str, trigger: str, roles: set[str], relation: str) -> str:
    """What must come of it: the state the deal is in afterwards, Forbidden, or the code of the refusal."""
    if (trigger, state) == ("request_cancellation", "cancellation_requested"):
        return again(roles, relation)
    if (trigger, state) not in SOP:
        return nowhere(state)
    becomes, who = SOP[trigger, state]
    unowned = relation in ("nobody's", "CarManana's")
    if "manager" in roles:
        if trigger in ("unsign", "reopen") and relation == "own":
            return "sold_it"
        return "unowned" if trigger == "win" and unowned else becomes
    if not roles & set(who) or relation == "other's":
        return "Forbidden"
    return "unowned" if unowned else becomes


def again(roles: set[str], relation: str) -> str:
    """A second request beside the open one, by whoever may make one."""
    if "manager" in roles:
        return "requested"
    if "agent" not in roles or relation == "other's":
        return "Forbidden"
    return "requested" if relation == "own" else "unowned requested"


def nowhere(state: str) -> str:
    return {"cancellation_requested": "under_review", "cancelled_by_client": "final"}.get(state, "not_from_here")


class World:
    """One database: a deal in every state with everything that each step could ask for."""

    def __init__(self):
        self.cast = Cast()
        self.other = self.cast.agent2
        self.people = [(roles, self.hired(number, roles)) for number, roles in enumerate(ROLES)]
        self.deals = {state: self.ready(self.cast.in_state(state)) for state in STATES}
        self.live = self.cast.put_in(self.cast.deal(self.cast.agent), 2)
        self.signed = {state: self.ready(self.signed_in(state)) for state in ("active", "won")}
        self.house = self.cast.house
        self.given = self.all_that_is_needed()

    def hired(self, number: int, roles: set[str]) -> User:
        return User.create(
            email=f"table{number}@carmanana.example", name="Table Person", roles=roles, manager=self.cast.manager2
        )

    def ready(self, deal: Deal) -> Deal:
        if deal.state == "active":
            Deal.update(readiness="organic").where(Deal.id == deal.id).execute()
            self.cast.called(deal)
            self.cast.assessed(deal)
        return self.cast.put_in(deal, 2)

    def signed_in(self, state: str) -> Deal:
        """With an agreement and no money."""
        deal = self.cast.assessed(self.cast.deal(self.cast.agent, value_cents=3_000_000, agreement_on=clock.today()))
        return (
            deal
            if state == "active"
            else order.fire(deal, "win", self.cast.agent, no_deposit_reason="By cheque next week")
        )

    def deal(self, state: str, trigger: str) -> Deal:
        if trigger == "unsign":
            return self.signed.get(state, self.deals[state])
        return self.live if (state, trigger) == ("active", "mark_organic") else self.deals[state]

    def owner(self, relation: str, by: User) -> User | None:
        return {"own": by, "other's": self.other, "nobody's": None, "CarManana's": self.house}[relation]

    def all_that_is_needed(self) -> dict[str, dict]:
        """By trigger, so that only the role and the state decide."""
        first = {"stage": self.cast.stage(1)}
        tomorrow = clock.now() + timedelta(days=1)
        hold = self.cast.hold_given()
        return {
            "move": first,
            "transfer": {"stage": self.cast.stage(1, pipeline=1)},
            "hold": hold,
            "extend_hold": hold,
            "resume": first | {"next_step": "Call back", "due_at": tomorrow},
            "mark_organic": {"reason": "Wants to wait for the spring models"},
            "win": {"value_cents": 3_000_000, "agreement_on": clock.today(), "deposit_cents": 100_000},
            "lose": {"loss_reason": "vehicle"},
            "unsign": {"reason": "Entered for the wrong order"},
            "reopen": first | {"reason": "They called back", "next_step": "Call back", "due_at": tomorrow},
            "request_cancellation": self.cast.request_given(),
        }


@pytest.fixture(scope="module")
def world(template, tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("table"))
    shutil.copy(template, settings.database)
    open_database(settings)
    database.connect()
    with clock.set_to(NOON):
        yield World()
    database.close()


def outcome(world: World, state: str, trigger: str, by: User, relation: str) -> str:
    """What came of it, with the traces that it must leave or must not; the database is put back."""
    with database.atomic() as attempt:
        deal = world.deal(state, trigger)
        Deal.update(owner=world.owner(relation, by)).where(Deal.id == deal.id).execute()
        written = database.connection().total_changes
        try:
            order.fire(deal, trigger, by, deal.version, **world.given.get(trigger, {}))
        except Forbidden:
            found = "Forbidden"
        except Refused as refused:
            found = " ".join(refusal.code for refusal in refused.refusals)
        else:
            found = taken(deal, trigger, by)
        if found not in STATES:
            assert database.connection().total_changes == written, "a refused step wrote something"
        attempt.rollback()
    return found


def taken(deal: Deal, trigger: str, by: User) -> str:
    fresh = Deal.get_by_id(deal.id)
    events = list(Event.select().where(Event.subject == "deal", Event.subject_id == deal.id, Event.verb == trigger))
    assert [(event.was, event.became, event.actor_id) for event in events] == [(deal.state, fresh.state, by.id)]
    assert fresh.version == deal.version + 1
    return fresh.state


def test_the_sop_decides_who_may_take_which_step_from_where(world):
    wrong = {}
    for state, trigger, (roles, person), relation in product(STATES, TRIGGERS, world.people, RELATIONS):
        came = outcome(world, state, trigger, person, relation)
        if came != told_by_the_sop(state, trigger, roles, relation):
            wrong[state, trigger, *sorted(roles), relation] = came
    assert wrong == {}


@pytest.mark.parametrize("trigger", OF_THE_CANCELLATION_MACHINE)
def test_nobody_takes_a_step_of_the_cancellation_review_by_hand(world, trigger):
    """Whoever they are, and whatever request they bring along: the real one or a forged one."""
    losing = world.deals["cancellation_requested"]
    ended = ("retained", "withdrawn", "cancelled")
    cases = [
        None,
        {},
        CancellationRequest.open_for(losing),
        *(CancellationRequest(deal=losing, state=state) for state in ended),
    ]
    stage = world.cast.stage(1)
    for case in cases:
        world.given[trigger] = {"case": case, "stage": stage}
        for roles, person in [*world.people, ({"house"}, world.house)]:
            found = {state: outcome(world, state, trigger, person, "own") for state in STATES}
            assert found == {state: "Forbidden" if state == losing.state else nowhere(state) for state in STATES}, (
                roles,
                case,
            )


def test_the_machine_knows_the_triggers_of_the_sop_and_no_others():
    assert set(order.triggers) == {*TRIGGERS, *OF_THE_CANCELLATION_MACHINE, *UNDOING, *OWNING}


def test_buttons_are_shown_to_those_who_may_and_to_nobody_else(world):
    """`permits` draws the buttons: it answers as the step itself would."""
    for (trigger, state), (_, who) in SOP.items():
        deal = world.deal(state, trigger)
        for roles, person in world.people:
            mine = world.cast.given_to(deal, person)
            assert order.permits(mine, trigger, person) == bool(roles & {*who, "manager"}), (trigger, state, roles)
            theirs = world.cast.given_to(deal, world.other)
            assert order.permits(theirs, trigger, person) == ("manager" in roles), (trigger, state, roles)


def test_a_refused_agent_is_shown_the_claim_button(world):
    with database.atomic() as attempt:
        deal = world.cast.given_to(world.deals["active"], None)
        with pytest.raises(Refused) as caught:
            order.fire(deal, "move", world.cast.agent, stage=world.cast.stage(1))
        attempt.rollback()
    assert [remedy.endpoint for remedy in caught.value.refusals[0].remedies] == ["deals.claim"]
    assert not Activity.select().where(Activity.deal == deal, Activity.subject == "First contact").exists()
