"""How requests to cancel ended, and how soon the manager tried to reach the customer (SOP 0)."""

from carmanana.records.cancellations import CANCELLED, MAIN_REASONS, RETAINED, WITHDRAWN, CancellationRequest
from carmanana.records.deals import Deal
from carmanana.reports.measures import count, share
from carmanana.reports.registry import Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table

R = CancellationRequest


def _ended(scope: ReportScope):
    return _requests(scope, scope.within(R.ended_at))


def _came_in(scope: ReportScope):
    return _requests(scope, scope.within(R.requested_at))


def _requests(scope: ReportScope, *conditions):
    """By their reviewer; who does not see all sees what they asked for themselves."""
    mine = scope.of_people(R.reviewer) if scope.viewer.sees_all else [R.requested_by == scope.viewer]
    return R.select().join(Deal).where(*conditions, *scope.of_pipeline(), *mine)


def _ours(scope: ReportScope):
    return R.acknowledged_at.is_null()


def _decided(scope: ReportScope):
    return _ours(scope) & R.state.in_((RETAINED, CANCELLED))


OUTCOMES = (
    count("ended", "Ended", "Requests that ended in these days, but for those by a right to cancel.", _ours),
    count("retained", "Retained", "The customer stays.", lambda scope: _ours(scope) & (R.state == RETAINED)),
    count("cancelled", "Cancelled", "Cancelled after a review.", lambda scope: _ours(scope) & (R.state == CANCELLED)),
    count("withdrawn", "Withdrawn", "Asked for by mistake, twice, or taken back by the customer.",
        lambda scope: _ours(scope) & (R.state == WITHDRAWN)),
    count("decided", "Decided", "Retained or cancelled.", _decided),
    share("rate", "Save rate", "Retained, of those decided; not told of fewer than five.", "retained", "decided"),
    count("right", "By right", "Ended by a right to cancel, which was not ours to decide.",
        lambda scope: R.acknowledged_at.is_null(False)),
)  # fmt: skip
REVIEWERS = Table(
    "reviewers", "How they ended", "Reviewer", "request", _ended, R.id, by=R.reviewer, names=people,
    measures=OUTCOMES, chart="ended", empty="No request to cancel ended in these days.",
)  # fmt: skip
REASONS = Table(
    "reasons", "Why customers wanted to leave", "Main reason", "request", _ended, R.id, by=R.main_reason,
    names=lambda scope: MAIN_REASONS, measures=OUTCOMES, chart="ended",
    empty="No request to cancel ended in these days.",
)  # fmt: skip
TRIED = R.attempted_at.is_null(False)
FIRST_TRY = Table(
    "first-try", "First try to reach the customer", "Reviewer", "request", _came_in, R.id, by=R.reviewer, names=people,
    measures=(
        count("requests", "Requests", "Requests to cancel that came in in these days."),
        count("in_time", "In time", "The manager tried to reach the customer before it was due.",
            lambda scope: TRIED & (R.attempted_at <= R.due_at)),
        count("late", "Too late", "The manager tried, after it was due.",
            lambda scope: TRIED & (R.attempted_at > R.due_at)),
        count("untried", "Not yet", "Still open, and nobody has tried yet.",
            lambda scope: ~TRIED & R.ended_at.is_null()),
        share("rate", "Share", "In time, of all that came in; not told of fewer than five.", "in_time", "requests"),
    ),
    chart="requests", empty="No request to cancel came in in these days.",
)  # fmt: skip

CANCELLATIONS = Report(
    "cancellations", "Cancellations", "How requests to cancel ended, and how soon the customer was called",
    (REVIEWERS, REASONS, FIRST_TRY),
)  # fmt: skip
