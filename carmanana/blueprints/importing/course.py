"""The course of an import once it is started, and its undoing."""

from flask import render_template, request, url_for

from carmanana import worker
from carmanana.importing import report, uploading
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.undoing import kept_deals
from carmanana.records.imports import QUEUED, UNDOING, UNDONE, UPLOADED, ImportBatch
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.filters import number, plural
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go
from carmanana.web.jobs import Course, poll_course, show_course
from carmanana.web.loading import sent_version
from carmanana.web.steps import submit

from .base import IMPORTERS, batch_or_404, blueprint, upload_or_404
from .forms import sent_duplicates
from .terms import preview_page

LISTED = 100


@blueprint.post("/<id:batch_id>/start")
@allow(*IMPORTERS)
def start(batch_id: int):
    batch = upload_or_404(batch_id)
    form = DealershipForm()

    def begin():
        uploading.start(batch, me(), request.form.get("again") == "yes", sent_version(), sent_duplicates(me()))
        return _on_its_way(batch)

    return submit(form, begin, lambda status: (preview_page(batch, form.refused), status))


def _on_its_way(batch: ImportBatch):
    worker.nudge()
    return go(url_for("importing.show", batch_id=batch.id))


@blueprint.get("/<id:batch_id>")
@allow(*IMPORTERS)
def show(batch_id: int):
    batch = batch_or_404(batch_id)
    if batch.state == UPLOADED:
        return go(url_for("importing.columns", batch_id=batch_id))
    if batch.working:
        return show_course(_course(batch))
    return render_template(
        "importing/show.html",
        batch=batch,
        reasons=report.reasons(batch),
        rows=list(report.refused_rows(batch, LISTED)),
        kept=list(kept_deals(batch, LISTED)) if batch.state == UNDONE else [],
        listed=LISTED,
    )


@blueprint.get("/<id:batch_id>/progress")
@allow(*IMPORTERS)
def progress(batch_id: int):
    batch = batch_or_404(batch_id)
    return poll_course(_course(batch), batch.working)


def _course(batch: ImportBatch) -> Course:
    undoing = batch.state == UNDOING
    brought = [plural(batch.deals_made, "deal"), plural(batch.customers_made, "new customer")]
    if batch.leads_made:
        brought.insert(1, plural(batch.leads_made, "lead"))
    brought = [*(plural(number, kind[:-1]) for number, kind in batch.records), *brought]
    refused = [(f"{number(batch.refused)} refused", "late")] if batch.refused else []
    return Course(
        title=batch.name,
        about=plural(batch.total, "row"),
        stands="Waiting to start" if batch.state == QUEUED else batch.state_name,
        settled=batch.progress,
        total=batch.goal,
        unit="record" if undoing else "row",
        counts=[] if undoing else [*((words, "") for words in brought), *refused],
        poll=url_for("importing.progress", batch_id=batch.id),
        report=url_for("importing.show", batch_id=batch.id),
        back=("All imports", url_for("importing.index")),
    )


@blueprint.post("/<id:batch_id>/go-on")
@allow(*IMPORTERS)
def go_on(batch_id: int):
    return _on_its_way(import_steps.fire(batch_or_404(batch_id), "go_on", me()))


@blueprint.route("/<id:batch_id>/undoing", methods=["GET", "POST"])
@allow(*IMPORTERS)
def undoing(batch_id: int):
    batch = batch_or_404(batch_id)
    if request.method == "POST":
        return _on_its_way(import_steps.fire(batch, "undo", me()))
    back = url_for("importing.show", batch_id=batch_id)
    return show_dialog(
        "importing/undoing.html",
        "Undo the import",
        back,
        batch=batch,
        form_action=url_for("importing.undoing", batch_id=batch_id),
    )
