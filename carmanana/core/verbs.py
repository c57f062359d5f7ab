"""What a machine's triggers look like to people, each described once: its button, dialog, toast, timeline line, undo,
key and place among the bulk actions all come from one row. What may happen and why not stays in the workflow's
table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from carmanana.core.db import Record
from carmanana.core.fields import Field
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Remedy, Rule, Workflow

Words = str | Callable[..., str]


@dataclass(frozen=True)
class Check:
    """A line of the dialog's checklist: the fact, its evidence, the very rule that guards the write, and of which
    records it is asked."""

    fact: str
    rule: Rule
    evidence: Callable[[Attempt], str] = lambda attempt: ""
    mends: tuple[str, ...] = ()
    asked: Callable[[Record], bool] = lambda record: True


@dataclass(frozen=True)
class Checked:
    """As it stands for one record; what its own dialog `mends`, by the codes of refusals, keeps nobody from going
    on."""

    fact: str
    evidence: str
    refusal: Refusal | None
    mends: tuple[str, ...] = ()

    @property
    def bars(self) -> bool:
        return self.refusal is not None and self.refusal.code not in self.mends


@dataclass(frozen=True)
class Line:
    """How an event is told in a timeline: `words` as a verb's, "" where it is not; `undone` what came back."""

    words: Words
    look: str = ""
    mark: str = "history"
    undone: str = ""

    def told(self, data: dict, names=None) -> str:
        return self.words(data, names) if callable(self.words) else self.words.format_map(Blank(data))


@dataclass(frozen=True)
class Bulk:
    """A verb for many records at once: its word in the bar, what it is called in addresses and reports, the title of
    its dialog, `do` before how many ("Reassign 3 deals") and `done` after ("reassigned to {owner}"). `may` says who
    sees it at all, `rules` hold here alone; `fields` are asked where they are others than the verb's own, of all that
    were chosen."""

    label: str
    name: str = ""
    title: str = ""
    do: str = ""
    done: str = "done"
    may: Callable[[Any], bool] = lambda by: True
    rules: tuple[Rule, ...] = ()
    note: str = ""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Verb:
    """One trigger. `label` stands on its button; `title` over its dialog, the label by default. Words may be functions:
    `label`, `title`, `intro` (above the fields), `note` (beneath them) of the record, `done` (the toast) of the record
    after the step, `timeline` of (event data, names); a verb without `timeline` is told by another line, its note for
    example. `look` and `mark` are its line's, `tint` colours the icon of its button.

    `path` ends its address; of several that share one, that is meant which `applies`. `asks` whether it opens a dialog:
    with fields, or to be confirmed. `first` are the rules that no form can mend, asked before the button is shown and
    before the dialog, `outright` those that are asked before the dialog alone. `form_rules` look only at what was
    given. `offered` whether the page shows it among the actions. `bulk` is its place in the bulk bar. `key` its key on
    the board, which does `key_says`; `column` the column that a card is dropped on for it. `undone` says what came
    back. One that is not `versioned` is taken whatever has changed since the page was drawn; `roles` are those that may
    call it at all, where they are fewer than the machine's; one that `goes_on` is asked for again once a remedy of its
    refusal is through. `stands` says that what it does stands already: whoever asks for it once more is answered as if
    they had just done it."""

    trigger: str
    label: Words
    icon: str = ""
    title: Words = ""
    submit: Words = ""
    fields: tuple[Field, ...] = ()
    path: str = ""
    confirm: bool = False
    first: tuple[Rule, ...] = ()
    checks: tuple[Check, ...] = ()
    note: Words = ""
    done: Words = "Saved"
    timeline: Words | None = None
    look: str = ""
    mark: str = ""
    undone: str = ""
    key: str = ""
    key_says: str = ""
    bulk: Bulk | str = ""
    primary: bool = False
    offered: Callable[[Any, Any], bool] = lambda record, by: True
    applies: Callable[[Any, Any], bool] = lambda record, by: True
    intro: Words = ""
    tint: str = ""
    column: str = ""
    form_rules: tuple[Rule, ...] = ()
    versioned: bool = True
    goes_on: bool = True
    outright: tuple[Rule, ...] = ()
    roles: tuple[str, ...] = ()
    stands: Callable[[Any, Any], bool] = lambda record, by: False

    def __post_init__(self):
        bulk = Bulk(self.bulk) if isinstance(self.bulk, str) and self.bulk else self.bulk
        if bulk:
            title = bulk.title or bulk.label.removesuffix("…")
            bulk = replace(bulk, name=bulk.name or self.trigger, title=title, do=bulk.do or title)
        object.__setattr__(self, "bulk", bulk or None)

    @property
    def asks(self) -> bool:
        return bool(self.fields) or self.confirm

    @property
    def last_part(self) -> str:
        return self.path or self.trigger.replace("_", "-")

    @property
    def line(self) -> Line | None:
        if self.timeline is None:
            return None
        return Line(self.timeline, self.look, self.mark or self.icon or "history", self.undone)

    def told(self, data: dict, names=None) -> str:
        """Its line in a timeline."""
        return self.line.told(data, names) if self.line else ""


class Blank(dict):
    """A word that an old event does not have leaves a gap, not an error."""

    def __missing__(self, key: str) -> str:
        return ""


def said(words: Words, *about) -> str:
    return words(*about) if callable(words) else words


