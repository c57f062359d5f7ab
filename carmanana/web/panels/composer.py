"""The form of an entry in the log, at hand on every page that tells of a customer."""

from functools import lru_cache

from flask import render_template, request
from markupsafe import Markup
from wtforms import SelectMultipleField

from carmanana.contacting import lock, log
from carmanana.contacting.attachments import attach, kept
from carmanana.contacting.log import Subject
from carmanana.contacting.next_steps import free, kinds_of
from carmanana.contacting.phrase_check import findings
from carmanana.contacting.reached import BY_PHONE, key, ways
from carmanana.contacting.wishes import WISH_OF
from carmanana.core.idempotency import once
from carmanana.records.activities import OUTCOMES, OUTCOMES_OF, UNANSWERED, Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone, Person
from carmanana.records.deals import Deal
from carmanana.records.people import AGENT, MANAGER, RETENTION
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
from carmanana.web.forms.choices import PersonField
from carmanana.web.forms.quick_dates import due_chips
from carmanana.web.forms.steps import StepForm, day_field
from carmanana.web.loading import sent_files
from carmanana.web.offline import saved_at

KINDS = ("call", "voicemail", "email", "text", "note")


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
    summary = WordsField("What the customer wants")
    objections = WordsField("Objections or concerns", most=4000)
    minutes = IntegerField("Minutes", [Optional(), NumberRange(0, 600, "Enter whole minutes, at most 600.")])
    at = MomentField("When, if not now")
    quoting = BooleanField("I am quoting the customer")
    answers = SelectMultipleField("This answers", coerce=int, validate_choice=False)
    answers_shown = BooleanField("The open steps were shown")
    reached_at = RadioField("Which one was wrong?", choices=[], validate_choice=False, validators=[Optional()])
    next_step = TextField("Next")
    due_at = MomentField("Due")
    assignee = PersonField("For", (AGENT, MANAGER, RETENTION), nobody="Whoever may contact the customer")

    def offer(self) -> None:
        if self.deal is None or not me().is_manager:
            del self.assignee


class StepDayForm(DealershipForm):
    on = day_field("New day")


class StepDueForm(DealershipForm):
    next_step = TextField("Next step")
    due_at = MomentField("Due")


class NewStepForm(StepForm):
    next_step = TextField("Next step")
    due_at = MomentField("Due")
    assignee = PersonField("For", (AGENT, MANAGER, RETENTION), nobody="Whoever may contact the customer")

    def offer(self) -> None:
        if not me().is_manager:
            del self.assignee


def log_contact(record: Subject, form: ContactForm) -> Activity:
    """The entry with its files: both or neither. What the guard refused in it is kept for review."""
    about = {"deal": record} if isinstance(record, Deal) else {"customer": record.customer_id}
    with findings.kept_if_refused(me(), form.kind.data, **about), kept(sent_files()) as ready:
        return once(request.form.get("once", ""), me(), lambda: attach(_entry(record, form, ready), ready, me()))


def _entry(record: Subject, form: ContactForm, files: list) -> Activity:
    given = {name: value for name, value in form.data.items() if name not in ("kind", "summary", "direction")}
    given["answers"] = form.answers.data if given.pop("answers_shown") else None
    if form.assignee:
        given["assignee"] = form.assignee.person
    given["at"] = given["at"] or saved_at()
    given["file_names"] = [file.name for file in files]
    way = form.direction.data if form.kind.data != "note" else None
    return log.log(record, me(), form.kind.data, form.summary.data or "", way, **given)


def composer(deal: Deal) -> dict:
    """What the form of a contact offers. Under the lock that is what the customer says to us."""
    locked = lock.SENTENCE if lock.closed_to(deal.customer, me()) else ""
    return {"outcomes": outcome_chips(), "locked": locked} | of_the_deal(deal, ways(deal.customer))


def of_the_deal(deal: Subject, reach: list, kind: str = KINDS[0]) -> dict:
    """The part of the form that no two deals share: what a contact of the kind that it opens on may answer, and which
    number may be wrong."""
    answerable = [(step, kinds_of(step)) for step in free(deal)]
    return {"answerable": answerable, "several": several(reach), "opens_on": kind}


def several(reach: list[CustomerPhone | CustomerEmail]) -> list[tuple[str, str, str]]:
    """Numbers and addresses by their key, with the kinds of contact that go by them, where there is more than one."""
    phones = [way for way in reach if isinstance(way, CustomerPhone)]
    emails = [way for way in reach if isinstance(way, CustomerEmail)]
    found = [(phones, "typed", " ".join(BY_PHONE)), (emails, "address", "email")]
    return [(key(way), getattr(way, name), kinds) for ways, name, kinds in found if len(ways) > 1 for way in ways]


def empty_composer(locked: bool, whom: Customer | Person) -> Markup:
    """The fields as every deal's page begins with them."""
    sentence = lock.SENTENCE if locked else ""
    return _drawn_composer(request.script_root, sentence, tuple(due_chips()), "page-", first_kind(locked, whom))


def first_kind(locked: bool, whom: Customer | Person) -> str:
    """The first that they did not ask us to do without. Under the lock it is they who reach us, however they like."""
    return next(kind for kind in KINDS if locked or kind not in WISH_OF or not getattr(whom, WISH_OF[kind]))


def lasting_composer() -> Markup:
    """The fields without what holds today only: a phone keeps them."""
    return _drawn_composer(request.script_root, "", (), "kept-", KINDS[0])


@lru_cache(64)
def _drawn_composer(prefix: str, locked: str, due: tuple, pre: str, kind: str) -> Markup:
    form = ContactForm(None, data={"kind": kind, "direction": "in" if locked else "out"}, empty=True)
    given = {"form": form, "outcomes": outcome_chips(), "locked": locked, "pre": pre, "due_chips": lambda: due}
    return Markup(render_template("activities/_composer.html", **given))


def outcome_chips() -> list[tuple[str, str, str, str]]:
    """Code, words, the kinds of contact that may end so, and what there is to say of it where nobody answered."""
    return [
        (code, words, " ".join(kind for kind, codes in OUTCOMES_OF.items() if code in codes), UNANSWERED.get(code, ""))
        for code, words in OUTCOMES.items()
    ]
