"""The expiry machine: set, moved, given to somebody else, dropped with a reason, and on its day its owner's lead,
once."""

from carmanana.contacting import next_steps
from carmanana.core.undoing import Undoing
from carmanana.core.workflow import Attempt, T, Workflow
from carmanana.expiries import rules
from carmanana.leads import intake
from carmanana.records.customer_cases import works_for
from carmanana.records.expiries import DROPPED, LEAD_MADE, SET, STATES, Expiry
from carmanana.records.lead_codes import INQUIRY
from carmanana.records.notifications import Notification
from carmanana.records.people import User

FROM_EXPIRY = "expiry"


def may_work(expiry: Expiry, by: User) -> bool:
    """Its owner, and whoever works for the customer; on its day the house itself."""
    return by.house or (by.works_deals and expiry.owner_id == by.id) or works_for(expiry.customer, by)


def works(attempt: Attempt) -> bool:
    return may_work(attempt.record, attempt.by)


def move(attempt: Attempt) -> dict:
    attempt.event_data |= {"from": attempt.record.on.isoformat(), "to": attempt.given["on"].isoformat()}
    return {"on": attempt.given["on"]}


def correct(attempt: Attempt) -> dict:
    given = {"kind": attempt.given["kind"]} | {name: attempt.words(name) for name in ("supplier", "about")}
    changed = {name: value for name, value in given.items() if getattr(attempt.record, name) != value}
    attempt.event_data["fields"] = sorted(changed)
    return changed


def give(attempt: Attempt) -> dict:
    expiry, owner = attempt.record, attempt.given["owner"]
    attempt.event_data |= {"was_owner": expiry.owner_id, "owner": owner.id}
    text = f"{expiry.customer.name}: an expiry is yours now"
    Notification.tell(owner, "expiry", text, attempt.by, customer=expiry.customer)
    return {"owner": owner}


def drop(attempt: Attempt) -> dict:
    expiry = attempt.record
    if expiry.owner:
        text = f"{expiry.customer.name}: an expiry of yours is dropped"
        Notification.tell(expiry.owner, "expiry", text, attempt.by, customer=expiry.customer)
    return {"reason": attempt.words("reason")}


def become_lead(attempt: Attempt) -> dict:
    """A lead of whoever owns the expiry, with the first contact due the same business day. Who has left has no
    leads."""
    expiry, owner = attempt.record, _receiver(attempt.record)
    lead = intake.take_in(
        expiry.customer,
        attempt.by,
        owner=owner,
        person=expiry.person,
        kind=INQUIRY,
        source=FROM_EXPIRY,
        vehicle=expiry.about,
        message=_told_of(expiry),
    )
    if owner:
        next_steps.ask_for_first_contact(lead, owner, attempt.by, attempt.at)
        Notification.tell(
            owner, "lead_new", f"{expiry.customer.name}: {_what(expiry)}, and is your lead now", attempt.by, lead=lead
        )
    else:
        Notification.tell_managers(
            "expiry", f"{expiry.customer.name}: {_what(expiry)}, and nobody owns the lead", lead=lead
        )
    attempt.event_data |= {"lead": lead.id, "owner": owner and owner.id}
    return {"lead": lead}


def _receiver(expiry: Expiry) -> User | None:
    likely = (expiry.owner, expiry.customer.owner)
    return next((one for one in likely if one and one.active and one.works_deals), None)


def _what(expiry: Expiry) -> str:
    return f"the contract with {expiry.supplier} ends" if expiry.of_another else "it is time for a renewal"


def _told_of(expiry: Expiry) -> str:
    if expiry.of_another:
        return f"Their contract with {expiry.supplier} ends on {expiry.on:%-d %b %Y}."
    return f"Our contract with them ends on {expiry.on:%-d %b %Y}: a renewal."


CORRECT = (rules.kind_chosen, rules.supplier_named)
STEPS = [
    T("move", SET, SET, works, (rules.day_is_ahead, rules.is_another_day), move, undo=True),
    T("correct", SET, SET, works, CORRECT, correct),
    T("give", SET, SET, works, (rules.owner_is_here,), give),
    T("drop", SET, DROPPED, works, (rules.reason_given,), drop, undo=True),
    T("make_lead", SET, LEAD_MADE, works, (rules.day_has_come, rules.may_be_contacted), become_lead),
]
undoing = Undoing()
expiring = Workflow(Expiry, STATES, [*STEPS, *undoing.rows(STEPS, STATES, works)], {}, rules.not_from_here, undoing)
