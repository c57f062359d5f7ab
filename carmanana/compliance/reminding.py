"""Consequences end by themselves, and what is due is remembered (domain 9; the worker's sweep)."""

from datetime import datetime, timedelta

from carmanana.compliance.ledger import ledger
from carmanana.core import locales
from carmanana.core.db import Stale, transaction
from carmanana.core.workflow import Refused
from carmanana.records.compliance import ACCESS, KINDS, STANDING, Consequence
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, User

AHEAD, AGAIN = timedelta(days=1), timedelta(days=7)


def end_what_is_over(as_of: datetime) -> int:
    """Access whose last day has passed in the person's own zone. How many ended."""
    C, house = Consequence, User.get_by_id(HOUSE_ID)
    over = C.select().where(C.kind == ACCESS, C.state == STANDING, C.ends_on < (as_of + AHEAD).date())
    return sum(_expire(lost, house) for lost in over)


def _expire(lost: Consequence, house: User) -> bool:
    try:
        ledger.fire(lost, "expire", house, lost.version)
    except (Refused, Stale):
        return False  # its last day goes on where they are, or somebody ended it at this moment
    return True


def remind(as_of: datetime) -> int:
    """The day before something is due, and every week after, while they work here; overdue, whoever set it down hears
    too. How many were told."""
    C = Consequence
    near = C.due_on <= (as_of + AHEAD).date()
    untold = C.reminded_at.is_null() | (C.reminded_at < as_of - AGAIN)
    here = C.user.not_in(User.select(User.id).where(User.deactivated_at.is_null(False)))
    found = C.select().where(C.state == STANDING, C.kind != ACCESS, near, untold, here)
    return sum(_remind(one, as_of) for one in found)


def _remind(one: Consequence, as_of: datetime) -> bool:
    with transaction():
        late = "overdue since" if one.overdue else "due"
        for reader, kind, whose in _told_of(one):
            what = KINDS[one.kind].lower() if whose else KINDS[one.kind]
            text = f"{whose}{what} is {late} {locales.short_day(one.due_on, reader.locale)}"
            Notification.tell(reader, kind, text, about=one.user, consequence=one)
        Consequence.update(reminded_at=as_of).where(Consequence.id == one.id).execute()
    return True


def _told_of(one: Consequence) -> list[tuple[User, str, str]]:
    """Whose it is; once it is overdue, whoever set it down too, and whose it is."""
    told = [(one.user, "consequence", "")]
    return told + [(one.created_by, "consequence_news", f"{one.user.name}: ")] * one.overdue
