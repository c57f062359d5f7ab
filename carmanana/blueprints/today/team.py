"""What a manager sees of the team beside their own day, and the week of check-ins at a glance."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask import abort, render_template, request
from markupsafe import Markup

from carmanana.contacting.business_hours import business_day_from, days_closed, days_off, hours_open, open_hours
from carmanana.core import clock
from carmanana.records.checkins import END, START
from carmanana.records.people import COMPLIANCE, CRM_ADMIN, MANAGER, Absence, User
from carmanana.today import checkins, proof
from carmanana.today.moments import day_of
from carmanana.today.standing import NAMES, STUCK
from carmanana.web.access import allow
from carmanana.web.filters import today
from carmanana.web.fragment_cache import kept

from .base import blueprint

EARLIEST = date(2000, 1, 10)


def asked_of_the_team(by: User) -> dict[str, tuple]:
    """What the team's part of Today is read from, for `ask_together`."""
    nights = {"nights": (proof.last_nights, proof.NIGHTS_SHOWN)}
    return {**checkins.asked_of(_days(by)), **nights, "hours": (hours_open,), "closed": (days_closed,)}


def _days(by: User) -> list[date]:
    """On which somebody may be now, wherever they are."""
    return [day_of(by) + timedelta(days=number) for number in (-1, 0, 1)]


def of_the_team(by: User, read: dict[str, str]) -> Markup:
    """Drawn once for all that it was read from, and for a quarter of an hour, in which no day begins on any clock."""
    if not read:
        return _team(by)
    now = clock.now()
    beside = (by.id, day_of(by), now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0))
    return kept("team", [read[name] for name in asked_of_the_team(by)], beside, lambda: _team(by))


def _team(by: User) -> Markup:
    """Their own people, and those whose manager has left; where that is nobody, everybody."""
    days = _days(by)
    people = checkins.signers()
    bosses = {by.id} | _gone({user.manager_id for user in people} - {user.id for user in people} - {None})
    mine = [user for user in people if user.manager_id in bosses] or [user for user in people if user != by]
    signed, away = checkins.of_days(days), checkins.away_on(days)
    on = {zone: clock.today(zone) for zone in {user.timezone for user in mine}}
    opened = open_hours(), days_off()
    members = [(user, _member(user, on[user.timezone], signed, away, opened)) for user in mine]
    came = sum(bool(member.began or member.ended) for _, member in members)
    expected = sum(bool(member.asked or member.began or member.ended) for _, member in members)
    told = {"members": members, "came": came, "expected": expected, "nights": proof.history()}
    return Markup(render_template("today/_team.html", **told))


def _gone(managers: set[int]) -> set[int]:
    left = User.select(User.id).where(User.id.in_(managers), User.deactivated_at.is_null(False)).tuples()
    return {number for (number,) in left} if managers else set()


class Member(NamedTuple):
    """Of a person: when they began and ended their day, with how much open, until when they are away, and whether we
    are open on this day of theirs."""

    began: datetime | None
    ended: datetime | None
    open: int
    away_until: date | None
    works: bool

    @property
    def asked(self) -> bool:
        return self.works and self.away_until is None


def _member(user: User, day: date, signed: dict, away: dict, opened: tuple[dict, set]) -> Member:
    by_kind, absence = signed.get((user.id, day), {}), _absence(away, user, day)
    began, ended = by_kind.get(START), by_kind.get(END)
    works = business_day_from(day, opened) == day
    return Member(
        began and began.at, ended and ended.at, ended.open if ended else 0, absence and absence.ends_on, works
    )


def _absence(away: dict[int, list[Absence]], user: User, day: date) -> Absence | None:
    return next((one for one in away.get(user.id, ()) if one.starts_on <= day <= one.ends_on), None)


@blueprint.get("/team/check-ins")
@allow(MANAGER, COMPLIANCE, CRM_ADMIN)
def check_ins():
    """A week at a glance: who began and ended which day, and with what open."""
    last = min(max(_asked(), EARLIEST), today())
    days, people = checkins.days_of(last), checkins.signers()
    signed, away, opened = checkins.of_days(days), checkins.away_on(days), (open_hours(), days_off())
    return render_template(
        "today/check_ins.html",
        days=days,
        people=people,
        closed={day for day in days if business_day_from(day, opened) != day},
        signed=signed,
        away=lambda user, day: _absence(away, user, day),
        words=[one for by_kind in signed.values() for one in by_kind.values() if one.words or one.reason],
        names={user.id: user for user in people},
        before=days[0] - timedelta(days=1),
        after=days[-1] + timedelta(days=7) if days[-1] < today() else None,
        day_of=day_of,
    )


def _asked() -> date:
    try:
        return date.fromisoformat(request.args.get("until", ""))
    except ValueError:
        return today()


@blueprint.get("/team/nothing-stuck")
@allow(MANAGER, COMPLIANCE, CRM_ADMIN)
def proofs():
    """How many were stuck each night, and the last night's proof."""
    nights = proof.history()
    return _proof(nights, proof.of_night(nights[-1].id) if nights else None)


@blueprint.get("/team/nothing-stuck/<id:proof_id>")
@allow(MANAGER, COMPLIANCE, CRM_ADMIN)
def proof_of(proof_id: int):
    return _proof(proof.history(), proof.of_night(proof_id) or abort(404))


def _proof(nights: list, opened):
    listed = proof.listed(opened) if opened else []
    return render_template(
        "today/proofs.html", nights=nights, proof=opened, listed=listed, names=NAMES_BY_KIND, stuck=STUCK_BY_KIND
    )


NAMES_BY_KIND = {kind: NAMES[model] for kind, model in proof.KINDS.items()}
STUCK_BY_KIND = {kind: STUCK[model] for kind, model in proof.KINDS.items()}
