"""Deals won and lost in these days, by whoever did it then, and why they were lost."""

from peewee import Case, fn

from carmanana.records.cancellations import CANCELLED as DECIDED
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import CANCELLED, LOSS_REASONS, LOST, WON
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.records.stage_visits import StageVisit
from carmanana.reports.measures import count, middle, money
from carmanana.reports.pages.stage_time import names_of_stages
from carmanana.reports.registry import Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table
from carmanana.schema.sqlite import unindexed_condition

BY_CUSTOMER = "cancelled"
UNKNOWN = "Not known: imported"


def _who(step: str):
    """Whoever took the last such step, whoever owns the deal today."""
    taken = StageVisit.select(StageVisit.left_by).where(StageVisit.deal == Deal.id, StageVisit.left_as == step)
    return taken.order_by(StageVisit.id.desc()).limit(1)


def _decided():
    requests = CancellationRequest.select(CancellationRequest.ended_by)
    found = requests.where(CancellationRequest.deal == Deal.id, CancellationRequest.state == DECIDED)
    return found.order_by(CancellationRequest.id.desc()).limit(1)


WON_BY = _who("win")
LOST_BY = Case(Deal.state, [(CANCELLED, _decided())], _who("lose"))
REASON = Case(Deal.state, [(CANCELLED, BY_CUSTOMER)], Deal.loss_reason)
GONE = (LOST, CANCELLED)


def won(scope: ReportScope):
    return _won(scope, scope.within(Deal.won_at))


def won_by(scope: ReportScope):
    return _won(scope, scope.through(Deal.won_at))


def _won(scope: ReportScope, then):
    return Deal.select().where(then, *scope.of_pipeline(), *scope.of_people(WON_BY))


def lost(scope: ReportScope):
    deals = Deal.select().where(Deal.state.in_(GONE), scope.within(Deal.state_since), *scope.of_pipeline())
    return deals.where(*scope.of_people(LOST_BY))


def _took(scope: ReportScope):
    return (fn.unixepoch(Deal.won_at) - fn.unixepoch(Deal.created_at)) / 3600 * 3600


VALUE = money("value", "Value", "What they are worth now.", Deal.value_cents)
LOST_DEALS = count(
    "deals", "Deals", "Deals that were lost in these days, or cancelled by the customer, and are so still."
)
WINNERS = Table(
    "winners", "Won", "Won by", "deal", won_by, Deal.id, by=WON_BY, names=people, otherwise=UNKNOWN,
    measures=(
        count("deals", "Deals", "Deals won in these days, by whoever won them, whatever became of them since."),
        count("kept", "Still won", "Won still.", lambda scope: Deal.state == WON),
        VALUE,
        middle("median", "Median", "Days from the deal's making to its winning that half of them did not exceed.",
            _took, lambda scope: unindexed_condition(Deal.won_at >= Deal.created_at)),
    ),
    chart="deals", currency=Deal.currency, empty="No deal was won in these days.",
)  # fmt: skip
BOARDS = Table(
    "boards", "Won by pipeline", "Pipeline", "deal", won, Deal.id, by=Deal.pipeline,
    names=lambda scope: {pipeline.id: pipeline.name for pipeline in Pipeline.in_order()}, in_order=True,
    measures=(count("deals", "Deals", "Deals won in these days, by the board on which they are now."), VALUE),
    chart="deals", currency=Deal.currency, empty="No deal was won in these days.",
)  # fmt: skip
REASONS = Table(
    "reasons", "Why deals were lost", "Reason", "deal", lost, Deal.id, by=REASON, currency=Deal.currency,
    names=lambda scope: LOSS_REASONS | {BY_CUSTOMER: "Cancelled by the customer"}, measures=(LOST_DEALS, VALUE),
    chart="deals", empty="No deal was lost in these days.",
)  # fmt: skip
STAGES = Table(
    "stages", "Where deals were lost", "Stage", "deal", lambda scope: lost(scope).join(Stage), Deal.id, by=Stage.name,
    names=names_of_stages, in_order=True, measures=(LOST_DEALS,), chart="deals",
    empty="No deal was lost in these days.",
)  # fmt: skip
LOSERS = Table(
    "losers", "Lost by", "Closed by", "deal", lost, Deal.id, by=LOST_BY, names=people, otherwise=UNKNOWN,
    measures=(
        LOST_DEALS,
        count("cancelled", "Cancelled", "Of these, decided in a cancellation review.",
            lambda scope: Deal.state == CANCELLED),
    ),
    chart="deals", empty="No deal was lost in these days.",
)  # fmt: skip

WON_LOST = Report(
    "won-lost", "Won and lost", "Deals won and lost in these days", (WINNERS, BOARDS, REASONS, STAGES, LOSERS)
)
