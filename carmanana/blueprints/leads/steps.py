"""The steps of the lead machine behind the pages of leads."""

from carmanana.leads.verbs import VERBS
from carmanana.web.answers import changed
from carmanana.web.steps import Steps

from .base import blueprint, lead_or_404

steps = Steps(
    blueprint,
    VERBS,
    lead_or_404,
    changed,
    "leads.show",
    "lead_id",
    ("agent", "manager"),
    summary="leads/_summary.html",
)
steps.register()
