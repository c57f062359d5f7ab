"""Everything that was said, done and changed on one record or several, newest first."""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from carmanana.core.audit import Event
from carmanana.core.undo import UndoStep
from carmanana.core.verbs import verbs_of
from carmanana.deals.stage_times import Stay
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.web.timeline.history import Past


class Entry(NamedTuple):
    """One line of the timeline: all that it shows, but for a letter."""

    at: datetime
    kind: str
    title: str
    beside: str
    look: str
    mark: str
    by: str = ""
    activity_id: int | None = None
    summary: str = ""
    objections: str = ""
    files: tuple[Attachment, ...] = ()
    undo: bool = False


WAYS = {"out": " out", "in": " in"}
FILTERS = {
    "calls": ("call", "voicemail"),
    "emails": ("email", "text"),
    "notes": ("note", "task"),
    "changes": ("change",),
}


def timeline(*pasts: Past) -> list[Entry]:
    told = [entry for past in pasts for entry in (*_activities(past), *_changes(past))]
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def counts_of(entries: list[Entry]) -> dict[str, int]:
    """How many each filter shows."""
    found = Counter(entry.kind for entry in entries)
    return {"everything": len(entries)} | {name: sum(found[kind] for kind in kinds) for name, kinds in FILTERS.items()}


def offer_undo(entries: list[Entry], step: UndoStep | None) -> None:
    """On the oldest line that is not before the step, which is its own: what was only written down since stands
    above."""
    since = [number for number, entry in enumerate(entries) if step and entry.at >= step.at]
    if since:
        entries[since[-1]] = entries[since[-1]]._replace(undo=True)


def _activities(past: Past) -> list[Entry]:
    files: dict[int, list[Attachment]] = {}
    for attachment in past.files:
        files.setdefault(attachment.activity_id, []).append(attachment)
    told = (activity for activity in past.activities if activity.kind != "task" or activity.done_at is not None)
    return [_entry(activity, tuple(files.get(activity.id, ())), past.name_of(activity.author_id)) for activity in told]


def _entry(activity: Activity, files: tuple[Attachment, ...], by: str) -> Entry:
    title = _title(activity)
    beside = [activity.outcome_name or ("connected" if activity.direction == "in" else "")]
    beside += [f"{activity.minutes} min"] if activity.minutes else []
    beside += [activity.subject] if activity.subject not in ("", title) else []
    beside += ["dropped" if activity.dropped else "done"] if activity.kind == "task" else []
    beside += ["logged later"] if activity.logged_later else []
    return Entry(
        activity.done_at or activity.at if activity.kind == "task" else activity.at,
        activity.kind,
        title,
        " · ".join(part for part in beside if part),
        _look(activity),
        _mark(activity),
        by,
        activity.id,
        activity.summary,
        activity.objections,
        files,
    )


def _title(activity: Activity) -> str:
    if activity.kind in ("note", "task") or _is_request(activity):
        return activity.subject or "Note"
    if activity.kind == "email":
        return "Email to customer" if activity.direction == "out" else "Email from customer"
    return activity.kind_name + WAYS.get(activity.direction, "")


def _is_request(activity: Activity) -> bool:
    return activity.subject.startswith("Cancellation Request –")


def _look(activity: Activity) -> str:
    if activity.subject.startswith("On hold"):
        return "held"
    return (
        "bad" if activity.subject.startswith(("Flagged", "Cancellation")) else "connected" if activity.connected else ""
    )


def _mark(activity: Activity) -> str:
    if _is_request(activity):
        return "losing"
    if activity.kind == "call":
        return "phone-incoming" if activity.direction == "in" else "phone" if activity.connected else "phone-missed"
    if activity.subject.startswith("On hold"):
        return "hold"
    return {"voicemail": "voicemail", "email": "mail", "text": "text", "task": "task"}.get(activity.kind, "note")


def _changes(past: Past) -> list[Entry]:
    """What is saved as one types makes one line."""
    left = {stay.left_by: stay for stay in past.stays}
    told = [entry for event in past.events if (entry := _change(event, past, left.get(event.id)))]
    following = [*told[1:], None][: len(told)]
    return [entry for entry, after in zip(told, following, strict=True) if not _goes_on(entry, after)]


def _goes_on(entry: Entry, after: Entry | None) -> bool:
    same = after is not None and (after.title, after.beside) == (entry.title, entry.beside)
    return same and abs(after.at - entry.at) < timedelta(hours=1)


def _change(event: Event, past: Past, left: Stay | None) -> Entry | None:
    line = verbs_of(past.subject).told(event.verb, event.data, past)
    if line is None:
        return None
    days = left.days if left and event.verb == "move" else 0
    stood = f"after {days} day{'s' if days != 1 else ''}" if days else ""
    beside = " · ".join(part for part in (stood, past.name_of(event.actor_id)) if part)
    return Entry(event.at, "change", line.words, beside, line.look, line.mark)
