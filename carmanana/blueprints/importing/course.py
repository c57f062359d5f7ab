"""The course of an import once it is started, and its undoing."""

from flask import render_template, request, url_for

from carmanana import sweeps, worker
from carmanana.importing import report, uploading
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.undoing import kept_deals
from carmanana.records.imports import UNDONE, UPLOADED, ImportBatch
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go, htmx
from carmanana.web.loading import sent_version
from carmanana.web.steps import submit

from .base import IMPORTERS, batch_or_404, blueprint, upload_or_404
from .forms import sent_twins
from .terms import preview_page

LISTED = 100


@blueprint.post("/<id:batch_id>/start")
@allow(*IMPORTERS)
def start(batch_id: int):
    batch = upload_or_404(batch_id)
    form = DealershipForm()

    def begin():
        uploading.start(batch, me(), request.form.get("again") == "yes", sent_version(), sent_twins(me()))
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
        return render_template("importing/progress.html", batch=batch, away=sweeps.worker_is_away())
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
    """What the page asks for every second, until there is a report."""
    batch = batch_or_404(batch_id)
    if not htmx or not batch.working:
        return go(url_for("importing.show", batch_id=batch_id))
    return render_template("importing/_progress.html", batch=batch, away=sweeps.worker_is_away())


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
