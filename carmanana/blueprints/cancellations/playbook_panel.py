"""The playbook beside a contact: six steps with what to ask, what is known and what the customer answered (SOP 2)."""

from dataclasses import dataclass, field
from functools import cached_property

from carmanana.cancellations.playbook import answering, stories
from carmanana.cancellations.playbook.mission import Mission, mission_of
from carmanana.contacting.reach import closed
from carmanana.contacting.scripts import spoken
from carmanana.records.cancellations import DIAGNOSES, CancellationRequest
from carmanana.records.playbook import STEPS, PlaybookAnswer, Story, answers_of
from carmanana.web.current_user import me
from carmanana.web.forms import Optional, RadioField, WordsField
from carmanana.web.forms.steps import StepForm
from carmanana.web.loading import sent_record
from carmanana.web.panels.scripts import names_for


class PlaybookForm(StepForm):
    """The answer to one step; `diagnosis`, `mission` and `story` are asked where they belong. Six of them share a
    page."""

    diagnosis = RadioField(
        "Is it fear, or a legitimate reason?", choices=list(DIAGNOSES.items()), validators=[Optional()]
    )
    mission = WordsField("Why they really want it, in their words", most=2000)
    story = RadioField("Which one you told", validate_choice=False, validators=[Optional()])
    words = WordsField("What they said", most=4000)

    def __init__(self, deal, key: str, **kwargs):
        super().__init__(deal, **kwargs)
        for asked in self:
            asked.id = f"{key}-{asked.id}"

    def given(self) -> dict:
        told = {"words": self.words.data or "", "diagnosis": self.diagnosis.data, "mission": self.mission.data}
        return told | {"story": sent_record(Story, "story")}


@dataclass
class Step:
    """One step as the panel shows it. Its form is made where it stands open: the others are asked for when they are
    opened."""

    request: CancellationRequest
    key: str
    number: int
    title: str
    lines: list
    answer: PlaybookAnswer | None
    known: dict
    empty: bool = True
    stale: bool = False

    @cached_property
    def form(self) -> PlaybookForm:
        return PlaybookForm(self.request.deal, self.key, data=self.known, empty=self.empty)

    @property
    def done(self) -> bool:
        return self.answer is not None

    @property
    def version(self) -> int | str:
        return self.answer.version if self.answer else ""


@dataclass
class Panel:
    """What templates/playbook/_panel.html is drawn from."""

    request: CancellationRequest
    steps: list[Step]
    mission: Mission | None
    opens: str
    may_answer: bool
    call_line: str
    closed: dict = field(default_factory=dict)

    @cached_property
    def stories(self) -> list[Story]:
        return stories.suiting(self.request)

    @property
    def legitimate(self) -> bool:
        return self.request.diagnosis == "legitimate"

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)


def playbook(
    request: CancellationRequest, ways: dict | None = None, sent: Step | None = None, opens: str = ""
) -> Panel:
    """`ways` are what is closed to the customer, where it is known already; `sent` is a step that came back with
    something missing; it stays open as it was typed. `opens` is the step that is asked for."""
    mission, answers = mission_of(request.deal), {answer.step: answer for answer in answers_of(request.id)}
    names = names_for(request.deal) | {"manager": request.reviewer.name, "mission": mission and mission.words}
    said = spoken.by_situation([f"playbook_{key}" for key in (*STEPS, "call")], **names)
    steps = [sent if sent and sent.key == key else _step(request, key, names, answers.get(key), said) for key in STEPS]
    first_open = next((step.key for step in steps if not step.done), "")
    call = said["playbook_call"]
    return Panel(
        request,
        steps,
        mission,
        sent.key if sent else opens or first_open,
        answering.may_answer(request, me()),
        call[0].words if call else "",
        closed(request.deal.customer, me()) if ways is None else ways,
    )


def step_of(request: CancellationRequest, key: str) -> Step:
    """One step with its form, as it was sent."""
    names = names_for(request.deal) | {"manager": request.reviewer.name}
    return _step(
        request,
        key,
        names,
        PlaybookAnswer.get_or_none(PlaybookAnswer.request == request, PlaybookAnswer.step == key),
        spoken.by_situation([f"playbook_{key}"], **names),
        empty=False,
    )


def _step(
    request: CancellationRequest,
    key: str,
    names: dict,
    answer: PlaybookAnswer | None,
    said: dict[str, list],
    empty: bool = True,
) -> Step:
    known = {
        "diagnosis": request.diagnosis,
        "words": answer.words if answer else "",
        "story": str(answer.story_id) if answer and answer.story_id else "",
    }
    lines = [line for line in said[f"playbook_{key}"] if key != "mission" or names.get("mission")]
    return Step(
        request,
        key,
        list(STEPS).index(key) + 1,
        STEPS[key],
        lines,
        answer,
        known,
        empty,
    )
