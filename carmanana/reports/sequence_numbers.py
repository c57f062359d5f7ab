"""What each call sequence did."""

from dataclasses import dataclass

from peewee import fn

from carmanana.records.activities import CONNECTED, NO_VM, VM_DROP, VM_LEFT, WRONG
from carmanana.records.people import User
from carmanana.records.sequences import DONE, SET_ASIDE, SKIPPED, UNFINISHED, CallSequence, SequenceCall
from carmanana.reports.lead_scope import LeadScope

MOST = 50


@dataclass(frozen=True)
class SequenceTally:
    """`called` were dialed and logged: `talked` with an answer, `unanswered`, `wrong` numbers, and the others."""

    sequence: CallSequence
    leads: int
    called: int
    talked: int
    unanswered: int
    wrong: int
    skipped: int
    set_aside: int
    waiting: int


def sequence_numbers(scope: LeadScope) -> list[SequenceTally]:
    """Those made within the days, the newest first."""
    number, call = fn.COUNT(SequenceCall.id), SequenceCall
    done = call.standing == DONE
    measures = [
        number,
        number.filter(done),
        number.filter(done & call.outcome.in_(CONNECTED)),
        number.filter(done & call.outcome.in_((VM_LEFT, VM_DROP, NO_VM))),
        number.filter(done & (call.outcome == WRONG)),
        number.filter(call.standing == SKIPPED),
        number.filter(call.standing == SET_ASIDE),
        number.filter(call.standing.in_(UNFINISHED)),
    ]
    sequences = {sequence.id: sequence for sequence in _sequences(scope)}
    counted = call.select(call.sequence, *measures).where(call.sequence.in_(list(sequences))).group_by(call.sequence)
    found = {id: numbers for id, *numbers in counted.tuples()}
    return [SequenceTally(sequence, *found.get(id, (0,) * len(measures))) for id, sequence in sequences.items()]


def _sequences(scope: LeadScope):
    conditions = [scope.within(CallSequence.created_at)]
    if scope.owner:
        conditions.append(CallSequence.user == scope.owner)
    if scope.team:
        conditions.append(CallSequence.user.in_(User.select(User.id).where(User.manager == scope.team)))
    visible = CallSequence.visible_to(scope.viewer).select(CallSequence, User).join(User, on=CallSequence.user)
    return visible.where(*conditions).order_by(CallSequence.created_at.desc(), CallSequence.id.desc()).limit(MOST)
