"""A lead becomes a deal with everything that is known of it, and comes back within a day where that was a mistake."""

from carmanana.core import audit
from carmanana.core.query import by_id
from carmanana.core.workflow import Attempt
from carmanana.deals.deal_facts import take
from carmanana.deals.lifecycle import order
from carmanana.records.activities import DROPPED, Activity
from carmanana.records.deals import Deal, NeedsAssessment
from carmanana.records.notifications import Notification

from .effects import add_step, drop_steps


def become_deal(attempt: Attempt) -> dict:
    """Activities with their files, and the assessment, are about both from now on; consents are the person's anyway.
    The open steps give way to the deal's first one."""
    lead, stage = attempt.record, attempt.given["stage"]
    drop_steps(attempt)
    add_step(attempt)
    first = stage.pipeline.open_stages().first()
    deal = take(lead.customer, first, attempt.by, _owner(attempt), **_facts(attempt))
    _carry_over(lead, deal.id)
    if stage != first:
        deal = order.fire(deal, "move", attempt.by, stage=stage)
    attempt.event_data |= {"deal": deal.id}
    return {"deal": deal, "deal_version": deal.version}


def _owner(attempt: Attempt):
    """Whose lead it was; a manager converts for them."""
    owner = attempt.record.owner
    return attempt.by if attempt.record.unowned or not (owner.active and owner.works_deals) else owner


def _facts(attempt: Attempt) -> dict:
    lead = attempt.record
    needs = lead.needs
    first = next(iter(needs.wanted), None) if needs else None
    vehicle = {"vehicle_make": first.brand, "vehicle_model": first.model} if first else {}
    if first and first.year_from and first.year_from == first.year_to:
        vehicle["vehicle_year"] = first.year_from
    return vehicle | {
        "source": lead.source_name,
        "details": lead.message,
        "readiness": attempt.given.get("readiness") or "live",
        "claimed_at": lead.claimed_at or lead.created_at,
    }


def _carry_over(lead, deal: int | None) -> None:
    Activity.update(deal=deal).where(Activity.lead == lead).execute()
    NeedsAssessment.update(deal=deal).where(NeedsAssessment.lead_id == lead.id).execute()


def _open_again(lead) -> None:
    """All of it was written at the moment of the conversion."""
    at, task = lead.state_since, (Activity.lead == lead) & (Activity.kind == "task")
    gave_way = (Activity.closed_as == DROPPED) & (Activity.done_at == at)
    opened = {"done_at": None, "done_by": None, "closed_as": None, "version": Activity.version + 1}
    if Activity.update(**opened).where(task, gave_way).execute():
        Activity.delete().where(task, Activity.done_at.is_null(), Activity.created_at == at).execute()


def take_back(attempt: Attempt) -> dict:
    """As it was before: the deal goes, and what was said and done stays with the lead. The steps that gave way to the
    deal's first one are open again; where none did, that one is the lead's now. The foreign key is looked at when the
    transaction ends."""
    lead = attempt.record
    _open_again(lead)
    deal = by_id(Deal, lead.deal_id)
    _carry_over(lead, None)
    Notification.delete().where(Notification.deal == deal).execute()
    audit.record("conversion_undone", deal, attempt.by, deal.state, None, lead=lead.id)
    deal.delete_instance()
    attempt.event_data |= {"deal": deal.id}
    return {"deal": None, "deal_version": None}
