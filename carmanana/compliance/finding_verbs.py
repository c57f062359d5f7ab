"""The steps of a finding as people meet them."""

from carmanana.compliance import finding_rules as rules
from carmanana.compliance.judging import findings
from carmanana.core.fields import WORDS, Field
from carmanana.core.verbs import Line, Verb, catalogue

NOTE = (
    Field(
        "note",
        "What came of it",
        WORDS,
        most=rules.LONGEST,
        placeholder="A quotation of the customer. Talked it through.",
    ),
)
DECISION = (Field("decision", "Why, for the person to read", WORDS, most=rules.LONGEST),)
FIRST = (rules.not_their_own,)
DECIDES = (rules.not_their_own, rules.decided_by_another)

VERBS = catalogue(
    findings,
    Verb(
        "review",
        "It stands…",
        icon="check",
        title="Review a finding",
        fields=NOTE,
        first=FIRST,
        done="Reviewed",
        timeline="Reviewed: it stands",
        primary=True,
    ),
    Verb(
        "dismiss",
        "No finding…",
        icon="circle-x",
        title="This is no finding",
        fields=NOTE,
        first=FIRST,
        done="Dismissed",
        timeline="Reviewed: no finding",
    ),
    Verb(
        "answer",
        "Answer…",
        icon="quote",
        title="Answer the finding",
        fields=(Field("answer", "How you see it", WORDS, most=rules.LONGEST),),
        first=(rules.not_answered_yet,),
        done="Your answer is with the finding",
        timeline="Answered",
        primary=True,
        offered=lambda finding, by: finding.answered_at is None,
    ),
    Verb(
        "dispute",
        "Dispute…",
        icon="flag",
        title="Dispute the finding",
        fields=(Field("dispute", "Why you see it differently", WORDS, most=rules.LONGEST),),
        first=(rules.disputed_once,),
        note="A finding is disputed once. Somebody who neither raised nor reviewed it decides.",
        done="Disputed. Somebody else decides",
        timeline="Disputed",
    ),
    Verb(
        "uphold",
        "Uphold…",
        icon="shield",
        title="The finding stands",
        fields=DECISION,
        first=DECIDES,
        done="Upheld",
        timeline="Upheld",
        primary=True,
    ),
    Verb(
        "overturn",
        "Overturn…",
        icon="undo",
        title="The person is right",
        fields=DECISION,
        first=DECIDES,
        note="What followed from the finding is taken back with it.",
        done="Overturned",
        timeline="Overturned",
    ),
    Verb(
        "take_back",
        "Take back…",
        icon="undo",
        title="Take the finding back",
        fields=(Field("decision", "What was wrong with it", WORDS, most=rules.LONGEST),),
        first=FIRST,
        note="What followed from the finding is taken back with it.",
        done="Taken back",
        timeline="Taken back",
    ),
    events={"raise_finding": Line("Raised", "", "flag")},
)
