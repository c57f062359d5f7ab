"""Who sold an order: whoever owned it when its cancellation was asked for or in the 90 days before, or asked for it (domain 1).
In that matter they are a salesperson, whatever their roles."""

from datetime import datetime, timedelta

from carmanana.contacting.phrase_check.findings import keep_conduct
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.phrases import OWN_REVIEW

SOLD_WITHIN = timedelta(days=90)
SOP_CANCEL = "Cancellation SOP"


def sold_it(deal: Deal, person: User | None, at: datetime | None = None) -> bool:
    """Did this person own the deal at `at` or within the 90 days before, own it since, or request its cancellation in that time?"""
    if person is None or person.house:
        return False
    since = (at or clock.now()) - SOLD_WITHIN
    return (
        deal.owner_id == person.id or _owned(deal, person, since) or bool(_requested.first(deal.id, person.id, since))
    )


def _owned(deal: Deal, person: User, since: datetime) -> bool:
    """Every change of owner names the old and the new one, so that who is named in none since has not owned it since."""
    return any(person.id in (event.data.get("owner"), event.data.get("was_owner")) for event in _events(deal.id, since))


@prepared
def _events(deal_id, since):
    return Event.select(Event.id, Event.data).where(
        Event.subject == "deal", Event.subject_id == deal_id, Event.at >= since
    )


@prepared
def _requested(deal_id, person_id, since):
    asked = (CancellationRequest.deal == deal_id) & (CancellationRequest.requested_by == person_id)
    return (
        CancellationRequest.select(CancellationRequest.id)
        .where(asked, CancellationRequest.requested_at >= since)
        .limit(1)
    )


def others_here(deal: Deal, at: datetime | None = None) -> list[User]:
    """Managers who are here and did not sell it."""
    return [manager for manager in User.working("manager") if not manager.absent and not sold_it(deal, manager, at)]


def did_not_sell_it(attempt: Attempt):
    """Who sold an order puts nothing of it right; where no other manager is here it is allowed, and kept as a finding."""
    deal, by = attempt.record, attempt.by
    if sold_it(deal, by, attempt.at) and (others := others_here(deal, attempt.at)):
        names = " or ".join(manager.name for manager in others[:3])
        return Refusal("sold_it", f"You sold this order, so another manager does this: {names}.", SOP_CANCEL)


def report_seller(deal: Deal, by: User) -> None:
    """After a step that `did_not_sell_it` let pass for want of another manager."""
    if sold_it(deal, by):
        keep_conduct(OWN_REVIEW, by, "review", deal)
