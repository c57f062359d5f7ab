"""One's own last step is taken back, while nothing has changed since (domain 3)."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carmanana import sweeps
from carmanana.compliance.consequences import lift
from carmanana.contacting.log import add_step, log
from carmanana.core import audit, clock
from carmanana.core.audit import Event
from carmanana.core.db import database
from carmanana.core.undo import UndoStep
from carmanana.core.workflow import Forbidden, Refused
from carmanana.deals.corrections import correct
from carmanana.deals.deal_facts import assess
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import claim, flag, reassign
from carmanana.deals.payments import record_payment
from carmanana.deals.undoing import undoing
from carmanana.records.activities import Activity
from carmanana.records.compliance import Consequence
from carmanana.records.deal_codes import LIVE, ON_HOLD, ORGANIC
from carmanana.records.deals import Deal, Hold
from carmanana.records.notifications import Notification
from carmanana.records.pipelines import Stage

from ..cast import NOON, everything, forbidden, refused
from ..soaking import examples
from .test_races import at_once

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def undo(deal: Deal, by, version: int | None = None) -> Deal:
    fresh = Deal.get_by_id(deal.id)
    return order.fire(fresh, undoing.trigger(fresh), by, version)


def step(cast, verb: str, deal: Deal, by) -> Deal:
    """One step with all that it asks for."""
    given = {
        "move": {"stage": cast.stage(1)},
        "transfer": {"stage": cast.stage(1, pipeline=1)},
        "hold": cast.hold_given(),
        "extend_hold": cast.hold_given(sub_status="event"),
        "resume": {"stage": cast.stage(1), "next_step": "Call back", "due_at": clock.now() + DAY},
        "mark_organic": {"reason": "Wants the spring models"},
        "mark_live": {},
    }
    if verb == "claim":
        return claim(deal, by)
    if verb == "correct":
        return correct(
            deal,
            by,
            deal.version,
            value_cents=77,
            details="Wants it in red",
            eta_on=clock.today() + 9 * DAY,
            vehicle_make="Kia",
        )
    return order.fire(deal, verb, by, **given[verb])


def ready(cast, verb: str) -> Deal:
    """A deal from which the step leads on."""
    if verb == "claim":
        deal = cast.deal(None)
        add_step(deal, cast.manager, "Find out the budget", clock.now() + DAY, assignee=cast.manager)
    elif verb in ("extend_hold", "resume", "mark_live_from_hold"):
        deal = cast.in_state(ON_HOLD)
    else:
        deal = cast.deal(cast.agent, LIVE if verb == "mark_organic" else ORGANIC, stage=2)
        cast.called(deal)
    return Deal.get_by_id(deal.id)


def standing(deal: Deal) -> dict:
    """All that an undo must bring back: the deal, its holds and its tasks, without their versions."""
    rows = {
        "deal": [Deal.get_by_id(deal.id)],
        "hold": Hold.select().where(Hold.deal == deal),
        "task": Activity.select().where(Activity.deal == deal, Activity.kind == "task"),
    }
    return {
        what: [{name: value for name, value in row.__data__.items() if name != "version"} for row in found]
        for what, found in rows.items()
    }


# state before, verb -> the step that takes it back, state after; everything else is not undone
UNDONE = {
    ("active", "move"): ("undo", "active"),
    ("active", "transfer"): ("undo", "active"),
    ("active", "claim"): ("undo", "active"),
    ("active", "correct"): ("undo", "active"),
    ("active", "mark_organic"): ("undo", "active"),
    ("active", "mark_live"): ("undo", "active"),
    ("active", "hold"): ("undo_hold", "active"),
    ("on_hold", "extend_hold"): ("undo", "on_hold"),
    ("on_hold", "resume"): ("undo_resume", "on_hold"),
    ("on_hold", "mark_live"): ("undo_resume", "on_hold"),
}


@pytest.mark.parametrize(("state", "verb"), UNDONE)
def test_a_step_taken_back_leaves_the_deal_as_it_was(cast, state, verb):
    trigger, becomes = UNDONE[state, verb]
    deal = ready(cast, "mark_live_from_hold" if state == ON_HOLD else verb)
    before = standing(deal)
    with clock.set_to(NOON + HOUR):
        taken = step(cast, verb, deal, cast.agent)
    assert standing(deal) != before
    with clock.set_to(NOON + 2 * HOUR):
        fresh = undo(deal, cast.agent, taken.version)
    assert standing(deal) == before
    assert (fresh.state, fresh.version) == (becomes, taken.version + 1)
    event = Event.select().where(Event.subject == "deal").order_by(Event.id.desc()).get()
    assert (event.verb, event.data["undid"], event.actor_id, event.became) == (trigger, verb, cast.agent.id, becomes)
    assert audit.broken_event() is None


@pytest.mark.parametrize("who", ["agent2", "manager", "manager2", "retention", "cancellations", "compliance", "admin"])
@pytest.mark.parametrize(("state", "verb"), UNDONE)
def test_only_who_took_the_step_takes_it_back(cast, state, verb, who):
    deal, person = ready(cast, "mark_live_from_hold" if state == ON_HOLD else verb), getattr(cast, who)
    step(cast, verb, deal, cast.agent)
    fresh = Deal.get_by_id(deal.id)
    assert undoing.taken_by(fresh, person) is None and undoing.taken_by(fresh, cast.agent).verb == verb
    with forbidden():
        undo(deal, person)


@pytest.mark.parametrize("state", ["won", "lost", "cancellation_requested", "cancelled_by_client"])
def test_what_ends_an_order_is_not_undone(cast, state):
    deal, manager = cast.in_state(state), cast.manager
    with refused("not_undone") as caught:
        undo(deal, manager)
    assert "manager" in str(caught.value) or "final" in str(caught.value)


def test_a_won_orders_fact_is_taken_back_as_well(cast):
    deal, agent = cast.in_state("won"), cast.agent
    correct(deal, agent, deal.version, delivered_on=clock.today())
    assert undo(deal, agent).delivered_on is None
    with refused("undone"):
        undo(deal, agent)


SINCE = {
    "a call": lambda cast, deal: log(deal, cast.agent, "note", "Prefers mornings"),
    "a next step": lambda cast, deal: add_step(deal, cast.agent, "Send options", clock.now() + DAY),
    "money": lambda cast, deal: record_payment(deal, cast.agent, "received", 100, clock.today(), False, ""),
    "what they want": lambda cast, deal: assess(deal, cast.agent, [], None),
    "a flag": lambda cast, deal: flag(deal, "Odd address", cast.agent),
    "another owner": lambda cast, deal: reassign(deal, cast.agent2, "Knows them", cast.manager),
    "another's move": lambda cast, deal: order.fire(deal, "move", cast.manager, stage=cast.stage(2)),
}


@pytest.mark.parametrize("since", SINCE)
def test_nothing_is_taken_back_once_the_world_has_moved_on(cast, since):
    deal, agent = cast.deal(cast.agent, stage=2), cast.agent
    cast.called(deal)
    order.fire(deal, "move", agent, stage=cast.stage(1))
    SINCE[since](cast, deal)
    before = everything()
    with pytest.raises((Refused, Forbidden)):
        undo(deal, agent)
    assert everything() == before


def test_a_step_of_the_machine_cannot_be_forged_onto_another(cast):
    """`undo_hold` does not take a move back, nor `undo` a hold."""
    deal, agent = ready(cast, "move"), cast.agent
    step(cast, "move", deal, agent)
    with refused("not_undone"):
        order.fire(deal, "undo_resume", agent)
    with refused("not_from_here"):
        order.fire(deal, "undo_hold", agent)
    held = ready(cast, "hold")
    step(cast, "hold", held, agent)
    with refused("not_undone"):
        order.fire(held, "undo", agent)


def test_of_two_who_undo_at_once_one_wins(cast):
    deal, agent = ready(cast, "hold"), cast.agent
    step(cast, "hold", deal, agent)

    found = at_once(*[lambda: undo(deal, agent)] * 4)
    lost = [one for one in found if isinstance(one, Refused)]
    assert len(lost) == 3 and {refusal.code for one in lost for refusal in one.refusals} <= {
        "undone",
        "not_from_here",
        "not_undone",
    }
    assert Event.select().where(Event.verb == "undo_hold").count() == 1


def test_what_a_stage_asks_does_not_bar_the_way_back_but_a_restriction_does(cast):
    deal, agent = cast.deal(cast.agent, stage=6), cast.agent
    order.fire(deal, "move", agent, stage=cast.stage(1))
    Consequence.create(
        kind="access",
        user=agent,
        stage=cast.stage(6),
        starts_on=clock.today(),
        reason="Coaching",
        created_by=cast.manager,
    )
    with refused("restricted"):
        undo(deal, agent)
    lift(Consequence.get(), cast.manager)
    assert undo(deal, agent).stage == cast.stage(6)


def test_no_card_goes_back_into_a_column_that_is_gone(cast):
    deal, agent = cast.deal(cast.agent, stage=2), cast.agent
    order.fire(deal, "move", agent, stage=cast.stage(1))
    Stage.update(archived=True).where(Stage.id == cast.stage(2).id).execute()
    with refused("stage"):
        undo(deal, agent)
    assert undoing.taken_by(Deal.get_by_id(deal.id), agent) is None


def test_two_cards_never_stand_in_one_place(cast):
    """Another card has taken the place meanwhile: this one comes right below it."""
    deal, agent = cast.deal(cast.agent, stage=2), cast.agent
    order.fire(deal, "move", agent, stage=cast.stage(1))
    other = cast.put_in(cast.deal(cast.agent), 2)
    Deal.update(position=deal.position).where(Deal.id == other.id).execute()
    assert undo(deal, agent).position > deal.position


def test_an_agent_does_not_take_back_a_signed_agreement(cast):
    """Else it could be undone and the order closed as lost, past the cancellation review."""
    deal, agent, manager = cast.deal(cast.agent), cast.agent, cast.manager
    signed = correct(deal, agent, deal.version, agreement_on=clock.today())
    with refused("signed"):
        undo(deal, agent)
    again = order.fire(signed, "unsign", manager, reason="Entered for the wrong order")
    correct(deal, manager, again.version, agreement_on=clock.today())
    assert undo(deal, manager).agreement_on is None


def test_a_manager_who_was_told_of_a_hold_is_told_that_it_is_undone(cast):
    deal = ready(cast, "hold")
    step(cast, "hold", deal, cast.agent)
    undo(deal, cast.agent)
    assert "the hold is undone" in Notification.select().order_by(Notification.id.desc()).get().text


def test_words_stay_out_of_the_audit_trail(cast):
    deal = ready(cast, "correct")
    correct(deal, cast.agent, deal.version, details="Wants it in red")
    undo(deal, cast.agent)
    assert not [event for event in Event.select() if "red" in str(event.data)]


def test_a_step_is_undone_within_a_day_whenever_the_sweep_runs(cast):
    deal = ready(cast, "move")
    step(cast, "move", deal, cast.agent)
    with clock.set_to(NOON + 25 * HOUR), refused("undone_too_late"):
        undo(deal, cast.agent)
    with clock.set_to(NOON + 23 * HOUR):
        undo(deal, cast.agent)


def test_what_was_kept_for_undoing_is_thrown_away_after_a_day(cast):
    deal = ready(cast, "move")
    step(cast, "move", deal, cast.agent)
    sweeps.tidy(NOON + 23 * HOUR)
    assert UndoStep.select().count() == 1
    sweeps.tidy(NOON + 25 * HOUR)
    assert UndoStep.select().count() == 0
    with refused("not_undone"):
        undo(deal, cast.agent)


@settings(max_examples=examples(25, 500))
@given(
    facts=st.fixed_dictionaries(
        {},
        optional={
            "value_cents": st.none() | st.integers(0, 10**9),
            "vehicle_year": st.none() | st.integers(1950, 2030),
            "vehicle_make": st.text(max_size=20),
            "details": st.text(max_size=40),
            "eta_on": st.none() | st.dates(),
            "source": st.text(max_size=10),
        },
    ),
    verbs=st.lists(st.sampled_from(["move", "correct", "hold", "mark_live"]), max_size=3),
)
def test_whatever_was_done_its_undoing_brings_back_what_stood(cast, facts, verbs):
    """Several steps one after another: each is taken back while it is the last."""
    with database.atomic() as example:
        deal = ready(cast, "hold")
        for verb in ["correct", *verbs]:
            before = standing(deal)
            fresh = Deal.get_by_id(deal.id)
            try:
                correct(fresh, cast.agent, fresh.version, **facts) if verb == "correct" else step(
                    cast, verb, fresh, cast.agent
                )
            except Refused:
                continue
            if Deal.get_by_id(deal.id).version > fresh.version:
                undo(deal, cast.agent)
                assert standing(deal) == before
                facts = facts | {"vehicle_model": verb}
        example.rollback()
