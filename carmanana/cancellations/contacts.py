"""What the managers did to reach the customer since the request came in."""

from dataclasses import dataclass
from functools import cached_property

from peewee import Select, fn

from carmanana.contacting.attempts import ContactAttempt, counts
from carmanana.contacting.attempts import attempts as grouped
from carmanana.core.query import prepared
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import CustomerEmail, CustomerPhone
from carmanana.records.people import User
from carmanana.records.sellers import sold_it

CALLS = ("call", "voicemail")
MET = ("call", "meeting")
WAYS = (CustomerPhone, CustomerEmail)


@dataclass
class Efforts:
    """The contacts on an order since its request, read once."""

    request: CancellationRequest
    log: list[Activity] | None = None

    @cached_property
    def since(self) -> list[Activity]:
        """From the request on, the oldest first; of the order's whole log, where that is at hand."""
        request = self.request
        if self.log is None:
            return _since(request.deal_id, request.requested_at, request.activity_id or 0)
        later = [one for one in self.log if one.at >= request.requested_at and one.direction is not None]
        return [one for one in later if one.id != request.activity_id]

    @cached_property
    def tries(self) -> list[Activity]:
        """Managers' calls that nobody answered, and their emails; not a wrong number, nor what was logged long
        after."""
        tried = [one for one in self.since if one.direction == "out" and is_ours(self.request, one)]
        return [one for one in tried if not one.connected and one.kind in (*CALLS, "email") and counts(one)]

    @cached_property
    def attempts(self) -> list[ContactAttempt]:
        """The tries since the customer was last heard of, each with what followed within the hour."""
        tried = {contact.id for contact in self.tries}
        return grouped([contact for contact in self.since if contact.connected or contact.id in tried])

    @cached_property
    def call_that_missed(self) -> Activity | None:
        return next((contact for contact in self.tries if contact.kind in CALLS), None)

    @cached_property
    def may_be_called(self) -> bool:
        return may_be_called(self.request)

    @cached_property
    def email_after_it(self) -> Activity | None:
        """The email that the SOP allows: after a call that did not reach, or where nobody may call."""
        missed = self.call_that_missed
        emails = [contact for contact in self.tries if contact.kind == "email"]
        if not self.may_be_called:
            return emails[0] if emails else None
        return next((email for email in emails if missed and email.at >= missed.at), None)

    @cached_property
    def reached(self) -> Activity | None:
        """A call with a manager, out or in, or the customer's reply to that email, which is logged already."""
        for contact in self.since:
            if not contact.timely:
                continue
            if contact.kind in MET and contact.connected and is_ours(self.request, contact):
                return contact
            email = self.email_after_it if contact.kind == "email" and contact.direction == "in" else None
            if email and contact.at >= email.at:
                return contact
        return None


@prepared
def _since(deal_id, at, but):
    """`but` is the contact that the request came with."""
    later = (Activity.deal == deal_id) & (Activity.at >= at) & Activity.direction.is_null(False)
    found = Activity.select(Activity, User).join(User, on=Activity.author).where(later, Activity.id != but)
    return found.order_by(Activity.at, Activity.id)


def since(request: CancellationRequest) -> list[Activity]:
    return Efforts(request).since


def tries(request: CancellationRequest) -> list[Activity]:
    return Efforts(request).tries


def attempts(request: CancellationRequest) -> list[ContactAttempt]:
    return Efforts(request).attempts


def is_ours(request: CancellationRequest, contact: Activity) -> bool:
    """Is it the reviewer's, or of a manager who did not sell the order?"""
    author = contact.author
    return author.is_manager and (
        author.id == request.reviewer_id or not sold_it(request.deal, author, request.requested_at)
    )


def call_that_missed(request: CancellationRequest) -> Activity | None:
    return Efforts(request).call_that_missed


def email_after_it(request: CancellationRequest) -> Activity | None:
    return Efforts(request).email_after_it


def reached(request: CancellationRequest) -> Activity | None:
    return Efforts(request).reached


def spoken(request: CancellationRequest) -> bool:
    """Has anybody of us spoken with the customer since, or have they written? What was logged long after it happened
    does not count."""
    return any(contact.connected and contact.timely for contact in since(request))


def may_be_called(request: CancellationRequest) -> bool:
    """By a number that has not turned out to be wrong."""
    customer = request.deal.customer
    return not customer.no_calls and bool(_right.first(customer.id)[0])


def may_be_emailed(request: CancellationRequest) -> bool:
    customer = request.deal.customer
    return not customer.no_emails and bool(_right.first(customer.id)[1])


@prepared
def _right(customer):
    """Have they a number and an address that have not turned out to be wrong?"""
    ways = (way.select(way.id).where(way.customer == customer, way.wrong_at.is_null()) for way in WAYS)
    return Select(columns=[fn.EXISTS(way) for way in ways]).tuples()
