"""One step for many records: the question with its preview, the doing, and the report."""

from flask import Blueprint, abort, render_template, request, url_for

from carmanana import worker
from carmanana.blueprints.bulk.forms import sent_count
from carmanana.blueprints.bulk.lists import BULK_RUNS
from carmanana.blueprints.bulk.page import Asked, dialog, preview_again, said
from carmanana.bulk import report, running
from carmanana.bulk.kinds import KINDS, kind_of
from carmanana.bulk.subjects import subject_of
from carmanana.records.bulk import BulkRun
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.files.csv_files import sheet
from carmanana.web.filters import number, plural
from carmanana.web.fragments import go, htmx
from carmanana.web.jobs import Course, poll_course, show_course
from carmanana.web.steps import submit

blueprint = Blueprint("bulk", __name__, url_prefix="/bulk")

WORKERS = ("agent", "manager")
KIND = f"<any({','.join(map(repr, KINDS))}):kind>".replace("'", '"')


@blueprint.post(f"/{KIND}")
@allow(*WORKERS)
def ask(kind: str):
    """The dialog, or its preview alone where another target was chosen in it."""
    asked = Asked(kind)
    return preview_again(asked) if request.form.get("part") == "preview" else dialog(asked)


@blueprint.post(f"/{KIND}/run")
@allow(*WORKERS)
def begin(kind: str):
    asked = Asked(kind)
    return submit(asked.form, lambda: _on_its_way(_begun(asked)), lambda status: dialog(asked, status))


def _begun(asked: Asked) -> BulkRun:
    once = request.form.get("once", "")
    return running.begin(asked.kind, asked.chosen, asked.form.given(), me(), once, sent_count(), asked.back)


def _on_its_way(run: BulkRun):
    """A few at once; more go to the worker. Where nothing was refused there is nothing to report."""
    if run.total > running.AT_ONCE:
        worker.nudge()
        return go(url_for("bulk.show", run_id=run.id))
    running.run(run)
    run = BulkRun.get_by_id(run.id)
    if run.refused or not htmx:
        return go(url_for("bulk.show", run_id=run.id))
    word = subject_of(kind_of(run.subject, run.kind).model).word
    return go(run.back, f"{plural(run.done, word)} {said(run)}")


@blueprint.get("/")
@allow(*WORKERS)
def index():
    return BULK_RUNS.answer()


@blueprint.get("/<id:run_id>")
@allow(*WORKERS)
def show(run_id: int):
    run = _run_or_404(run_id)
    if run.working:
        return show_course(_course(run))
    kind = kind_of(run.subject, run.kind)
    told = {"run": run, "kind": kind, "subject": subject_of(kind.model), "said": said(run)}
    return render_template(
        "bulk/show.html", refused=report.refused(run, me()), done=report.done(run, me()), listed=report.LISTED, **told
    )


@blueprint.get("/<id:run_id>/progress")
@allow(*WORKERS)
def progress(run_id: int):
    run = _run_or_404(run_id)
    return poll_course(_course(run), run.working)


def _course(run: BulkRun) -> Course:
    kind = kind_of(run.subject, run.kind)
    unit = subject_of(kind.model).word
    return Course(
        title=kind.title,
        about=f"{plural(run.total, unit)} to be {said(run)}",
        stands="Under way" if run.settled else "Waiting to start",
        settled=run.settled,
        total=run.total,
        unit=unit,
        counts=[(f"{number(run.refused)} refused", "late")] if run.refused else [],
        poll=url_for("bulk.progress", run_id=run.id),
        report=url_for("bulk.show", run_id=run.id),
        back=("Go back", run.back),
    )


@blueprint.get("/<id:run_id>/report.csv")
@allow(*WORKERS)
def csv(run_id: int):
    run = _run_or_404(run_id)
    return sheet(f"bulk-report-{run.id}", report.rows(run, me()))


def _run_or_404(run_id: int) -> BulkRun:
    return BulkRun.visible_to(me()).where(BulkRun.id == run_id).first() or abort(404)
