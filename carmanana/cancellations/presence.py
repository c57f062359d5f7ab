"""Who has a review open just now, so that two managers see each other."""

from datetime import timedelta

from carmanana import clock
from carmanana.people.models import User

from .models import CancellationRequest, ReviewPresence

LASTS = timedelta(seconds=45)


def look(request: CancellationRequest, by: User) -> list[User]:
    """`by` has it open; who else has."""
    ReviewPresence.insert(request=request, user=by, seen_at=clock.now()).on_conflict_replace().execute()
    return others(request, by)


def others(request: CancellationRequest, by: User) -> list[User]:
    lately = (ReviewPresence.request == request) & (ReviewPresence.seen_at > clock.now() - LASTS)
    return list(User.select().join(ReviewPresence).where(lately, User.id != by.id).order_by(User.name))

