"""Everything that was said, done and changed on a deal, newest first."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from carmanana.core import money
from carmanana.core.audit import Event
from carmanana.core.undo import UndoStep
from carmanana.deals.corrections import NAMES, said
from carmanana.deals.stage_times import Stay
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.web.history import Past

NOT_TOLD = {
    "loaded",
    "log",
    "step_done",
    "step_moved",
    "mark_organic",
    "hold",
    "extend_hold",
    "reopen",
    "reassign",
    "flag",
    "clear_flag",
    "request_cancellation",
    "retain",
    "retain_won",
    "restore",
    "restore_hold",
    "restore_won",
    "cancel",
}


UNDONE = {
    "hold": "on hold",
    "extend_hold": "the longer hold",
    "resume": "taken up again, so it waits on",
    "claim": "the claim",
    "correct": "the changed order",
    "mark_live": "the live order",
    "mark_organic": "the organic order",
}


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


def timeline(past: Past) -> list[Entry]:
    return sorted([*_activities(past), *_changes(past)], key=lambda entry: entry.at, reverse=True)


def counts_of(entries: list[Entry]) -> dict[str, int]:
    """How many each filter shows."""
    found = Counter(entry.kind for entry in entries)
    return {"everything": len(entries)} | {name: sum(found[kind] for kind in kinds) for name, kinds in FILTERS.items()}


def offer_undo(entries: list[Entry], step: UndoStep | None) -> None:
    """Nothing has happened since the step, so that the newest line is of it, where it is told at all."""
    if step and entries and entries[0].at >= step.at:
        entries[0] = entries[0]._replace(undo=True)


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
        return "Email to client" if activity.direction == "out" else "Email from client"
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
    left = {stay.left_by: stay for stay in past.stays}
    return [entry for event in past.events if (entry := _change(event, past, left.get(event.id)))]


def _change(event: Event, past: Past, left: Stay | None) -> Entry | None:
    if event.verb in NOT_TOLD or ("move" in (event.verb, event.data.get("undid")) and "to_stage" not in event.data):
        return None
    title, look, mark = _words(event, past)
    days = left.days if left and event.verb == "move" else 0
    stood = f"after {days} day{'s' if days != 1 else ''}" if days else ""
    beside = " · ".join(part for part in (stood, past.name_of(event.actor_id)) if part)
    return Entry(event.at, "change", title, beside, look, mark)


def _words(event: Event, past: Past) -> tuple[str, str, str]:
    """Title, look and mark."""
    if "undid" in event.data:
        return f"Undone: {_undone(event.data, past)}", "", "undo"
    if event.verb in TITLES:
        title, look, mark = TITLES[event.verb]
        return title(event.data, past), look, mark
    return WORDS.get(event.verb) or (event.verb.replace("_", " ").capitalize(), "", "history")


def _moved(data: dict, past: Past) -> str:
    return f"{past.stage_name(data.get('from_stage'))} → {past.stage_name(data.get('to_stage'))}"


def _transferred(data: dict, past: Past) -> str:
    return f"{past.pipelines.get(data.get('from_pipeline'), '?')} → {past.pipelines.get(data.get('to_pipeline'), '?')}"


def _claimed(data: dict, past: Past) -> str:
    return f"Claimed by {past.name_of(data.get('owner'), 'somebody')}"


def _paid(data: dict, past: Past) -> str:
    return f"{data.get('kind', 'payment').capitalize()} {money.shown(data.get('cents'), past.deal.currency)}".strip()


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _voided(data: dict, past: Past) -> str:
    return f"Voided: {_first_small(_paid(data, past))}"


def _payment_corrected(data: dict, past: Past) -> str:
    return "Corrected: " + " → ".join(_first_small(_paid(data.get(side, {}), past)) for side in ("from", "to"))


def _corrected(data: dict, past: Past) -> str:
    return "Order changed: " + ", ".join(_from_to(name, data, past.deal.currency) for name in data.get("fields", []))


def _from_to(name: str, data: dict, currency: str) -> str:
    """ETA 3 Dec 2026 → 9 Dec 2026; words are named only."""
    if name not in data.get("to", {}):
        return _field_name(name)
    was, is_now = data["from"].get(name), data["to"][name]
    before, after = (data.get(side, {}).get("currency", currency) for side in ("from", "to"))
    return f"{_field_name(name)} {said(name, was, before)} → {said(name, is_now, after)}"


def _unsigned(data: dict, past: Past) -> str:
    return f"Agreement of {said('agreement_on', data.get('from', {}).get('agreement_on'), '')} taken back"


TITLES = {
    "move": (_moved, "moved", "arrow-right"),
    "transfer": (_transferred, "moved", "arrow-right"),
    "claim": (_claimed, "moved", "user-plus"),
    "payment": (_paid, "moved", "money"),
    "payment_voided": (_voided, "", "money"),
    "payment_corrected": (_payment_corrected, "", "money"),
    "unsign": (_unsigned, "bad", "undo"),
    "correct": (_corrected, "", "pencil"),
}
WORDS = {
    "take": ("Deal made", "", "plus"),
    "imported": ("Imported", "", "upload"),
    "resume": ("Taken up again", "moved", "play"),
    "mark_live": ("Live order", "connected", "live"),
    "win": ("Won", "connected", "won"),
    "lose": ("Lost", "", "lost"),
    "assess": ("What they want was written down", "moved", "car"),
}


def _undone(data: dict, past: Past) -> str:
    if "to_pipeline" in data:
        return f"back in {past.pipelines.get(data['to_pipeline'], '?')}"
    if "to_stage" in data:
        return f"back in {past.stage_name(data['to_stage'])}"
    return UNDONE.get(data["undid"], "the last step")


def _field_name(name: str) -> str:
    return NAMES.get(name, name.replace("_", " "))
