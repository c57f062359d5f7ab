"""What was promised so that customers stayed, and the money that is owed to those who left (SOP 0, step 7)."""

from carmanana.records.activities import DROPPED, Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.retention import COMMITMENT_KINDS, Commitment
from carmanana.reports.measures import count, money, share
from carmanana.reports.registry import PEOPLE, PERIOD, Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table

T, R = Activity, CancellationRequest


def _made(scope: ReportScope):
    promises = Commitment.select().join(T, on=Commitment.task).where(scope.within(Commitment.made_at))
    return promises.where(*scope.of_people(T.assignee))


def _done(scope: ReportScope):
    return T.done_at.is_null(False) & (T.closed_as.is_null() | (T.closed_as != DROPPED))


def _owed(scope: ReportScope):
    cases = R.select().join(T, on=R.return_task).join(Deal, on=R.deal == Deal.id)
    return cases.where(scope.within(R.ended_at), *scope.of_people(R.reviewer))


PROMISED = count("promises", "Promises", "Promises made in these days, by whoever is to keep them.")
KEPT = count("kept", "Kept", "Marked as kept.", _done)
MEASURES = (
    PROMISED,
    KEPT,
    count("in_time", "In time", "Kept before they were due.", lambda scope: _done(scope) & (T.done_at <= T.due_at)),
    count("open", "Open", "Not kept yet and not overdue.", lambda scope: T.done_at.is_null() & (T.due_at >= scope.now)),
    count("overdue", "Overdue", "Not kept, and their day has passed.",
        lambda scope: T.done_at.is_null() & (T.due_at < scope.now)),
    count("dropped", "Dropped", "The order ended before they were due.", lambda scope: T.closed_as == DROPPED),
    share("rate", "Share kept", "Kept, of all that were made.", "kept", "promises"),
)  # fmt: skip
KEEPERS = Table(
    "keepers", "Promises", "Who keeps them", "promise", _made, Commitment.id, by=T.assignee, names=people,
    measures=MEASURES, chart="promises", empty="Nothing was promised in these days.",
)  # fmt: skip
KINDS = Table(
    "kinds", "What was promised", "Kind", "promise", _made, Commitment.id, by=Commitment.kind,
    names=lambda scope: COMMITMENT_KINDS, measures=MEASURES, chart="promises",
    empty="Nothing was promised in these days.",
)  # fmt: skip
OWED = Table(
    "owed", "Money owed", "Reviewer", "request", _owed, R.id, by=R.reviewer, names=people, currency=Deal.currency,
    measures=(
        count("cases", "Cases", "Cancellations decided in these days that left money to be returned."),
        money("pending", "Left to return", "What was pending when they were decided.", R.pending_cents),
        count("returned", "Returned", "Nothing is with us any more.", lambda scope: R.returned_on.is_null(False)),
        count("open", "Open", "Not returned yet and not overdue.",
            lambda scope: R.returned_on.is_null() & (T.due_at >= scope.now)),
        count("overdue", "Overdue", "Not returned, and its day has passed.",
            lambda scope: R.returned_on.is_null() & (T.due_at < scope.now)),
        money("owed", "Owed", "What was pending, of those that are not returned yet.", R.pending_cents,
            lambda scope: R.returned_on.is_null()),
    ),
    chart="cases", empty="No cancellation decided in these days left money to be returned.",
)  # fmt: skip

PROMISES = Report(
    "promises", "Promises", "What was promised, and what is owed", (KEEPERS, KINDS, OWED), (PERIOD, PEOPLE)
)
