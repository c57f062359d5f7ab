"""Acknowledging a right to cancel, with the letter written before the step takes the lock."""

from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.rights.letters import prepared
from carmanana.contacting.attachments import no_strays
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.people import User


def acknowledge(request: CancellationRequest, by: User, version: int | None = None, **given) -> CancellationRequest:
    """Raises Forbidden, Refused or Stale; then the letter is thrown away with it."""
    with no_strays() as written:
        email = prepared(request, by, given)
        written.extend([email[2]] if email else [])
        return review.fire(request, "acknowledge", by, version, email=email, **given)
