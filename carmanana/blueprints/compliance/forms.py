"""What is sent with a card, a transcript, a finding, a consequence and a version of the scorecard."""

from flask import request

from carmanana.compliance.finding_rules import LONGEST
from carmanana.compliance.scoring import LONGEST_QUOTE, LONGEST_SPOT, LONGEST_TAKEAWAY
from carmanana.core.fields import CHOICE, DAY, NUMBER, PERSON, RECORD, SELECT, WORDS, Field
from carmanana.records.compliance import KINDS, RAISED_BY_HAND
from carmanana.records.people import ROLES
from carmanana.records.pipelines import Stage, all_stages
from carmanana.records.scorecards import Question
from carmanana.web.forms import DealershipForm, Optional, RadioField, TextField, WordsField

MOST_QUESTIONS = 20


class CardForm(DealershipForm):
    """The answers come beside it, one row a question."""

    takeaway = WordsField("What they should take from it", most=LONGEST_TAKEAWAY)
    follows = RadioField("What follows", choices=[], validators=[Optional()], validate_choice=False)


def sent_answers(questions: list[Question]) -> dict[int, dict]:
    """By question, as far as they were sent."""
    names = {"answer": 6, "spot": LONGEST_SPOT, "quote": LONGEST_QUOTE}
    return {
        question.id: {name: _line(f"{name}-{question.id}", most) for name, most in names.items()}
        for question in questions
    }


def _line(name: str, most: int) -> str:
    return request.form.get(name, "").replace("\x00", "").strip()[:most]


class TranscriptForm(DealershipForm):
    text = WordsField("What was said, a line for each speaker", most=200_000)

    def sent_text(self) -> tuple[str, bool]:
        """What was typed or what a file holds, and whether it was a file."""
        file = request.files.get("file")
        if file is None or not file.filename:
            return self.text.data or "", False
        return file.stream.read(1_000_000).decode("utf-8", "replace").replace("\x00", ""), True


RAISE = (
    Field("user", "Whose is it?", PERSON, roles=tuple(ROLES)),
    Field("sort", "What is it?", SELECT, choices=RAISED_BY_HAND),
    Field("words", "What was done or said", WORDS, most=LONGEST),
    Field("excerpt", "The very words, if there are any", most=200),
    Field("spot", "Where: minute or sentence", most=40),
)


def stages(record, by) -> list[tuple[str, str]]:
    return [("", "Choose…"), *((str(stage.id), f"{stage.pipeline.name} – {stage.name}") for stage in all_stages())]


IMPOSE = (
    Field("user", "Who", PERSON, roles=tuple(ROLES)),
    Field("kind", "What follows", CHOICE, choices=KINDS),
    Field("due_on", "By when (coaching, retraining)", DAY, chips="day"),
    Field("stage", "Stage (no access)", RECORD, choices=stages, model=Stage),
    Field("starts_on", "From (no access)", DAY),
    Field("ends_on", "Until (no access), or open", DAY),
    Field("reason", "Why, and what was agreed", WORDS, most=2000),
)
SETTINGS = (
    Field("sample_percent", "How many in a hundred calls and emails of cancellations are drawn", NUMBER, most=100),
    Field("least_a_month", "At least so many of each person a month", NUMBER, most=20),
    Field("second_percent", "How many in a hundred cases are scored twice", NUMBER, most=100),
)


class ProposalForm(DealershipForm):
    """The questions come beside it, one row each."""

    about = TextField("What has changed, for whoever approves it", most=400)


def sent_questions() -> list[dict]:
    """The rows of a proposed scorecard, in order."""
    return [
        {
            "words": _line(f"words-{number}", 200),
            "sop": _line(f"sop-{number}", 200),
            "fatal": request.form.get(f"fatal-{number}") == "1",
        }
        for number in range(1, MOST_QUESTIONS + 1)
    ]
