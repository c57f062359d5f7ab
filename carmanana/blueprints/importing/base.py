from flask import Blueprint, abort

from carmanana.importing import stored_sheets
from carmanana.records.imports import UPLOADED, ImportBatch

blueprint = Blueprint("importing", __name__, url_prefix="/imports")

IMPORTERS = ("manager", "crm_admin")


def batch_or_404(batch_id: int) -> ImportBatch:
    return ImportBatch.get_or_none(ImportBatch.id == batch_id) or abort(404)


def upload_or_404(batch_id: int) -> ImportBatch:
    """An import that has not been started, with its file."""
    batch = batch_or_404(batch_id)
    return batch if batch.state == UPLOADED and stored_sheets.is_here(batch.stored) else abort(404)
