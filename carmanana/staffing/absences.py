"""People are away for some days; their manager hears of it and of what waits (SOP 1, section E)."""

from collections.abc import Iterable
from datetime import date, timedelta

from carmanana.core import audit, clock, locales
from carmanana.core.db import transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.notifications import Notification
from carmanana.records.people import Absence, User
from carmanana.records.rights import leads_people
from carmanana.records.sops import SOP_OWNER
from carmanana.staffing.covering import cannot_cover
from carmanana.staffing.leaving import open_work


def be_away(
    user: User, by: User, starts_on: date, ends_on: date, reason: str = "", cover: User | None = None
) -> Absence:
    """`cover` looks after what can't wait, and hears of it."""
    _theirs_or_leaders(user, by)
    with transaction():
        _refuse(user, starts_on, ends_on, cover)
        days = {"starts_on": starts_on, "ends_on": ends_on}
        absence = Absence.create(user=user, reason=reason.strip(), created_by=by, cover=cover, **days)
        told = {name: day.isoformat() for name, day in days.items()} | ({"cover": cover.id} if cover else {})
        audit.record("away", user, by, absence=absence.id, **told)
        work = open_work(user)
        text = f"{user.name} is away {_days(absence, user)}: {work.words} {'waits' if work.one else 'wait'}"
        if cover:
            text += f", {cover.name} covers"
            Notification.tell(cover, "absence", f"You cover for {user.name}, {_days(absence, cover)}", by, about=user)
        Notification.tell_manager_of(user, "absence", text, by, about=user)
        cannot_cover(user, by, starts_on, ends_on)
    return absence


def _days(absence: Absence, reader: User) -> str:
    return " – ".join(locales.short_day(day, reader.locale) for day in (absence.starts_on, absence.ends_on))


def _theirs_or_leaders(user: User, by: User) -> None:
    if by != user and not leads_people(by):
        raise Forbidden("absence")


def _refuse(user: User, starts_on: date | None, ends_on: date | None, cover: User | None) -> None:
    if sentence := _trouble(user, starts_on, ends_on):
        raise Refused([Refusal("days", sentence, SOP_OWNER, field="ends_on")], user)
    if cover and (sentence := _cannot_cover(user, starts_on, ends_on, cover)):
        raise Refused([Refusal("cover", sentence, SOP_OWNER, field="cover")], user)


def _cannot_cover(user: User, starts_on: date, ends_on: date, cover: User) -> str:
    if cover == user or not cover.active:
        return "Choose somebody else who works here."
    if _overlapping(cover, starts_on, ends_on):
        return f"{cover.name} is away in these days too. Choose somebody else."
    return ""


def _overlapping(user: User, starts_on: date, ends_on: date) -> Absence | None:
    return (
        Absence.select().where(Absence.user == user, Absence.starts_on <= ends_on, Absence.ends_on >= starts_on).first()
    )


def _trouble(user: User, starts_on: date | None, ends_on: date | None) -> str:
    if starts_on is None or ends_on is None:
        return "Choose the first and the last day."
    if ends_on < starts_on or ends_on < clock.today(user.timezone):
        return "Choose days that are not over, the first one first."
    if overlapping := _overlapping(user, starts_on, ends_on):
        return f"{_days(overlapping, user)} is entered already."
    return ""


def be_back(absence: Absence, by: User) -> None:
    """One that has begun ends yesterday and stays on record; one still ahead is taken back."""
    user = absence.user
    _theirs_or_leaders(user, by)
    today = clock.today(user.timezone)
    with transaction():
        audit.record("back", user, by, absence=absence.id)
        if absence.starts_on >= today:
            Absence.delete().where(Absence.id == absence.id).execute()
        else:
            Absence.update(ends_on=today - timedelta(days=1)).where(
                Absence.id == absence.id, Absence.ends_on >= today
            ).execute()


def coming(user: User) -> list[Absence]:
    """The days they are or will be away, the first first."""
    return list(
        Absence.select(Absence, User)
        .left_outer_join(User, on=Absence.cover)
        .where(Absence.user == user, Absence.ends_on >= clock.today(user.timezone))
        .order_by(Absence.starts_on)
    )


@prepared
def _absent_between(first, last):
    absent = Absence.select(Absence, User.id, User.timezone, User.deactivated_at).join(User, on=Absence.user)
    return absent.where(Absence.starts_on <= last, Absence.ends_on >= first)


def absent_now() -> dict[int, Absence]:
    """The absence of each who is away today, by their own calendar."""
    around = clock.today()
    near = _absent_between(around - timedelta(days=1), around + timedelta(days=1))
    return {a.user_id: a for a in near if a.starts_on <= clock.today(a.user.timezone) <= a.ends_on}


def away_now(people: Iterable[User]) -> dict[int, Absence]:
    """The absence of each of them who is away today."""
    away = absent_now()
    return {user.id: away[user.id] for user in people if user.id in away}
