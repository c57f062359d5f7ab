"""How requests to cancel ended and what saved the orders, and how soon the manager reached the customer (SOP 0; SOP 2)."""

from dataclasses import replace
from datetime import date

from peewee import SQL, Node, fn

from carmanana.core import clock, locales
from carmanana.records.cancellations import (
    BEFORE_CONTACT,
    CANCELLED,
    DIAGNOSES,
    MAIN_REASONS,
    OPEN,
    RETAINED,
    STATES,
    WITHDRAWN,
    CancellationRequest,
)
from carmanana.records.deal_codes import CANCELLED as CANCELLED_DEAL
from carmanana.records.deal_codes import LOST
from carmanana.records.deals import Deal
from carmanana.records.playbook import STEPS, PlaybookAnswer
from carmanana.records.retention import OFFER_KINDS, Offer, Presentation, RetentionPlan
from carmanana.reports.cases import case_file
from carmanana.reports.contact_times import MEASURES as WAITED
from carmanana.reports.contact_times import Waits
from carmanana.reports.measures import count, money, share
from carmanana.reports.registry import Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.requests import came_in, ended, ended_or_came_in, requests
from carmanana.reports.tables import Line, Table

from .workload import NOBODY, owned

R, Later, Plan = CancellationRequest, CancellationRequest.alias(), RetentionPlan.alias()
MONTHS = 12
NONE_ENDED = "No request to cancel ended in these days."
NONE_CAME = "No request to cancel came in in these days."


def _ours(scope: ReportScope):
    return R.acknowledged_at.is_null()


def _decided(scope: ReportScope):
    return _ours(scope) & R.state.in_((RETAINED, CANCELLED))


def _ended_as(state: str):
    return lambda scope: _ours(scope) & (R.state == state)


def _kept(scope: ReportScope):
    """An order that was retained twice counts once."""
    again = Later.select(Later.id).where(Later.deal == R.deal, Later.id > R.id, Later.state == RETAINED)
    lasting = Deal.state.not_in((CANCELLED_DEAL, LOST)) & ~fn.EXISTS(again.where(scope.within(Later.ended_at)))
    return _ours(scope) & (R.state == RETAINED) & Deal.value_cents.is_null(False) & lasting


OUTCOMES = (
    count("ended", "Ended", "Requests that ended in these days, but for those by a right to cancel.", _ours),
    count("retained", "Retained", "The customer stays.", _ended_as(RETAINED)),
    count("cancelled", "Cancelled", "Cancelled after a review.", _ended_as(CANCELLED)),
    count("withdrawn", "Withdrawn", "Asked for by mistake, twice, or taken back by the customer.",
        _ended_as(WITHDRAWN)),
    count("decided", "Decided", "Retained or cancelled.", _decided),
    share("rate", "Save rate", "Retained, of those decided; not told of fewer than five.", "retained", "decided"),
    count("right", "By right", "Ended by a right to cancel, which was not ours to decide.",
        lambda scope: R.acknowledged_at.is_null(False)),
)  # fmt: skip
KEPT = money("kept", "Value kept", "What the orders are worth that were retained and are not lost since.",
    Deal.value_cents, _kept)  # fmt: skip


def _by(key: str, title: str, what: str, by: Node, names, otherwise: str = "Not known") -> Table:
    return Table(
        key, title, what, "request", ended, R.id, by=by, names=names, otherwise=otherwise, measures=OUTCOMES,
        chart="decided", split=("retained", "cancelled"), empty=NONE_ENDED,
    )  # fmt: skip


REVIEWERS = replace(
    _by("reviewers", "How cancellations ended", "Reviewer", R.reviewer, people), measures=(*OUTCOMES, KEPT),
    currency=Deal.currency,
)  # fmt: skip
REASONS = _by("reasons", "Why customers wanted to leave", "Main reason", R.main_reason, lambda scope: MAIN_REASONS)
WHY = _by("diagnoses", "By diagnosis", "Diagnosis", R.diagnosis, lambda scope: DIAGNOSES, "Not diagnosed")
OWNERS = _by("owners", "By agent", "The order’s owner", owned(Deal.owner), people, NOBODY)
LATEST = Plan.select(fn.MAX(Plan.id)).where(Plan.request == R.id)
MEMBERS = _by(
    "members", "By retention member", "Who tried to save it",
    RetentionPlan.select(RetentionPlan.assignee).where(RetentionPlan.id == LATEST), people, "Never with retention",
)  # fmt: skip

# the month that a request ended in


def _last_months(scope: ReportScope) -> list[date]:
    months = scope.today.year * 12 + scope.today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(months - MONTHS + 1, months + 2)]


def _lately(scope: ReportScope):
    return requests(scope, R.ended_at >= clock.start_of_day(_last_months(scope)[0], scope.zone))


