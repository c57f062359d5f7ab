"""*Tried by phone and email, on hold*: what was tried just now is logged and the deal or lead put on hold, all of it or
nothing, by the same verbs and rules as one after the other (SOP 1, sections D and H). It is undone as one step too: the
next steps that the attempts answered are open again, and the attempts stay in the log."""

from dataclasses import dataclass

from carmanana.contacting import log
from carmanana.core.db import Stale, transaction
from carmanana.core.query import again
from carmanana.core.undo import UndoStep
from carmanana.core.workflow import Attempt, Refusal
from carmanana.deals import rules
from carmanana.deals.lifecycle import order
from carmanana.records.activities import NO_VM, SENT, VM_LEFT
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User

CALL, EMAIL = "call", "email"


@dataclass(frozen=True)
class Tried:
    """What was done just now: a call without an answer, a voicemail with it, an email."""

    called: bool = False
    voicemail: bool = False
    emailed: bool = False
    subject: str = ""

    def __bool__(self) -> bool:
        return self.called or self.voicemail or self.emailed


def wanted(record: Deal | Lead, by: User) -> tuple[str, ...]:
    """What a hold of this deal or lead still asks for, of a call and an email; nothing where it asks for another
    contact."""
    refusal = rules.contact_attempted(Attempt(record, by, "hold"))
    code = refusal.code if refusal else ""
    may_email = rules.may_reach(record)[1]
    return {"no_call": (CALL, EMAIL) if may_email else (CALL,), "no_email": (EMAIL,)}.get(code, ())


def mends(refusal: Refusal | None) -> bool:
    """Can the same form log what is missing?"""
    return refusal is not None and refusal.code in ("no_call", "no_email")


def hold(record: Deal | Lead, by: User, tried: Tried, version: int | None = None, machine=order, **given):
    """Log what was tried, then hold; the follow-up of the hold is the next step of both contacts."""
    with transaction():
        fresh = again(record)
        if version not in (None, fresh.version):
            raise Stale(fresh)
        stood = machine.undoing.beside(fresh)
        _log(fresh, by, tried)
        trigger = "extend_hold" if machine.leads(fresh, "extend_hold") else "hold"
        held = machine.fire(fresh, trigger, by, version if not tried else None, **given)
        if tried:
            UndoStep.last(held).stood(stood)
        return held


def _log(record: Deal | Lead, by: User, tried: Tried) -> None:
    if tried.called or tried.voicemail:
        outcome, words = (
            (VM_LEFT, "No answer. Left a voicemail.") if tried.voicemail else (NO_VM, "No answer, no voicemail left.")
        )
        log.log(record, by, CALL, words, "out", outcome=outcome, step=True)
    if tried.emailed:
        after = " after the unanswered call" if tried.called or tried.voicemail else ""
        log.log(record, by, EMAIL, f"Sent an email{after}.", "out", outcome=SENT, subject=tried.subject, step=True)
