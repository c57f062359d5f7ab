"""What a machine's triggers look like to people, each described once: its button, dialog, toast, timeline line, undo,
key and place among the bulk actions all come from one row. What may happen and why not stays in the workflow's table."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from carmanana.core.fields import Field
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Remedy, Rule, Workflow

Words = str | Callable[..., str]


@dataclass(frozen=True)
class Check:
    """A line of the dialog's checklist: the fact, its evidence, and the very rule that guards the write."""

    fact: str
    rule: Rule
    evidence: Callable[[Attempt], str] = lambda attempt: ""


@dataclass(frozen=True)
class Checked:
    fact: str
    evidence: str
    refusal: Refusal | None


@dataclass(frozen=True)
class Verb:
    """One trigger. `label` stands on its button; `title` over its dialog, the label by default. Words may be functions:
    `label`, `title` and `note` of the record, `done` (the toast) of the record after the step, `timeline` of (event data,
    names); a verb without `timeline` is told by another line, its note for example.

    `path` ends its address. `asks` whether it opens a dialog: with fields, or to be confirmed. `first` are the rules
    that no form can mend, asked before the dialog. `offered` whether the page shows it among the actions. `bulk` is its
    word in the bulk bar. `key` its key on the board. `undone` says what came back."""

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
    undo: bool = False
    undone: str = ""
    key: str = ""
    bulk: str = ""
    primary: bool = False
    offered: Callable[[Any, Any], bool] = lambda record, by: True

    @property
    def asks(self) -> bool:
        return bool(self.fields) or self.confirm

    @property
    def last_part(self) -> str:
        return self.path or self.trigger.replace("_", "-")

    def told(self, data: dict, names=None) -> str:
        """Its line in a timeline."""
        return (
            said(self.timeline or "", data, names)
            if callable(self.timeline)
            else (self.timeline or "").format_map(Blank(data))
        )


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


class Catalogue:
    """The verbs of one machine, in the order in which they are offered."""

    def __init__(self, workflow: Workflow, *verbs: Verb):
        self.workflow = workflow
        self.verbs = {verb.trigger: verb for verb in verbs}
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
        """The verb behind an address: several may share one, each from other states, or where one alone is open to them."""
        found = [verb for verb in self if verb.last_part == path]
        leading = [verb for verb in found if self.workflow.leads(record, verb.trigger)] or found[:1]
        permitted = (
            verb for verb in leading if by and len(leading) > 1 and self.workflow.permits(record, verb.trigger, by)
        )
        return next(permitted, leading[0])

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
        return [Checked(check.fact, check.evidence(attempt), check.rule(attempt)) for check in verb.checks]

    def must_lead(self, verb: Verb, record, by) -> None:
        """Raise Forbidden where it is not theirs to do from here."""
        if self.workflow.leads(record, verb.trigger) and not self.workflow.permits(record, verb.trigger, by):
            raise Forbidden(verb.trigger)


def catalogue(workflow: Workflow, *verbs: Verb) -> Catalogue:
    return Catalogue(workflow, *verbs)


def in_bulk(verbs: Iterable[Verb]) -> list[Verb]:
    return [verb for verb in verbs if verb.bulk]
