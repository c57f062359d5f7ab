"""The days of the last week: who began and ended them and what was still open then, the nights that were proved, and
what is asked of a manager (SOP 1, sections E and I)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from carmanana.core import clock
from carmanana.demo.staff import AWAY
from carmanana.records.checkins import END, START
from carmanana.staffing import asking
from carmanana.staffing.leaving import open_work
from carmanana.today import checkins, proof
from carmanana.today.checks import END_OF_DAY, answered

NIGHTS, DAYS = 10, 4
SATURDAY = 5
SIGNING = ("agent", "agent2", "manager", "retention")
OPEN_BECAUSE = (
    "They answer after six; I call again tomorrow.",
    "The bank has not called back yet.",
    "Waiting for the carrier to name a day.",
)
TOLD = ("", "", "The blue one may come back next week.", "")


def moments(world) -> list[tuple[datetime, Callable]]:
    nights = [(world.as_of - timedelta(days=ago)).replace(hour=7, minute=12) for ago in range(NIGHTS, -1, -1)]
    proved = [(at, prove) for at in nights if at < world.as_of]
    return [*proved, *(signed for ago in range(DAYS, -1, -1) for signed in _signed(world, ago))]


def prove(world) -> None:
    proof.prove()


def _signed(world, ago: int) -> list[tuple[datetime, Callable]]:
    """In the morning and in the evening of each one's own day; who is at work now has not ended it yet."""
    found = []
    for number, account in enumerate(SIGNING):
        user = world.dealership.accounts[account]
        day = (clock.local(world.as_of, user.timezone) - timedelta(days=ago)).date()
        midnight = clock.start_of_day(day, user.timezone)
        if day.weekday() >= SATURDAY:
            continue
        found += [
            (midnight + timedelta(hours=8, minutes=40 + 7 * number), _signing(user, START, number + ago)),
            (midnight + timedelta(hours=17, minutes=28 + 6 * number), _signing(user, END, number + ago)),
        ]
    return [(at, duty) for at, duty in found if at < world.as_of]


def _signing(user, kind: str, number: int) -> Callable:
    def sign(world) -> None:
        is_open = kind == END and not all(answer.met for answer in answered(END_OF_DAY, user))
        reason = OPEN_BECAUSE[number % len(OPEN_BECAUSE)] if is_open else ""
        checkins.sign(user, kind, reason, TOLD[number % len(TOLD)] if kind == END else "")

    return sign


def ask_to_hand_over(world) -> None:
    """Who will be away longer tells the manager of it; in a tiny world nothing may be theirs."""
    away = world.dealership.accounts[AWAY]
    if open_work(away):
        asking.ask(
            away, "Away for the wedding longer than planned: three orders can’t wait.", clock.today(away.timezone)
        )
