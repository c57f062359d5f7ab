"""How many orders were saved of those that customers wanted to cancel, and by what (SOP 0, step 7; SOP 2)."""

from dataclasses import dataclass
from datetime import date

from peewee import SQL, Case, fn

from carmanana.core import clock
from carmanana.records.cancellations import (
    BEFORE_CONTACT,
    DIAGNOSES,
    MAIN_REASONS,
    RETAINED,
    WITHDRAWN,
    CancellationRequest,
)
from carmanana.records.deal_codes import CANCELLED, LOST
from carmanana.records.deals import Deal
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.playbook import STEPS, PlaybookAnswer
from carmanana.records.retention import OFFER_KINDS, Offer, Presentation, RetentionPlan

from .contact_times import ContactTimes, contact_times
from .pivot import pivot
from .scope import Scope
from .tally import Tally, counts, tallies

MONTHS = 12
R = CancellationRequest
BY = ("state", "reason", "diagnosis", "owner", "reviewer", "member", "steps")


@dataclass(frozen=True)
class OfferTally(Tally):
    """`requests` are those in which an offer of the kind was presented."""

    accepted: int = 0
    kept_with: int = 0


@dataclass(frozen=True)
class Month:
    first: date
    tally: Tally


@dataclass(frozen=True)
class Group:
    """A table of save rates. `told` is what its first column holds."""

    title: str
    told: str
    rows: list[Tally]


@dataclass(frozen=True)
class Saving:
    """`kept_cents` is by currency: orders retained, and not lost since. What ended `by_right` is in no other number."""

    total: Tally
    withdrawn: int
    by_right: int
    kept_cents: dict[str, int]
    open_now: int
    late_now: int
    contacts: ContactTimes
    groups: list[Group]
    offers: list[OfferTally]
    months: list[Month]


def saving(scope: Scope) -> Saving:
    found = _counted(scope)
    open_now, late_now = _waiting(scope)
    return Saving(
        Tally("All", *map(sum, zip(*found["state"].values(), strict=True))),
        found["state"].get(WITHDRAWN, (0,))[0],
        scope.by_right(),
        _kept(scope),
        open_now,
        late_now,
        contact_times(scope),
        _groups(found, scope),
        _offers(scope),
        _months(scope),
    )


def _counted(scope: Scope) -> dict[str, dict]:
    """By each of BY, the numbers of each value: requests, retained, cancelled. The requests are read once."""
    Plan = RetentionPlan.alias()
    latest = Plan.select(fn.MAX(Plan.id)).where(Plan.request == R.id)
    steps = PlaybookAnswer.select(fn.COUNT(PlaybookAnswer.id)).where(PlaybookAnswer.request == R.id)
    owner = Case(None, [(Deal.owner == HOUSE_ID, None)], Deal.owner)
    member = RetentionPlan.select(RetentionPlan.assignee).where(RetentionPlan.id == latest)
    values = (R.state, R.main_reason, R.diagnosis, owner, R.reviewer, member, steps)
    ended = scope.ended().select(*(value.alias(name) for name, value in zip(BY, values, strict=True)))
    return pivot(ended, BY, lambda row: counts(SQL("1"), row.state))


def _waiting(scope: Scope) -> tuple[int, int]:
    number = fn.COUNT(R.id)
    late = R.state.in_(BEFORE_CONTACT) & R.attempted_at.is_null() & (R.due_at < clock.now())
    return scope.requests(R.ended_at.is_null()).select(number, number.filter(late)).tuples().get()


def _kept(scope: Scope) -> dict[str, int]:
    """An order that was retained twice counts once."""
    retained = scope.ended().where(R.state == RETAINED).select(R.deal)
    valued = Deal.select(Deal.currency, fn.SUM(Deal.value_cents)).where(
        Deal.id.in_(retained), Deal.state.not_in((CANCELLED, LOST))
    )
    sums = valued.where(Deal.value_cents.is_null(False)).group_by(Deal.currency).tuples()
    return dict(sorted(sums, key=lambda pair: -pair[1]))


def _groups(found: dict[str, dict], scope: Scope) -> list[Group]:
    names = dict(User.select(User.id, User.name).tuples())
    return [
        Group("By main reason", "Reason", tallies(found["reason"], MAIN_REASONS, "Not known")),
        Group("By diagnosis", "Diagnosis", tallies(found["diagnosis"], DIAGNOSES, "Not diagnosed")),
        Group("By agent", "The order's owner", tallies(found["owner"], names, "Nobody owns it")),
        Group("By manager", "Reviewer", tallies(found["reviewer"], names)),
        Group("By retention member", "Who tried to save it", tallies(found["member"], names, "Never with retention")),
        Group("By playbook step", "Step answered", _by_step(scope)),
        Group("By steps answered", "Steps of the playbook", _by_steps(found["steps"])),
    ]


def _by_step(scope: Scope) -> list[Tally]:
    """In the order of the playbook; a request stands in each step that was answered."""
    answered = scope.ended().join_from(R, PlaybookAnswer)
    rows = answered.select(PlaybookAnswer.step, *counts(R.id, R.state)).group_by(PlaybookAnswer.step).tuples()
    found = {step: Tally(STEPS[step], *numbers) for step, *numbers in rows}
    return [found.get(step, Tally(name)) for step, name in STEPS.items()] if found else []


def _by_steps(found: dict[int, tuple]) -> list[Tally]:
    return [Tally(f"{number} of {len(STEPS)}" if number else "None", *found[number]) for number in sorted(found)]


def _offers(scope: Scope) -> list[OfferTally]:
    """A request stands once in each kind, however many offers of it there were."""
    once, accepted = R.id.distinct(), Presentation.answer == "accepted"
    number = fn.COUNT(once)
    shown = scope.ended().join_from(R, RetentionPlan).join(Offer).join(Presentation)
    columns = (
        Offer.kind,
        *counts(once, R.state),
        number.filter(accepted),
        number.filter(accepted & (R.state == RETAINED)),
    )
    found = [
        OfferTally(OFFER_KINDS[kind], *numbers)
        for kind, *numbers in shown.select(*columns).group_by(Offer.kind).tuples()
    ]
    return sorted(found, key=lambda tally: (-tally.requests, tally.name))


def _months(scope: Scope) -> list[Month]:
    """The last twelve, whatever the days that were chosen; this month is the last of them."""
    firsts = _firsts(clock.today(scope.zone))
    starts = [clock.start_of_day(first, scope.zone) for first in firsts]
    number = Case(None, [(R.ended_at < start, index) for index, start in enumerate(starts[1:])], MONTHS - 1)
    rows = (
        scope.requests(R.ended_at >= starts[0], R.acknowledged_at.is_null())
        .select(number, *counts(R.id, R.state))
        .group_by(SQL("1"))
        .tuples()
    )
    found = {index: numbers for index, *numbers in rows}
    return [Month(first, Tally(f"{first:%b %Y}", *found.get(index, ()))) for index, first in enumerate(firsts)]


def _firsts(today: date) -> list[date]:
    months = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(months - MONTHS + 1, months + 1)]
