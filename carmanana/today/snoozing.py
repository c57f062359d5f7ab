"""A next step is put off, with a reason, two weeks at most (domain 3, *Next steps*)."""

from datetime import date, timedelta

from carmanana.contacting.log import move_step
from carmanana.contacting.step_days import move_to
from carmanana.core import clock, locales
from carmanana.core.db import transaction
from carmanana.core.limits import NEXT_STEP_DAYS
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.people import User
from carmanana.records.sops import SOP_FLOW


def snooze(step: Activity, by: User, day: date | None, reason: str, version: int | None = None) -> Activity:
    """To the same time of another day; the reason stays with the deal or the lead."""
    if refusals := [refusal for refusal in (_day_refusal(day, by), _reason_refusal(reason)) if refusal]:
        raise Refused(refusals, step.subject_record, "move_step")
    with transaction():
        moved = move_step(step, by, step.subject, move_to(step, day, by), version)
        about = {"customer": step.customer_id, "deal": step.deal_id, "lead": step.lead_id}
        title = f"Put off until {locales.long_day(day, by.locale, year=False)}: {step.subject}"
        Activity.create(kind="note", subject=title[:250], summary=reason.strip(), author=by, **about)
    return moved


def _day_refusal(day: date | None, by: User) -> Refusal | None:
    today = clock.today(by.timezone)
    if day is None or not today < day <= today + timedelta(days=NEXT_STEP_DAYS):
        sentence = f"Choose a day from tomorrow on, at most {NEXT_STEP_DAYS} days ahead."
        return Refusal("snoozed", sentence, SOP_FLOW, field="on")
    return None


def _reason_refusal(reason: str) -> Refusal | None:
    if not (reason or "").strip():
        return Refusal("reason", "Say why it waits.", SOP_FLOW, field="reason")
    return None
