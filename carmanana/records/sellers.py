"""Who sold an order: whoever owned it when its cancellation was asked for or in the 90 days before, or asked for it
(domain 1). In that matter they are a salesperson, whatever their roles."""

from datetime import datetime, timedelta

from peewee import fn

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.query import prepared
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User

SOLD_WITHIN = timedelta(days=90)


def sold_it(deal: Deal, person: User | None, at: datetime | None = None) -> bool:
    """Did this person own the deal at `at` or within the 90 days before, own it since, or request its cancellation in
    that time?"""
    if person is None or person.house:
        return False
    since = (at or clock.now()) - SOLD_WITHIN
    return (
        deal.owner_id == person.id or _owned(deal, person, since) or bool(requests_by.first(deal.id, person.id, since))
    )


def _owned(deal: Deal, person: User, since: datetime) -> bool:
    """Every change of owner names the old and the new one, so that who is named in none since has not owned it
    since."""
    return any(person.id in owners for owners in owner_changes(deal.id, since))


@prepared
def owner_changes(deal_id, since):
    new, old = Event.data.named("owner"), Event.data.named("was_owner")
    told = Event.select(new, old).where(Event.subject == "deal", Event.subject_id == deal_id, Event.at >= since)
    return told.where(fn.COALESCE(new, old).is_null(False)).tuples()


@prepared
def requests_by(deal_id, person_id, since):
    asked = (CancellationRequest.deal == deal_id) & (CancellationRequest.requested_by == person_id)
    return (
        CancellationRequest.select(CancellationRequest.id)
        .where(asked, CancellationRequest.requested_at >= since)
        .limit(1)
    )


def others_here(deal: Deal, at: datetime | None = None) -> list[User]:
    """Managers who are here and did not sell it."""
    return [manager for manager in User.working("manager") if not manager.absent and not sold_it(deal, manager, at)]
