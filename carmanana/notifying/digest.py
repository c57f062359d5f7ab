"""The daily digest by email: once a working day, at the time that each person chose, in their zone. It names nobody: it
says how many of what wait, and where. Written by the worker with the mark that it is, so that no day has two."""

from datetime import date, datetime, time, timedelta

from peewee import fn

from carmanana.contacting.business_hours import days_off, open_hours
from carmanana.core import clock, locales
from carmanana.core.db import transaction
from carmanana.notifying.preferences import rows_of
from carmanana.notifying.stopping import Address
from carmanana.records.activities import Activity
from carmanana.records.mail import OutgoingMail
from carmanana.records.notification_settings import NotificationSettings
from carmanana.records.notifications import Notification
from carmanana.records.people import User

OLDEST, LATEST = timedelta(days=7), timedelta(hours=3)
DIGEST = "digest"


def write_due(as_of: datetime, public_url: str, address: Address) -> int:
    """How many were written."""
    known = {settings.user_id: settings for settings in NotificationSettings.select()}
    hours, holidays = open_hours(), days_off()
    written = 0
    for user in User.working():
        settings, here = known.get(user.id) or NotificationSettings(user=user), clock.local(as_of, user.timezone)
        at_work = here.weekday() in hours and here.date() not in holidays
        if at_work and _is_due(settings, here) and not user.absent:
            written += _write(user, settings, here.date(), as_of, public_url, address)
    return written


def _is_due(settings: NotificationSettings, here: datetime) -> bool:
    """At its time; where the worker was away then, a few hours later at most."""
    latest = datetime.combine(here.date(), time.fromisoformat(settings.digest_at), here.tzinfo) + LATEST
    in_time = f"{here:%H:%M}" >= settings.digest_at and here < latest
    return in_time and (settings.digest_on is None or settings.digest_on < here.date())


def _write(user: User, settings: NotificationSettings, day: date, as_of: datetime, url: str, address: Address) -> bool:
    """Whether there was something to say. What is digested is owed no more, whoever wants no digest included."""
    with transaction():
        if not _mark(user, day):
            return False
        letter = digest_of(user, day, as_of, url, address(user, DIGEST)) if settings.digest else None
        Notification.update(in_digest=False).where(Notification.user == user, Notification.in_digest).execute()
        if letter:
            OutgoingMail.create(to=user.email, **letter)
    return letter is not None


def _mark(user: User, day: date) -> bool:
    NotificationSettings.insert(user=user).on_conflict_ignore().execute()
    mine = (NotificationSettings.user == user) & (
        NotificationSettings.digest_on.is_null() | (NotificationSettings.digest_on < day)
    )
    return bool(NotificationSettings.update(digest_on=day).where(mine).execute())


def digest_of(user: User, day: date, as_of: datetime, url: str, stop: str) -> dict[str, str] | None:
    """Subject and text, or None where nothing is to be said."""
    parts = [*_due(user, day), *_told(user, as_of)]
    if not parts:
        return None
    shown = locales.long_day(day, user.locale, year=False)
    head = f"Hello {user.first_name},\n\nThis waits for you on {shown}."
    foot = f"Open CarManana:\n{url}/\n\nAll notifications:\n{url}/notifications/\n\n"
    foot += f"When and what this email tells:\n{url}/me/notifications\n\nNo such email any more:\n{stop}\n"
    return {"subject": f"Your day, {shown}", "body": "\n\n".join([head, *parts, foot]), "unsubscribe": stop}


def _due(user: User, day: date) -> list[str]:
    tomorrow = clock.start_of_day(day + timedelta(days=1), user.timezone)
    open_steps = (Activity.assignee == user) & (Activity.kind == "task") & Activity.done_at.is_null()
    counts = Activity.select(fn.COUNT(Activity.id)).where(open_steps, Activity.due_at < tomorrow)
    late = counts.where(Activity.due_at < clock.start_of_day(day, user.timezone)).scalar()
    today = counts.scalar() - late
    lines = [f"  {_steps(today)} due today"] * bool(today) + [f"  {_steps(late)} overdue from before"] * bool(late)
    return ["\n".join(["Next steps", *lines])] if lines else []


def _steps(number: int) -> str:
    return "1 is" if number == 1 else f"{number:,} are"


def _told(user: User, as_of: datetime) -> list[str]:
    waiting = (Notification.user == user) & Notification.in_digest & Notification.read_at.is_null()
    counts = Notification.select(Notification.kind, fn.COUNT(Notification.id))
    counts = counts.where(waiting, Notification.created_at >= as_of - OLDEST).group_by(Notification.kind)
    found = dict(counts.tuples())
    parts = []
    for group, kinds in rows_of(user):
        lines = [f"  {_line(kind, found[kind.code])}" for kind, _ in kinds if kind.code in found]
        parts += ["\n".join([group, *lines])] if lines else []
    return parts


def _line(kind, number: int) -> str:
    return kind.told(number) if number == 1 or kind.many else f"{kind.name} ({number:,})"
