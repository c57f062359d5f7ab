"""One step for many deals: nothing that a single one is refused passes, and nothing is done twice."""

from datetime import timedelta

import pytest

from carmanana.boards.deal_filter import Filter
from carmanana.bulk import running
from carmanana.bulk.kinds import KINDS, kinds_of
from carmanana.bulk.preview import preview
from carmanana.bulk.running import begin, run_waiting
from carmanana.bulk.selection import Picked, of_board
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.deals.deal_facts import take
from carmanana.deals.lifecycle import order
from carmanana.deals.payments import record_payment
from carmanana.deals.stage_requirements import ENTRY
from carmanana.records.activities import Activity
from carmanana.records.bulk import BulkLine, BulkRun
from carmanana.records.compliance import Consequence
from carmanana.records.deal_codes import ORGANIC, STATES
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import ROLES, User
from carmanana.records.pipelines import Pipeline, Stage

from ..cast import Cast, everything, forbidden, refused
from .test_races import at_once

DAY = timedelta(days=1)
WORKERS = ("agent", "manager")


def picked(*deals: Deal, version: bool = True) -> Picked:
    return Picked({deal.id: deal.version if version else None for deal in deals})


def done(name: str, chosen, by: User, **given) -> BulkRun:
    run = begin(KINDS[name], chosen, given, by)
    running.run(run)
    return BulkRun.get_by_id(run.id)


def lines(run: BulkRun) -> dict[int, str]:
    """By the deal's number, why not; nothing where the step was taken."""
    return {line.subject_id: line.code for line in run.lines}


@pytest.fixture(autouse=True)
def contacted(cast):
    """Contacted is open to all, so that what is refused is refused for another reason."""
    Stage.update(requires=frozenset()).where(Stage.id == cast.stage(2).id).execute()


# nothing that a drag is refused may pass


@pytest.fixture
def people(cast):
    """One more for each role, who owns nothing yet."""
    return {
        role: User.create(email=f"{role}.2@carmanana.example", name=f"Role {role}", roles={role}, manager=cast.manager)
        for role in ROLES
    }


def one_of_each(cast: Cast, by: User) -> list[Deal]:
    """Every state, of theirs, of another's and of nobody's."""
    deals = [cast.in_state(state) for state in STATES]
    return [
        Deal.get_by_id(cast.given_to(cast.in_state(deal.state), owner).id)
        for deal in deals
        for owner in (by, cast.agent2, None)
    ]


def outcome(act) -> str:
    """What a single step is told: "" where it is taken. It is taken back at once."""
    with database.atomic() as step:
        try:
            act()
            return ""
        except Refused as error:
            return error.refusals[0].code
        except Forbidden:
            return "not_yours"
        finally:
            step.rollback()


@pytest.mark.parametrize("role", WORKERS)
def test_a_move_of_many_is_refused_wherever_a_single_one_is(cast, people, role):
    by = people[role]
    stages = [cast.stage(2), cast.stage(4), cast.stage(2, pipeline=1)]
    Consequence.create(
        kind="access", user=by, stage=cast.stage(4), starts_on=clock.today(), reason="Coaching", created_by=cast.manager
    )
    deals = one_of_each(cast, by)
    seen = {deal.id for deal in Deal.visible_to(by)}
    for stage in stages:
        alone = {
            deal.id: outcome(lambda deal=deal, stage=stage: order.fire(deal, "move", by, stage=stage))
            if deal.id in seen
            else "gone"
            for deal in deals
        }
        assert set(alone.values()) - {""} and ("" in alone.values()) == (stage == stages[0])
        before = rows_of_deals()
        run = done("move", picked(*deals, version=False), by, stage=stage)
        assert lines(run) == alone
        after = rows_of_deals()
        assert {number for number in after if after[number] != before[number]} == {
            number for number, code in alone.items() if not code
        }
        assert {Deal.get_by_id(number).stage for number, code in alone.items() if not code} <= {stage}
        assert run.done + run.refused == run.total == len(deals)


