"""The figures of every report agree with a plain calculation over the same world, and with the records behind each."""

from collections import Counter, defaultdict
from datetime import timedelta
from random import Random

import pytest

from carmanana.contacting.log import finish_step
from carmanana.core import audit, clock
from carmanana.core.db import database
from carmanana.core.workflow import Refused
from carmanana.deals.lifecycle import order
from carmanana.deals.stage_times import stays_of
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ACTIVE, LOST, ON_HOLD, ORGANIC, WON
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.reports.pages import REPORTS
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.tables import EVERY
from carmanana.schema import derived

from ..saving import retained

LATER = timedelta(days=1)


@pytest.fixture
def world(cast):
    """Forty deals that went some way, by several people, over a hundred days; leads of each state."""
    rng, today = Random(5), clock.now()
    for number in range(40):
        with clock.set_to(today - timedelta(days=rng.randint(1, 100), minutes=number)):
            _live(cast, rng, number)
    for state in ("new", "working", "connected", "on_hold", "closed", "converted"):
        cast.lead_in(state, rng.choice((cast.agent, cast.agent2)), kind=rng.choice(("inquiry", "price_shopper")))
    retained(cast)
    cast.request_in("cancelled")
    return cast


def _live(cast, rng, number):
    owner = rng.choice((cast.agent, cast.agent2))
    value = rng.choice((None, 1_000_000 + number))
    readiness = rng.choice(("live", ORGANIC))
    deal = cast.deal(owner, readiness, value_cents=value)
    Deal.update(currency=rng.choice(("USD", "CAD"))).where(Deal.id == deal.id).execute()
    when = clock.now()
    for _ in range(rng.randint(0, 4)):
        when += timedelta(hours=rng.randint(5, 70))
        with clock.set_to(when):
            _step(cast, rng, Deal.get_by_id(deal.id))


def _step(cast, rng, deal):
    by = rng.choice((cast.manager, deal.owner))
    cast.called(deal, by, outcome=rng.choice(("no_answer_vm", "connected_follow_up")), ago=timedelta(minutes=9))
    do = rng.choice(("move", "move", "move", "hold", "lose", "win", "undo", "resume", "done"))
    given = {
        "move": {"stage": cast.stage(rng.randint(1, 5))},
        "hold": cast.hold_given(),
        "lose": {"loss_reason": rng.choice(("duplicate", "vehicle"))},
        "win": {"agreement_on": clock.today("UTC") - LATER, "deposit_cents": 100},
        "resume": {"stage": cast.stage(2), "next_step": "Call", "due_at": clock.now() + LATER},
    }.get(do, {})
    try:
        if do == "done":
            finish_step(Activity.open_steps(deal).get(), by)
        else:
            order.fire(cast.assessed(deal) if do == "win" else deal, do, by, **given)
    except (Refused, Activity.DoesNotExist):
        pass


def scope_of(viewer, **args) -> ReportScope:
    return ReportScope.read({"period": "90"} | args, viewer.timezone, viewer=viewer)


def table(report: str, key: str, scope: ReportScope) -> dict:
    figures = REPORTS[report].table(key).figures(scope)
    return {row.name: row.cells for row in figures.rows}


def sql(statement: str, *values) -> dict:
    return dict(database.execute_sql(statement, values).fetchall())


