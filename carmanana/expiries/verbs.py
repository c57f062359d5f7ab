"""The steps of an expiry as people meet them."""

from carmanana.core.fields import CHOICE, DAY, PERSON, WORDS, Field
from carmanana.core.verbs import Line, Verb, catalogue
from carmanana.expiries.lifecycle import expiring
from carmanana.expiries.rules import day_has_come
from carmanana.records.expiries import KINDS
from carmanana.records.people import AGENT, MANAGER

FACTS = (
    Field("kind", "Whose contract ends?", CHOICE, choices=KINDS),
    Field("supplier", "With which supplier, if it is not ours", most=120),
    Field("about", "What runs out", most=160, placeholder="Lease of a BMW X3"),
)
ON = Field("on", "Day", DAY, chips="day", hint="On this day it becomes a lead of its owner’s.")
OWNER = Field("owner", "Owner", PERSON, roles=(AGENT, MANAGER))

VERBS = catalogue(
    expiring,
    Verb(
        "move",
        "Move…",
        "calendar",
        title="Move the expiry",
        fields=(ON,),
        done="Moved",
        timeline="Expiry moved from {from} to {to}",
        undone="the expiry is on its day again",
    ),
    Verb(
        "correct",
        "Edit",
        "pencil",
        title="Correct the expiry",
        submit="Save",
        fields=FACTS,
        done="Saved",
        timeline="Expiry corrected",
    ),
    Verb("give", "Give to…", "user-plus", title="Give the expiry to", fields=(OWNER,), timeline="Expiry given away"),
    Verb(
        "drop",
        "Drop…",
        "trash",
        title="Drop the expiry",
        fields=(Field("reason", "Why, in words", WORDS, most=2000),),
        done="Dropped",
        timeline="Expiry dropped",
        undone="the expiry stands again",
    ),
    Verb(
        "make_lead",
        "Make the lead",
        "phone",
        first=(day_has_come,),
        done="It is a lead now",
        timeline="Became a lead",
        look="connected",
    ),
    events={"set_expiry": Line("Expiry set", "", "calendar"), "imported": Line("Imported", "", "upload")},
)
