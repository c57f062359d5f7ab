"""The page of calling rules, and the trial of a moment."""

from datetime import datetime, time

from flask import render_template

from carmanana.blueprints.calling.base import ADMINS, READERS, blueprint
from carmanana.blueprints.calling.forms import TrialForm
from carmanana.blueprints.calling.lists import RULES, cap_of
from carmanana.contacting.calling import what_if
from carmanana.contacting.calling.editing import KINDS
from carmanana.contacting.calling.places import name_of
from carmanana.contacting.calling.registers import ages
from carmanana.contacting.calling.rule_book import rule_book
from carmanana.core import clock, locales
from carmanana.core.dated_rows import standing
from carmanana.records.calling import CONFIDENCES, CallingRule
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.filters import locale
from carmanana.web.fragments import partial, pieces, wants_fragment
from carmanana.web.steps import submit


@blueprint.get("/calling-rules/")
@allow(*READERS)
def index():
    return _page(TrialForm(data=_now()), None)


@blueprint.post("/calling-rules/trial")
@allow(*READERS)
def trial():
    """May this person be called then, and by which row? Nothing is kept of it."""
    form = TrialForm()
    return submit(form, lambda: _tried(form, _asked(form)), lambda status: _tried(form, None, status), lambda: None)


def _tried(form: TrialForm, answer: what_if.Answer | None, status: int = 200):
    if wants_fragment():
        html = render_template("calling/_trial.html", form=form, answer=answer, **words())
        return pieces(partial("#trial", html), status=status, HX_Reswap="none")
    return _page(form, answer), status


def _asked(form: TrialForm) -> what_if.Answer:
    now = clock.local(clock.now(), me().timezone)
    wall = datetime.combine(form.day.data or now.date(), form.at.data or now.time().replace(second=0, microsecond=0))
    at = clock.from_local(wall, me().timezone)
    return what_if.ask(rule_book(at), form.where.data or "", at, form.kind.data)


def _now() -> dict:
    now = clock.local(clock.now(), me().timezone)
    return {"day": now.date(), "at": now.time(), "kind": "call"}


def _page(form: TrialForm, answer):
    rows = list(CallingRule.select(CallingRule.region, CallingRule.confidence).where(standing(CallingRule)).tuples())
    return RULES.answer(
        form=form,
        answer=answer,
        rules=len(rows),
        regions=len({region for region, _ in rows}),
        registers=ages(),
        may_edit=me().has(*ADMINS),
        **words(),
    )


def words() -> dict:
    return {
        "kinds": KINDS,
        "confidences": CONFIDENCES,
        "name_of": name_of,
        "days_in_words": what_if.days_in_words,
        "cap_of": cap_of,
        "hour_of_rule": hour_of_rule,
    }


def hour_of_rule(wall: str) -> str:
    """The "20:00" of a row, as whoever reads it writes hours."""
    return "midnight" if wall == "24:00" else locales.hour(time.fromisoformat(wall), locale())
