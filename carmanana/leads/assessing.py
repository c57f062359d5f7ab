"""Writing down what a lead wants, before any price is spoken of (Lead & deal SOP, section G)."""

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.query import again
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.leads import rules
from carmanana.leads.lifecycle import may_work
from carmanana.records.deals import NeedsAssessment, VehicleOption
from carmanana.records.leads import Lead
from carmanana.records.people import User

FACTS = ("timeline", "location", "budget_from_cents", "budget_to_cents", "matters_most", "mission")


def write_needs(lead: Lead, by: User, options: list[dict], version: int | None = None, **facts) -> NeedsAssessment:
    """The vehicles in their order, and the circumstances; `version` is that of the assessment, where there is one."""
    with transaction():
        fresh = again(lead)
        must_work(fresh, by)
        _refuse_unclear(fresh, options, facts)
        needs = fresh.needs or NeedsAssessment.create(lead_id=fresh.id)
        if version is not None and needs.version != version:
            raise Stale(fresh)
        change(needs, **{name: facts[name] for name in FACTS if name in facts})
        VehicleOption.delete().where(VehicleOption.needs == needs).execute()
        for position, option in enumerate(options):
            VehicleOption.create(needs=needs, position=position, **option)
        change(fresh)
        audit.record("write_needs", fresh, by, options=len(options))
    return needs


def must_work(lead: Lead, by: User) -> None:
    """Raise unless they may change this lead; an unowned one is claimed first, an ended one stays as it is."""
    if not may_work(lead, by):
        raise Forbidden("write_needs")
    owned = rules.is_owned(Attempt(lead, by, "write_needs"))
    ended = rules.not_from_here(lead, "write_needs") if lead.ended else None
    if refusals := [refusal for refusal in (owned, ended) if refusal]:
        raise Refused(refusals, lead, "write_needs")


def _refuse_unclear(lead: Lead, options: list[dict], facts: dict) -> None:
    least, most = facts.get("budget_from_cents"), facts.get("budget_to_cents")
    refusals = []
    if least is not None and most is not None and most < least:
        sentence = "The budget runs from the lower amount to the higher one."
        refusals.append(Refusal("budget", sentence, rules.SOP_NEEDS, field="budget_to_cents"))
    if (facts.get("matters_most") or "") not in NeedsAssessment.MATTERS:
        refusals.append(Refusal("matters_most", "Choose from the list.", rules.SOP_NEEDS, field="matters_most"))
    if any(not (option.get("brand") or "").strip() for option in options):
        refusals.append(Refusal("vehicles", "Each vehicle has a make.", rules.SOP_NEEDS, field="vehicles"))
    if refusals:
        raise Refused(refusals, lead, "write_needs")
