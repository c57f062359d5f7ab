"""The steps of the lead machine behind the pages of leads."""

from carmanana.leads.verbs import VERBS
from carmanana.records.leads import Lead
from carmanana.web.answers import changed
from carmanana.web.steps import Steps

from .base import blueprint, lead_or_404


def undone(lead: Lead, before: Lead):
    back = lead.state != before.state
    words = f"is back in {lead.state_name}" if back else "is nobody’s again" if lead.unowned else "is as it was"
    return changed(lead, before, f"Undone: {lead.customer.name} {words}")


steps = Steps(
    blueprint,
    VERBS,
    lead_or_404,
    changed,
    "leads.show",
    "lead_id",
    ("agent", "manager"),
    summary="leads/_summary.html",
    undone=undone,
)
steps.register()
