"""The checks of a day, computed: those at its end (SOP 1, section I), and the agent's quick checklist line by line
(section K)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from peewee import Select, fn

from carmanana.core.db import database
from carmanana.core.limits import AT_A_GLANCE
from carmanana.core.query import Prepared, prepared
from carmanana.records.activities import CONNECTED, CONTACTS, Activity
from carmanana.records.people import User
from carmanana.today.moments import bounds, day_of
from carmanana.today.questions import (
    Day,
    everything_stuck,
    findings,
    holds_due,
    holds_without_attempt,
    leads_to_call,
    live_on_hold,
    not_contacted,
    overdue,
    shoppers_with_one_vehicle,
    spoken_to_without_needs,
    touched_without_log,
    unowned_past_a_day,
    without_step,
)
from carmanana.today.rows import up_to
from carmanana.today.standings import Clock


@dataclass(frozen=True)
class Check:
    """`open` are the questions whose rows keep it from being met; `fails` says so in words, given how many there are
    and how far they were counted. `title` heads the list of these rows; what has none is listed elsewhere. `arrived`
    says that they stand so since they came in."""

    code: str
    fact: str
    fails: Callable[[int, int], str]
    open: Callable[[Day], list[Select]]
    title: str = ""
    arrived: bool = False


@dataclass(frozen=True)
class Answer:
    check: Check
    number: int
    most: int

    @property
    def met(self) -> bool:
        return self.number == 0

    @property
    def words(self) -> str:
        return self.check.fact if self.met else self.fails

    @property
    def fails(self) -> str:
        return self.check.fails(self.number, self.most)


def some(one: str, many: str) -> Callable[[int, int], str]:
    return lambda number, most: f"1 {one}" if number == 1 else f"{_in_words(number, most)} {many}"


def _in_words(number: int, most: int) -> str:
    return f"{most:,}+" if number > most else f"{number:,}"


END_OF_DAY = (
    Check(
        "live_on_hold",
        "No live order is on hold",
        some("live order is on hold", "live orders are on hold"),
        live_on_hold,
        "Live orders on hold",
    ),
    Check(
        "holds", "No follow-up of a hold waits", some("hold is due", "holds are due"), holds_due, "Holds that are due"
    ),
    Check(
        "overdue",
        "Nothing is overdue",
        some("follow-up is overdue", "follow-ups are overdue"),
        overdue,
        "Overdue follow-ups",
    ),
    Check(
        "steps",
        "Every deal and lead has a next step",
        some("deal or lead has no next step", "deals and leads have no next step"),
        without_step,
        "No next step",
    ),
    Check(
        "untouched",
        "Every lead that was touched is logged",
        some("lead was touched and nothing is logged", "leads were touched and nothing is logged"),
        touched_without_log,
        "Touched and not logged",
    ),
    Check(
        "contacted",
        "What was claimed was contacted the same day",
        some("claimed deal or lead was not contacted", "claimed deals and leads were not contacted"),
        not_contacted,
        "Claimed and not contacted",
    ),
)

CHECKLIST = (
    Check(
        "k_hold",
        "I only put deals On Hold after a call or email attempt.",
        some("hold this week without an attempt", "holds this week without an attempt"),
        holds_without_attempt,
        "On hold without an attempt",
    ),
    Check(
        "k_live",
        "Live orders are never parked on hold without activity.",
        some("live order on hold", "live orders on hold"),
        live_on_hold,
        "Live orders on hold",
    ),
    Check(
        "k_own",
        "I regularly pull deals assigned to “CarManana” and take ownership when I work them.",
        some("has been nobody’s for a day", "have been nobody’s for a day"),
        unowned_past_a_day,
        "Nobody’s for a day",
        arrived=True,
    ),
    Check(
        "k_leads",
        "I use the Leads section and power dialer to clear inbound leads.",
        some("lead from before today not called yet", "leads from before today not called yet"),
        leads_to_call,
        "Leads not called yet",
    ),
    Check(
        "k_scripts",
        "I use approved outbound scripts and compliant voicemail messages.",
        some("wording to be looked at this week", "wordings to be looked at this week"),
        findings,
    ),
    Check(
        "k_needs",
        "I do a proper needs assessment before any pricing is discussed.",
        some("lead spoken with and nothing written down", "leads spoken with and nothing written down"),
        spoken_to_without_needs,
        "Spoken with and nothing written down",
    ),
    Check(
        "k_shoppers",
        "For price shoppers, I collect multiple vehicle options they’d consider.",
        some("price shopper with fewer than two vehicles", "price shoppers with fewer than two vehicles"),
        shoppers_with_one_vehicle,
        "Price shoppers with too few vehicles",
    ),
    Check(
        "k_log",
        "I log every outbound activity with summary and next step.",
        some("without a log or a next step", "without a log or a next step"),
        lambda day: touched_without_log(day) + without_step(day),
        "Without a log or a next step",
    ),
    Check(
        "k_stuck",
        "Every lead/deal is Active, On Hold (with reason and date), Closed, or Reassigned – nothing is stuck.",
        some("is stuck", "are stuck"),
        everything_stuck,
    ),
)


def answered(checks: tuple[Check, ...], by: User, most: int = AT_A_GLANCE) -> list[Answer]:
    """All of them, in one query; each is counted no further than it is told."""
    day = Day.of(by)
    sizes, counts = _question(checks, day.sight)
    numbers = iter(counts.first(*day.values, most + 1))
    return [Answer(check, sum(islice(numbers, size)), most) for check, size in zip(checks, sizes, strict=True)]


@cache
def _question(checks: tuple[Check, ...], sight: str) -> tuple[list[int], Prepared]:
    """How many questions each check is, and what asks them all."""
    sizes: list[int] = []

    def counts(by, begins, ends, today, week_ago, now, fine_since, stored_now, late, late_day, logged_until, most):
        at = Clock(now, fine_since, stored_now, late, late_day, logged_until)
        asked = [check.open(Day(sight, by, begins, ends, today, week_ago, at)) for check in checks]
        sizes[:] = map(len, asked)
        return Select(columns=[up_to(one, most) for several in asked for one in several]).bind(database).tuples()

    return sizes, Prepared(counts)


def figures(by: User) -> dict[str, int]:
    """What the day has brought so far: attempts, conversations, steps that were done."""
    begins, _ = bounds(day_of(by), by.timezone)
    return dict(zip(("attempts", "conversations", "done"), _done_since.first(by, begins), strict=True))


@prepared
def _done_since(by, begins):
    tried = (Activity.direction == "out") & Activity.kind.in_(CONTACTS)
    reached = (Activity.direction == "in") | Activity.outcome.in_(CONNECTED)
    task = Activity.alias()
    done = task.select(fn.COUNT(task.id)).where(task.done_by == by, task.done_at.is_null(False), task.done_at >= begins)
    mine = Activity.select(*(fn.COUNT(Activity.id).filter(one) for one in (tried, reached)), done)
    return mine.where(Activity.author == by, Activity.direction.is_null(False), Activity.created_at >= begins).tuples()
