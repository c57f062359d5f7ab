"""Numbers for managers: how many orders are saved, by what, and how soon customers are called."""

from itertools import chain

from flask import Blueprint, render_template, request

from carmanana.records.pipelines import Pipeline
from carmanana.reports import cases
from carmanana.reports.contact_times import SPANS
from carmanana.reports.saving import saving as count_saving
from carmanana.reports.scope import PERIODS, Scope
from carmanana.web.access import allow
from carmanana.web.csv_files import sheet
from carmanana.web.current_user import me

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

READERS = ("manager", "compliance", "crm_admin")


@blueprint.get("/saving")
@allow(*READERS)
def saving():
    scope, refusals = Scope.understood(request.args, me().timezone)
    if refusals:
        return _page(scope, errors={refusal.field: refusal.sentence for refusal in refusals}), 422
    return _page(scope, report=count_saving(scope))


def _page(scope: Scope, report=None, errors=None) -> str:
    pipelines = list(Pipeline.in_order())
    return render_template(
        "reports/saving.html",
        scope=scope,
        report=report,
        errors=errors or {},
        pipelines=pipelines,
        periods=PERIODS,
        spans=SPANS,
    )


@blueprint.get("/saving.csv")
@allow(*READERS)
def saving_cases():
    scope = Scope.read(request.args, me().timezone)
    return sheet(f"saving-{scope.name}", chain([cases.headings(scope)], cases.cases(scope)))
