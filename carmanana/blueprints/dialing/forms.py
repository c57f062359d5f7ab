"""The forms of a call and of a new sequence."""

from carmanana.records.activities import FOLLOW_UP, NEEDS_DONE, NO_VM, OUTCOMES, VM_DROP, VM_LEFT, WRONG
from carmanana.records.people import AGENT, MANAGER
from carmanana.web.forms import BooleanField, DealershipForm, MomentField, Optional, RadioField, TextField, WordsField
from carmanana.web.forms.choices import PersonField

STOPPED = "asked_not"
BY_DIGIT = (NEEDS_DONE, FOLLOW_UP, VM_LEFT, NO_VM, WRONG, STOPPED)
WORDS = OUTCOMES | {STOPPED: "Asked not to be called"}


class CallForm(DealershipForm):
    """How a call ended. The digits are those of its keys."""

    outcome = RadioField(
        "How did it end?",
        choices=[(code, WORDS[code]) for code in (*BY_DIGIT, VM_DROP)],
        validators=[Optional()],
    )
    summary = WordsField("What the customer wants")
    objections = WordsField("Objections or concerns", most=4000)
    next_step = TextField("Next step")
    due_at = MomentField("Due")
    quoting = BooleanField("I am quoting the customer")

    def given(self) -> dict:
        return {name: value for name, value in self.data.items() if name != "outcome"}


class SequenceForm(DealershipForm):
    name = TextField("Name", most=80)
    user = PersonField("Who calls", (AGENT, MANAGER))
    guidance = WordsField("Guidance", most=1000)


class SkipForm(DealershipForm):
    reason = TextField("Why is it skipped?", most=300)
