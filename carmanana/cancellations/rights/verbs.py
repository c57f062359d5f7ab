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
GOES = {
    letters.BY_EMAIL: "the letter goes out",
    letters.BY_HAND: "the letter waits on the order for you to send it by hand today",
    letters.BY_POST: "the letter is yours to post today, as they have no address that takes our email",
}
GONE = {
    letters.BY_EMAIL: "the letter is on its way",
    letters.BY_HAND: "send the letter by hand today, it is a draft on the order",
    letters.BY_POST: "post the letter today, it is a note on the order",
}


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
        f"The order ends Lost – Cancelled by Client and {GOES[letters.way_to(deal.customer)]}. {back} Money by law: "
        f"{found.right.money}."
    )


def how_it_is_sent(request: CancellationRequest) -> str:
    by_email = letters.way_to(request.deal.customer) == letters.BY_EMAIL
    return "Acknowledge and send" if by_email else "Acknowledge"


def what_came_of_it(request: CancellationRequest) -> str:
    letter = request.letter
    way = letters.BY_POST if letter is None else letters.BY_HAND if letter.draft else letters.BY_EMAIL
    return f"Acknowledged. The order is cancelled; {GONE[way]}"


ACKNOWLEDGE = Verb(
    "acknowledge",
    "Acknowledge…",
    icon="shield",
    title="Acknowledge the right to cancel",
    submit=how_it_is_sent,
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
    done=what_came_of_it,
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
