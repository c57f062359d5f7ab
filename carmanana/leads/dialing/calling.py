"""One lead at a time: who is next, the dial, the outcome, and on to the next.

Whoever has dialed logs it before anything else is dialed. What is typed is kept with the call, so that it goes on
wherever it was left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from carmanana.contacting import wishes
from carmanana.contacting.calling.grounds import may_hear_recordings
from carmanana.contacting.calling.rule_book import rule_book
from carmanana.contacting.log import log
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal, Refused, Remedy
from carmanana.leads.dialing import permission
from carmanana.leads.dialing.building import must_call
from carmanana.leads.dialing.order import Waiting, waiting_in_order
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import CONNECTED, FOLLOW_UP, UNANSWERED, VM_DROP, WRONG
from carmanana.records.customers import Customer, Person
from carmanana.records.lead_codes import DO_NOT_CONTACT
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.sequences import (
    DIALED,
    DONE,
    ENDED,
    OFFERED,
    PAUSED,
    RUNNING,
    SET_ASIDE,
    SKIPPED,
    WAITING,
    CallSequence,
    SequenceCall,
)
from carmanana.records.sops import SOP_LEADS

ALONE_FOR = timedelta(minutes=15)
SUMMARIES = UNANSWERED | {WRONG: "The number is wrong.", "asked_not": "Asked not to be called any more."}
STOPPED = "asked_not"
DRAFTED = ("outcome", "summary", "objections", "next_step", "due_at")


def start(sequence: CallSequence, by: User) -> CallSequence:
    return _turn(sequence, by, "start_sequence", RUNNING)


def pause(sequence: CallSequence, by: User) -> CallSequence:
    """The call stays exactly as it is; it goes on here or on another device."""
    return _turn(sequence, by, "pause_sequence", PAUSED)


def _turn(sequence: CallSequence, by: User, verb: str, state: str) -> CallSequence:
    with transaction():
        fresh = CallSequence.get_by_id(sequence.id)
        must_call(fresh, by)
        if fresh.standing == ENDED:
            raise Refused([Refusal("ended", "This sequence has ended. Make a new one.", SOP_LEADS)], fresh)
        if fresh.standing != state:
            change(fresh, standing=state, started_at=fresh.started_at or clock.now())
            audit.record(verb, fresh, by)
    return fresh


@dataclass(frozen=True)
class Screen:
    """A sequence as it stands: the call that is on, and what waits behind it, the next first."""

    sequence: CallSequence
    call: SequenceCall | None
    waiting: list[Waiting]


def current(sequence: CallSequence, by: User) -> SequenceCall | None:
    """The call on the screen, held for another quarter of an hour; else the next that may be made now, or None."""
    return screen(sequence, by).call


def screen(sequence: CallSequence, by: User) -> Screen:
    """With the call that is `current`."""
    must_call(sequence, by)
    with transaction():
        fresh, call = CallSequence.get_by_id(sequence.id), on_screen(sequence)
        if fresh.standing != RUNNING:
            return as_it_stands(fresh)
        return _offer_next(fresh, by) if call is None else _still_offered(call, fresh, by)


def as_it_stands(sequence: CallSequence) -> Screen:
    return Screen(sequence, on_screen(sequence), waiting_in_order(sequence, clock.now()))


def on_screen(sequence: CallSequence) -> SequenceCall | None:
    return _on_screen.first(sequence.id)


@prepared
def _on_screen(sequence):
    return (
        SequenceCall.select()
        .where(SequenceCall.sequence == sequence, SequenceCall.standing.in_((OFFERED, DIALED)))
        .limit(1)
    )


def _still_offered(call: SequenceCall, sequence: CallSequence, by: User) -> Screen:
    """One that was offered and may no longer be called goes back into the list, and the next comes."""
    if call.standing == OFFERED and (refusals := permission.refusals(call.lead, clock.now(), by)):
        _put_back(call, refusals[0])
        return _offer_next(sequence, by)
    SequenceCall.update(held_until=clock.now() + ALONE_FOR).where(SequenceCall.id == call.id).execute()
    return Screen(sequence, call, waiting_in_order(sequence, clock.now()))


def _offer_next(sequence: CallSequence, by: User) -> Screen:
    """What has a time to wait for is not asked again before it."""
    now = clock.now()
    book, waiting = rule_book(now), waiting_in_order(sequence, now)
    may_be_due = [one for one in waiting if not (one.until and one.until > now)]
    for place, one in enumerate(may_be_due):
        call = _with_its_lead(one.id)
        refusals = permission.refusals(call.lead, now, by, book)
        if not refusals:
            change(call, standing=OFFERED, held_until=now + ALONE_FOR, why="", until=None)
            left = [other for other in waiting if other != one]
            return Screen(sequence, call, waiting_in_order(sequence, now) if place else left)
        _put_back(call, refusals[0])
    return as_it_stands(sequence) if may_be_due else Screen(sequence, None, waiting)


def _with_its_lead(number: int) -> SequenceCall:
    """With its sequence, its lead, the customer and the person."""
    call = _calls.first(number) or SequenceCall.get_by_id(number)
    call.lead.person.customer = call.lead.customer
    return call


@prepared
def _calls(call):
    told = SequenceCall.select(SequenceCall, CallSequence, Lead, Customer, Person).join(CallSequence)
    return told.switch(SequenceCall).join(Lead).join(Customer).switch(Lead).join(Person).where(SequenceCall.id == call)


def _put_back(call: SequenceCall, refusal: permission.Waits) -> None:
    """What passes waits in the list; what does not is set aside, with its reason."""
    if refusal.until is None:
        change(call, standing=SET_ASIDE, why=refusal.sentence, finished_at=clock.now(), held_until=None)
    elif (call.standing, call.why, call.until) != (WAITING, refusal.sentence, refusal.until):
        change(call, standing=WAITING, why=refusal.sentence, until=refusal.until, held_until=None)


def dial(call: SequenceCall, by: User, version: int | None = None) -> SequenceCall:
    """The number is tapped. Every rule is asked again in the very transaction; a lead that nobody owns becomes
    theirs. Tapped twice, it is dialed once."""
    with transaction():
        fresh = _known(call, by)
        _must_stand(fresh, None if fresh.dialed else version)
        if fresh.dialed:
            return fresh
        permission.refuse_unlogged_of(by)
        if refusals := permission.refusals(fresh.lead, clock.now(), by):
            raise Refused([one.refusal for one in refusals], fresh.lead, "dial")
        if fresh.lead.unowned:
            inquiry.fire(fresh.lead, "claim", by)
        change(fresh, standing=DIALED, dialed_at=clock.now(), held_until=clock.now() + ALONE_FOR)
        audit.record("dial", fresh.lead, by, sequence=fresh.sequence_id)
    return fresh


def _fresh(call: SequenceCall, by: User, version: int | None) -> SequenceCall:
    return _must_stand(_known(call, by), version)


def _known(call: SequenceCall, by: User) -> SequenceCall:
    fresh = _with_its_lead(call.id)
    must_call(fresh.sequence, by)
    return fresh


def _must_stand(fresh: SequenceCall, version: int | None) -> SequenceCall:
    if not fresh.on_screen or version not in (None, fresh.version):
        raise Stale(fresh)
    return fresh


def hang_up(call: SequenceCall, by: User) -> SequenceCall:
    """The timer stops; the outcome is still to be logged."""
    with transaction():
        fresh = _fresh(call, by, None)
        if fresh.dialed and fresh.hung_up_at is None:
            change(fresh, hung_up_at=clock.now())
    return fresh


def keep_draft(call: SequenceCall, by: User, **typed) -> None:
    """What was typed so far; the last to type has it."""
    with transaction():
        fresh = SequenceCall.get_by_id(call.id)
        must_call(fresh.sequence, by)
        if fresh.on_screen:
            draft = {name: str(typed.get(name) or "")[:8000] for name in DRAFTED}
            SequenceCall.update(draft=draft, held_until=clock.now() + ALONE_FOR).where(
                SequenceCall.id == fresh.id
            ).execute()


def finish(call: SequenceCall, by: User, outcome: str, version: int | None = None, **given) -> SequenceCall:
    """Log the call with its outcome; for no answer the summary is filled in. Raises Refused where the entry is not
    complete."""
    with transaction():
        return _finish(_fresh(call, by, version), by, outcome, given)


def _finish(fresh: SequenceCall, by: User, outcome: str, given: dict) -> SequenceCall:
    _must_be_dialed(fresh)
    _must_agree_to_recordings(fresh, outcome)
    if outcome == STOPPED:
        return _stop(fresh, by, given)
    activity = _log(fresh, by, outcome, given)
    return _done(fresh, outcome, activity)


def log_and_next(
    call: SequenceCall, by: User, outcome: str, version: int | None = None, **given
) -> tuple[SequenceCall, Screen]:
    with transaction():
        fresh = _known(call, by)
        if _logged_already(fresh, outcome, version):
            return fresh, screen(fresh.sequence, by)
        done = _finish(_must_stand(fresh, version), by, outcome, given)
        sequence = done.sequence  # as it was read in this transaction; nothing of it is on the screen any more
        return done, _offer_next(sequence, by) if sequence.standing == RUNNING else as_it_stands(sequence)


def _logged_already(fresh: SequenceCall, outcome: str, version: int | None) -> bool:
    """By this very form, of which nobody heard the answer."""
    return fresh.standing == DONE and (fresh.outcome, fresh.version - 1) == (outcome, version)


def _must_be_dialed(call: SequenceCall) -> None:
    if not call.dialed:
        raise Refused(
            [Refusal("not_dialed", "Call first: tap the number. Then log how it ended.", SOP_LEADS)], call.lead
        )


def _must_agree_to_recordings(call: SequenceCall, outcome: str) -> None:
    if outcome == VM_DROP and not may_hear_recordings(call.lead.person, clock.now()):
        sentence = "They have not agreed to recorded voicemails: speak one yourself, or add their consent first."
        remedy = Remedy("Add consent…", "leads.consent", (("lead_id", call.lead_id),), "plus")
        raise Refused([Refusal("consent", sentence, "47 CFR 64.1200", (remedy,), field="outcome")], call.lead)


def _log(call: SequenceCall, by: User, outcome: str, given: dict, **more):
    kind = "voicemail" if outcome == VM_DROP else "call"
    summary = (given.get("summary") or "").strip() or SUMMARIES.get(outcome, "")
    ended = call.hung_up_at or clock.now()
    minutes = round((ended - call.dialed_at).total_seconds() / 60) if outcome in CONNECTED else None
    told = {"objections": given.get("objections"), "at": call.dialed_at, "minutes": minutes, "dialing": call.id} | more
    told |= {name: given.get(name) for name in ("next_step", "due_at") if name not in more}
    quoting = given.get("quoting")
    return log(call.lead, by, kind, summary, "out", outcome=outcome, quoting=quoting, as_read=True, **told)


def _stop(call: SequenceCall, by: User, given: dict) -> SequenceCall:
    """Asked not to be called: logged, and closed to calls at once. Where nothing else is next, the lead is closed."""
    goes_on = bool((given.get("next_step") or "").strip())
    given["summary"] = (given.get("summary") or "").strip() or SUMMARIES[STOPPED]
    activity = _log(call, by, FOLLOW_UP, given, **({} if goes_on else {"step": True, "next_step": "", "due_at": None}))
    wishes.stop(call.lead.person, by, ("no_calls",))
    if not goes_on:
        inquiry.fire(Lead.get_by_id(call.lead_id), "close", by, close_reason=DO_NOT_CONTACT, no_calls=True, reason="")
    return _done(call, STOPPED, activity)


def _done(call: SequenceCall, outcome: str, activity) -> SequenceCall:
    change(
        call, standing=DONE, outcome=outcome, activity=activity, finished_at=clock.now(), held_until=None, draft=None
    )
    return call


def skip(call: SequenceCall, by: User, reason: str, version: int | None = None) -> SequenceCall:
    """Not this one now, with the reason; one that was dialed is logged instead."""
    if not (reason or "").strip():
        raise Refused([Refusal("reason", "Say why it is skipped.", SOP_LEADS, field="reason")])
    with transaction():
        fresh = _fresh(call, by, version)
        if fresh.dialed:
            raise Refused([permission.unlogged(fresh)], fresh.lead, "skip")
        change(fresh, standing=SKIPPED, why=reason.strip()[:500], finished_at=clock.now(), held_until=None)
    return fresh


def seconds_of(call: SequenceCall, now: datetime | None = None) -> int:
    """How long the call has lasted."""
    return int(((call.hung_up_at or now or clock.now()) - call.dialed_at).total_seconds()) if call.dialed_at else 0
