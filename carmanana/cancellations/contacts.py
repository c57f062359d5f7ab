"""What the managers did to reach the client since the request came in."""

from carmanana.core import clock
from carmanana.records.activities import CONNECTED, Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.people import User

CALLS = ("call", "voicemail")


def since(request: CancellationRequest):
    """Contacts on the order from the request on, the oldest first."""
    later = (
        (Activity.deal == request.deal_id) & (Activity.at >= request.requested_at) & Activity.direction.is_null(False)
    )
    other = Activity.id != request.activity_id if request.activity_id else True
    return (
        Activity.select(Activity, User)
        .join(User, on=Activity.author)
        .where(later, other)
        .order_by(Activity.at, Activity.id)
    )


def attempts(request: CancellationRequest) -> list[Activity]:
    """Managers' calls that nobody answered, and their emails."""
    tried = [contact for contact in since(request) if contact.direction == "out" and contact.author.is_manager]
    return [contact for contact in tried if contact.outcome not in CONNECTED and contact.kind in (*CALLS, "email")]


def call_that_missed(request: CancellationRequest) -> Activity | None:
    return next((contact for contact in attempts(request) if contact.kind in CALLS), None)


def email_after_it(request: CancellationRequest) -> Activity | None:
    """The email that the SOP allows: after a call that did not reach, or where nobody may call."""
    missed = call_that_missed(request)
    emails = [contact for contact in attempts(request) if contact.kind == "email"]
    if not may_be_called(request):
        return emails[0] if emails else None
    return next((email for email in emails if missed and email.at >= missed.at), None)


def reached(request: CancellationRequest) -> Activity | None:
    """A call with a manager, out or in, or the client's reply to that email, which is logged already."""
    email = email_after_it(request)
    for contact in since(request):
        if contact.kind == "call" and contact.connected and contact.author.is_manager:
            return contact
        if contact.kind == "email" and contact.direction == "in" and email and contact.at >= email.at:
            return contact
    return None


def spoken(request: CancellationRequest) -> bool:
    """Has anybody of us spoken with the client since, or have they written?"""
    return any(contact.connected for contact in since(request))


def days_of(contacts: list[Activity], zone: str) -> set:
    return {clock.local(contact.at, zone).date() for contact in contacts}


def may_be_called(request: CancellationRequest) -> bool:
    customer = request.deal.customer
    return not customer.no_calls and customer.phones.exists()


def may_be_emailed(request: CancellationRequest) -> bool:
    customer = request.deal.customer
    return not customer.no_emails and customer.emails.exists()
