"""What a customer says to us while their cancellation is under review is heard at once by who has it (domain 4)."""

from carmanana.contacting import lock
from carmanana.records.activities import Activity
from carmanana.records.cancellations import RETENTION, CancellationRequest
from carmanana.records.notifications import Notification
from carmanana.records.people import User

CAME = {
    "call": "called",
    "voicemail": "left a voicemail",
    "email": "wrote an email",
    "text": "sent a text",
    "meeting": "came in",
}


def tell_who_has_it(contact: Activity, by: User) -> None:
    """The reviewer, and the retention member while the case is theirs."""
    for request in lock.open_requests(contact.customer):
        text = (
            f"{contact.customer.name} {CAME.get(contact.kind, 'was in touch')} while the cancellation is under review"
        )
        for person in who_has_it(request):
            Notification.tell(person, "customer_wrote", text, by, deal=request.deal)


def who_has_it(request: CancellationRequest) -> list[User]:
    member = request.deal.retention if request.state == RETENTION else None
    return list(dict.fromkeys(person for person in (request.reviewer, member) if person))