def rows_of_deals() -> dict[int, tuple]:
    return {row[0]: row for row in everything("deal")["deal"]}


@pytest.mark.parametrize("role", [role for role in ROLES if role not in WORKERS])
def test_who_works_no_deals_begins_nothing(cast, people, role):
    deal, by = cast.deal(), people[role]
    given = {
        "stage": cast.stage(2),
        "owner": cast.agent,
        "reason": "x",
        "next_step": "Call",
        "due_at": clock.now() + DAY,
    }
    for kind in kinds_of(Deal).values():
        with forbidden():
            begin(kind, picked(deal), given, by)


@pytest.mark.parametrize("name", ["assign", "step", "flag", "claim"])
@pytest.mark.parametrize("role", WORKERS)
def test_the_other_steps_are_refused_wherever_a_single_one_is(cast, people, name, role):
    by = people[role]
    deals = one_of_each(cast, by)
    seen = {deal.id for deal in Deal.visible_to(by)}
    given = {
        "assign": {"owner": cast.agent, "reason": "Goes on leave"},
        "step": {"next_step": "Send 3 options", "due_at": clock.now() + DAY},
        "flag": {"reason": "Is this one real?"},
        "claim": {},
    }[name]
    if not KINDS[name].may(by):
        with forbidden():
            begin(KINDS[name], picked(*deals), given, by)
        return
    alone = {
        deal.id: outcome(lambda deal=deal: KINDS[name].do(deal, by, given)) if deal.id in seen else "gone"
        for deal in deals
    }
    assert lines(done(name, picked(*deals), by, **given)) == alone


# the preview says what will happen


@pytest.mark.parametrize("code", ENTRY)
def test_the_preview_knows_each_entry_requirement(cast, code):
    """It asks the rules once for each sort of deals; the sorts must tell apart whatever the rules do."""
    with_it, without = meeting(cast, code), cast.deal(None if code == "owner" else cast.agent)
    Stage.update(requires={code}).where(Stage.id == cast.stage(3).id).execute()
    stage, by = cast.stage(3), cast.manager
    told = preview(KINDS["move"], picked(with_it, without).records(by), by, {"stage": stage})
    assert (told.may, [(sort.refusal.code, sort.named) for sort in told.refused]) == (
        [with_it.id],
        [("entry", [(without.id, without.customer.name)])],
    )
    assert not order.refusals(with_it, "move", by, stage=stage) and order.refusals(without, "move", by, stage=stage)


def meeting(cast: Cast, code: str) -> Deal:
    facts = {"value": {"value_cents": 1}, "vehicle": {"vehicle_make": "Kia"}}.get(code, {})
    deal = cast.deal(cast.agent, **facts)
    if code in ("contact", "next_step"):
        cast.called(deal)
        if code == "contact":
            Activity.update(done_at=clock.now()).where(Activity.kind == "task").execute()
    if code == "needs":
        cast.assessed(deal)
    if code == "agreement":
        Deal.update(agreement_on=clock.today()).where(Deal.id == deal.id).execute()
    if code == "deposit":
        record_payment(deal, cast.manager, "received", 100, clock.today(), True, "")
    return Deal.get_by_id(deal.id)


def test_the_preview_is_what_happens(cast):
    by = cast.agent
    deals = [deal for deal in one_of_each(cast, by) if deal.owner_id in (by.id, None)]
    Consequence.create(
        kind="access", user=by, stage=cast.stage(4), starts_on=clock.today(), reason="Coaching", created_by=cast.manager
    )
    for stage in (cast.stage(1), cast.stage(2), cast.stage(4)):
        told = preview(
            KINDS["move"], Picked(dict.fromkeys(deal.id for deal in deals)).records(by), by, {"stage": stage}
        )
        run = done("move", picked(*deals, version=False), by, stage=stage)
        assert set(told.may) == {number for number, code in lines(run).items() if not code}
        assert {(sort.refusal.code, number) for sort in told.refused for number in sort.ids} == {
            (c, n) for n, c in lines(run).items() if c
        }


