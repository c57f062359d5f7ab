"""The case machine as one table (Customer cancellation tool, *Cases*; domain 7): what a customer asked us to set right,
from the first word to one of four results."""

from carmanana.cases import effects, rules
from carmanana.cases.watching import tell
from carmanana.contacting.log import after_log
from carmanana.core.query import again
from carmanana.core.undoing import Undoing
from carmanana.core.workflow import Attempt, T, Workflow
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.customer_cases import (
    CLOSED,
    COMPLETED,
    DUPLICATE,
    IN_PROGRESS,
    INCOMPLETE,
    NEW,
    ON_CUSTOMER,
    OPEN,
    OPENED,
    STATES,
    WAITING,
    WONT_FIX,
    CustomerCase,
)
from carmanana.records.people import User


def works(attempt: Attempt) -> bool:
    return attempt.record.worked_by(attempt.by)


WAIT = (rules.waits_on_somebody, rules.waits_for_something)
ENDS = {
    "complete": (COMPLETED, (rules.resolution_given, rules.checklist_done)),
    "mark_duplicate": (DUPLICATE, (rules.original_named,)),
    "mark_incomplete": (INCOMPLETE, (rules.resolution_given,)),
    "refuse": (WONT_FIX, (rules.resolution_given,)),
}
STEPS = [
    T("accept", NEW, OPENED, works, (), effects.take_on, undo=True),
    *(T("start", state, IN_PROGRESS, works, (), effects.take_on, undo=True) for state in (NEW, OPENED)),
    *(T("wait", state, WAITING, works, WAIT, effects.wait, undo=True) for state in (NEW, OPENED, IN_PROGRESS)),
    T("wait", WAITING, WAITING, works, (*WAIT, rules.waits_anew), effects.wait, undo=True),
    T("go_on", WAITING, IN_PROGRESS, works, (), effects.go_on, undo=True),
    *(
        T(trigger, state, dest, works, held, effects.close, undo=True)
        for trigger, (dest, held) in ENDS.items()
        for state in OPEN
    ),
    *(T("reopen", state, OPENED, works, (rules.reason_given,), effects.reopen) for state in CLOSED),
    *(T("assign", state, state, works, (rules.assignee_is_here,), effects.assign) for state in OPEN),
    *(T("edit", state, state, works, (rules.subject_given, rules.priority_chosen), effects.edit) for state in OPEN),
]
BACK = {(t.dest, t.source): f"undo_{t.trigger}_{t.source}" for t in STEPS if t.undo and t.source != t.dest}
undoing = Undoing(names=BACK)  # one for each state that a step may have left
TABLE = [*STEPS, *undoing.rows(STEPS, STATES, works)]

NAMED = (rules.subject_given, rules.priority_chosen)
STANDING = {state: NAMED for state in STATES} | {
    WAITING: (*NAMED, *WAIT),
    **{state: (*NAMED, rules.resolution_given) for state in (COMPLETED, INCOMPLETE, WONT_FIX)},
}
casework = Workflow(CustomerCase, STATES, TABLE, STANDING, rules.not_from_here, undoing)


@after_log(CustomerCase)
def bring_on(contact: Activity, case: CustomerCase, by: User) -> None:
    """What the customer says to us ends a wait on them, and the watchers hear of what was said."""
    if contact.kind not in CONTACTS:
        return
    if contact.direction == "in" and case.waiting_on == ON_CUSTOMER:
        casework.fire(again(case), "go_on", by)
        return
    tell(case, "was spoken about" if contact.connected else "has a new entry", by)
