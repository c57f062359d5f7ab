"""The steps of a consequence as people meet them."""

from carmanana.compliance.ledger import ledger
from carmanana.core.fields import WORDS, Field
from carmanana.core.verbs import Verb, catalogue
from carmanana.records.compliance import ACCESS, COACHING, DISCIPLINARY, RETRAINING

REASON = (Field("reason", "Why, in words", WORDS, most=1000),)

VERBS = catalogue(
    ledger,
    Verb(
        "acknowledge",
        "I have read it",
        icon="check",
        done="Acknowledged",
        timeline="Acknowledged",
        primary=True,
        offered=lambda one, by: one.kind in (COACHING, DISCIPLINARY),
    ),
    Verb(
        "finish",
        "Mark as done…",
        icon="check",
        title="The retraining is done",
        submit="Done",
        fields=(Field("reason", "What was done", WORDS, most=1000),),
        done="Done",
        timeline="Done",
        primary=True,
        offered=lambda one, by: one.kind == RETRAINING,
    ),
    Verb(
        "restore",
        "Restore access…",
        icon="undo",
        title="Give access back before its day",
        fields=REASON,
        done="They have access again",
        timeline="Access restored",
        offered=lambda one, by: one.kind == ACCESS,
    ),
    Verb(
        "take_back",
        "Take back…",
        icon="circle-x",
        title="Take it back",
        fields=(Field("reason", "What was wrong with it", WORDS, most=1000),),
        note="It stays in the ledger, with your reason.",
        done="Taken back",
        timeline="Taken back",
        mark="undo",
    ),
)
