"""What the managers did to reach the customer since the request came in."""

from carmanana.contacting.attempts import ContactAttempt, counts
from carmanana.contacting.attempts import attempts as grouped
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import CustomerEmail, CustomerPhone
from carmanana.records.people import User
from carmanana.records.sellers import sold_it

CALLS = ("call", "voicemail")
MET = ("call", "meeting")


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


def tries(request: CancellationRequest) -> list[Activity]:
    """Managers' calls that nobody answered, and their emails; not a wrong number, nor what was logged long after."""
    tried = [contact for contact in since(request) if contact.direction == "out" and is_ours(request, contact)]
    return [
        contact for contact in tried if not contact.connected and contact.kind in (*CALLS, "email") and counts(contact)
    ]


def attempts(request: CancellationRequest) -> list[ContactAttempt]:
    """The tries since the customer was last heard of, each with what followed within the hour."""
    tried = {contact.id for contact in tries(request)}
    return grouped([contact for contact in since(request) if contact.connected or contact.id in tried])


def is_ours(request: CancellationRequest, contact: Activity) -> bool:
    """Is it the reviewer's, or of a manager who did not sell the order?"""
    author = contact.author
    return author.is_manager and (
        author.id == request.reviewer_id or not sold_it(request.deal, author, request.requested_at)
    )


def call_that_missed(request: CancellationRequest) -> Activity | None:
    return next((contact for contact in tries(request) if contact.kind in CALLS), None)


def email_after_it(request: CancellationRequest) -> Activity | None:
    """The email that the SOP allows: after a call that did not reach, or where nobody may call."""
    missed = call_that_missed(request)
    emails = [contact for contact in tries(request) if contact.kind == "email"]
    if not may_be_called(request):
        return emails[0] if emails else None
    return next((email for email in emails if missed and email.at >= missed.at), None)


def reached(request: CancellationRequest) -> Activity | None:
    """A call with a manager, out or in, or the customer's reply to that email, which is logged already."""
    email = email_after_it(request)
    for contact in since(request):
        if not contact.timely:
            continue
        if contact.kind in MET and contact.connected and is_ours(request, contact):
            return contact
        if contact.kind == "email" and contact.direction == "in" and email and contact.at >= email.at:
            return contact
    return None


def spoken(request: CancellationRequest) -> bool:
    """Has anybody of us spoken with the customer since, or have they written?"""
    return any(contact.connected for contact in since(request))


def may_be_called(request: CancellationRequest) -> bool:
    """By a number that has not turned out to be wrong."""
    customer = request.deal.customer
    return not customer.no_calls and customer.phones.where(CustomerPhone.wrong_at.is_null()).exists()


def may_be_emailed(request: CancellationRequest) -> bool:
    customer = request.deal.customer
    return not customer.no_emails and customer.emails.where(CustomerEmail.wrong_at.is_null()).exists()