def test_the_preview_does_not_hold_the_empty_form_against_the_deals(cast):
    deals = [cast.deal(cast.agent), cast.deal(cast.agent2)]
    for name in kinds_of(Deal).keys() - {"claim"}:
        told = preview(
            KINDS[name],
            picked(*deals).records(cast.manager),
            cast.manager,
            {"owner": None, "reason": "", "stage": None, "next_step": "", "due_at": None},
        )
        assert len(told.may) == 2 and not told.refusals, name
    told = preview(
        KINDS["assign"], picked(*deals).records(cast.manager), cast.manager, {"owner": cast.agent, "reason": ""}
    )
    assert (told.may, told.refused[0].refusal.code) == ([deals[1].id], "same_owner")


# what is asked for, how much, and once


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("assign", {"owner": None, "reason": "x"}, "owner"),
        ("move", {"stage": None}, "stage"),
        ("step", {"next_step": "", "due_at": clock.now() + DAY}, "next_step"),
        ("flag", {"reason": " "}, "reason"),
    ],
)
def test_a_form_that_is_not_complete_begins_nothing(cast, name, given, code):
    deal = cast.deal(cast.agent)
    with refused(code):
        begin(KINDS[name], picked(deal), given, cast.manager)


def test_more_than_five_thousand_are_refused(cast):
    with refused("too_many"):
        begin(KINDS["move"], Picked(dict.fromkeys(range(1, 5002))), {"stage": cast.stage(2)}, cast.manager)


def test_a_double_click_makes_one_run(cast):
    deal, stage = cast.deal(cast.agent), cast.stage(2)
    runs = {begin(KINDS["move"], picked(deal), {"stage": stage}, cast.agent, "key").id for _ in range(2)}
    assert len(runs) == BulkRun.select().count() == BulkLine.select().count() == 1


def test_a_filter_is_evaluated_by_what_one_may_see(cast):
    mine, others, ended = cast.deal(cast.agent), cast.deal(cast.agent2), cast.in_state("won")

    def live(by: User):
        return of_board(Pipeline.get_by_id(2), "open", Filter(readiness="live"), by)

    assert lines(done("flag", live(cast.agent), cast.agent, reason="Look")) == {mine.id: ""}
    assert set(lines(done("step", live(cast.manager), cast.manager, next_step="Call", due_at=clock.now() + DAY))) == {
        mine.id,
        others.id,
    }
    column = of_board(Pipeline.get_by_id(2), f"s{cast.stage(1).id}", Filter(), cast.manager)
    assert {deal.id for deal in column.records(cast.manager)} == {mine.id, others.id}
    won = of_board(Pipeline.get_by_id(2), "won", Filter(), cast.manager)
    assert [deal.id for deal in won.records(cast.manager)] == [ended.id]


def test_what_matches_may_not_change_between_preview_and_step(cast):
    cast.deal(cast.agent)
    with refused("other"):
        every = of_board(Pipeline.get_by_id(2), "open", Filter(), cast.manager)
        begin(KINDS["move"], every, {"stage": cast.stage(2)}, cast.manager, seen=2)


def test_cards_stand_in_their_old_order_in_the_new_column(cast):
    deals = [cast.deal(cast.agent) for _ in range(4)]
    before = [deal.id for deal in Deal.select().order_by(Deal.position)]
    done("move", picked(*deals), cast.agent, stage=cast.stage(2))
    assert [deal.id for deal in Deal.select().order_by(Deal.position)] == before


# each deal once


def test_a_deal_that_changed_since_is_told_of_and_not_forced(cast):
    deal, other = cast.deal(cast.agent, stage=3), cast.deal(cast.agent, stage=3)
    chosen = picked(deal, other)
    order.fire(deal, "move", cast.manager, stage=cast.stage(1))
    run = done("move", chosen, cast.agent, stage=cast.stage(2))
    assert lines(run) == {deal.id: "changed", other.id: ""} and Deal.get_by_id(deal.id).stage == cast.stage(1)


