"""The steps of the quotation machine."""

from io import BytesIO

from werkzeug.datastructures import FileStorage

from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER
from carmanana.sales.quotations import document
from carmanana.sales.quotations.verbs import VERBS
from carmanana.web.answers import changed
from carmanana.web.forms.records import form_class
from carmanana.web.steps import Steps

from .base import blueprint, quotation_or_404


class SendForm(form_class(VERBS["send_by_email"].fields)):
    """The PDF that goes with it is made before anything is locked."""

    sends_files = True

    def files(self) -> list[FileStorage]:
        if not document.can_draw(self.record):
            return []
        pdf = document.as_pdf(self.record, self.valid_until.data)
        return [FileStorage(BytesIO(pdf), document.name_of(self.record))]


WORKERS = (AGENT, MANAGER, CUSTOMER_CANCELLATION, CRM_ADMIN)
steps = Steps(
    blueprint,
    VERBS,
    quotation_or_404,
    changed,
    "quotations.show",
    "quotation_id",
    WORKERS,
    summary="quotations/_summary.html",
    forms={"send_by_email": SendForm},
    prefix="/quotations",
)
steps.register()
