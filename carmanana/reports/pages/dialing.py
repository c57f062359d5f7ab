"""What the power dialer brought (SOP 1, section F)."""

from carmanana.records.activities import CONNECTED, NO_VM, OUTCOMES, VM_DROP, VM_LEFT, WRONG
from carmanana.records.people import User
from carmanana.records.sequences import DONE, SET_ASIDE, SKIPPED, CallSequence, SequenceCall
from carmanana.reports.measures import count, share
from carmanana.reports.registry import PEOPLE, PERIOD, Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table

C = SequenceCall


def _finished(scope: ReportScope):
    calls = C.select().join(CallSequence).where(scope.within(C.finished_at))
    return calls.where(*scope.of_people(CallSequence.user))


def _done(scope: ReportScope):
    return _finished(scope).where(C.standing == DONE)


CALLED = count(
    "called",
    "Called",
    "Calls of a sequence that were dialed and logged in these days.",
    lambda scope: C.standing == DONE,
)
TALKED = count(
    "talked", "Spoken with", "The outcome is connected.", lambda scope: (C.standing == DONE) & C.outcome.in_(CONNECTED)
)
MEASURES = (
    CALLED,
    TALKED,
    share("rate", "Share", "Spoken with, of those called.", "talked", "called"),
    count("unanswered", "No answer", "No answer, with or without a voicemail.",
        lambda scope: (C.standing == DONE) & C.outcome.in_((VM_LEFT, VM_DROP, NO_VM))),
    count("wrong", "Wrong number", "The number was wrong.",
        lambda scope: (C.standing == DONE) & (C.outcome == WRONG)),
    count("skipped", "Skipped", "Skipped by the caller.", lambda scope: C.standing == SKIPPED),
    count("aside", "Set aside", "Not callable: the reason stands beside each.",
        lambda scope: C.standing == SET_ASIDE),
)  # fmt: skip
CALLERS = Table(
    "callers", "Calls of sequences", "Who called", "call", _finished, C.id, by=CallSequence.user, names=people,
    measures=MEASURES, chart="called", empty="No call of a sequence was made in these days.",
)  # fmt: skip
RESULTS = Table(
    "results", "How they ended", "Outcome", "call", _done, C.id, by=C.outcome, names=lambda scope: OUTCOMES,
    measures=(count("calls", "Calls", "Calls of a sequence that were logged in these days."),), chart="calls",
    empty="No call of a sequence was made in these days.",
)  # fmt: skip
SEQUENCES = Table(
    "sequences", "By sequence", "Sequence", "call", _finished, C.id, by=CallSequence.id,
    names=lambda scope: dict(
        CallSequence.visible_to(scope.viewer).select(CallSequence.id, CallSequence.name)
        .join(User, on=CallSequence.user).tuples()
    ),
    measures=MEASURES, chart="called", empty="No call of a sequence was made in these days.",
)  # fmt: skip

DIALING = Report("dialing", "Dialing", "What the power dialer brought", (CALLERS, RESULTS, SEQUENCES), (PERIOD, PEOPLE))
