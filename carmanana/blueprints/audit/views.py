"""The audit trail as a page, and its check from end to end."""

from flask import Blueprint, abort, render_template, request, url_for

from carmanana import worker
from carmanana.blueprints.audit.lists import in_days
from carmanana.records.audit_checks import AuditCheck
from carmanana.reports.audit_checking import begin
from carmanana.reports.period import Period
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.jobs import Course, poll_course, show_course

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

READERS = ("manager", "compliance", "crm_admin")


@blueprint.get("/")
@allow(*READERS)
def index():
    period, refusals = Period.understood(request.args, me().timezone)
    errors = {refusal.field: refusal.sentence for refusal in refusals}
    period = period if not errors and {"from", "to"} & set(request.args) else Period(me().timezone, period="all")
    answer = in_days(period).answer(scope=period, errors=errors, checks=AuditCheck.newest())
    return (answer, 422) if errors else answer


@blueprint.post("/check")
@allow(*READERS)
def check():
    found = begin(me())
    worker.nudge()
    return go(url_for("audit.show", audit_check_id=found.id))


@blueprint.get("/checks/<id:audit_check_id>")
@allow(*READERS)
def show(audit_check_id: int):
    found = _check_or_404(audit_check_id)
    return show_course(_course(found)) if found.working else render_template("audit/check.html", check=found)


@blueprint.get("/checks/<id:audit_check_id>/progress")
@allow(*READERS)
def progress(audit_check_id: int):
    found = _check_or_404(audit_check_id)
    return poll_course(_course(found), found.working)


def _check_or_404(audit_check_id: int) -> AuditCheck:
    return AuditCheck.get_or_none(AuditCheck.id == audit_check_id) or abort(404)


def _course(found: AuditCheck) -> Course:
    return Course(
        title="Checking the audit trail",
        about="Each event is compared with the one before it",
        stands=found.state_name,
        settled=min(found.settled, found.total),
        total=found.total,
        unit="event",
        counts=[],
        poll=url_for("audit.progress", audit_check_id=found.id),
        report=url_for("audit.show", audit_check_id=found.id),
        back=("Audit", url_for("audit.index")),
    )
