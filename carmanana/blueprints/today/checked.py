"""The rows that keep a check of the day from being met, each with what mends it."""

from datetime import datetime

from flask import abort, redirect, url_for

from carmanana.records.people import User
from carmanana.today import checkins
from carmanana.today.check_rows import listed
from carmanana.today.checks import CHECKLIST, END_OF_DAY, Check
from carmanana.today.telling import Row
from carmanana.web.access import allow
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.today import Duty, Section

from . import acts
from .base import blueprint
from .views import list_of
from .working import draw_held, draw_unowned, has_steps

HELD = {"live_on_hold", "holds", "k_hold", "k_live"}
UNOWNED = {"k_own"}
NEEDS = {"k_needs", "k_shoppers"}
ELSEWHERE = {"k_scripts": ("compliance.mine", {}), "k_stuck": ("today.stuck", {"what": "deals"})}


def draw_open(row: Row, by: User) -> Duty:
    """A step that is not done; without one, what has nothing to be done next."""
    if row.step_id is None:
        since = isinstance(row.due, datetime)
        return acts.duty(row, row.message or "", acts.call(row), acts.log(row), acts.new_step(row), since=since)
    return acts.duty(row, row.subject or "", acts.call(row), acts.log(row), acts.done(row), acts.snooze(row))


def draw_needs(row: Row, by: User) -> Duty:
    return acts.duty(row, row.message or "", acts.needs(row), acts.call(row), acts.log(row), since=True)


def _drawn(check: Check):
    known = ((HELD, draw_held), (UNOWNED, draw_unowned), (NEEDS, draw_needs))
    return next((draw for codes, draw in known if check.code in codes), draw_open)


def _section(check: Check) -> Section:
    def list_url(by: User) -> str:
        return address("today.check", check_code=check.code)

    icon, draw = "circle-x", _drawn(check)
    return Section(check.code, check.title, icon, 0, has_steps, listed(check), draw, check.fact, all_url=list_url)


SECTIONS = {check.code: _section(check) for check in (*END_OF_DAY, *CHECKLIST) if check.title}


@blueprint.get("/check-in/<check_code>")
@allow(*checkins.SIGNERS)
def check(check_code: str):
    """What the check counts, as a list of its own."""
    if check_code in ELSEWHERE:
        endpoint, values = ELSEWHERE[check_code]
        return redirect(url_for(endpoint, **values))
    section = SECTIONS.get(check_code)
    return list_of(section, "today.check_in") if section and section.shown(me()) else abort(404)