def test_each_number_counts_the_records_behind_it_whoever_looks(world):
    """Every table of every report, for three viewers, by person and by pipeline too."""
    wrong, seen = [], 0
    manager, agent = world.manager, world.agent
    scopes = [scope_of(viewer) for viewer in (manager, agent, world.compliance)]
    scopes += [
        scope_of(manager, owner=str(agent.id)),
        scope_of(manager, team=str(manager.id)),
        scope_of(agent, period="all"),
        scope_of(
            manager, **dict.fromkeys(("from", "to"), (clock.today(manager.timezone) - timedelta(days=20)).isoformat())
        ),
    ]
    scopes.append(scope_of(manager, pipeline="used-vehicle-orders", period="all"))
    for scope in scopes:
        for report in REPORTS.values():
            for one in report.figures(scope):
                for row in [*one.rows, *filter(None, [one.total])]:
                    for measure in one.table.measures:
                        if measure.kind == "count":
                            seen += 1
                            behind = one.table.behind(scope, row.key, measure)
                            found = database.execute(behind).fetchall()
                            if len(found) != row.cells[measure.key] or len(set(found)) != len(found):
                                wrong.append((scope.viewer.name, report.key, one.table.key, row.name, measure.key))
                if one.total and one.table.lines is None and one.total.key == EVERY:
                    for measure in one.table.measures:
                        if measure.kind == "count":
                            assert one.total.cells[measure.key] == sum(row.cells[measure.key] for row in one.rows)
    assert wrong == [] and seen > 500


def test_the_funnel_and_the_stays_are_what_the_trail_tells(world):
    scope = scope_of(world.manager, period="all", pipeline="used-vehicle-orders")
    stages = {stage.id: stage for stage in Stage.select()}
    came, skipped, left, lengths = Counter(), Counter(), Counter(), defaultdict(list)
    for deal in Deal.select().where(Deal.pipeline == 2):
        events = audit.history_of(deal)
        entered, undone = [], {event.data.get("undid") for event in events} - {None}
        for event in events:
            stage = event.data.get("to_stage") or (event.verb == "take" and event.data.get("stage"))
            if stage and event.id not in undone:
                entered.append(stages[stage])
        farthest = max(stage.position for stage in [*entered, deal.stage])
        for stage in Stage.select().where(Stage.pipeline == 2):
            reached = deal.won_at is not None or farthest >= stage.position
            came[stage.name] += reached
            skipped[stage.name] += reached and stage not in entered
        came["Won"] += deal.won_at is not None
    funnel = table("pipeline", "funnel", scope)
    assert {name: cells["deals"] for name, cells in funnel.items()} == came
    assert {name: cells["skipped"] for name, cells in funnel.items() if name != "Won"} == skipped
    for deal in Deal.select():
        stays = stays_of(deal, audit.history_of(deal))
        ended = deal.state in (WON, LOST, "cancelled_by_client")
        for stay in stays if ended else stays[:-1]:
            left[stages[stay.stage].name] += 1
            lengths[stages[stay.stage].name].append(stay.stood)
    stays = table("time", "stays", scope_of(world.manager, period="all"))
    taken_back = database.execute_sql("SELECT COUNT(*) FROM stage_visit WHERE left_as = 'undo'").fetchone()[0]
    assert sum(cells["left"] for cells in stays.values()) == sum(left.values()) - taken_back > 10


def test_what_was_done_counts_for_who_did_it_then(world):
    names = dict(User.select(User.id, User.name).tuples())
    Deal.update(owner=world.manager2).execute()  # whoever owns them today
    scope = scope_of(world.manager, period="all")
    won = sql(
        "SELECT actor_id, COUNT(*) FROM event WHERE verb = 'win' AND subject_id IN (SELECT id FROM deal WHERE won_at "
        "IS NOT NULL) GROUP BY 1"
    )
    assert {name: c["deals"] for name, c in table("won-lost", "winners", scope).items()} == {
        names[k]: v for k, v in won.items()
    }
    lost = sql("SELECT loss_reason, COUNT(*) FROM deal WHERE state = 'lost' GROUP BY 1")
    reasons = table("won-lost", "reasons", scope)
    assert sum(cells["deals"] for cells in reasons.values()) == sum(lost.values()) + 1  # and the one that was cancelled
    made = sql(
        "SELECT author_id, COUNT(*) FROM activity WHERE kind IN ('call', 'voicemail', 'email', 'text') GROUP BY 1"
    )
    assert {n: c["contacts"] for n, c in table("activity", "who", scope).items()} == {
        names[k]: v for k, v in made.items()
    }
    placed = sql("SELECT placed_by_id, COUNT(*) FROM hold GROUP BY 1")
    assert {n: c["holds"] for n, c in table("holds", "placed", scope).items()} == {
        names[k]: v for k, v in placed.items()
    }
    kept = sql("SELECT t.assignee_id, COUNT(*) FROM commitment c JOIN activity t ON t.id = c.task_id GROUP BY 1")
    assert {n: c["promises"] for n, c in table("promises", "keepers", scope).items()} == {
        names[k]: v for k, v in kept.items()
    }


