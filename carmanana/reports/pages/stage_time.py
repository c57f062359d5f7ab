"""How long deals stand in each stage, and which are stalled now."""

from dataclasses import replace

from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage
from carmanana.records.stage_visits import StageVisit
from carmanana.reports.measures import count, middle, share, since
from carmanana.reports.registry import Report
from carmanana.reports.report_scope import EVERYTHING, ReportScope
from carmanana.reports.tables import Table

DAY = 86_400


def names_of_stages(scope: ReportScope) -> dict:
    rows = Stage.select(Stage.name).join(Stage.pipeline.rel_model).order_by(Stage.position, Stage.id)
    return {name: name for (name,) in rows.where(*_of_pipeline(scope)).tuples()}


def _far() -> dict:
    return dict(Stage.select(Stage.id, Stage.name).tuples())


def _of_pipeline(scope: ReportScope) -> list:
    return [Stage.pipeline == scope.pipeline.id if scope.pipeline else EVERYTHING]


def _left(scope: ReportScope):
    visits = StageVisit.select().join(Stage).where(scope.within(StageVisit.left_at), StageVisit.counts())
    return visits.where(*scope.of_people(StageVisit.left_by), *_of_pipeline(scope))


def _standing(scope: ReportScope):
    return scope.deals(Deal.state == ACTIVE).join(Stage)


def _stood(scope: ReportScope):
    return StageVisit.stood / 3600 * 3600


def _here(scope: ReportScope):
    return since(Deal.in_stage_since, scope)


def _allowed():
    return Stage.ageing_days * DAY


STAYS = Table(
    "stays", "Time in stage", "Stage", "visit", _left, StageVisit.id, by=Stage.name, names=names_of_stages,
    in_order=True, near=StageVisit.stage, far=_far,
    measures=(
        count("left", "Left it",
            "How often a deal left the stage in these days: for another one, or because it ended; by whoever "
            "took that step."),
        middle("median", "Median",
            "Days from entering the stage to leaving it that half of them did not exceed; days on hold and under "
            "review are left out.", _stood),
        middle("nine", "Nine in ten", "Days that nine in ten of them did not exceed.", _stood, at=0.9),
        count("over", "Stalled", "Stood there longer than the stage allows (its ageing days).",
            lambda scope: StageVisit.stood > _allowed()),
        share("share", "Of all", "Stalled, of those that left it.", "over", "left"),
    ),
    chart="median", empty="No deal left a stage in these days.",
)  # fmt: skip

AGEING = Table(
    "ageing", "Standing now", "Stage", "deal", _standing, Deal.id, by=Stage.name, names=names_of_stages, in_order=True,
    rests=True, near=Deal.stage, far=_far,
    measures=(
        count("deals", "Deals", "Active deals that stand in the stage now."),
        count("week", "Up to 7 days", "Here for at most 7 days.", lambda scope: _here(scope) <= 7 * DAY),
        count("fortnight", "8 to 14", "Here for 8 to 14 days.",
            lambda scope: (_here(scope) > 7 * DAY) & (_here(scope) <= 14 * DAY)),
        count("month", "15 to 30", "Here for 15 to 30 days.",
            lambda scope: (_here(scope) > 14 * DAY) & (_here(scope) <= 30 * DAY)),
        count("longer", "Longer", "Here for more than 30 days.", lambda scope: _here(scope) > 30 * DAY),
        count("stalled", "Stalled", "Longer than the stage allows (its ageing days).",
            lambda scope: _here(scope) > _allowed()),
        middle("median", "Median", "Days that half of them have stood there.", _here),
    ),
    chart="deals", empty="No active deal stands in a stage now.",
)  # fmt: skip

SLOWEST = replace(
    STAYS, key="slowest", title="Slowest steps", in_order=False, measures=(STAYS.measures[1], STAYS.measures[0])
)

STAGE_TIME = Report("time", "Time in stage", "How long deals stand in each stage", (STAYS, AGEING))
