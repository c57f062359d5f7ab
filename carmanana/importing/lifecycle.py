"""The steps of an import, from the upload to its undoing."""

from datetime import timedelta

from carmanana.core.workflow import Attempt, Refusal, T, Workflow
from carmanana.records.imports import DONE, FAILED, QUEUED, RUNNING, STATES, UNDOING, UNDONE, UPLOADED, ImportBatch
from carmanana.records.people import CRM_ADMIN, MANAGER

SILENT = timedelta(seconds=10)


def whoever_imports(attempt: Attempt) -> bool:
    """Managers and admins; the worker and the command line are nobody."""
    return attempt.by is None or attempt.by.has(MANAGER, CRM_ADMIN)


def terms_are_complete(attempt: Attempt):
    if not attempt.record.mapping.get("columns"):
        return Refusal("columns", "Say first what the columns are.")


def not_the_same_twice(attempt: Attempt):
    """The same file again needs a word that it is meant."""
    if attempt.record.same_file and not attempt.given.get("again"):
        return Refusal(
            "twin", "This very file has been brought in before. Say that you mean it to come in again.", field="again"
        )


def nobody_is_at_it(attempt: Attempt):
    """A run that was killed has gone silent; one that goes on has not."""
    beat = attempt.record.beat_at
    if beat and beat > attempt.at - SILENT:
        return Refusal("busy", "This import is being worked on.")


def nothing_stands_on_it(attempt: Attempt):
    """Of two imports that share customers the later goes first."""
    later = attempt.record.leaning
    if later:
        sentence = f"Undo “{later.name}” (import {later.id}) first: it stands on customers that came in with this one."
        return Refusal("leaning", sentence)


def beat(attempt: Attempt) -> dict:
    return {"beat_at": attempt.at}


def begin(attempt: Attempt) -> dict:
    """With what was chosen for people who are here already."""
    return silence(attempt) | {"mapping": attempt.record.mapping | attempt.given.get("duplicates", {})}


def finish(attempt: Attempt) -> dict:
    return {"finished_at": attempt.at, "beat_at": None}


def stop(attempt: Attempt) -> dict:
    return finish(attempt) | {"trouble": attempt.given["trouble"]}


def silence(attempt: Attempt) -> dict:
    return {"beat_at": None, "finished_at": None, "trouble": ""}


def begin_undoing(attempt: Attempt) -> dict:
    """Everything is kept until it is taken back."""
    return silence(attempt) | {"kept": attempt.record.made}


TABLE = [
    T("start", UPLOADED, QUEUED, whoever_imports, (terms_are_complete, not_the_same_twice), begin),
    T("take", QUEUED, RUNNING, whoever_imports, (), beat),
    T("take", RUNNING, RUNNING, whoever_imports, (nobody_is_at_it,), beat),
    T("finish", RUNNING, DONE, whoever_imports, (), finish),
    T("stop", RUNNING, FAILED, whoever_imports, (), stop),
    T("go_on", FAILED, QUEUED, whoever_imports, (), silence),
    T("undo", DONE, UNDOING, whoever_imports, (nothing_stands_on_it,), begin_undoing),
    T("undo", FAILED, UNDOING, whoever_imports, (nothing_stands_on_it,), begin_undoing),
    T("take", UNDOING, UNDOING, whoever_imports, (nobody_is_at_it,), beat),
    T("finish", UNDOING, UNDONE, whoever_imports, (), finish),
]


def not_from_here(batch: ImportBatch, trigger: str) -> Refusal:
    return Refusal("not_from_here", f"This import is in another state now: {STATES[batch.state].lower()}.")


import_steps = Workflow(ImportBatch, STATES, TABLE, {}, not_from_here)
