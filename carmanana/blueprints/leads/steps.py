"""The steps of the lead machine behind the pages of leads, and how the page answers them."""

from flask import url_for

from carmanana.leads.verbs import VERBS
from carmanana.records.leads import Lead
from carmanana.web.answers import answers
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.steps import Steps

from .base import blueprint, lead_or_404


@answers(Lead)
def changed(lead: Lead, before: Lead | None, said: str, undo: bool = False):
    """The lead's page as it stands now, the deal that it became, or the way there."""
    if lead.converted and not (before and before.converted):
        return go(url_for("deals.show", deal_id=lead.deal_id), said)
    url = url_for("leads.show", lead_id=lead.id)
    if not htmx or page_behind().path != url:
        return go(url, said)
    from .page import body

    return pieces(
        partial("#lead", body(lead_or_404(lead.id))),
        partial("#dialog", ""),
        partial("#refusal", ""),
        toast(said),
        HX_Reswap="none",
    )


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