def test_two_moves_of_the_same_deals_move_each_once(cast):
    deals, by, to = [cast.deal(cast.agent, stage=3) for _ in range(12)], cast.agent, (cast.stage(1), cast.stage(2))
    runs = [begin(KINDS["move"], picked(*deals), {"stage": stage}, by) for stage in to]
    at_once(*(lambda run=run: running.run(run) for run in runs for _ in range(2)))
    one, other = (lines(run) for run in runs)
    assert {(one[deal.id], other[deal.id]) for deal in deals} <= {("", "changed"), ("changed", "")}
    assert Event.select().where(Event.verb == "move").count() == 12
    assert [(run.done + run.refused, run.finished_at is not None) for run in BulkRun.select()] == [(12, True)] * 2
    assert {Deal.get_by_id(deal.id).version - deal.version for deal in deals} == {1}


def test_a_run_that_was_killed_goes_on_where_it_was(cast, monkeypatch):
    deals = [cast.deal(cast.agent) for _ in range(30)]
    run = begin(KINDS["step"], picked(*deals), {"next_step": "Call", "due_at": clock.now() + DAY}, cast.agent)
    taken, mark = [], running._mark

    def killed(line, *refusals):
        taken.append(line.id)
        if len(taken) == 8:
            mark(line, *refusals)
            raise KeyboardInterrupt
        return mark(line, *refusals)

    monkeypatch.setattr(running, "_mark", killed)
    with pytest.raises(KeyboardInterrupt):
        run_waiting()
    monkeypatch.undo()
    assert (BulkRun.get_by_id(run.id).done, Activity.select().count()) == (7, 7)
    assert run_waiting() == 1 and run_waiting() == 0
    assert Activity.select().count() == 30 and BulkRun.get_by_id(run.id).done == 30
    assert Notification.get(Notification.user == cast.agent).text == "Your bulk step is done: 30 of 30 deals, 0 refused"


def test_what_breaks_at_one_deal_does_not_stop_the_others(cast, monkeypatch):
    deals = [cast.deal(cast.agent) for _ in range(3)]
    add = type(KINDS["flag"]).do

    def broken(kind, deal, by, given):
        if deal == deals[1]:
            raise RuntimeError("the power went")
        add(kind, deal, by, given)

    monkeypatch.setattr(type(KINDS["flag"]), "do", broken)
    assert lines(done("flag", picked(*deals), cast.agent, reason="Look")) == {
        deals[0].id: "",
        deals[1].id: "broke",
        deals[2].id: "",
    }
    assert Deal.get_by_id(deals[1].id).flagged_at is None


def test_who_has_left_does_nothing_more(cast):
    deal = cast.deal(cast.agent)
    run = begin(KINDS["move"], picked(deal), {"stage": cast.stage(2)}, cast.agent)
    User.update(deactivated_at=clock.now()).where(User.id == cast.agent.id).execute()
    running.run(BulkRun.get_by_id(run.id))
    assert lines(run) == {deal.id: "left"}


def test_the_preview_of_a_next_step_foresees_its_limit_and_the_lock(cast):
    live, organic, losing = (
        cast.deal(cast.agent),
        cast.deal(cast.agent, ORGANIC),
        cast.losing(cast.deal(cast.agent)).deal,
    )
    beside = take(losing.customer, cast.stage(), cast.agent, cast.agent, readiness=ORGANIC)
    far = {"next_step": "Call", "due_at": clock.now() + 30 * DAY}
    seen = preview(KINDS["step"], picked(live, organic, losing, beside).records(cast.agent), cast.agent, far)
    assert seen.may == [organic.id]
    assert {sort.refusal.code: sort.ids for sort in seen.refused} == {
        "too_far": [live.id],
        "locked": sorted([losing.id, beside.id], reverse=seen.refused[0].ids[0] > seen.refused[0].ids[-1]),
    }
    ran = lines(done("step", picked(live, organic, losing, beside), cast.agent, **far))
    assert ran == {live.id: "too_far", organic.id: "", losing.id: "locked", beside.id: "locked"}
