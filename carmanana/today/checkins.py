"""Starting and ending a day: the checks are computed, what fails is mended or explained, and it is signed (SOP 1,
section I)."""

from datetime import date, datetime, timedelta

from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.limits import COUNTED
from carmanana.core.query import prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.checkins import END, KINDS, START, CheckIn
from carmanana.records.notifications import Notification
from carmanana.records.people import AGENT, MANAGER, RETENTION, Absence, User
from carmanana.records.sops import SOP_FLOW
from carmanana.today.checks import END_OF_DAY, answered, figures
from carmanana.today.moments import day_of

SIGNERS = (AGENT, MANAGER, RETENTION)
WEEK = 7


def sign(by: User, kind: str, reason: str = "", words: str = "", at: datetime | None = None) -> CheckIn:
    """Once a day each. Whoever ends it with something open says why, and their manager reads it. `at` is when it was
    signed, where that arrives later: it is of that day then, with what is open now."""
    if not by.has(*SIGNERS):
        raise Forbidden("check_in")
    if kind not in KINDS:
        raise Refused([Refusal("kind", "Choose the start or the end of the day.", SOP_FLOW)])
    at = min(at or clock.now(), clock.now())
    with transaction():
        _refuse_twice(by, kind, at)
        failing = {answer.check.code: answer.number for answer in answered(END_OF_DAY, by, COUNTED) if not answer.met}
        if kind == END and failing and not reason.strip():
            sentence = "Mend what is open, or say why it stays open until tomorrow."
            raise Refused([Refusal("reason", sentence, SOP_FLOW, field="reason")])
        told = {"failing": failing, "done": figures(by), "reason": reason.strip(), "words": words.strip()}
        made = CheckIn.create(user=by, day=day_of(by, at), kind=kind, at=at, **told)
        audit.record("check_in", made, by, kind=kind, failing=failing)
        if made.words or (kind == END and made.reason):
            about = "ended the day" if kind == END else "began the day"
            Notification.tell_manager_of(
                by, "check_in", f"{by.name} {about}: {(made.words or made.reason)[:200]}", by, about=by
            )
    return made


def _refuse_twice(by: User, kind: str, at: datetime) -> None:
    signed = of_day(by, day_of(by, at))
    if kind in signed:
        raise Refused([Refusal("signed", f"You signed the {KINDS[kind].lower()} already.", SOP_FLOW)])
    if kind == START and END in signed:
        raise Refused([Refusal("ended", "You ended this day already. The next one begins the day after.", SOP_FLOW)])


def of_today(by: User) -> dict[str, CheckIn]:
    """What they have signed today, by its kind."""
    return of_day(by, day_of(by))


def of_day(by: User, day: date) -> dict[str, CheckIn]:
    return {one.kind: one for one in signed_on(by.id, day)}


@prepared
def signed_on(by, day):
    return CheckIn.select().where(CheckIn.user == by, CheckIn.day == day)


# what their managers see


def signers() -> list[User]:
    return _signers()


@prepared
def _signers():
    """As much of each as their days are told by."""
    return User.working(*SIGNERS).select(User.id, User.name, User.email, User.timezone, User.manager, User.house)


def days_of(last: date) -> list[date]:
    return [last - timedelta(days=number) for number in range(WEEK - 1, -1, -1)]


def asked_of(days: list[date]) -> dict[str, tuple]:
    """What tells who signs, who has signed these days and who is away, for `ask_together`."""
    return {"signers": (_signers,), "signed": (_between, days[0], days[-1]), "away": (_away_between, days[0], days[-1])}


def of_days(days: list[date]) -> dict[tuple[int, date], dict[str, CheckIn]]:
    """By person and day."""
    found: dict[tuple[int, date], dict[str, CheckIn]] = {}
    for one in _between(days[0], days[-1]):
        found.setdefault((one.user_id, one.day), {})[one.kind] = one
    return found


@prepared
def _between(first, last):
    signers = User.working(*SIGNERS).select(User.id).order_by()
    return CheckIn.select().where(CheckIn.user.in_(signers), CheckIn.day >= first, CheckIn.day <= last)


def away_on(days: list[date]) -> dict[int, list[Absence]]:
    found: dict[int, list[Absence]] = {}
    for absence in _away_between(days[0], days[-1]):
        found.setdefault(absence.user_id, []).append(absence)
    return found


@prepared
def _away_between(first, last):
    return Absence.select().where(Absence.starts_on <= last, Absence.ends_on >= first)