@dataclass(frozen=True)
class Action:
    """A verb as it stands for one record and person: offered, or shown with the reason why not."""

    verb: Verb
    label: str
    refusal: Refusal | None = None

    @property
    def remedy(self) -> Remedy | None:
        return next(iter(self.refusal.remedies), None) if self.refusal else None


def came_back(data: dict, names, undone: str) -> str:
    return undone


class Catalogue:
    """The verbs of one machine, in the order in which they are offered. `events` are the lines of what else is written
    about its records, None where it is not told; `undone` puts in words what came back."""

    def __init__(
        self,
        workflow: Workflow,
        *verbs: Verb,
        events: Mapping[str, Line | None] | None = None,
        undone: Callable[[dict, Any, str], str] = came_back,
    ):
        self.workflow, self.model, self.undone = workflow, workflow.model, undone
        self.events = dict(events or {})
        self.verbs = {verb.trigger: verb for verb in verbs}
        CATALOGUES[self.model] = self
        if unknown := self.verbs.keys() - set(workflow.triggers):
            raise ValueError(f"No such trigger: {', '.join(sorted(unknown))}")

    def __iter__(self) -> Iterator[Verb]:
        return iter(self.verbs.values())

    def __getitem__(self, trigger: str) -> Verb:
        return self.verbs[trigger]

    def get(self, trigger: str) -> Verb | None:
        return self.verbs.get(trigger)

    def extend(self, *verbs: Verb) -> None:
        """Verbs that a higher floor brings."""
        self.verbs |= {verb.trigger: verb for verb in verbs}

    def at(self, path: str, record, by=None) -> Verb:
        """The verb behind an address: several may share one, each from other states or for other people."""
        return self._of(record, by, [verb for verb in self if verb.last_part == path])

    def for_column(self, column: str, record, by=None) -> Verb:
        """The verb that a card's drop on a column of the board is."""
        return self._of(record, by, [verb for verb in self if verb.column == column])

    def _of(self, record, by, among: list[Verb]) -> Verb:
        """The one that leads on from here; of several, one that applies and is open to them."""
        leading = [verb for verb in among if self.workflow.leads(record, verb.trigger)] or among
        if by is None or len(leading) == 1:
            return leading[0]
        fitting = [verb for verb in leading if verb.applies(record, by)] or leading
        permitted = (verb for verb in fitting if self.workflow.permits(record, verb.trigger, by))
        return next(permitted, fitting[0])

    def line(self, event: str) -> Line | None:
        """How an event of this name is told; None where another line tells it."""
        if event in self.verbs:
            return self.verbs[event].line
        if event in self.events:
            return self.events[event]
        return None if event in self.workflow.triggers else Line(event.replace("_", " ").capitalize())

    def told(self, event: str, data: dict, names=None) -> Line | None:
        """The line of an event, in words; of a step that took another back, what came back."""
        if "undid" in data:
            words = self.undone(data, names, self._undone(data["undid"]))
            return Line(f"Undone: {words}", "", "undo") if words else None
        line = self.line(event)
        words = line.told(data, names) if line else ""
        return replace(line, words=words) if words else None

    def _undone(self, event: str) -> str:
        verb = self.verbs.get(event)
        line = self.events.get(event)
        return (verb.undone if verb else line.undone if line else "") or "the last step"

    @property
    def paths(self) -> list[str]:
        return list(dict.fromkeys(verb.last_part for verb in self))

    def actions(self, record, by) -> list[Action]:
        """What this person may do now; what a rule forbids and no form can mend is shown with its reason."""
        permitted = [
            verb for verb in self if self.workflow.permits(record, verb.trigger, by) and verb.offered(record, by)
        ]
        return [self.action(verb, record, by) for verb in permitted]

    def action(self, verb: Verb, record, by) -> Action:
        refusal = self.workflow.first_of(verb.first, record, verb.trigger, by) if verb.first else None
        return Action(verb, said(verb.label, record), refusal if refusal and not refusal.field else None)

    def checklist(self, verb: Verb, record, by) -> list[Checked]:
        attempt = Attempt(record, by, verb.trigger)
        return [Checked(c.fact, c.evidence(attempt), c.rule(attempt), c.mends) for c in verb.checks if c.asked(record)]

    def must_lead(self, verb: Verb, record, by) -> None:
        """Raise Forbidden where it is not theirs to do from here."""
        if self.workflow.leads(record, verb.trigger) and not self.workflow.permits(record, verb.trigger, by):
            raise Forbidden(verb.trigger)


class Lines:
    """How the events of a record without a machine are told, by their names; others by the name alone."""

    def __init__(self, model: type[Record], events: Mapping[str, Line | None]):
        self.events = dict(events)
        CATALOGUES[model] = self

    def __iter__(self) -> Iterator[Verb]:
        return iter(())

    def told(self, event: str, data: dict, names=None) -> Line | None:
        line = self.events.get(event) or Line(event.replace("_", " ").capitalize())
        return replace(line, words=line.told(data, names))


CATALOGUES: dict[type[Record], Catalogue | Lines] = {}


def catalogue(workflow: Workflow, *verbs: Verb, **more) -> Catalogue:
    return Catalogue(workflow, *verbs, **more)


def verbs_of(record: Record) -> Catalogue:
    """The catalogue of the machine that this record runs through."""
    return CATALOGUES[type(record)]
