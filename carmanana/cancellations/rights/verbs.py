"""The steps of a right to cancel as people meet them."""

from carmanana.cancellations.rights import letters
from carmanana.cancellations.rights.deadlines import right_of
from carmanana.cancellations.rights.money import most_kept, returned_by, with_us
from carmanana.contacting.calling.places import name_of
from carmanana.core import money
from carmanana.core.fields import AMOUNT, CHOICE, DAY, TICK, WORDS, Field
from carmanana.core.text import several
from carmanana.core.verbs import Verb
from carmanana.records.cancellations import CAME_BY, CancellationRequest
from carmanana.records.people import User

ICONS = {"phone": "phone", "email": "mail", "text": "text"}


def day_sent(request: CancellationRequest, by: User):
    return right_of(request).sent_on


def has_conditions(request: CancellationRequest, by: User) -> bool:
    right = right_of(request).right
    return bool(right and right.conditions)


def something_may_be_kept(request: CancellationRequest, by: User) -> bool:
    right = right_of(request).right
    return bool(right and most_kept(right, request.deal))


def letter_begun(request: CancellationRequest, by: User) -> str:
    return letters.begun(request, by)[1]


def what_the_law_says(request: CancellationRequest) -> str:
    right = right_of(request).right
    if right is None:
        return ""
    conditions = f" Conditions: {right.conditions}." if right.conditions else ""
    runs = f"{several(right.days, 'day')} from {right.runs_from_name}"
    return f"{name_of(right.region)}, {right.applies_to}: {runs}.{conditions} {right.cited}"


def what_comes_of_it(request: CancellationRequest) -> str:
    found, deal = right_of(request), request.deal
    owed = with_us(deal)
    if found.right is None:
        return ""
    back = "Nothing of theirs is with us."
    if owed:
        day = returned_by(found.right, found.sent_on)
        back = (
            f"{money.shown(owed, deal.currency)} is with us and goes back by {day:%-d %b %Y}: a task under Money owed."
        )
    return (
        f"The order ends Lost – Cancelled by Client and the letter goes out. {back} Money by law: {found.right.money}."
    )


ACKNOWLEDGE = Verb(
    "acknowledge",
    "Acknowledge…",
    icon="shield",
    title="Acknowledge the right to cancel",
    submit="Acknowledge and send",
    path="acknowledgement",
    primary=True,
    fields=(
        Field(
            "sent_on",
            "Their statement was sent on",
            DAY,
            start=day_sent,
            hint="Their own day. It counts, not the day it reached us.",
        ),
        Field("came_by", "How it was sent", CHOICE, choices=CAME_BY, icons=ICONS),
        Field("conditions", "I have checked the conditions", TICK, shown=has_conditions),
        Field("kept_cents", "Kept, as far as the law allows", AMOUNT, shown=something_may_be_kept),
        Field(
            "letter",
            "Letter to the customer",
            WORDS,
            most=8000,
            rows=10,
            start=letter_begun,
            hint="What stands in brackets is filled in from above when you send it.",
        ),
        Field("quoting", "I mean it as it stands", TICK, only_if_refused=True),
    ),
    intro=what_the_law_says,
    note=what_comes_of_it,
    done="Acknowledged. The order is cancelled and the letter is on its way",
    look="bad",
)
DISMISS = Verb(
    "dismiss_right",
    "Does not apply…",
    icon="circle-x",
    title="The right to cancel does not apply",
    submit="It does not apply",
    path="right-dismissal",
    fields=(Field("reason", "Why not?", WORDS, most=2000, rows=3, placeholder="Driven 1,100 miles since delivery"),),
    note="Your name, the time and the reason stand on the case, and the review goes on. It can be taken back.",
    done="Written down. The review goes on",
)
CONSIDER = Verb(
    "consider_right",
    "Take this back",
    icon="undo",
    path="right-consideration",
    done="Taken back: the right may apply",
)
VERBS = (ACKNOWLEDGE, DISMISS, CONSIDER)
