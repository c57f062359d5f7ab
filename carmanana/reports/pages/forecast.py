"""What the active deals are likely to bring, by the month in which they are expected to close."""

from datetime import date

from peewee import fn

from carmanana.core import locales
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.reports.measures import count, money
from carmanana.reports.pages.workload import NOBODY, owned
from carmanana.reports.registry import PEOPLE, PIPELINE, Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table


def _active(scope: ReportScope):
    return scope.deals(Deal.state == ACTIVE).join(Stage)


MONTH = fn.SUBSTR(Deal.expected_close_on, 1, 7)


def _months(scope: ReportScope) -> dict:
    """Whatever months there are, in order; none of them is before the year 2000."""
    found = _active(scope).select(MONTH).where(Deal.expected_close_on.is_null(False)).distinct().order_by(MONTH)
    return {month: locales.month(date.fromisoformat(f"{month}-01"), scope.viewer.locale) for (month,) in found.tuples()}


def _days_passed(scope: ReportScope):
    return Deal.expected_close_on < scope.today


WEIGHTED = Deal.value_cents * Stage.probability / 100
MEASURES = (
    count("deals", "Deals", "Active deals; those on hold and under cancellation review are left out."),
    money("value", "Value", "What these deals are worth.", Deal.value_cents),
    money("weighted", "Weighted",
        "The value of each, times the share of deals at its stage that are won (the stage's probability).", WEIGHTED),
)  # fmt: skip
BY_MONTH = Table(
    "months", "By month of expected close", "Month", "deal", _active, Deal.id, by=MONTH, names=_months,
    otherwise="No day is set",
    in_order=True, rests=True, chart="weighted", currency=Deal.currency, empty="No deal is active now.",
    measures=(
        *MEASURES,
        count("passed", "Day has passed", "They were expected to close before today.", _days_passed),
        count("unvalued", "No value", "Deals without a value, which add nothing.",
            lambda scope: Deal.value_cents.is_null()),
    ),
)  # fmt: skip
BY_BOARD = Table(
    "boards", "By pipeline", "Pipeline", "deal", _active, Deal.id, by=Deal.pipeline, in_order=True, rests=True,
    names=lambda scope: {pipeline.id: pipeline.name for pipeline in Pipeline.in_order()}, measures=MEASURES,
    chart="weighted", currency=Deal.currency, empty="No deal is active now.",
)  # fmt: skip
BY_OWNER = Table(
    "owners", "By owner", "Owner now", "deal", _active, Deal.id, by=owned(Deal.owner), names=people, otherwise=NOBODY,
    rests=True,
    measures=MEASURES, chart="weighted", currency=Deal.currency, empty="No deal is active now.",
)  # fmt: skip

FORECAST = Report(
    "forecast",
    "Forecast",
    "What the active deals are likely to bring",
    (BY_MONTH, BY_BOARD, BY_OWNER),
    (PIPELINE, PEOPLE),
)
