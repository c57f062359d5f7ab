"""The one business calendar: when we are open and on which days we are not, as it is edited in the app. It decides when
a first contact, a review and a decision are due, in the zone of whoever is to do it."""

from datetime import date, datetime, time, timedelta

from carmanana.core import audit, clock
from carmanana.core.db import change, transaction
from carmanana.core.limits import FARTHEST
from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.business_hours import BusinessHours, Holiday, ReviewTerms
from carmanana.records.people import User
from carmanana.records.rights import leaders_only

LONGEST_WAIT = 400
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def due_after(at: datetime, minutes: int, zone: str, opened: tuple[dict, set] | None = None) -> datetime:
    """When so many minutes of business have passed; where no day is ever open, simply so much later.
    `opened` is what `open_hours` and `days_off` say, for whoever asks often."""
    left, day = timedelta(minutes=minutes), clock.local(at, zone).date()
    hours, holidays = opened or (open_hours(), days_off())
    for _ in range(LONGEST_WAIT):
        opening = None if day in holidays else hours.get(day.weekday())
        if opening:
            opens, closes = (clock.from_local(datetime.combine(day, wall), zone) for wall in opening)
            begins = max(opens, at)
            if begins < closes:
                if left <= closes - begins:
                    return begins + left
                left -= closes - begins
        day += timedelta(days=1)
    return at + timedelta(minutes=minutes)


def minutes_between(begins: datetime, ends: datetime, zone: str) -> int:
    """The whole minutes of business from one moment to another."""
    hours, holidays, passed = open_hours(), days_off(), timedelta()
    day, last = clock.local(begins, zone).date(), clock.local(ends, zone).date()
    while day <= last:
        if opening := None if day in holidays else hours.get(day.weekday()):
            opens, closes = (clock.from_local(datetime.combine(day, wall), zone) for wall in opening)
            passed += max(min(closes, ends) - max(opens, begins), timedelta())
        day += timedelta(days=1)
    return int(passed.total_seconds() // 60)


def first_contact_due(at: datetime, reviewer: User) -> datetime:
    return due_after(at, ReviewTerms.now().first_contact_minutes, reviewer.timezone)


def decision_due(at: datetime, reviewer: User) -> datetime:
    """A decision is due by the end of the business day, or of the next one after the last hour."""
    return end_of_business_day(at + timedelta(hours=1), reviewer.timezone)


def end_of_business_day(at: datetime, zone: str, opened: tuple[dict, set] | None = None) -> datetime:
    """When the business day that `at` falls in closes; after closing, and on a day off, the next one."""
    day = clock.local(at, zone).date()
    hours, holidays = opened or (open_hours(), days_off())
    for _ in range(LONGEST_WAIT):
        if day not in holidays and day.weekday() in hours:
            closes = clock.from_local(datetime.combine(day, hours[day.weekday()][1]), zone)
            if closes > at:
                return closes
        day += timedelta(days=1)
    return at + timedelta(days=1)


def open_hours() -> dict[int, tuple[time, time]]:
    return {weekday: (time.fromisoformat(opens), time.fromisoformat(closes)) for weekday, opens, closes in hours_open()}


@prepared
def hours_open():
    days = BusinessHours.select(BusinessHours.weekday, BusinessHours.opens, BusinessHours.closes)
    return days.where(BusinessHours.opens.is_null(False)).tuples()


def days_off() -> set[date]:
    return {day for (day,) in days_closed()}


@prepared
def days_closed():
    return Holiday.select(Holiday.day).tuples()


def business_day_from(day: date, opened: tuple[dict, set] | None = None) -> date:
    """That day where we are open on it, else the next one on which we are."""
    hours, holidays = opened or (open_hours(), days_off())
    days = (day + timedelta(days=ahead) for ahead in range(LONGEST_WAIT))
    return next((one for one in days if one.weekday() in hours and one not in holidays), day)


def set_hours(
    by: User, minutes: int | None, days: dict[int, tuple[time | None, time | None]], version: int | None
) -> None:
    """Change when we are open and how soon the first contact is due."""
    leaders_only(by)
    _refuse_hours(minutes, days)
    with transaction():
        terms = ReviewTerms.now()
        terms.version, was = version or terms.version, _told(terms)
        change(terms, first_contact_minutes=minutes)
        for weekday, (opens, closes) in days.items():
            fields = {"opens": opens and f"{opens:%H:%M}", "closes": closes and f"{closes:%H:%M}"}
            BusinessHours.update(fields).where(BusinessHours.weekday == weekday).execute()
        became = _told(terms)
        changed = [name for name in became if became[name] != was[name]]
        told = {"from": {name: was[name] for name in changed}, "to": {name: became[name] for name in changed}}
        audit.record("hours", terms, by, **told)


def _told(terms: ReviewTerms) -> dict:
    """As the audit trail keeps it; a closed day has no hours."""
    opened = {weekday: f"{opens}–{closes}" for weekday, opens, closes in hours_open()}
    return {"minutes": terms.first_contact_minutes} | {name: opened.get(day) for day, name in enumerate(WEEKDAYS)}


def _refuse_hours(minutes: int | None, days: dict) -> None:
    refusals = []
    if minutes is None or not 5 <= minutes <= 2400:
        refusals.append(Refusal("minutes", "From 5 to 2,400 business minutes.", field="minutes"))
    for weekday, (opens, closes) in days.items():
        if (opens is None) != (closes is None) or (opens and opens >= closes):
            refusals.append(
                Refusal(
                    "hours",
                    f"{WEEKDAYS[weekday]}: enter when it opens and, later, when it closes; or neither.",
                    field=f"opens_{weekday}",
                )
            )
    if not any(opens for opens, _ in days.values()):
        refusals.append(Refusal("closed", "At least one day of the week is open."))
    if refusals:
        raise Refused(refusals)


def add_holiday(day: date | None, name: str, by: User) -> Holiday:
    leaders_only(by)
    if day is None or not (name or "").strip():
        raise Refused([Refusal("holiday", "Enter the day and its name.", field="day")])
    today = clock.today(by.timezone)
    if day < today:
        raise Refused([Refusal("past", "That day is past.", field="day")])
    if day > today + FARTHEST:
        raise Refused([Refusal("far", "Enter a day within two years.", field="day")])
    with transaction():
        if Holiday.get_or_none(Holiday.day == day):
            raise Refused([Refusal("known", "That day is a holiday already.", field="day")])
        holiday = Holiday.create(day=day, name=name.strip())
        audit.record("holiday", holiday, by, day=day.isoformat())
    return holiday


def drop_holiday(holiday: Holiday, by: User) -> None:
    leaders_only(by)
    with transaction():
        audit.record("holiday_dropped", holiday, by, day=holiday.day.isoformat())
        holiday.delete_instance()
