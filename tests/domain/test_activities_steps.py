"""Next steps: added, moved, finished (Lead & deal SOP, sections H and I)."""

from datetime import timedelta

import pytest

from carmanana.contacting.log import add_step, finish_step, move_step
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal

from ..cast import NOON, everything, forbidden, refused

DAY = timedelta(days=1)


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent)


@pytest.fixture
def step(cast, deal):
    return add_step(deal, cast.agent, " Send 3 options ", NOON + DAY)


def test_a_step_is_for_the_owner_or_for_whoever_adds_it_to_a_deal_of_nobody(cast, deal, step):
    assert (step.subject, step.due_at, step.assignee, step.author, step.customer) == (
        "Send 3 options",
        NOON + DAY,
        cast.agent,
        cast.agent,
        deal.customer,
    )
    assert add_step(deal, cast.manager, "Check the trade-in", NOON + DAY).assignee == cast.agent
    assert add_step(deal, cast.manager, "Check the trade-in", NOON + DAY, cast.agent2).assignee == cast.agent2
    for owner in (None, cast.house):
        assert add_step(cast.deal(owner), cast.agent2, "Call", NOON + DAY).assignee == cast.agent2
    assert Deal.get_by_id(deal.id).version == deal.version + 3


@pytest.mark.parametrize(
    ("subject", "due_at", "code", "field"),
    [
        ("", NOON + DAY, "next_step", "next_step"),
        (" ", NOON + DAY, "next_step", "next_step"),
        ("Call", None, "due", "due_at"),
        ("Call", NOON, "due", "due_at"),
        ("Call", NOON - DAY, "due", "due_at"),
    ],
)
def test_a_step_has_words_and_a_time_ahead(cast, deal, step, subject, due_at, code, field):
    with refused(code, field=field):
        add_step(deal, cast.agent, subject, due_at)
    with refused(code, field=field):
        move_step(step, cast.agent, subject, due_at)


def test_only_those_who_work_the_deal_change_its_steps(cast, deal, step):
    for who in ("agent2", "retention", "cancellations", "compliance", "admin"):
        person = getattr(cast, who)
        with forbidden():
            add_step(deal, person, "Call", NOON + DAY)
        with forbidden():
            move_step(step, person, "Call", NOON + DAY)
        with forbidden():
            finish_step(step, person)


def test_whoever_a_step_is_for_finishes_it(cast, deal):
    theirs = add_step(deal, cast.manager, "Check the trade-in", NOON + DAY, cast.agent2)
    assert finish_step(theirs, cast.agent2).done_by == cast.agent2


def test_a_moved_step_is_in_the_audit_trail(cast, deal, step):
    moved = move_step(step, cast.manager, " Call first ", NOON + 3 * DAY)
    assert (moved.subject, moved.due_at, moved.assignee, moved.version) == (
        "Call first",
        NOON + 3 * DAY,
        cast.agent,
        step.version + 1,
    )
    event = Event.get(Event.verb == "step_moved")
    assert (event.subject, event.subject_id, event.actor_id, event.data) == (
        "deal",
        deal.id,
        cast.manager.id,
        {"activity": step.id},
    )


def test_a_finished_step_is_done_once(cast, deal, step):
    with clock.set_to(NOON + DAY):
        done = finish_step(step, cast.agent)
    assert (done.done_at, done.done_by) == (NOON + DAY, cast.agent)
    assert Event.select().where(Event.verb == "step_done").count() == 1
    before = everything()
    with pytest.raises(Stale):
        finish_step(step, cast.agent)
    with pytest.raises(Stale):
        move_step(step, cast.agent, "Again", NOON + 2 * DAY)
    assert everything() == before


def test_the_next_step_is_the_soonest_open_one(cast, deal, step):
    sooner = add_step(deal, cast.agent, "Call", NOON + DAY / 2)
    assert Activity.next_step(deal) == sooner
    finish_step(sooner, cast.agent)
    assert Activity.next_step(deal) == step
    with clock.set_to(NOON + 2 * DAY):
        assert Activity.get_by_id(step.id).late
        assert not Activity.get_by_id(sooner.id).late
