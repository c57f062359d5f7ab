"""Who was to cover for somebody and can't: the one who is away and their manager hear of it (SOP 1, section E)."""

from datetime import date

from carmanana.core import locales
from carmanana.records.notifications import Notification
from carmanana.records.people import Absence, User


def cannot_cover(cover: User, by: User, first: date, last: date) -> None:
    """They are away themselves in these days."""
    for absence in _covered_by(cover).where(Absence.starts_on <= last, Absence.ends_on >= first):
        _tell(absence, cover, "is away then too", by)


def covers_no_more(cover: User, by: User, today: date) -> None:
    """They leave."""
    for absence in _covered_by(cover).where(Absence.ends_on >= today):
        Absence.update(cover=None).where(Absence.id == absence.id).execute()
        _tell(absence, cover, "has left", by)


def _covered_by(cover: User):
    return Absence.select(Absence, User).join(User, on=Absence.user).where(Absence.cover == cover)


def _tell(absence: Absence, cover: User, why: str, by: User) -> None:
    user = absence.user
    days = " – ".join(locales.short_day(day, user.locale) for day in (absence.starts_on, absence.ends_on))
    Notification.tell(user, "absence", f"{cover.name} was to cover for you, {days}, but {why}", by, about=user)
    text = f"{cover.name} was to cover for {user.name}, {days}, but {why}"
    Notification.tell_manager_of(user, "absence", text, by, about=user)
