"""What a form may be sent, none of which may break it."""

from collections.abc import Iterator
from functools import cache
from urllib.parse import urlencode

import wtforms

from carmanana.web.forms import AmountField, DateField, DealershipForm, IntegerField, MomentField

BESIDE_FORMS = {
    *(
        "version",
        "drawn",
        "once",
        "stage",
        "owner",
        "after",
        "theme",
        "reason_id",
        "direction",
        "next",
        "column",
        "file",
        "files",
        "csrf_token",
    ),
    *("view", "query", "density"),
    *("chosen", "ids", "scope", "pipeline", "filter", "listed", "seen", "part", "back"),
    *("activities", "clients-0", "deal-1", "step-1", "option-0-brand", "option-0-year_from"),
    *(
        "offer-0-kind",
        "offer-0-terms",
        "offer-0-value_cents",
        "offer-0-expires_at",
        "promise-0-kind",
        "promise-0-words",
        "promise-0-due_on",
        "promise-0-owner",
    ),
}


def all_forms() -> Iterator[type[DealershipForm]]:
    forms = [DealershipForm]
    while forms:
        yield (form := forms.pop())
        forms.extend(form.__subclasses__())


def fields_of_all_forms() -> Iterator[tuple[str, wtforms.fields.core.UnboundField]]:
    for form in all_forms():
        for name in dir(form):
            if isinstance(field := getattr(form, name, None), wtforms.fields.core.UnboundField):
                yield name, field


@cache
def field_names() -> list[str]:
    """Every field of every form, and what the views read beside them."""
    return sorted(BESIDE_FORMS | {name for name, _ in fields_of_all_forms()})


def extremes(number: str, day: str, moment: str) -> dict:
    """What makes sense, but for the numbers, days and moments."""
    by_kind = {IntegerField: number, AmountField: number, DateField: day, MomentField: moment}
    return {
        name: sent
        for name, field in fields_of_all_forms()
        for kind, sent in by_kind.items()
        if issubclass(field.field_class, kind)
    }


BODIES = {
    "a one": "1",
    "a number that is too large": "99999999999999999999",
    "a number below": "-1",
    "words": "junk",
    "odd characters": "\x00\ud7ff'\"<script>{{ 7 * 7 }}\u202e\r\n%",
    "a lot": "x" * 20_000,
    "a day": "2026-02-30",
}
EXTREMES = {
    "the furthest": ("9" * 309, "9999-12-31", "9999-12-31T23:59"),
    "the first": ("-" + "9" * 309, "0001-01-01", "0001-01-01T00:00"),
    "no number and no day": ("NaN", "0000-01-01", "10000-01-01T00:00"),
    "more than a column holds": ("9223372036854775808", "2100-12-31", "2100-12-31T23:59"),
}
SENSIBLE = {
    "version": "1",
    "timezone": "Europe/Berlin",
    "emails": "a@b.de",
    "email": "a@b.de",
    "phones": "+1 305 555 1000",
    "kind": "call",
    "direction": "out",
    "outcome": "connected_follow_up",
    "roles": "agent",
    "sub_status": "financing",
    "loss_reason": "vehicle",
    "matters_most": "price",
    "readiness": "live",
    "column": "s7",
    "scope": "open",
    "pipeline": "used-vehicle-orders",
    "stage": "7",
    "mood": "calm",
    "requires": "owner",
    "once": "",
    "to": "client1000@example.com",
    "may_use": "agent",
    "due_at": "2026-11-30T10:00",
    **dict.fromkeys(("starts_on", "ends_on", "follow_up_on"), "2026-11-30"),
    **dict.fromkeys(("agreement_on", "paid_on", "delivered_on", "at"), "2026-11-18"),
}


@cache
def encoded(name: str) -> bytes:
    """As it is sent; a body has hundreds of fields, and goes to hundreds of addresses."""
    return urlencode(bodies()[name]).encode()


@cache
def bodies() -> dict[str, dict]:
    same = {name: dict.fromkeys(field_names(), value) for name, value in BODIES.items()}
    sense = dict.fromkeys(field_names(), "1") | SENSIBLE
    return (
        {"nothing": {}}
        | same
        | {"sense": sense, "sense again": sense}
        | {name: sense | extremes(*sent) for name, sent in EXTREMES.items()}
    )
