"""Everything that was said, done and changed on a deal, newest first."""

from dataclasses import dataclass, field
from datetime import datetime

from peewee import JOIN

from carmanana.activities.models import Activity
from carmanana.audit import Event, history
from carmanana.deals.models import Deal, Pipeline, Stage
from carmanana.deals.undoing import UndoStep
from carmanana.files.models import Attachment
from carmanana.people.models import User

NOT_TOLD = {"loaded", "log", "step_done", "step_moved", "mark_organic", "hold", "extend_hold", "reopen", "reassign", "flag", "clear_flag",
    "request_cancellation", "retain", "retain_won", "restore", "restore_hold", "restore_won", "cancel"}


UNDONE = {
    "hold": "on hold", "extend_hold": "the longer hold", "resume": "taken up again, so it waits on",
    "claim": "the claim", "correct": "the changed order", "mark_live": "the live order", "mark_organic": "the organic order",
}


@dataclass
class Entry:
    """One line of the timeline."""

    at: datetime
    kind: str
    title: str
    beside: str = ""
    activity: Activity | None = None
    files: list[Attachment] = field(default_factory=list)
    look: str = ""
    mark: str = "arrow-right"
    undo: bool = False


FILTERS = {"calls": ("call", "voicemail"), "emails": ("email", "text"), "notes": ("note", "task"), "changes": ("change",)}


def timeline(deal: Deal, events: list[Event] | None = None, files: list[Attachment] | None = None) -> tuple[list[Entry], dict[str, int]]:
    """`events` and `files` of the deal, the oldest first, where they are known already."""
    entries = [*_activities(deal, files_of(deal) if files is None else files), *_changes(list(history(deal)) if events is None else events)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    counts = {name: sum(entry.kind in kinds for entry in entries) for name, kinds in FILTERS.items()}
    return entries, {"everything": len(entries)} | counts


def offer_undo(entries: list[Entry], step: UndoStep | None) -> None:
    """Nothing has happened since the step, so that the newest line is of it, where it is told at all."""
    if step and entries and entries[0].at >= step.at:
        entries[0].undo = True


def files_of(deal: Deal) -> list[Attachment]:
    return list(Attachment.select(Attachment, Activity).join(Activity).where(Activity.deal == deal).order_by(Attachment.id))


def _activities(deal: Deal, attachments: list[Attachment]) -> list[Entry]:
    done = (Activity.kind != "task") | Activity.done_at.is_null(False)
    told = Activity.select(Activity, User).join(User, JOIN.LEFT_OUTER, on=Activity.author).where(Activity.deal == deal, done)
    files: dict[int, list[Attachment]] = {}
    for attachment in attachments:
        files.setdefault(attachment.activity_id, []).append(attachment)
    return [_entry(activity, files.get(activity.id, [])) for activity in told]


def _entry(activity: Activity, files: list[Attachment]) -> Entry:
    out = {"out": " out", "in": " in"}.get(activity.direction or "", "")
    title = {"email": "Email to client" if activity.direction == "out" else "Email from client", "text": f"Text{out}"}.get(
        activity.kind, activity.kind_name + out
    )
    if activity.kind in ("note", "task") or _is_request(activity):
        title = activity.subject or "Note"
    beside = [activity.outcome_name or ("connected" if activity.direction == "in" else "")]
    beside += [f"{activity.minutes} min"] if activity.minutes else []
    beside += [activity.subject] if activity.subject not in ("", title) else []
    beside += ["done"] if activity.kind == "task" else []
    return Entry(
        activity.done_at or activity.at if activity.kind == "task" else activity.at,
        activity.kind,
        title,
        " · ".join(part for part in beside if part),
        activity,
        files,
        _look(activity),
        _mark(activity),
    )


def _is_request(activity: Activity) -> bool:
    return activity.subject.startswith("Cancellation Request –")


def _look(activity: Activity) -> str:
    if activity.subject.startswith("On hold"):
        return "held"
    return "bad" if activity.subject.startswith(("Flagged", "Cancellation")) else "connected" if activity.connected else ""


def _mark(activity: Activity) -> str:
    if _is_request(activity):
        return "losing"
    if activity.kind == "call":
        return "phone-incoming" if activity.direction == "in" else "phone" if activity.connected else "phone-missed"
    if activity.subject.startswith("On hold"):
        return "hold"
    return {"voicemail": "voicemail", "email": "mail", "text": "text", "task": "task"}.get(activity.kind, "note")


def _changes(events: list[Event]) -> list[Entry]:
    names = {stage.id: stage.name for stage in Stage.select()}
    pipelines = {pipeline.id: pipeline.name for pipeline in Pipeline.select()}
    people = {user.id: user.name for user in User.select().where(User.id.in_({e.actor_id for e in events} | {e.data.get("owner") for e in events}))}
    entries, entered, earlier = [], None, None
    for event in events:
        if entry := _change(event, names, pipelines, people, entered):
            entries.append(entry)
        if event.verb.startswith("undo"):
            entered = earlier
        elif event.verb in ("take", "imported", "reopen", "resume", "transfer") or "to_stage" in event.data:
            earlier, entered = entered, event.at
    return entries


def _change(event: Event, names: dict, pipelines: dict, people: dict, entered: datetime | None) -> Entry | None:
    if event.verb in NOT_TOLD or ("move" in (event.verb, event.data.get("undid")) and "to_stage" not in event.data):
        return None
    title, look, mark = _words(event, names, pipelines, people)
    days = (event.at - entered).days if entered and event.verb == "move" else 0
    beside = f"after {days} day{'s' if days != 1 else ''}" if days else ""
    by = people.get(event.actor_id, "")
    return Entry(event.at, "change", title, " · ".join(part for part in (beside, by) if part), None, [], look, mark)


def _words(event: Event, names: dict, pipelines: dict, people: dict) -> tuple[str, str, str]:
    data = event.data
    if "undid" in data:
        return f"Undone: {_undone(data, names, pipelines)}", "", "undo"
    words = {
        "move": (f"{names.get(data.get('from_stage'), '?')} → {names.get(data.get('to_stage'), '?')}", "moved", "arrow-right"),
        "transfer": (f"{pipelines.get(data.get('from_pipeline'), '?')} → {pipelines.get(data.get('to_pipeline'), '?')}", "moved", "arrow-right"),
        "take": ("Deal made", "", "plus"),
        "imported": ("Imported", "", "upload"),
        "claim": (f"Claimed by {people.get(data.get('owner'), 'somebody')}", "moved", "user-plus"),
        "resume": ("Taken up again", "moved", "play"),
        "mark_live": ("Live order", "connected", "live"),
        "win": ("Won", "connected", "won"),
        "lose": ("Lost", "", "lost"),
        "payment": (f"{data.get('kind', 'payment').capitalize()} payment", "moved", "money"),
        "assess": ("What they want was written down", "moved", "car"),
        "correct": ("Order changed: " + ", ".join(_field_name(name) for name in data.get("fields", [])), "", "pencil"),
    }
    return words.get(event.verb, (event.verb.replace("_", " ").capitalize(), "", "history"))


def _undone(data: dict, names: dict, pipelines: dict) -> str:
    if "to_pipeline" in data:
        return f"back in {pipelines.get(data['to_pipeline'], '?')}"
    if "to_stage" in data:
        return f"back in {names.get(data['to_stage'], '?')}"
    return UNDONE.get(data["undid"], "the last step")


def _field_name(name: str) -> str:
    return {"value_cents": "value", "agreement_on": "agreement date", "eta_on": "ETA", "delivered_on": "delivery"}.get(name, name.replace("_", " "))
