"""Every form as its page draws it, filled in with sense but for one field. `test_routes_input` sends the same to all
the fields at once, and most of that is refused before it is read."""

import random
from functools import cache

import pytest
from werkzeug.exceptions import HTTPException

from ..soaking import SOAK
from .filled import Page
from .inputs import SENSIBLE
from .routes import ONE_EACH, address, allowed, enter, own, rules, world
from .test_routes_input import nothing_left_open

__all__ = ["enter", "nothing_left_open", "world"]

NUMBERS = ["-0", "1e999", "NaN", "Infinity", "9" * 400, "1_000", "٣", "²", "½", "1,000.5", "$1", "9223372036854775808"]
DAYS = ["0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2027-02-29", "2026-11-30T10:00+14:00", "20261130"]
MARKS = ["\x00", "\ud7ff\uffff", "\u202e", "\u3164", "e" + "\u0301" * 300, "😀" * 50, "ﬁ", "\r\n\r\nX: y", "a\nb", "\\"]
WORDS = ["'\"><script>", "{{7*7}}", "%s%n", "{0.__class__}", '"', "(", "-x", "a:b", "x" * 70_000, "../../etc/passwd"]
ADDRESSES = [
    "http://[",
    "//evil.example",
    "javascript:x",
    "a@b",
    "@",
    "a@b.c\nBcc: d@e.f",
    "+1 305 555 ext 9",
    "+9" * 20,
]
LISTS = ["[[[[", '{"a":1e999}', ",".join(map(str, range(3000))), "1.1,2", "0", "=cmd|' /C calc'!A0"]
ODD = [*NUMBERS, *DAYS, *MARKS, *WORDS, *ADDRESSES, *LISTS]
WITHOUT = {"signing.sign_out"}


@cache
def chosen(seed: str, size: int) -> list[str]:
    return ODD if SOAK else random.Random(seed).sample(ODD, size)


def forms_of(app, client, who: str, at: dict) -> dict[str, tuple[str, dict]]:
    """One of each, by where it goes and what it asks."""
    found, adapter = {}, app.url_map.bind("localhost")
    for rule in rules(app, "GET"):
        if not allowed(rule.endpoint, who):
            continue
        shown = client.get(address(rule, at))
        if shown.status_code != 200 or shown.mimetype != "text/html":
            continue
        for action, fields in Page(shown.text).forms:
            try:
                endpoint, _ = adapter.match(action.partition("?")[0], method="POST")
            except HTTPException:
                continue
            fields = {name: value for name, value in fields.items() if name}
            if fields and endpoint not in WITHOUT:
                found.setdefault(f"{endpoint} {sorted(fields)}", (action, fields))
    return found


@pytest.mark.parametrize("who", ONE_EACH if SOAK else ["manager"])
def test_a_form_with_one_odd_field(app, enter, world, who):
    client, broken = enter(who), []
    forms = forms_of(app, client, who, own(world))
    assert len(forms) > (40 if who in ("agent", "manager", "admin") else 15)
    for name, (action, fields) in sorted(forms.items()):
        sense = {field: value or SENSIBLE.get(field, "") for field, value in fields.items()}
        for field in fields if SOAK else random.Random(name).sample(sorted(fields), 1):
            for value in chosen(name, 2):
                answer = client.post(action, data=sense | {field: value, "once": ""})
                if answer.status_code >= 500:
                    broken.append(f"{action}: {field}={value[:40]!r} is {answer.status_code}")
                if "/sign-in" in answer.headers.get("Location", ""):
                    client = enter(who)
    assert not broken
