"""Lost access to a stage bites on every way into it, whatever machine takes it there, and ends by itself."""

import io
from datetime import timedelta

import pytest

from carmanana.bulk import running as in_bulk
from carmanana.bulk.kinds import kinds_of
from carmanana.bulk.selection import Picked
from carmanana.cancellations.lifecycle import review
from carmanana.compliance.consequences import impose
from carmanana.compliance.reminding import end_what_is_over
from carmanana.core import clock
from carmanana.core.workflow import Refused
from carmanana.deals.deal_facts import start_again, take
from carmanana.deals.lifecycle import order
from carmanana.importing import running, uploading
from carmanana.importing.kinds import DEALS
from carmanana.importing.terms import Terms
from carmanana.leads.lifecycle import inquiry
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch, ImportRow
from carmanana.records.leads import Lead

from ..cast import NOON
from ..saving import planned, presented

DAY = timedelta(days=1)


def codes(way) -> set[str]:
    try:
        return way() or {"let through"}
    except Refused as refused:
        return {refusal.code for refusal in refused.refusals}


def moved_away(cast) -> Deal:
    deal = cast.deal(cast.agent)
    cast.called(deal, cast.agent)
    return order.fire(Deal.get_by_id(deal.id), "move", cast.agent, stage=cast.stage(2))


def moved_in_bulk(cast, deal: Deal) -> set[str]:
    run = in_bulk.begin(kinds_of(Deal)["move"], Picked({deal.id: None}, Deal), {"stage": cast.stage()}, cast.agent)
    in_bulk.run(run)
    return {line.code for line in run.lines}


def imported(cast) -> set[str]:
    """By a manager who has lost access: a row of the file alone is refused."""
    rows = "Customer,Phone,Stage\nAna Cruz,305 555 7777,New Orders\n"
    batch = uploading.upload(io.BytesIO(rows.encode()), "deals.csv", cast.manager2)
    terms = Terms.of(batch.mapping)
    terms.kind, terms.pipeline = DEALS, cast.stage().pipeline_id
    uploading.set_terms(batch, terms, cast.manager2)
    running.run(uploading.start(ImportBatch.get_by_id(batch.id), cast.manager2))
    return {row.code for row in ImportRow.select()}


def test_a_restricted_person_is_refused_on_every_way(cast):
    agent, stage = cast.agent, cast.stage()
    step = {"next_step": "Call", "due_at": NOON + DAY}
    away, aside = moved_away(cast), cast.deal(agent, stage=2)
    other = order.fire(cast.deal(agent), "transfer", cast.manager, stage=cast.stage(1, pipeline=1))
    held, live, lost = cast.in_state("on_hold"), cast.in_state("on_hold"), cast.in_state("lost")
    won = cast.assessed(cast.deal(agent, value_cents=3_890_000))
    lead = cast.lead_in("assessed")
    plan = planned(cast)
    presented(cast, plan)
    request = cast.losing(cast.deal(agent))
    for user in (agent, cast.manager2, cast.retention):
        impose(user, cast.manager, "access", "Why", stage=stage, starts_on=clock.today(), ends_on=clock.today())
    kept = {"kept_by": "The loan car", "no_commitments": True, "back_to": stage, **step}
    ways = {
        "drag": lambda: order.fire(aside, "move", agent, stage=stage) and set(),
        "another pipeline": lambda: order.fire(other, "transfer", agent, stage=stage) and set(),
        "resume": lambda: order.fire(held, "resume", agent, stage=stage, **step) and set(),
        "live again": lambda: order.fire(live, "mark_live", agent) and set(),
        "undo": lambda: order.fire(away, "undo", agent) and set(),
        "win": lambda: order.fire(won, "win", agent, agreement_on=clock.today(), deposit_cents=150_000) and set(),
        "reopen": lambda: order.fire(lost, "reopen", cast.manager2, stage=stage, reason="Back", **step) and set(),
        "new": lambda: take(cast.client(), stage, agent, agent) and set(),
        "start again": lambda: start_again(lost, agent) and set(),
        "convert": lambda: inquiry.fire(lead, "convert", agent, **cast.convert_given()) and set(),
        "retain": lambda: review.fire(plan.request, "retain", cast.retention, **kept) and set(),
        "withdraw": lambda: (
            review.fire(request, "withdraw", cast.manager2, because="mistake", reason="Wrong") and set()
        ),
        "bulk": lambda: moved_in_bulk(cast, aside),
        "import": lambda: imported(cast),
    }
    before = (
        list(Deal.select(Deal.id, Deal.stage, Deal.state).tuples()),
        list(Lead.select(Lead.id, Lead.state).tuples()),
    )
    assert {name: found for name, way in ways.items() if (found := codes(way)) != {"restricted"}} == {}
    after = list(Deal.select(Deal.id, Deal.stage, Deal.state).tuples()), list(Lead.select(Lead.id, Lead.state).tuples())
    assert after == before
    with clock.set_to(NOON + DAY):
        assert order.fire(aside, "move", agent, stage=stage).stage == stage
        assert end_what_is_over(clock.now()) == 3


def test_who_lost_the_last_stage_wins_nothing_and_is_told_why(cast):
    won = cast.assessed(cast.deal(cast.agent, value_cents=3_890_000))
    impose(
        cast.agent,
        cast.manager,
        "access",
        "No look.",
        stage=cast.stage(6),
        starts_on=clock.today(),
        ends_on=clock.today(),
    )
    with pytest.raises(
        Refused, match="You have no access to Agreement & Deposit until 18 November: No look. Your manager"
    ):
        order.fire(won, "win", cast.agent, agreement_on=clock.today(), deposit_cents=150_000)
    assert order.fire(won, "win", cast.manager, agreement_on=clock.today(), deposit_cents=150_000).state == "won"
