"""The audit trail in words: what a record is called, what was done, and from what to what."""

import re
from functools import cache

from carmanana.core import money
from carmanana.core.audit import Event
from carmanana.records import deal_codes, lead_codes
from carmanana.records.cancellations import STATES as REQUEST_STATES
from carmanana.records.people import User

NAMES = {
    "cancellation_request": "cancellation",
    "import_batch": "import",
    "call_sequence": "call sequence",
    "letter_template": "email template",
    "customer_case": "case",
    "nightly_proof": "proof of a night",
    "user": "person",
}
STATES = {"deal": deal_codes.STATES, "lead": lead_codes.STATES, "cancellation_request": REQUEST_STATES}
TOLD_APART = {"from", "to"}
CODE = re.compile("[a-z]+(_[a-z]+)+")
LONGEST = 300


def kind_of(subject: str) -> str:
    return NAMES.get(subject, subject.replace("_", " "))


def subject_of(words: str) -> str:
    """The table that a word such as "cancellation" names."""
    found = {name: subject for subject, name in NAMES.items()}
    return found.get(words.lower(), words.lower().replace(" ", "_"))


def record_of(event: Event) -> str:
    return f"{kind_of(event.subject).capitalize()} {event.subject_id}"


@cache
def verb_of(verb: str) -> str:
    return verb.replace("_", " ").capitalize()


def change_of(event: Event, people: dict[int, User], stages: dict[int, str]) -> list[tuple[str, str, str]]:
    """What changed, from what to what."""
    states, data = STATES.get(event.subject, {}), event.data
    found = []
    if event.was != event.became and (event.was or event.became):
        found.append(("State", *(states.get(code) or verb_of(code or "") for code in (event.was, event.became))))
    was, became = data.get("from"), data.get("to")
    if isinstance(was, dict) and isinstance(became, dict):
        found += [(_name(key), _shown(key, was.get(key), people), _shown(key, became[key], people)) for key in became]
    elif was or became:
        found.append(("", _shown("", was, people), _shown("", became, people)))
    if "was_owner" in data:
        found.append(("Owner", _shown("owner", data["was_owner"], people), _shown("owner", data.get("owner"), people)))
    if "from_stage" in data or "to_stage" in data:
        found.append(("Stage", *(stages.get(data.get(end), "") for end in ("from_stage", "to_stage"))))
    return found


def facts_of(event: Event, people: dict[int, User]) -> str:
    """The rest of what the event holds: ids, codes, amounts and days."""
    left_out = (
        TOLD_APART | ({"owner", "was_owner"} if "was_owner" in event.data else set()) | {"from_stage", "to_stage"}
    )
    told = [f"{_name(key)}: {_shown(key, value, people)}" for key, value in event.data.items() if key not in left_out]
    return " · ".join(told)[:LONGEST]


def _name(key: str) -> str:
    return "Kind" if key == "sort" else key.removesuffix("_cents").replace("_", " ").capitalize()


def _shown(key: str, value, people: dict[int, User]) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, list):
        return ", ".join(_shown(key, one, people) for one in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key.endswith("cents") and isinstance(value, int):
        return money.shown(value, "")
    if key.removeprefix("was_") in ("owner", "reviewer", "user") and value in people:
        return people[value].name
    return _words(str(value))


def _words(value: str) -> str:
    """A code is read like words; whatever else it is stands as it was written."""
    return value.replace("_", " ") if CODE.fullmatch(value) else value
