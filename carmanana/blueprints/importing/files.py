"""The list of imports, a new file, and the file of refused rows."""

from flask import Response, abort, request, url_for

from carmanana import sweeps
from carmanana.importing import report, uploading
from carmanana.importing.files.unreadable import Unreadable
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.fragments import go

from .base import IMPORTERS, batch_or_404, blueprint, upload_or_404
from .forms import ROWS, sent_rows
from .lists import IMPORTS


@blueprint.get("/")
@allow(*IMPORTERS)
def index():
    return _page()


def _page(error: str = "") -> str:
    return IMPORTS.answer(error=error, away=sweeps.worker_is_away(), rows=ROWS)


@blueprint.post("/")
@allow(*IMPORTERS)
def upload():
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page("Choose a file first."), 422
    try:
        batch = uploading.upload(file.stream, file.filename, me(), request.form.get("once", ""), sent_rows())
    except Unreadable as unreadable:
        return _page(unreadable.sentence), 422
    except OSError:
        abort(503)
    return go(url_for("importing.columns", batch_id=batch.id))


@blueprint.post("/<id:batch_id>/throw-away")
@allow(*IMPORTERS)
def throw_away(batch_id: int):
    uploading.throw_away(upload_or_404(batch_id), me())
    return go(url_for("importing.index"))


@blueprint.get("/<id:batch_id>/refused.csv")
@allow(*IMPORTERS)
def refused(batch_id: int):
    batch = batch_or_404(batch_id)
    headers = {"Content-Disposition": f'attachment; filename="refused-rows-{batch.id}.csv"'}
    return Response(report.refused_csv(batch), mimetype="text/csv", headers=headers)
