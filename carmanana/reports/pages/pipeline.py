"""From order to won: how many deals came how far, and where they were lost."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from peewee import JOIN, SQL, Case, fn

from carmanana.core.db import database
from carmanana.records.deal_codes import CANCELLED, LOSING, LOST, OPEN, WON
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.records.stage_visits import StageVisit
from carmanana.reports.measures import FIRST, PREVIOUS, count, share
from carmanana.reports.pages.stage_time import SLOWEST
from carmanana.reports.registry import Report
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.tables import Line, Row, Table
from carmanana.schema import sqlite

BEEN_WON = "won"
MOST_NAMES = 60  # as many bits as a number has
FARTHEST, STOOD_IN = SQL("reach.farthest"), SQL("reach.stood_in")


def _stages(scope: ReportScope) -> dict[str, list[Stage]]:
    """The stages of the boards by their name, in the order of the boards."""
    stages = Stage.select(Stage, Pipeline).join(Pipeline).where(~Stage.archived)
    if scope.pipeline:
        stages = stages.where(Stage.pipeline == scope.pipeline)
    named: dict[str, list[Stage]] = {}
    for stage in sorted(stages, key=lambda stage: (stage.position, stage.pipeline.position)):
        named.setdefault(stage.name, []).append(stage)
    return dict(list(named.items())[:MOST_NAMES])


def _reach(scope: ReportScope):
    """Of each deal the place of the farthest stage of its board that it stood in, and in which it stood, as bits."""
    bits = [(StageVisit.stage == s.id, 1 << n) for n, stages in enumerate(_stages(scope).values()) for s in stages]
    made = scope.deals(scope.within(Deal.created_at)).select(Deal.id, Deal.pipeline).alias("made")
    stood_in = fn.SUM(fn.DISTINCT(Case(None, bits, 0))) if bits else SQL("0")
    visits = StageVisit.select(
        StageVisit.deal, fn.MAX(Stage.position).alias("farthest"), stood_in.alias("stood_in")
    ).join(made, on=StageVisit.deal == made.c.id)
    visits = visits.join(Stage, on=(Stage.id == StageVisit.stage) & (Stage.pipeline == made.c.pipeline_id))
    return visits.where(StageVisit.counts()).group_by(StageVisit.deal).alias("reach")


def _made(scope: ReportScope):
    return scope.deals(scope.within(Deal.created_at)).join(Pipeline)


def _with_reach(scope: ReportScope):
    reach = _reach(scope)
    deals = scope.deals(scope.within(Deal.created_at))
    return deals.join(reach, JOIN.LEFT_OUTER, on=Deal.id == reach.c.deal_id).switch(Deal).join(Stage)


def _steps(scope: ReportScope) -> list[Line]:
    named = _stages(scope).items()
    lines = [
        Line(name, name, _came_to(stages), {"skipped": _stood_in(n) == 0}) for n, (name, stages) in enumerate(named)
    ]
    return [*lines, Line(BEEN_WON, "Won", Deal.won_at.is_null(False), {"skipped": SQL("0")})]


def _stood_in(number: int):
    return fn.COALESCE(STOOD_IN, 0).bin_and(1 << number)


def _came_to(stages: list[Stage]):
    """It was won, or stood there or farther on; where its trail tells nothing, where it stands."""
    came = fn.MAX(fn.COALESCE(FARTHEST, 0), Case(None, [(Stage.pipeline == Deal.pipeline, Stage.position)], 0))
    there = [(Deal.pipeline == stage.pipeline_id) & (came >= stage.position) for stage in stages]
    theirs = Deal.pipeline.in_([stage.pipeline_id for stage in stages])
    return reduce(or_, there) | (theirs & Deal.won_at.is_null(False))


@dataclass(frozen=True)
class Funnel(Table):
    """Counts of each way that deals went how many went it, so that thousands of deals are a few hundred ways."""

    def _by_line(self, scope: ReportScope) -> list[Row]:
        names, place = _stages(scope), {s.id: (s.pipeline_id, s.position) for s in Stage.select()}
        reached, skipped = dict.fromkeys([*names, BEEN_WON], 0), dict.fromkeys([*names, BEEN_WON], 0)
        for pipeline, here, won, path, deals in _ways(scope):
            stood = {stage for stage in map(int, path.split(",") if path else ()) if place[stage][0] == pipeline}
            farthest = max((place[stage][1] for stage in stood | {here} if place[stage][0] == pipeline), default=0)
            reached[BEEN_WON] += deals * won
            for name, stages in names.items():
                if any(s.pipeline_id == pipeline and (won or farthest >= s.position) for s in stages):
                    reached[name] += deals
                    skipped[name] += deals * stood.isdisjoint(s.id for s in stages)
        return [
            Row(line.key, line.name, {"deals": reached[line.key], "skipped": skipped[line.key]})
            for line in _steps(scope)
        ]


def _ways(scope: ReportScope):
    """Where deals are now, whether they were won, in which stages they stood, and how many of them."""
    path = StageVisit.select(sqlite.listed(StageVisit.stage)).where(StageVisit.deal == Deal.id, StageVisit.counts())
    way = [sqlite.unindexed(Deal.pipeline), Deal.stage, Deal.won_at.is_null(False), path]
    made = scope.deals(scope.through(Deal.created_at)).select(*way, fn.COUNT(SQL("1")))
    return database.execute(made.group_by(SQL("1, 2, 3, 4"))).fetchall()


def _funnel() -> Table:
    reached = (
        "Deals made in these days that stood in this stage or in a later one of their board, or were won. "
        "A step that was taken back does not count."
    )
    skipped = "Of these, how many never stood in this stage: they were moved, or won, past it."
    return Funnel(
        "funnel", "From order to won", "Stage", "deal", _with_reach, Deal.id, lines=_steps, total=False, chart="deals",
        measures=(
            count("deals", "Deals", reached),
            share("of_all", "Of all", "Of those that reached the first stage.", "deals", "deals", FIRST),
            share("go_on", "Go on", "Of those that reached the stage before.", "deals", "deals", PREVIOUS),
            count("skipped", "Skipped it", skipped),
        ),
        empty="No deal was made in these days.",
    )  # fmt: skip


def _named(scope: ReportScope) -> dict:
    return {pipeline.id: pipeline.name for pipeline in Pipeline.in_order()}


def _conversion() -> Table:
    lost = Deal.state.in_((LOST, CANCELLED))
    return Table(
        "conversion", "What became of them", "Pipeline", "deal", _made, Deal.id, by=Deal.pipeline, names=_named,
        in_order=True,
        measures=(
            count("deals", "Deals", "Deals made in these days, by the board on which they are now."),
            count("open", "Open", "Active or on hold now.", lambda scope: Deal.state.in_(OPEN)),
            count("losing", "Under review", "Losing Order – Cancellation Requested.", lambda scope: Deal.state == LOSING),
            count("won", "Won", "Won and neither reopened nor lost since.", lambda scope: Deal.state == WON),
            count("lost", "Lost", "Lost, or cancelled by the customer.", lambda scope: lost),
            share("rate", "Conversion", "Won of all that were made.", "won", "deals"),
        ),
        chart="won", empty="No deal was made in these days.",
    )  # fmt: skip


def _names_of_stages(scope: ReportScope) -> dict:
    return {name: name for name in _stages(scope)}


def _where_lost() -> Table:
    return Table(
        "lost-in", "Where they were lost", "Stage", "deal",
        lambda scope: _made(scope).switch(Deal).join(Stage).where(Deal.state.in_((LOST, CANCELLED))),
        Deal.id, by=Stage.name, names=_names_of_stages,
        measures=(
            count("deals", "Deals", "Deals made in these days and lost or cancelled since, by the stage in which they stood last."),
            count("cancelled", "Cancelled", "Of these, cancelled by the customer.", lambda scope: Deal.state == CANCELLED),
        ),
        chart="deals", empty="None of the deals made in these days is lost.",
    )  # fmt: skip


PIPELINE = Report(
    "pipeline",
    "Pipeline",
    "How far the deals came that were made in these days",
    (_funnel(), _conversion(), _where_lost(), SLOWEST),
)
