"""The retention member's side: an offer presented, the answer to it, what they ask for instead, how it ended, the story
of it."""

from carmanana.blueprints.cancellations.retention.forms import RequestForm
from carmanana.cancellations.retention.rules import ENDED_BY_HAND
from carmanana.records.activities import FOLLOW_UP, SENT
from carmanana.records.retention import ANSWERS, ENDINGS
from carmanana.web.forms import (
    BooleanField,
    DealershipForm,
    IntegerField,
    NumberRange,
    Optional,
    RadioField,
    TextField,
    WordsField,
)
from carmanana.web.forms.steps import day_field

WAYS = [("call", "Call"), ("email", "Email"), ("text", "Text")]


class PresentationForm(RequestForm):
    kind = RadioField("How", choices=WAYS, default="call", validators=[Optional()])
    direction = RadioField(
        "Who reached whom",
        choices=[("out", "We reached out"), ("in", "They reached us")],
        default="out",
        validators=[Optional()],
    )
    summary = WordsField("What was said, or the text that went out", most=8000)
    answer = RadioField("Their answer", choices=list(ANSWERS.items()), validators=[Optional()])
    words = WordsField("In their words", most=4000)
    minutes = IntegerField("Minutes", [Optional(), NumberRange(0, 600, "Enter whole minutes, at most 600.")])
    quoting = BooleanField("I am quoting the customer")

    def given(self) -> dict:
        """What was presented in a call was said to somebody who answered."""
        return self.data | {"outcome": SENT if self.kind.data in ("email", "text") else FOLLOW_UP}


class ResponseForm(RequestForm):
    answer = RadioField(
        "Their answer",
        choices=[(code, words) for code, words in ANSWERS.items() if code != "thinking"],
        validators=[Optional()],
    )
    words = WordsField("In their words", most=4000)


class CounterForm(RequestForm):
    terms = WordsField("What they ask for, in their words", most=2000)


class EndingForm(RequestForm):
    """*Still wants to cancel*: back to the reviewer, who decides. `recalls` adds what only the reviewer may choose."""

    IDS = "ending-"
    because = RadioField("How it ended", choices=[], validators=[Optional()])
    response = WordsField("What they said", most=4000)

    def __init__(self, request, recalls: bool = False):
        self.recalls = recalls
        super().__init__(request)

    def offer(self):
        self.because.choices = [(code, ENDINGS[code]) for code in ENDED_BY_HAND if code != "recalled" or self.recalls]


class StoryForm(DealershipForm):
    """A true story, with the customer's consent to telling it."""

    title = TextField("Title", most=120)
    words = WordsField("The story, as it really happened", most=6000)
    consent = TextField("Who agreed that we tell it, and how", most=400)
    consented_on = day_field("On")

    def given(self) -> dict:
        return {name: self[name].data for name in ("title", "words", "consent", "consented_on")}
