"""What a step of a case changes beside its state: the clock, who works on it, and who hears of it."""

from carmanana.cases import sla
from carmanana.cases.watching import tell
from carmanana.core.workflow import Attempt
from carmanana.records.activities import Activity
from carmanana.records.customer_cases import STANDS_WHILE_ON, WAITING_ON

NOT_WAITING = {"waiting_on": None, "waiting_for": ""}
NOT_CLOSED = {"closed_at": None, "closed_by": None, "resolution": "", "duplicate_of": None}


def take_on(attempt: Attempt) -> dict:
    """Whose nobody's it was it is now."""
    return {"assignee": attempt.by} if attempt.record.unowned else {}


def wait(attempt: Attempt) -> dict:
    case, on = attempt.record, attempt.given["waiting_on"]
    attempt.event_data |= {"waiting_on": on}
    tell(case, f"waits {WAITING_ON[on].lower()}", attempt.by)
    fields = {"waiting_on": on, "waiting_for": attempt.words("waiting_for")}
    return take_on(attempt) | fields | _clock(attempt, stands=on in STANDS_WHILE_ON)


def _clock(attempt: Attempt, stands: bool) -> dict:
    case = attempt.record
    if stands:
        return {} if case.clock_stands else sla.stopped(case, attempt.at)
    return sla.running(case, sla.minutes_left(case, attempt.at), attempt.at) if case.clock_stands else {}


def go_on(attempt: Attempt) -> dict:
    tell(attempt.record, "goes on", attempt.by)
    return take_on(attempt) | _clock(attempt, stands=False) | NOT_WAITING


def close(attempt: Attempt) -> dict:
    case, at = attempt.record, attempt.at
    original = attempt.read.get("duplicate_of")
    attempt.event_data |= {"duplicate_of": original.id} if original else {}
    tell(case, f"is closed: {case.state_name.lower()}", attempt.by)
    ended = {"closed_at": at, "closed_by": attempt.by, "resolution": attempt.words("resolution")}
    left = {"due_at": None, "minutes_left": sla.minutes_left(case, at)}
    return take_on(attempt) | NOT_WAITING | ended | left | {"duplicate_of": original}


def reopen(attempt: Attempt) -> dict:
    """All its time again: what came back is not late from the first minute on."""
    case = attempt.record
    note(attempt, "Reopened", attempt.words("reason"))
    tell(case, "is open again", attempt.by)
    return NOT_CLOSED | sla.begin(case, attempt.at) | {"times_reopened": case.times_reopened + 1}


def assign(attempt: Attempt) -> dict:
    case, person = attempt.record, attempt.given["assignee"]
    attempt.event_data |= {"was_owner": case.assignee_id, "owner": person.id}
    tell(case, f"is {person.name}’s now", attempt.by, person)
    return {"assignee": person}


def edit(attempt: Attempt) -> dict:
    case, given = attempt.record, attempt.given
    fields = {name: attempt.words(name) for name in ("subject", "details", "came_by")}
    changed = {name: value for name, value in fields.items() if getattr(case, name) != value}
    attempt.event_data["fields"] = sorted(changed)
    if given["priority"] == case.priority:
        return changed
    attempt.event_data |= {"from": case.priority, "to": given["priority"]}
    return changed | {"priority": given["priority"]} | sla.of_another_priority(case, given["priority"], attempt.at)


def note(attempt: Attempt, title: str, words: str) -> None:
    about = {"customer": attempt.record.customer_id, "case": attempt.record, "at": attempt.at}
    Activity.create(kind="note", subject=title, summary=words, author=attempt.by, created_at=attempt.at, **about)
