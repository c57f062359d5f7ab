"""May this lead be dialed now? What passes by itself says when; what does not sets the lead aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from carmanana.contacting.calling.hours import RuleBook, next_opening
from carmanana.contacting.calling.permission import CHECKS, GAP, Asked, asked_of_call, first_number
from carmanana.core.workflow import Refusal, Refused, Remedy
from carmanana.leads.rules import not_from_here
from carmanana.records.calling import CALL
from carmanana.records.customers import CustomerPhone
from carmanana.records.lead_codes import ON_HOLD
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.sequences import DIALED, CallSequence, SequenceCall
from carmanana.records.sops import SOP_LEADS

LOOKS_AGAIN = timedelta(hours=1)  # at what may end at any time
WINDOWS = {"day_cap": timedelta(days=1), "month_cap": timedelta(days=30)}


@dataclass(frozen=True)
class Waits:
    """A refusal, and when it passes by itself: None where it does not."""

    refusal: Refusal
    until: datetime | None = None

    @property
    def sentence(self) -> str:
        return self.refusal.sentence


def refusals(lead: Lead, at: datetime, by: User, book: RuleBook | None = None) -> list[Waits]:
    """Every reason not to dial it now, the lasting ones first. `book` are the calling rules, where they are read
    already."""
    found = [Waits(not_from_here(lead, "dial"))] if not lead.open or lead.state == ON_HOLD else []
    asked = asked_of_call(lead.person, at, by, book)
    found += [Waits(refusal, _until(refusal, asked)) for check in CHECKS for refusal in check(asked)]
    return sorted(found, key=lambda one: one.until is not None)


def _until(refusal: Refusal, asked: Asked) -> datetime | None:
    if refusal.code == "hours":
        return next_opening(asked.book, *asked.where, asked.at, CALL)
    if refusal.code == "locked":
        return asked.at + LOOKS_AGAIN
    if refusal.code == "gap":
        return asked.tried[-1] + GAP
    if refusal.code in WINDOWS:
        within = [moment for moment in asked.tried if moment > asked.at - WINDOWS[refusal.code]]
        return within[0] + WINDOWS[refusal.code] if within else asked.at + LOOKS_AGAIN
    return asked.at + LOOKS_AGAIN if refusal.code == "region_cap" else None


def lasting(lead: Lead, at: datetime, by: User) -> Refusal | None:
    """Why it can't be dialed whatever the hour."""
    return next((one.refusal for one in refusals(lead, at, by) if one.until is None), None)


def number_of(lead: Lead) -> CustomerPhone | None:
    """The first number of the person that is valid and that nobody found to be wrong."""
    return first_number.first(lead.person_id)


def unlogged(call: SequenceCall) -> Refusal:
    go = Remedy("Log it", "dialing.show", (("sequence_id", call.sequence_id),), "phone")
    return Refusal("not_logged", f"Log the call with {call.lead.customer.name} first.", SOP_LEADS, (go,))


def refuse_unlogged(sequence: CallSequence) -> None:
    if call := sequence.calls.where(SequenceCall.standing == DIALED).first():
        raise Refused([unlogged(call)], call.lead, "dial")


def refuse_unlogged_of(by: User) -> None:
    """A dialed lead without a logged activity blocks the next dial, in whichever sequence it stands."""
    theirs = SequenceCall.select().join(CallSequence).where(CallSequence.user == by, SequenceCall.standing == DIALED)
    if call := theirs.first():
        raise Refused([unlogged(call)], call.lead, "dial")
