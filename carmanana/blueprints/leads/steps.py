"""The steps of the lead machine behind the pages of leads."""

from carmanana.core.verbs import Verb
from carmanana.deals import tried_on_hold
from carmanana.leads.lifecycle import inquiry
from carmanana.leads.verbs import VERBS
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.forms.holding import HoldForm
from carmanana.web.steps import Steps

from .base import blueprint, lead_or_404


def undone(lead: Lead, before: Lead):
    back = lead.state != before.state
    words = f"is back in {lead.state_name}" if back else "is nobody’s again" if lead.unowned else "is as it was"
    return changed(lead, before, f"Undone: {lead.customer.name} {words}")


def _hold(lead: Lead, trigger: str, by: User, version: int | None, form: HoldForm, given: dict) -> Lead:
    return tried_on_hold.hold(lead, by, form.tried, version, inquiry, **given)


def _beside(lead: Lead, verb: Verb) -> dict:
    return {"wanted": tried_on_hold.wanted(lead, me())} if verb.trigger in HOLDS else {}


HOLDS = ("hold", "extend_hold")
steps = Steps(
    blueprint,
    VERBS,
    lead_or_404,
    changed,
    "leads.show",
    "lead_id",
    ("agent", "manager"),
    templates=dict.fromkeys(HOLDS, "leads/hold.html"),
    forms=dict.fromkeys(HOLDS, HoldForm),
    takes=dict.fromkeys(HOLDS, _hold),
    summary="leads/_summary.html",
    beside=_beside,
    undone=undone,
)
steps.register()
