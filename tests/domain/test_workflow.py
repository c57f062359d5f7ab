"""The one door through which a state changes, and the one for history in bulk."""

import pytest

from carmanana.contacting import rules as log_rules
from carmanana.core import audit
from carmanana.core.audit import Event
from carmanana.core.db import Stale, transaction
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Remedy, T, Workflow
from carmanana.deals import lifecycle, owner_steps, rules, stage_requirements
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ACTIVE, STATES, WON
from carmanana.records.deals import Deal
from carmanana.staffing import leaving

from ..cast import NOON, everything, refused

TODAY = NOON.date()


def anybody(attempt):
    return True


def a_workflow(effect=lambda attempt: {}, rules=(), who=anybody) -> Workflow:
    return Workflow(Deal, STATES, [T("close", ACTIVE, WON, who, rules, effect)], {}, lifecycle.not_from_here)


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent, value_cents=1, agreement_on=TODAY)


def test_a_step_is_taken_whole_or_not_at_all(cast, deal):
    def writes_then_breaks(attempt):
        Activity.create(customer=attempt.record.customer_id, deal=attempt.record, kind="note", summary="Half done")
        raise ZeroDivisionError

    agent, before = cast.agent, everything()
    with pytest.raises(ZeroDivisionError):
        a_workflow(writes_then_breaks).fire(deal, "close", agent)
    assert everything() == before
    assert deal.state == ACTIVE


def test_the_role_is_asked_before_the_rules(cast, deal):
    asked = []

    def never(attempt):
        asked.append("rule")

    def nobody(attempt):
        asked.append("who")
        return False

    with pytest.raises(Forbidden):
        a_workflow(rules=(never,), who=nobody).fire(deal, "close", cast.agent)
    assert asked == ["who"]


def test_every_rule_is_asked_and_every_refusal_told(cast, deal):
    def broken(code):
        return lambda attempt: Refusal(code, f"Because of {code}.")

    agent = cast.agent
    close = a_workflow(rules=(broken("one"), lambda attempt: None, broken("two")))
    with refused("one", "two") as caught:
        close.fire(deal, "close", agent)
    assert (caught.value.trigger, caught.value.record, str(caught.value)) == (
        "close",
        deal,
        "Because of one.; Because of two.",
    )


def test_the_row_is_read_again_and_what_was_read_before_does_not_count(cast, deal):
    old = Deal.get_by_id(deal.id)
    a_workflow().fire(deal, "close", cast.agent)
    assert old.state == ACTIVE
    agent = cast.agent
    with refused("not_from_here"):
        a_workflow().fire(old, "close", agent)


def test_two_people_with_the_same_page_one_of_them_hears(cast, deal):
    fresh = a_workflow().fire(deal, "close", cast.agent, version=deal.version)
    assert (fresh.version, fresh.state, fresh.state_since) == (deal.version + 1, WON, NOON)
    with pytest.raises(Stale) as caught:
        a_workflow().fire(deal, "close", cast.agent, version=deal.version)
    assert caught.value.record.version == fresh.version


def test_what_was_given_stands_before_what_the_record_has(cast, deal):
    attempt = Attempt(deal, cast.agent, "win", {"value_cents": 0, "agreement_on": None})
    assert (attempt.get("value_cents"), attempt.get("agreement_on"), attempt.get("deposit_cents")) == (0, TODAY, 0)


def test_a_checklist_is_drawn_without_touching_anything(cast, deal):
    agent, before = cast.agent, everything()
    assert [refusal.code for refusal in order.refusals(deal, "hold", agent)] == [
        "live_order",
        "no_call",
        "sub_status",
        "reason",
        "follow_up",
    ]
    assert [refusal.code for refusal in order.refusals(deal, "resume", agent)] == ["not_from_here"]
    assert (order.leads(deal, "win"), order.leads(deal, "resume")) == (True, False)
    assert everything() == before


# history in bulk


def a_row(cast, **facts) -> Deal:
    stage = cast.stage()
    return Deal(
        **{"customer": cast.client(), "pipeline": stage.pipeline_id, "stage": stage, "order_type": "used_vehicle"}
        | facts
    )


def load(rows, by, **given):
    with transaction():
        return order.load(rows, by, **given)


SIGNED = {"value_cents": 1, "agreement_on": TODAY, "no_deposit_reason": "Imported"}
ROWS = {
    "active": ({"state": "active"}, []),
    "an organic order, active": ({"state": "active", "readiness": "organic"}, []),
    "won": ({"state": "won"} | SIGNED, []),
    "won without a value": ({"state": "won"} | SIGNED | {"value_cents": None}, ["value"]),
    "won without an agreement": ({"state": "won"} | SIGNED | {"agreement_on": None}, ["agreement"]),
    "won without deposit or reason": ({"state": "won"} | SIGNED | {"no_deposit_reason": " "}, ["deposit"]),
    "lost": ({"state": "lost", "loss_reason": "price"}, []),
    "lost for no reason": ({"state": "lost"}, ["loss_reason"]),
    "lost with an agreement": ({"state": "lost", "loss_reason": "price", "agreement_on": TODAY}, ["agreed"]),
    "a live order on hold": ({"state": "on_hold"}, ["live_order", "no_hold"]),
    "on hold without its reason and date": ({"state": "on_hold", "readiness": "organic"}, ["no_hold"]),
    "cancelled by the customer": ({"state": "cancelled_by_client"}, []),
}


@pytest.mark.parametrize("what", ROWS)
def test_history_comes_in_as_the_rules_allow(cast, what):
    facts, codes = ROWS[what]
    row = a_row(cast, **facts)
    events = Event.select().count()
    ((found, refusals),) = load([row], cast.admin) or [(row, [])]
    assert (found, [refusal.code for refusal in refusals]) == (row, codes)
    assert Deal.select().count() == (not codes)
    assert Event.select().count() == events + (not codes)


def test_those_that_stand_come_in_beside_those_that_do_not(cast):
    rows = [
        a_row(cast, state="lost", loss_reason="price"),
        a_row(cast, state="lost"),
        a_row(cast, owner=cast.agent, position=9),
    ]
    assert [row for row, _ in load(rows, cast.admin)] == [rows[1]]
    assert [(deal.state, deal.position, deal.owner) for deal in Deal.select().order_by(Deal.id)] == [
        ("lost", 0, None),
        ("active", 9, cast.agent),
    ]
    told = list(Event.select().where(Event.verb == "imported").order_by(Event.id))
    assert [(event.subject_id, event.was, event.became) for event in told] == [
        (rows[0].id, None, "lost"),
        (rows[2].id, None, "active"),
    ]
    assert audit.broken_event() is None


def test_a_deal_on_hold_comes_in_with_its_hold_beside_it(cast):
    held = a_row(cast, state="on_hold", readiness="organic")
    assert not load([held], cast.admin, beside=[{"hold": cast.hold_given()}])
    assert Deal.get().state == "on_hold"


# remedies


def every_remedy() -> set[Remedy]:
    said = [value for module in (rules, log_rules, lifecycle, owner_steps, leaving) for value in vars(module).values()]
    remedies = {value for value in said if isinstance(value, Remedy)} | {
        requirement.remedy for requirement in stage_requirements.ENTRY.values()
    }
    return remedies | {
        remedy
        for state in STATES
        for remedy in lifecycle.not_from_here(Deal(state=state), "request_cancellation").remedies
    }


def test_every_remedy_leads_to_a_page_that_is_there(app):
    remedies = every_remedy()
    assert len(remedies) >= 9
    assert {remedy.endpoint for remedy in remedies} <= set(app.view_functions)