def test_the_forecast_weighs_and_the_checklist_judges_case_by_case(world):
    scope = scope_of(world.manager)
    months, weighted = defaultdict(Counter), defaultdict(Counter)
    rng = Random(2)
    for deal in Deal.select():
        deal.expected_close_on = rng.choice((None, clock.today() + timedelta(days=rng.randint(0, 90))))
        Deal.update(expected_close_on=deal.expected_close_on).where(Deal.id == deal.id).execute()
        if deal.state == ACTIVE:
            month = f"{deal.expected_close_on:%B %Y}" if deal.expected_close_on else "No day is set"
            months[month][deal.currency] += deal.value_cents or 0
            weighted[month][deal.currency] += (deal.value_cents or 0) * deal.stage.probability // 100
    forecast = table("forecast", "months", scope)
    assert {n: Counter(c["value"]) for n, c in forecast.items()} == {n: +found for n, found in months.items()}
    assert {n: Counter(c["weighted"]) for n, c in forecast.items()} == {n: +found for n, found in weighted.items()}
    told = table("sop", "checklist", scope_of(world.manager, period="all"))
    holds = "I only put deals On Hold after a call or email attempt."
    assert told[holds]["cases"] == told[holds]["kept"] > 0  # the machine refuses the others
    steps = "SELECT 1 FROM activity t WHERE t.deal_id = deal.id AND t.kind = 'task' AND t.done_at IS NULL"
    stuck = f"SELECT 1, COUNT(*) FROM deal WHERE state = '{ACTIVE}' AND (owner_id IS NULL OR NOT EXISTS ({steps}))"
    late = (
        "SELECT 1, COUNT(*) FROM hold JOIN deal ON deal.id = deal_id WHERE lifted_at IS NULL AND state = ? AND "
        "follow_up_on < ?"
    )
    line = next(cells for name, cells in told.items() if name.startswith("Every lead/deal"))
    assert line["missed"] == sql(stuck)[1] + sql(late, ON_HOLD, clock.today(scope.zone).isoformat())[1]


def test_what_the_triggers_keep_is_what_a_fill_would_make(world):
    """After corrections too: another time, author, kind and outcome, a step that was deleted, a contact that was."""
    called = list(Activity.select().where(Activity.kind == "call").order_by(Activity.id).limit(6))
    Activity.update(at=called[0].at - LATER, author=world.manager2).where(Activity.id == called[0].id).execute()
    Activity.update(outcome="wrong", kind="email").where(Activity.id == called[1].id).execute()
    Activity.delete().where(Activity.follows == called[2].id).execute()
    Activity.update(follows=called[3].id).where(Activity.follows == called[4].id).execute()
    Activity.delete().where(Activity.id == called[5].id).execute()
    tables = {
        "stage_visits": "stage_visit",
        "lead_reach": "lead_reach",
        "contact_day": "contact_day WHERE contacts > 0",
        "step_day": "step_day WHERE steps > 0",
        "unfollowed_contact": "unfollowed_contact",
        "open_step": "open_step",
        "held_deal": "held_deal",
    }
    kept = {part: _rows(table) for part, table in tables.items()}
    database.execute_sql(f"DELETE FROM derived_part WHERE name IN {tuple(tables)}")
    assert set(derived.rebuild()) == {*tables}
    for part, rows in kept.items():
        assert rows and _rows(tables[part]) == rows, part


def _rows(table: str) -> list:
    return database.execute_sql(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").fetchall()
