"""The steps of an asset as people meet them."""

from carmanana.core import clock
from carmanana.core.fields import CHOICE, DAY, WORDS, Field
from carmanana.core.verbs import Line, Verb, catalogue
from carmanana.records.assets import KINDS
from carmanana.sales.assets.lifecycle import holding

FACTS = (
    Field("name", "What it is", most=160, placeholder="2023 Toyota RAV4"),
    Field("kind", "Kind", CHOICE, choices=KINDS),
    Field("identifier", "VIN or contract number", most=60),
    Field("held_since", "Held since", DAY),
)
REASON = Field("reason", "Reason, in words", WORDS, most=2000, start="")
VERBS = catalogue(
    holding,
    Verb(
        "cease",
        "Cease…",
        icon="circle-x",
        title="Cease the asset",
        fields=(Field("cease_on", "Cease date", DAY, start=lambda asset, by: clock.today(by.timezone)), REASON),
        note="It is live no longer.",
        done="Ceased",
        timeline="Asset ceased",
        primary=True,
    ),
    Verb(
        "plan_cease",
        "Cease on a later day…",
        icon="calendar",
        submit="Set the day",
        fields=(Field("cease_on", "Cease date", DAY, chips="day"), REASON),
        note="Until then it stays live; on that day it ceases by itself.",
        done="It ceases on its day",
        timeline="A cease date was set",
    ),
    Verb(
        "keep",
        "Keep it",
        icon="undo",
        done="No cease date any more",
        timeline="The cease date was taken back",
        offered=lambda asset, by: asset.cease_on is not None,
    ),
    Verb("correct", "Edit…", icon="pencil", title="Edit the asset", submit="Save", fields=FACTS),
    Verb(
        "restore",
        "Restore…",
        icon="undo",
        title="Make it live again",
        fields=(REASON,),
        done="Live again",
        timeline="Asset live again",
    ),
    events={"add_asset": Line("Asset added", "moved", "car")},
)
