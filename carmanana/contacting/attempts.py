"""What counts as an attempt to reach a person, and how many are enough (domain 2). Every gate that asks for a contact
asks here.

An attempt is a call with its voicemail and the email or text that follow within the hour. A wrong number or a bounced
email is none, nor is what was logged more than a day after it happened; what the person answers begins the count
anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from carmanana.core import clock
from carmanana.core.limits import ATTEMPT_DAYS, ATTEMPT_SPAN, ATTEMPTS
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal, Remedy
from carmanana.records.activities import CONTACTS, WRONG, Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead


@dataclass
class ContactAttempt:
    """A try and what went with it, the first contact first."""

    contacts: list[Activity] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.contacts[0].at

    @property
    def kinds(self) -> set[str]:
        return {contact.kind for contact in self.contacts}

    def takes(self, contact: Activity) -> bool:
        """Does it belong to this attempt? A second call is another one."""
        return contact.kind != "call" and contact.at - self.at < ATTEMPT_SPAN


def attempts(contacts: Iterable[Activity], late: bool = False) -> list[ContactAttempt]:
    """The unanswered attempts among these contacts since the person last answered, the oldest first; with those that
    were logged `late` where nobody is to be tried too often."""
    found: list[ContactAttempt] = []
    for contact in sorted(contacts, key=lambda contact: (contact.at, contact.id)):
        if contact.connected:
            found = []
        elif not (counts(contact) or (late and is_attempt(contact))):
            continue
        elif found and found[-1].takes(contact):
            found[-1].contacts.append(contact)
        else:
            found.append(ContactAttempt([contact]))
    return found


def counts(contact: Activity) -> bool:
    """May a gate take this contact?"""
    return is_attempt(contact) and contact.timely


def is_attempt(contact: Activity) -> bool:
    return contact.kind in CONTACTS and contact.outcome != WRONG


def days(tried: list[ContactAttempt], zone: str) -> set:
    return {clock.local(attempt.at, zone).date() for attempt in tried}


def enough(tried: list[ContactAttempt], zone: str) -> bool:
    return len(tried) >= ATTEMPTS and len(days(tried, zone)) >= ATTEMPT_DAYS


def shortfall(tried: list[ContactAttempt], zone: str) -> str:
    """How many there are, beside how many are asked for."""
    number, on = len(tried), len(days(tried, zone))
    return (
        f"{ATTEMPTS} attempts on {ATTEMPT_DAYS} different days; there {'is' if number == 1 else 'are'} {number} on {on}"
    )


def since_claim(deal: Deal | Lead, until: datetime) -> list[Activity]:
    """The contacts on a deal or a lead that its gates may take, the newest first: since somebody took it."""
    between = _on_lead_between if isinstance(deal, Lead) else _on_deal_between
    return [contact for contact in between(deal, deal.claimed_at or deal.created_at, until) if counts(contact)]


@prepared
def _on_deal_between(deal, since, until):
    return _between(Activity.deal == deal, since, until)


@prepared
def _on_lead_between(lead, since, until):
    return _between(Activity.lead == lead, since, until)


def _between(about, since, until):
    within = about & Activity.kind.in_(CONTACTS) & (Activity.at >= since) & (Activity.at <= until)
    return Activity.select().where(within).order_by(Activity.at.desc(), Activity.id.desc())


def no_response(attempt: Attempt, sop: str, remedies: tuple[Remedy, ...], field: str) -> Refusal | None:
    """No response means that we tried since we took it, where there was anything right to try."""
    if all_wrong(attempt.record.customer_id):
        return None
    tried = attempts(since_claim(attempt.record, attempt.at))
    if not enough(tried, attempt.by.timezone):
        sentence = f"“No response” needs {shortfall(tried, attempt.by.timezone)}."
        return Refusal("attempts", sentence, sop, remedies, field=field)


def all_wrong(customer: Customer | int) -> bool:
    """Is every number and address of theirs marked wrong? Where there is none at all, nothing was found to be wrong."""
    marks = [*_phone_marks(customer), *_email_marks(customer)]
    return bool(marks) and all(mark for (mark,) in marks)


def without_details(customer: Customer | int) -> bool:
    """Nothing to reach them by: all of it is wrong, or there never was any."""
    return all(mark for (mark,) in [*_phone_marks(customer), *_email_marks(customer)])


_phone_marks = prepared(
    lambda customer: CustomerPhone.select(CustomerPhone.wrong_at).where(CustomerPhone.customer == customer).tuples()
)
_email_marks = prepared(
    lambda customer: CustomerEmail.select(CustomerEmail.wrong_at).where(CustomerEmail.customer == customer).tuples()
)
