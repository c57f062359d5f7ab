"""The steps of a customer's cancellation as people meet them: each once, with its button, dialog, toast and timeline
line."""

from carmanana.core.fields import CHOICE, HIDDEN, PERSON, WORDS, Field
from carmanana.core.verbs import Line, Verb, catalogue
from carmanana.departures.lifecycle import leaving
from carmanana.records.customers import MOODS
from carmanana.records.departures import Departure
from carmanana.records.people import AGENT, CRM_ADMIN, MANAGER

REASON = (
    Field("reason", "Reason for cancelling", WORDS, most=2000),
    Field("extra", "Extra information, if there is any", WORDS, most=2000, rows=2),
)
WHICH = Field("reason_id", "", HIDDEN)
ADMIN = (CRM_ADMIN,)


def becomes(departure: Departure) -> str:
    owner = departure.new_owner
    given = f" and goes to {owner.name}" if owner and owner.id != departure.customer.owner_id else ""
    return (
        f"{departure.customer.name} is cancelled{given}. They are not called, mailed or offered anything "
        "from then on, but for what an expiry of theirs brings."
    )


def assigned(departure: Departure) -> str:
    owner = departure.new_owner
    return f"{owner.name} has been told" if owner else "Reassigned"


VERBS = catalogue(
    leaving,
    Verb(
        "add_reason",
        "Add a reason…",
        "plus",
        fields=REASON,
        path="reason",
        versioned=False,
        done="Reason written",
        timeline="Reason written",
    ),
    Verb(
        "edit_reason",
        "Edit…",
        "pencil",
        title="Edit the reason",
        fields=(WHICH, *REASON),
        submit="Save",
        done="Saved",
        timeline="Reason changed",
    ),
    Verb(
        "drop_reason",
        "Take out…",
        "x",
        title="Take this reason out?",
        fields=(WHICH,),
        done="Taken out",
        timeline="Reason taken out",
    ),
    Verb(
        "plan_owner",
        "Reassign…",
        "user-plus",
        title="Who owns the customer afterwards?",
        fields=(
            Field(
                "new_owner",
                "New owner",
                PERSON,
                roles=(AGENT, MANAGER),
                start=lambda departure, by: str(departure.new_owner_id or ""),
            ),
        ),
        submit="Save",
        path="owner",
        done="Assigned when the cancellation is processed",
        timeline="New owner chosen",
    ),
    Verb("perform_now", "Perform now", "check", done=assigned, timeline="Reassigned"),
    Verb(
        "note_mood",
        "Change…",
        title="Customer mood",
        fields=(
            Field(
                "mood", "How did they seem?", CHOICE, choices=MOODS, start=lambda departure, by: departure.customer.mood
            ),
        ),
        submit="Save",
        path="mood",
        done="Saved",
        timeline="Mood noted",
    ),
    Verb(
        "remove",
        "Remove cancellation…",
        "undo",
        title="Remove the cancellation?",
        fields=(Field("words", "Why, if there is something to say", WORDS, most=2000),),
        note="The customer is live again. What was closed meanwhile stays closed.",
        done="The customer is live again",
        timeline="Cancellation removed",
    ),
    Verb(
        "process",
        "Process…",
        "check",
        title="Process the cancellation?",
        confirm=True,
        intro=becomes,
        done="Customer cancelled",
        timeline="Cancellation processed",
        look="bad",
        mark="circle-x",
    ),
    Verb(
        "reactivate",
        "Reactivate…",
        "undo",
        title="Reactivate the customer?",
        fields=(Field("words", "Why are they a customer again?", WORDS, most=2000),),
        roles=ADMIN,
        done="The customer is live again",
        timeline="Customer reactivated",
        look="moved",
    ),
    events={"begin": Line("Cancellation begun", "bad", "losing")},
)
