"""Which requests to cancel a report is about."""

from peewee import Select

from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.reports.report_scope import ReportScope

R = CancellationRequest


def requests(scope: ReportScope, *conditions) -> Select:
    """With their orders; who does not see all sees what they asked for themselves."""
    return R.select().join(Deal).where(*conditions, *scope.of_pipeline(), *_whose(scope))


def _whose(scope: ReportScope) -> list:
    """A team's or a person's are those of their orders, and those that they review."""
    if not scope.viewer.sees_all:
        return [R.requested_by == scope.viewer]
    found = []
    if scope.team:
        people = User.select(User.id).where((User.manager == scope.team) | (User.id == scope.team))
        found.append(Deal.owner.in_(people) | R.reviewer.in_(people))
    if scope.owner:
        found.append((Deal.owner == scope.owner) | (R.reviewer == scope.owner))
    return found


def ended(scope: ReportScope) -> Select:
    return requests(scope, scope.within(R.ended_at))


def came_in(scope: ReportScope) -> Select:
    return requests(scope, scope.within(R.requested_at))


def ended_or_came_in(scope: ReportScope) -> Select:
    """Ended within these days; or still open and came in within them."""
    return requests(scope, scope.within(R.ended_at) | (R.ended_at.is_null() & scope.within(R.requested_at)))
