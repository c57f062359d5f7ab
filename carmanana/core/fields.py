"""What a verb or a record asks for, told once: a form, an import, a bulk action and an API read the same
description."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TEXT, WORDS, AMOUNT, DAY, MOMENT, NUMBER, TICK = "text", "words", "amount", "day", "moment", "number", "tick"
CHOICE, SELECT, PERSON, RECORD, FILES, HIDDEN = "choice", "select", "person", "record", "files", "hidden"

Choices = Mapping[str, str] | Callable[[Any, Any], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Field:
    """One thing to fill in. `kind` says how it is typed and read:

    text (one line), words (several), amount (cents), day (date), moment (date and time, UTC inside), number, tick,
    choice (a few options seen at once), select (a list), person (somebody who works here, of `roles`), record (one of
    `model`), files, hidden. `choices` are code → words, or a function of (record, by). `start` is what it is filled in
    with, a value or a function of (record, by); else what the record holds under that name. `most` is the largest
    number of letters; `chips` offers quick choices ("due", "day"). `shown` says whether it is asked at all; what is
    asked `only_if_refused` is not drawn before a refusal stands beside it. An amount may be `below_zero`."""

    name: str
    label: str
    kind: str = TEXT
    choices: Choices | None = None
    start: Any = None
    most: int = 0
    hint: str = ""
    placeholder: str = ""
    required: bool = False
    rows: int = 0
    chips: str = ""
    roles: tuple[str, ...] = ()
    model: Any = None
    icons: Mapping[str, str] | None = None
    several: bool = False
    shown: Callable[[Any, Any], bool] | None = None
    only_if_refused: bool = False
    below_zero: bool = False

    def is_asked(self, record, by) -> bool:
        return self.shown is None or self.shown(record, by)

    def started(self, record, by):
        """What it is filled in with before anybody types."""
        if callable(self.start):
            return self.start(record, by)
        return getattr(record, self.name, None) if self.start is None else self.start

    def options(self, record, by) -> list[tuple[str, str]]:
        if self.choices is None:
            return []
        return list(self.choices(record, by)) if callable(self.choices) else list(self.choices.items())


def asked(fields: Iterable[Field], record, by) -> list[Field]:
    return [field for field in fields if field.is_asked(record, by)]
