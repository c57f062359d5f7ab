"""The form of an entry in the log, at hand on every page that tells of a customer."""

from functools import lru_cache

from flask import render_template, request
from markupsafe import Markup
from wtforms import SelectMultipleField

from carmanana.contacting import lock
from carmanana.records.activities import OUTCOMES, OUTCOMES_OF
from carmanana.records.deals import Deal
from carmanana.web.current_user import me
from carmanana.web.forms import (
    BooleanField,
    DealershipForm,
    IntegerField,
    MomentField,
    NumberRange,
    Optional,
    RadioField,
    TextField,
    WordsField,
)
from carmanana.web.quick_dates import due_chips
from carmanana.web.step_forms import StepForm, day_field


class ContactForm(StepForm):
    """The composer's fields (SOP 1, section H)."""

    kind = RadioField(
        "Kind",
        choices=[("call", "Call"), ("voicemail", "Voicemail"), ("email", "Email"), ("text", "Text"), ("note", "Note")],
        default="call",
    )
    direction = RadioField(
        "Direction",
        choices=[("out", "We reached out"), ("in", "They reached us")],
        default="out",
        validators=[Optional()],
    )
    outcome = RadioField("Outcome", choices=[], validate_choice=False, validators=[Optional()])
    subject = TextField("Subject", most=200)
    summary = WordsField("What the client wants")
    objections = WordsField("Objections or concerns", most=4000)
    minutes = IntegerField("Minutes", [Optional(), NumberRange(0, 600, "Minutes, as a whole number.")])
    at = MomentField("When, if not now")
    quoting = BooleanField("I am quoting the customer")
    answers = SelectMultipleField("This answers", coerce=int, validate_choice=False)
    answers_shown = BooleanField("The open steps were shown")
    next_step = TextField("Next")
    due_at = MomentField("Due")


class StepDayForm(DealershipForm):
    on = day_field("New day")


class StepDueForm(DealershipForm):
    next_step = TextField("Next step")
    due_at = MomentField("Due")


def composer(deal: Deal) -> dict:
    """What the form of a contact offers. Under the lock that is what the client says to us."""
    return {"outcomes": outcome_chips(), "locked": lock.SENTENCE if lock.closed_to(deal.customer, me()) else ""}


def empty_composer(locked: bool) -> Markup:
    """The fields as every deal's page begins with them."""
    return _drawn_composer(request.script_root, lock.SENTENCE if locked else "", tuple(due_chips()))


@lru_cache(64)
def _drawn_composer(prefix: str, locked: str, due: tuple) -> Markup:
    form = ContactForm(None, data={"direction": "in" if locked else "out"}, empty=True)
    given = {"form": form, "outcomes": outcome_chips(), "locked": locked, "pre": "page-", "due_chips": lambda: due}
    return Markup(render_template("activities/_composer.html", **given))


def outcome_chips() -> list[tuple[str, str, str]]:
    """Code, words, and the kinds of contact that may end so."""
    return [
        (code, words, " ".join(kind for kind, codes in OUTCOMES_OF.items() if code in codes))
        for code, words in OUTCOMES.items()
    ]
