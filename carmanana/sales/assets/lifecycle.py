"""The asset machine (domain 7; customer cancellation help, *Assets*): a cease date of today or before ceases it at
once, one to come on its day; an admin restores it."""

from datetime import date, timedelta

from carmanana.core import clock
from carmanana.core.workflow import Attempt, Refusal, T, Workflow, asked_in_words
from carmanana.records.assets import CEASED, KINDS, LIVE, STATES, Asset
from carmanana.records.people import CRM_ADMIN, User

SOP = "Cancelling a customer, assets: enter a cease date and untick *Live*"
FARTHEST = timedelta(days=3660)
reason_given = asked_in_words("reason", "Say why, in words.", SOP)


def works(attempt: Attempt) -> bool:
    return attempt.record.worked_by(attempt.by)


def works_or_house(attempt: Attempt) -> bool:
    return attempt.by.house or works(attempt)


def admin(attempt: Attempt) -> bool:
    return attempt.by.has(CRM_ADMIN)


def today(attempt: Attempt) -> date:
    return clock.today(attempt.by.timezone if attempt.by else User.timezone.default)


def day_has_come(attempt: Attempt):
    day = attempt.given.get("cease_on")
    if not isinstance(day, date):
        return Refusal("cease_on", "Enter the cease date.", SOP, field="cease_on")
    if day > today(attempt):
        sentence = "That day is still to come. Until then it stays live: choose *Cease on a later day*."
        return Refusal("future", sentence, SOP, field="cease_on")
    if attempt.record.held_since and day < attempt.record.held_since:
        sentence = f"They have had it since {attempt.record.held_since:%-d %B %Y} only."
        return Refusal("before", sentence, SOP, field="cease_on")


def day_is_ahead(attempt: Attempt):
    day = attempt.given.get("cease_on")
    if not isinstance(day, date) or day <= today(attempt):
        return Refusal("cease_on", "Choose a day in the future.", SOP, field="cease_on")
    if day > today(attempt) + FARTHEST:
        return Refusal("far", "Choose a day within ten years.", SOP, field="cease_on")


def day_is_ahead_if_any(attempt: Attempt):
    return day_is_ahead(attempt) if attempt.given.get("cease_on") else None


def is_planned(attempt: Attempt):
    if attempt.record.cease_on is None:
        return Refusal("not_planned", "No cease date is set.", SOP)


def is_named(attempt: Attempt):
    if not attempt.words("name"):
        return Refusal("name", "Name what they hold.", SOP, field="name")


def kind_chosen(attempt: Attempt):
    if attempt.given.get("kind") not in KINDS:
        return Refusal("kind", "Say what it is.", SOP, field="kind")


def not_before_it_was_held(attempt: Attempt):
    since = attempt.given.get("held_since")
    if isinstance(since, date) and since > today(attempt):
        return Refusal("held_since", "They hold it from that day on only; enter it then.", SOP, field="held_since")


def cease(attempt: Attempt) -> dict:
    attempt.event_data["cease_on"] = attempt.given["cease_on"].isoformat()
    return {"cease_on": attempt.given["cease_on"], "reason": attempt.words("reason") or attempt.record.reason}


def plan(attempt: Attempt) -> dict:
    return cease(attempt)


def keep(attempt: Attempt) -> dict:
    return {"cease_on": None, "reason": ""}


def restore(attempt: Attempt) -> dict:
    attempt.event_data["from"] = {"cease_on": attempt.record.cease_on.isoformat()}
    return {"cease_on": None, "reason": attempt.words("reason")}


def correct(attempt: Attempt) -> dict:
    given = {name: attempt.words(name) for name in ("name", "identifier", "kind")}
    given["held_since"] = attempt.given.get("held_since")
    changed = {name: value for name, value in given.items() if getattr(attempt.record, name) != value}
    attempt.event_data["fields"] = sorted(changed)
    return changed


def not_from_here(asset: Asset, trigger: str) -> Refusal:
    return Refusal("not_from_here", f"It is {STATES[asset.state].lower()}; this does not lead on.", SOP)


NAMED = (is_named, kind_chosen, not_before_it_was_held)
TABLE = [
    T("cease", LIVE, CEASED, works_or_house, (day_has_come,), cease),
    T("plan_cease", LIVE, LIVE, works, (day_is_ahead,), plan),
    T("keep", LIVE, LIVE, works, (is_planned,), keep),
    T("correct", LIVE, LIVE, works, NAMED, correct),
    T("restore", CEASED, LIVE, admin, (reason_given,), restore),
]
STANDING = {LIVE: (*NAMED, day_is_ahead_if_any), CEASED: (*NAMED, day_has_come)}
holding = Workflow(Asset, STATES, TABLE, STANDING, not_from_here)
