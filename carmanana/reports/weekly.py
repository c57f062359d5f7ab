"""The weekly report by email, to whoever wants it: written on Monday morning of their own zone, sent by the worker."""

from datetime import date, datetime, timedelta

from carmanana.core import audit, clock, locales, money
from carmanana.core.db import transaction
from carmanana.core.workflow import Forbidden
from carmanana.notifying.stopping import Address
from carmanana.records.mail import OutgoingMail
from carmanana.records.people import User
from carmanana.records.weekly_reports import WeeklyReport
from carmanana.reports.measures import SHARE, SUM
from carmanana.reports.pages import REPORTS
from carmanana.reports.registry import READERS
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.tables import Figures, Row

HOUR = 7
WEEKLY = "weekly"
WEEK = timedelta(days=7)
TOLD = (
    ("pipeline", "conversion"),
    ("won-lost", "winners"),
    ("won-lost", "reasons"),
    ("leads", "funnel"),
    ("cancellations", "reviewers"),
    ("activity", "who"),
    ("holds", "reasons"),
    ("workload", "steps"),
    ("promises", "keepers"),
    ("sop", "checklist"),
)
MOST_LINES = 12


def settle(user: User, wanted: bool) -> None:
    """They begin with the Monday to come."""
    if not user.has(*READERS):
        raise Forbidden("weekly_report")
    with transaction():
        WeeklyReport.delete().where(WeeklyReport.user == user).execute() if not wanted else _begin(user)


def stop(user: User) -> None:
    """From the link in the email, by whoever has it."""
    with transaction():
        if WeeklyReport.delete().where(WeeklyReport.user == user).execute():
            audit.record("stop_weekly_report", user, user)


def _begin(user: User) -> None:
    if not WeeklyReport.wanted_by(user):
        WeeklyReport.create(user=user, last_on=monday(clock.now(), user.timezone))


def monday(at: datetime, zone: str) -> date:
    """The Monday whose morning has come."""
    here = clock.local(at - timedelta(hours=HOUR), zone).date()
    return here - timedelta(days=here.weekday())


def write_due(as_of: datetime, public_url: str, address: Address) -> int:
    """One each for a week, whatever becomes of the worker meanwhile: it is written with the mark that it is."""
    waiting = WeeklyReport.select(WeeklyReport, User).join(User).where(User.deactivated_at.is_null())
    return sum(_write(report, monday(as_of, report.user.timezone), public_url, address) for report in waiting)


def _write(report: WeeklyReport, day: date, public_url: str, address: Address) -> bool:
    if report.last_on is not None and report.last_on >= day:
        return False
    if not report.user.has(*READERS):
        return False
    stop = address(report.user, WEEKLY)
    subject, body = letter(report.user, day, public_url, stop)
    with transaction():
        mine = (WeeklyReport.user == report.user) & (WeeklyReport.last_on.is_null() | (WeeklyReport.last_on < day))
        if not WeeklyReport.update(last_on=day).where(mine).execute():
            return False
        OutgoingMail.create(to=report.user.email, subject=subject, body=body, unsubscribe=stop)
    return True


def letter(user: User, day: date, public_url: str, stop: str = "") -> tuple[str, str]:
    """Of the seven days before, as far as the person may see."""
    first, last = day - WEEK, day - timedelta(days=1)
    scope = ReportScope(user.timezone, first, last, viewer=user)
    days = locales.span(first, last, user.locale)
    told = [(REPORTS[key], REPORTS[key].table(table).figures(scope)) for key, table in TOLD]
    parts = [_part(report.name, figures, user) for report, figures in told if not figures.empty]
    link = f"{public_url}/reports/pipeline?from={first}&to={last}"
    stop = stop or f"{public_url}/reports/weekly"
    body = "\n\n".join([f"Hello {user.first_name},\n\nThe week of {days} in numbers.", *parts])
    return f"The week of {days}", f"{body}\n\nAll reports of these days:\n{link}\n\nNo such email any more:\n{stop}\n"


def _part(report: str, figures: Figures, user: User) -> str:
    rows = [*figures.rows[:MOST_LINES], *filter(None, [figures.total])]
    lines = [f"  {row.name.removesuffix('.')}: {_told(figures, row, user)}" for row in rows]
    return "\n".join([" · ".join(dict.fromkeys([report, figures.table.title])), *lines])


def _told(figures: Figures, row: Row, user: User) -> str:
    shown = []
    for measure in figures.table.measures:
        value, name = row.cells[measure.key], measure.label.lower()
        if value in (None, {}, 0):
            continue
        if measure.kind == SUM:
            sums = (money.short(cents, currency, locales.marks(user.locale)) for currency, cents in value.items())
            shown.append(f"{name} {' and '.join(sums)}")
        elif measure.kind == SHARE:
            shown.append(f"{value}% {name}")
        elif isinstance(value, int) and measure.length is None:
            shown.append(f"{locales.number(value, user.locale)} {name if value != 1 else _of_one(name)}")
    return ", ".join(shown) or "none"


def _of_one(name: str) -> str:
    """What is counted stands first: a text out, but within 7 days."""
    what, _, rest = name.partition(" ")
    return " ".join(filter(None, [what.removesuffix("s"), rest]))