def _months(scope: ReportScope) -> list[Line]:
    firsts = _last_months(scope)
    starts = [clock.start_of_day(first, scope.zone) for first in firsts]
    named = [(f"{first:%Y-%m}", locales.month(first, scope.viewer.locale)) for first in firsts]
    ends = zip(named, starts, starts[1:], strict=False)
    return [Line(key, name, (R.ended_at >= start) & (R.ended_at < end)) for (key, name), start, end in ends][::-1]


LATELY = Table(
    "months", "The last 12 months", "Month", "request", _lately, R.id, lines=_months, measures=OUTCOMES,
    chart="decided", split=("retained", "cancelled"), rests=True, empty="No request to cancel ended in a year.",
)  # fmt: skip

# what was tried


def _answered(scope: ReportScope):
    return ended(scope).join_from(R, PlaybookAnswer)


PLAYBOOK = replace(
    _by("steps", "By playbook step", "Step answered", PlaybookAnswer.step, lambda scope: STEPS),
    rows=_answered, in_order=True, total=False, several=True, empty="No step of the playbook was answered.",
)  # fmt: skip
NUMBERS = {number: f"{number} of {len(STEPS)}" if number else "None" for number in range(len(STEPS) + 1)}
ANSWERED = PlaybookAnswer.select(fn.COUNT(PlaybookAnswer.id)).where(PlaybookAnswer.request == R.id)
BY_NUMBER = replace(
    _by("answered", "By steps answered", "Steps of the playbook", ANSWERED, lambda scope: NUMBERS), in_order=True
)


def _presented(scope: ReportScope):
    """A request stands once in each kind, however many offers of it there were."""
    accepted = fn.MAX(Presentation.answer == "accepted").alias("accepted")
    shown = RetentionPlan.select(RetentionPlan.request, Offer.kind, accepted).join(Offer).join(Presentation)
    shown = shown.group_by(RetentionPlan.request, Offer.kind).alias("shown")
    return ended(scope).join_from(R, shown, on=R.id == shown.c.request_id)


ACCEPTED = SQL("shown.accepted")
OFFERS = replace(
    _by("offers", "By offer", "Offer", SQL("shown.kind"), lambda scope: OFFER_KINDS),
    rows=_presented, total=False, several=True, empty="No offer was presented for a request that ended in these days.",
    measures=(
        count("presented", "Presented", "Requests that ended in these days, in which such an offer was presented."),
        count("accepted", "Accepted", "The customer accepted one.", lambda scope: ACCEPTED),
        count("with", "Kept with", "Accepted, and the customer stays.", lambda scope: ACCEPTED & (R.state == RETAINED)),
        *OUTCOMES[1:3], *OUTCOMES[4:6],
    ),
)  # fmt: skip

# how soon the customer was reached

TRIED = R.attempted_at.is_null(False)
FIRST_TRY = Table(
    "first-try", "First try to reach the customer", "Reviewer", "request", came_in, R.id, by=R.reviewer, names=people,
    measures=(
        count("requests", "Requests", "Requests to cancel that came in in these days."),
        count("in_time", "In time", "The manager tried to reach the customer before it was due.",
            lambda scope: TRIED & (R.attempted_at <= R.due_at)),
        count("late", "Too late", "The manager tried, after it was due.",
            lambda scope: TRIED & (R.attempted_at > R.due_at)),
        count("untried", "Not yet", "Still open, and nobody has tried yet.",
            lambda scope: ~TRIED & R.ended_at.is_null()),
        share("rate", "First try in time", "In time, of all that came in; not told of fewer than five.", "in_time",
            "requests"),
    ),
    chart="requests", empty=NONE_CAME,
)  # fmt: skip
FIRST_CONTACT = Waits(
    "waits", "Time to first contact", "Reviewer", "request", ended_or_came_in, R.id, WAITED, names=people,
    chart="reached", empty="Nobody was reached in these days.",
)  # fmt: skip
STANDING = Table(
    "open", "Open now", "State", "request", lambda scope: requests(scope, R.ended_at.is_null()), R.id, by=R.state,
    names=lambda scope: {state: STATES[state] for state in OPEN}, in_order=True, rests=True,
    measures=(
        count("open", "Open now", "Requests that have not ended."),
        count("overdue", "Overdue", "The first contact is past its time, and nobody has tried yet.",
            lambda scope: R.state.in_(BEFORE_CONTACT) & ~TRIED & (R.due_at < scope.now)),
    ),
    chart="open", empty="No request to cancel is open.",
)  # fmt: skip

CANCELLATIONS = Report(
    "cancellations", "Cancellations", "How requests to cancel ended, and how soon the customer was called",
    (REVIEWERS, LATELY, REASONS, WHY, OFFERS, PLAYBOOK, BY_NUMBER, OWNERS, MEMBERS, FIRST_CONTACT, FIRST_TRY, STANDING),
    tiles=(
        ("reviewers", "rate"), ("reviewers", "ended"), ("reviewers", "kept"), ("waits", "median"),
        ("first-try", "rate"), ("open", "open"), ("open", "overdue"),
    ),
    records=case_file,
)  # fmt: skip
