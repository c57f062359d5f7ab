"""Numbers: how many orders are saved and by what, how soon customers are called, and what becomes of leads."""

from itertools import chain

from flask import render_template, request

from carmanana.blueprints.reports.base import blueprint
from carmanana.records.lead_codes import SOURCES
from carmanana.records.pipelines import Pipeline
from carmanana.reports import cases, lead_rows
from carmanana.reports.contact_times import SPANS
from carmanana.reports.lead_numbers import WITHIN, lead_numbers
from carmanana.reports.lead_scope import LeadScope, choices_for
from carmanana.reports.period import PERIODS
from carmanana.reports.saving import saving as count_saving
from carmanana.reports.scope import Scope
from carmanana.reports.sequence_numbers import sequence_numbers
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.files.csv_files import sheet

READERS = ("manager", "compliance", "crm_admin")
OF_LEADS = ("agent", *READERS)


@blueprint.get("/saving")
@allow(*READERS)
def saving():
    scope, refusals = Scope.understood(request.args, me().timezone)
    if refusals:
        return _page(scope, errors=_sentences(refusals)), 422
    return _page(scope, report=count_saving(scope))


def _sentences(refusals) -> dict:
    return {refusal.field: refusal.sentence for refusal in refusals}


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


@blueprint.get("/leads")
@allow(*OF_LEADS)
def leads():
    scope, refusals = LeadScope.understood(request.args, me().timezone, viewer=me())
    if refusals:
        return _leads_page(scope, errors=_sentences(refusals)), 422
    return _leads_page(scope, report=lead_numbers(scope), sequences=sequence_numbers(scope))


def _leads_page(scope: LeadScope, report=None, sequences=(), errors=None) -> str:
    return render_template(
        "reports/leads.html",
        scope=scope,
        report=report,
        sequences=sequences,
        errors=errors or {},
        people=choices_for(me()),
        sources=SOURCES,
        periods=PERIODS,
        limits=WITHIN,
    )


@blueprint.get("/leads.csv")
@allow(*OF_LEADS)
def lead_file():
    scope = LeadScope.read(request.args, me().timezone, viewer=me())
    return sheet(f"leads-{scope.name}", chain([lead_rows.headings(scope)], lead_rows.rows(scope)))
