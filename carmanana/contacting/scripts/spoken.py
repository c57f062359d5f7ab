"""The approved wording for a situation, with the names filled in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from carmanana.core.db import as_json
from carmanana.core.query import prepared
from carmanana.records.people import MANAGER
from carmanana.records.scripts import APPROVED, LANGUAGES, NEVER, SAY, Script
from carmanana.schema.sqlite import members

BLANK = re.compile(r"\{(\w+)\}")
BLANKS = {
    "client": "the customer’s name",
    "first_name": "the customer’s first name",
    "me": "who speaks",
    "manager": "the manager",
    "agent": "the agent",
    "vehicle": "the car",
    "mission": "why they wanted it",
    "offer": "an approved offer",
    "day": "a day",
}
NEUTRAL = {
    "client": "[Name]",
    "first_name": "[Name]",
    "me": "[Your Name]",
    "manager": "[Manager Name]",
    "agent": "[Agent]",
}


class Approved(NamedTuple):
    """A wording as it is approved, with what decides whether it fits."""

    id: int
    situation: str
    who: str
    kind: str
    title: str
    words: str
    sop: str
    language: str
    region: str
    position: int


@dataclass(frozen=True)
class Line:
    """One approved wording, ready to be said."""

    title: str
    words: str
    kind: str
    who: str
    sop: str
    script_id: int

    @property
    def never(self) -> bool:
        return self.kind == NEVER

    def __str__(self):
        return self.words


def lines(situations: str | list[str] | tuple[str, ...], language: str = "", region: str = "", **names) -> list[Line]:
    """The approved lines of the situations, in the order in which they are named:
    lines("never_say"), lines(["request_acknowledge", "request_process"], client="Ana Ruiz").

    With those of a `region` ("US-WA") where its law asks for its own; in `language` ("es", or "Spanish") where there is
    one, else in English."""
    wanted = (situations,) if isinstance(situations, str) else tuple(situations)
    return [line for said in by_situation(wanted, language, region, **names).values() for line in said]


def by_situation(situations: Sequence[str], language: str = "", region: str = "", **names) -> dict[str, list[Line]]:
    """As `lines`, of each situation by itself, in one query."""
    found: dict[str, list[Approved]] = {one: [] for one in situations}
    for script in map(Approved._make, approved_lines(as_json(list(found)))):
        found[script.situation].append(script)
    return {
        one: [
            Line(script.title, filled(script.words, **names), script.kind, script.who, script.sop, script.id)
            for script in _fitting(scripts, language, region)
        ]
        for one, scripts in found.items()
    }


def _fitting(scripts: list[Approved], language: str, region: str) -> list[Approved]:
    spoken = {code for code, name in LANGUAGES.items() if language.casefold().startswith((code, name.casefold()))}
    local = [script for script in scripts if script.region and script.region in (region, region.partition("-")[0])]
    here = local or [script for script in scripts if not script.region]
    chosen = [script for script in here if script.language in spoken] or [s for s in here if s.language == "en"]
    return sorted(chosen, key=lambda script: (script.position, script.id))


@prepared
def approved_lines(situations):
    told = [getattr(Script, name) for name in Approved._fields]
    return Script.select(*told).where(Script.situation.in_(members(situations)), Script.standing == APPROVED).tuples()


def given_to_staff() -> list[str]:
    """Every approved wording that salespeople and the retention team are given to say."""
    said = Script.select().where(Script.standing == APPROVED, Script.kind == SAY, Script.who != MANAGER)
    return [filled(script.words) for script in said]


def filled(words: str, **names) -> str:
    """Blanks become what is known of them, or a neutral word; what a name contains is never read as a blank."""
    if "first_name" not in names and (client := str(names.get("client") or "").split()):
        names["first_name"] = client[0]
    return BLANK.sub(
        lambda blank: _ending_once(str(names.get(blank[1]) or "").strip(), blank) or neutral(blank[1]), words
    )


def _ending_once(said: str, blank: re.Match) -> str:
    """Without the full stop that the sentence sets itself."""
    return said.rstrip(".") if blank.string[blank.end() :].startswith((".", "?", "!", ",")) else said


def neutral(blank: str) -> str:
    return NEUTRAL.get(blank) or f"[{blank.replace('_', ' ').capitalize()}]"


def unknown_blanks(words: str) -> list[str]:
    return [blank for blank in dict.fromkeys(BLANK.findall(words)) if blank not in BLANKS]
