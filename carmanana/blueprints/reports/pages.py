"""The reports of the registry: a page each, its file, and the records behind each of its numbers."""

from dataclasses import replace

from flask import abort, render_template, request, url_for
from peewee import Join

from carmanana.blueprints.reports.base import blueprint
from carmanana.blueprints.reports.moved import lead_on
from carmanana.records.lead_codes import SOURCES
from carmanana.records.pipelines import Pipeline
from carmanana.reports import sheets
from carmanana.reports.behind import SUBJECTS
from carmanana.reports.pages import REPORTS
from carmanana.reports.period import PERIODS
from carmanana.reports.registry import READERS, Report
from carmanana.reports.report_scope import ReportScope, choices_for
from carmanana.reports.tables import EVERY
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.files.csv_files import sheet
from carmanana.web.lists import Column, List

RECORD = Column("record", "Record", lambda row: row.name, always=True)
COLUMNS = (
    Column("about", "What", lambda row: row.about),
    Column("who", "Who", lambda row: row.who),
    Column("at", "When", lambda row: row.at),
    Column("days", "Days", lambda row: "" if row.figure is None else row.figure, number=True),
    Column("amount", "Amount", lambda row: row.money, number=True),
)


def page(report: Report):
    scope, refusals = ReportScope.understood(request.args, me().timezone, viewer=me())
    context = {"report": report, "scope": scope, "endpoint": f"reports.{report.key}"}
    context |= {"people": choices_for(me()), "pipelines": list(Pipeline.in_order()), "periods": PERIODS}
    context |= {"sources": SOURCES}
    if refusals:
        errors = {refusal.field: refusal.sentence for refusal in refusals}
        return render_template("reports/report.html", errors=errors, figures=None, **context), 422
    context["figures"] = report.figures(scope)
    context["tiles"] = report.tile_figures(context["figures"])
    return render_template("reports/report.html", errors={}, **context)


def view_of(report: Report):
    @allow(*READERS)
    def view():
        return page(report)

    return view


for each in REPORTS.values():
    blueprint.add_url_rule(f"/{each.key}", each.key, view_of(each))


@blueprint.get("/<report>/file")
@allow(*READERS)
def file(report: str):
    """All tables of a report: one after the other, or each on a sheet of its own."""
    found, scope = _report_or_404(report), ReportScope.read(request.args, me().timezone, viewer=me())
    name, figures = f"{found.key}-{scope.name}", found.figures(scope)
    if request.args.get("format") == "xlsx":
        from carmanana.web.files.workbooks import workbook  # heavy, and hardly ever asked for

        return workbook(name, {one.table.title: sheets.rows(one) for one in figures})
    return sheet(name, (row for one in figures for row in [[one.table.title], *sheets.rows(one), []]))


@blueprint.get("/<report>.csv")
@allow(*READERS)
def records(report: str):
    """What a report is about, one a line."""
    found, scope = _report_or_404(report), ReportScope.read(request.args, me().timezone, viewer=me())
    return sheet(f"{found.key}-one-a-line-{scope.name}", found.records(scope)) if found.records else abort(404)


@blueprint.get("/<report>/rows")
@allow(*READERS)
def behind(report: str):
    """The records that a number counts."""
    found, scope = _report_or_404(report), ReportScope.read(request.args, me().timezone, viewer=me())
    table = found.table(request.args.get("table", found.tables[0].key)) or abort(404)
    measure = table.measure(request.args.get("measure", table.measures[0].key)) or abort(404)
    key = request.args.get("of", EVERY)
    rows = table.behind(scope, key, measure) if measure.listed else None
    if rows is None:
        abort(404)
    subject = SUBJECTS[table.subject_of(key)]
    values = scope.query | {"report": report, "table": table.key, "measure": measure.key, "of": key}
    described = List(
        name="behind",
        title=f"{table.title}: {table.name_of(scope, key)}",
        endpoint="reports.behind",
        one=subject.one,
        many=subject.many,
        columns=(replace(RECORD, sort=table.id_of(key)), *COLUMNS),
        scope=lambda by: table.behind(scope, key, measure),
        load=lambda ids: subject.load(ids, me()),
        cells="reports/_behind.html",
        id=table.id_of(key),
        sort="record",
        descending=True,
        template="reports/behind.html",
        values=values,
        walked=not any(isinstance(source, Join) for source in rows._from_list),
        empty=("search", "Nothing is counted here", measure.definition),
    )
    return described.answer(
        report=found, scope=scope, table=table, measure=measure, back=url_for(f"reports.{found.key}", **scope.query)
    )


def _report_or_404(key: str) -> Report:
    lead_on(key)
    return REPORTS.get(key) or abort(404)
