"""The steps of a case as people meet them: each trigger once, with its button, dialog, toast and timeline line."""

from carmanana.cases import rules
from carmanana.cases.lifecycle import casework
from carmanana.core.fields import CHOICE, PERSON, SELECT, WORDS, Field
from carmanana.core.verbs import Check, Line, Verb, catalogue
from carmanana.records.customer_cases import CAME_BY, PRIORITIES, WAITING_ON, CustomerCase


def others(case: CustomerCase, by) -> list[tuple[str, str]]:
    """The customer's other cases, the newest first."""
    found = CustomerCase.select().where(CustomerCase.customer == case.customer_id, CustomerCase.id != case.id)
    return [(str(one.id), f"#{one.id} {one.subject}") for one in found.order_by(CustomerCase.id.desc()).limit(100)]


def waits(data: dict, names) -> str:
    return f"Waiting {WAITING_ON.get(data.get('waiting_on'), '').lower()}".strip()


def edited(data: dict, names) -> str:
    return f"Priority: {PRIORITIES[data['to']]}" if data.get("to") in PRIORITIES else "Case corrected"


def given_to(data: dict, names) -> str:
    name = names.name_of(data.get("owner")) if names else ""
    return f"Assigned to {name}" if name else "Assigned"


def repeats(data: dict, names) -> str:
    return f"Closed as a duplicate of #{data.get('duplicate_of', '?')}"


RESOLUTION = Field("resolution", "How it ended, in words", WORDS, most=4000, start="")
WAITING_FOR = Field("waiting_for", "For what", most=200, placeholder="Their answer on the new date", start="")
FACTS = (
    Field("subject", "What it is about", most=160, required=True),
    Field("details", "In their words, and ours", WORDS, most=4000, rows=4),
    Field("priority", "Priority", CHOICE, choices=PRIORITIES),
    Field("came_by", "Received by", SELECT, choices=CAME_BY),
)

VERBS = catalogue(
    casework,
    Verb("accept", "Accept", "check", done="It is open", timeline="Accepted", undone="it is new again"),
    Verb("start", "Start", "play", primary=True, done="In progress", timeline="Started", undone="not started"),
    Verb(
        "go_on",
        "Go on",
        "play",
        primary=True,
        done="It goes on",
        timeline="Goes on",
        undone="it waits again",
    ),
    Verb(
        "wait",
        "Wait…",
        "hourglass",
        fields=(Field("waiting_on", "On whom?", CHOICE, choices=WAITING_ON), WAITING_FOR),
        note="While it waits on the customer or on a supplier, its clock stands.",
        done=lambda case: case.standing,
        timeline=waits,
        look="held",
        undone="it does not wait",
    ),
    Verb(
        "complete",
        "Complete…",
        "circle-check",
        title="Complete the case",
        fields=(RESOLUTION,),
        checks=(Check("Every line of the checklist is done", rules.checklist_done),),
        done="Completed",
        timeline="Completed",
        look="connected",
        undone="it is not completed",
    ),
    Verb(
        "mark_duplicate",
        "Duplicate…",
        "copy",
        title="A duplicate of another case",
        submit="Close as duplicate",
        fields=(Field("duplicate_of", "Which case does it repeat?", SELECT, choices=others, start=""),),
        done="Closed as a duplicate",
        timeline=repeats,
        undone="it is no duplicate",
    ),
    Verb(
        "mark_incomplete",
        "Incomplete…",
        "info",
        title="Close as incomplete",
        fields=(RESOLUTION,),
        submit="Close as incomplete",
        done="Closed as incomplete",
        timeline="Closed as incomplete",
        undone="it is open",
    ),
    Verb(
        "refuse",
        "Won’t fix…",
        "circle-x",
        title="Close as won’t fix",
        fields=(RESOLUTION,),
        submit="Close as won’t fix",
        done="Closed as won’t fix",
        timeline="Closed as won’t fix",
        look="bad",
        undone="it is open",
    ),
    Verb(
        "reopen",
        "Reopen…",
        "undo",
        title="Reopen the case",
        fields=(Field("reason", "Why, in words", WORDS, most=2000, start=""),),
        done="It is open again",
        timeline="Reopened",
    ),
    Verb(
        "assign",
        "Assign…",
        "user-plus",
        title="Assign the case",
        fields=(Field("assignee", "To", PERSON, roles=rules.WORKERS),),
        done=lambda case: f"{case.assignee.name} has been told",
        timeline=given_to,
    ),
    Verb("edit", "Edit", "pencil", fields=FACTS, submit="Save", done="Saved", timeline=edited),
    events={
        "open_case": Line("Case opened", "", "plus"),
        "log": None,
        "step_done": None,
        "step_moved": Line("Next step moved", "", "task"),
        "watch": Line("Watcher added", "", "eye"),
        "unwatch": Line("Watcher removed", "", "eye"),
        "check_added": Line("Checklist line added", "", "list"),
        "check_done": Line("Checklist line done", "", "check"),
        "check_open_again": Line("Checklist line open again", "", "list"),
        "check_removed": Line("Checklist line removed", "", "list"),
        "case_late": Line("Overdue", "bad", "alert"),
        "imported": Line("Imported", "", "upload"),
    },
)
CLOSING = ("mark_duplicate", "mark_incomplete", "refuse")
