"""Putting a sequence together: whose it is, which leads, and what is set aside from the start."""

from collections import Counter
from collections.abc import Iterable

from carmanana.core import audit, clock
from carmanana.core.db import change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.leads.dialing import permission
from carmanana.leads.lifecycle import may_work
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.sequences import ENDED, SET_ASIDE, SKIPPED, UNFINISHED, WAITING, CallSequence, SequenceCall
from carmanana.records.sops import SOP_LEADS

MOST, REASONS_TOLD = 200, 3


def prepare(
    by: User, user: User, leads: Iterable[Lead], name: str, guidance: str = "", pinned: Iterable[int] = ()
) -> CallSequence:
    """A sequence for `user`, in the order given. A manager may prepare one for somebody else and pin leads to its top.

    What can't be called at all is set aside with its reason. Raises Refused where nothing is left to call."""
    if not by.works_deals or (user != by and not by.is_manager):
        raise Forbidden("prepare")
    leads, pinned = list(leads), set(pinned)
    _refuse(user, leads, name)
    with transaction():
        sequence = CallSequence.create(name=name.strip(), user=user, made_by=by, guidance=guidance.strip())
        _add(sequence, leads, pinned)
        if not sequence.calls.where(SequenceCall.standing == WAITING).exists():
            raise Refused([Refusal("none_left", _none_left(sequence), SOP_LEADS)])
        audit.record("prepare_sequence", sequence, by, user=user.id, leads=len(leads))
        if user != by:
            Notification.tell(user, "sequence", f"{by.name} has prepared a call sequence for you: {sequence.name}", by)
    return sequence


def _refuse(user: User, leads: list[Lead], name: str) -> None:
    refusals = []
    if not (name or "").strip() or len(name.strip()) > 80:
        refusals.append(Refusal("name", "Give the sequence a name of at most 80 letters.", SOP_LEADS, field="name"))
    if not user.works_deals or not user.active:
        refusals.append(Refusal("user", "Choose somebody who works leads.", SOP_LEADS, field="user"))
    if not leads:
        refusals.append(Refusal("none", "Choose the leads to call first.", SOP_LEADS))
    if len(leads) > MOST:
        refusals.append(Refusal("most", f"A sequence takes {MOST} leads at most. Narrow the list down.", SOP_LEADS))
    if refusals:
        raise Refused(refusals)


def _add(sequence: CallSequence, leads: list[Lead], pinned: set[int]) -> None:
    elsewhere = dict(
        SequenceCall.select(SequenceCall.lead, CallSequence.name)
        .join(CallSequence)
        .where(SequenceCall.lead.in_([lead.id for lead in leads]), SequenceCall.standing.in_(UNFINISHED))
        .tuples()
    )
    for position, lead in enumerate(leads, 1):
        why = f"In the sequence “{elsewhere[lead.id]}” already" if lead.id in elsewhere else _never(lead, sequence.user)
        SequenceCall.create(
            sequence=sequence,
            lead=lead,
            position=position,
            pinned=lead.id in pinned,
            standing=SET_ASIDE if why else WAITING,
            why=why,
            finished_at=clock.now() if why else None,
        )


def _none_left(sequence: CallSequence) -> str:
    """Why each is set aside; the sequence itself is not kept."""
    reasons = Counter(call.why.rstrip(".") for call in sequence.calls)
    told = [f"{why} ({number})" if number > 1 else why for why, number in reasons.most_common(REASONS_TOLD)]
    more = len(reasons) - len(told)
    return f"None of these leads can be called. {'. '.join(told)}{f', and {more} other reasons' if more else ''}."


def _never(lead: Lead, user: User) -> str:
    """Why it can't be called whatever the hour; "" where it can."""
    if not lead.open:
        return f"This lead is {lead.state_name.lower()}"
    if not may_work(lead, user):
        return f"{lead.owner.name} owns this lead"
    refusal = permission.lasting(lead, clock.now(), user)
    return refusal.sentence if refusal else ""


def end(sequence: CallSequence, by: User) -> CallSequence:
    """No more calls: what waits is free for other sequences. A call that is under way is logged first."""
    with transaction():
        fresh = CallSequence.get_by_id(sequence.id)
        must_call(fresh, by)
        if fresh.standing == ENDED:
            return fresh
        permission.refuse_unlogged(fresh)
        _end(fresh, by)
    return fresh


def end_all_of(user: User, by: User) -> None:
    """They leave: what they were to call is free for others."""
    for sequence in CallSequence.select().where(CallSequence.user == user, CallSequence.standing != ENDED):
        _end(sequence, by)


def _end(sequence: CallSequence, by: User) -> None:
    SequenceCall.update(standing=SKIPPED, finished_at=clock.now(), version=SequenceCall.version + 1).where(
        SequenceCall.sequence == sequence, SequenceCall.standing.in_(UNFINISHED)
    ).execute()
    change(sequence, standing=ENDED, ended_at=clock.now())
    audit.record("end_sequence", sequence, by)


def must_call(sequence: CallSequence, by: User) -> None:
    """Whose sequence it is, or a manager."""
    if sequence.user_id != by.id and not by.is_manager:
        raise Forbidden("sequence")
