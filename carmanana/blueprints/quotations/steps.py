"""The steps of the quotation machine."""

from carmanana.records.people import AGENT, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER
from carmanana.sales.quotations.verbs import VERBS
from carmanana.web.answers import changed
from carmanana.web.steps import Steps

from .base import blueprint, quotation_or_404

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
    prefix="/quotations",
)
steps.register()
