"""What the words in a list of cases, quotations or assets may stand for here."""

from carmanana.records import assets, customer_cases, quotations
from carmanana.records.customer_cases import ON_CUSTOMER, ON_SUPPLIER, ON_US, WAITING, WAITING_ON

ASSIGNEE = "case_assignee"
MAPPED_OF_RECORDS = (
    "case_state",
    "case_priority",
    ASSIGNEE,
    "case_came_by",
    "quote_state",
    "quote_sent_how",
    "asset_state",
    "asset_kind",
)


def _states_of_cases() -> dict[str, str]:
    """A case that waits says on whom: "waiting:supplier"."""
    waits = {f"{WAITING}:{on}": f"Waiting {words.lower()}" for on, words in WAITING_ON.items()}
    return {state: words for state, words in customer_cases.STATES.items() if state != WAITING} | waits


LABELS = {
    "case_state": _states_of_cases(),
    "case_priority": customer_cases.PRIORITIES,
    "case_came_by": customer_cases.CAME_BY,
    "quote_state": quotations.STATES,
    "quote_sent_how": quotations.SENT_HOW,
    "asset_state": assets.STATES,
    "asset_kind": assets.KINDS,
}
WAYS_TO_SAY = {
    "case_state": {
        customer_cases.NEW: "new, unassigned, to do",
        customer_cases.OPENED: "open, reopened, accepted",
        customer_cases.IN_PROGRESS: "in progress, working, started, doing",
        f"{WAITING}:{ON_CUSTOMER}": (
            "waiting, pending, waiting on customer, waiting on contact, waiting for reply, awaiting reply"
        ),
        f"{WAITING}:{ON_US}": "waiting on us, on hold, escalated",
        f"{WAITING}:{ON_SUPPLIER}": "waiting on supplier, waiting on third party, awaiting parts",
        customer_cases.COMPLETED: "closed, resolved, solved, done, completed, complete, fixed",
        customer_cases.DUPLICATE: "duplicate, merged",
        customer_cases.INCOMPLETE: "incomplete, no reply, abandoned",
        customer_cases.WONT_FIX: "won't fix, wont fix, rejected, declined",
    },
    "case_priority": {
        customer_cases.URGENT: "critical, p1, highest, immediate",
        customer_cases.HIGH: "p2, major",
        customer_cases.NORMAL: "medium, p3, standard",
        customer_cases.LOW: "p4, minor, lowest, trivial",
    },
    "case_came_by": {
        "call": "phone, telephone",
        "email": "e mail, mail",
        "text": "sms, chat, whatsapp",
        "in_person": "walk in",
        "form": "web, website, portal",
    },
    "quote_state": {
        quotations.DRAFT: "new, in review, in progress, not sent",
        quotations.SENT: "open, presented, delivered, pending, issued, awaiting answer",
        quotations.WON: "accepted, approved, signed, confirmed, closed won",
        quotations.LOST: "declined, rejected, denied, refused, closed lost",
        quotations.EXPIRED: "lapsed, timed out",
        quotations.CANCELLED: "canceled, void, withdrawn",
    },
    "quote_sent_how": {quotations.BY_EMAIL: "email, e mail, mail", quotations.BY_HAND: "hand, print, printed, post"},
    "asset_state": {
        assets.LIVE: "active, yes, y, true, current, installed, in use, held",
        assets.CEASED: "no, n, false, inactive, ended, sold, returned, terminated, obsolete, cancelled, canceled",
    },
    "asset_kind": {
        assets.VEHICLE: "car, truck, van, auto",
        assets.SUBSCRIPTION: "contract, lease, service, plan, insurance",
    },
}
