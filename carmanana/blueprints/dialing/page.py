"""What the screen of a call shows: the sequence, the call, what to say, and what they want."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from flask import render_template, request
from markupsafe import Markup
from peewee import fn

from carmanana.blueprints.dialing.forms import BY_DIGIT, WORDS, CallForm
from carmanana.contacting import attempts
from carmanana.contacting.business_hours import days_closed, hours_open
from carmanana.contacting.calling.permission import first_number
from carmanana.contacting.rules import DAY_CAP, REMEMBERED, contacts_of, contacts_since
from carmanana.contacting.scripts import recordings, spoken
from carmanana.core import clock
from carmanana.core.db import as_json
from carmanana.core.query import prepared
from carmanana.core.together import ask_together
from carmanana.customers import languages
from carmanana.leads.dialing import calling, permission
from carmanana.leads.dialing.calling import Screen
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, first_person
from carmanana.records.leads import Lead, needs_of_lead
from carmanana.records.sequences import DONE, UNFINISHED, SequenceCall, result_of
from carmanana.schema.sqlite import members
from carmanana.web.current_user import me
from carmanana.web.filters import hour_there
from carmanana.web.forms.quick_dates import due_chips
from carmanana.web.panels.needs import needs_panel, needs_state

TOLD = 12
LISTED, LISTED_DONE, WHOLE = 20, 5, 10_000  # calls that are next, and that were last
PRICE_WORDS = ("price_shopper",)
OPENING = ("lead_opening", "lead_disclosure")
VOICEMAIL = ("lead_voicemail",)
DIGITS = [(digit, code, WORDS[code]) for digit, code in enumerate(BY_DIGIT, 1)]
SAID = (*OPENING, *PRICE_WORDS, *VOICEMAIL)
VEHICLE = {"sp": "un vehículo", "es": "un vehículo", "fr": "un véhicule"}  # where they named none


class Next(NamedTuple):
    """A call that waits, as it is listed; `hour` is what their clock shows."""

    name: str
    hour: str
    until: datetime | None
    pinned: bool
    why: str


class Finished(NamedTuple):
    """A call of the sequence that is over, as it is listed."""

    standing: str
    outcome: str
    why: str
    name: str

    @property
    def result(self) -> str:
        return result_of(self.standing, self.outcome)


def dialer(screen: Screen, form: CallForm | None = None, whole: bool = False) -> dict:
    """`whole` lists every call; else those about the one that is on."""
    sequence, call, waiting, now = screen.sequence, screen.call, screen.waiting, clock.now()
    after = next((one for one in waiting if not one.until), None)
    shown = waiting if whole else waiting[:LISTED]
    named = shown if after is None or after in shown else [*shown, after]
    customers, most_done = as_json([one.customer_id for one in named]), WHOLE if whole else LISTED_DONE
    asked = {
        "names": (_names, customers),
        "numbers": (_numbers, sequence.id),
        "done": (_done, sequence.id, most_done),
        "left": (_left_out, sequence.id),
    }
    ask_together(**asked, **(_asked(call.lead, now) if call else {}))
    names, numbers = dict(_names(customers)), dict(_numbers(sequence.id))
    done = [Finished(*row) for row in reversed(_done(sequence.id, most_done))]
    finished = sum(numbers.values())
    hours = {zone: hour_there(zone) for zone in {one.timezone for one in named}}
    listed = [Next(names[one.customer_id], hours[one.timezone], one.until, one.pinned, one.why) for one in named]
    return {
        "sequence": sequence,
        "call": call,
        "finished": done,
        "left_out": [Finished(*row) for row in _left_out(sequence.id)],
        "waiting": waiting,
        "listed": listed[: len(shown)],
        "after": after and listed[named.index(after)],
        "unlisted": numbers.get(DONE, 0) - len(done) + len(waiting) - len(shown),
        "number_done": finished,
        "total": finished + len(waiting) + (call is not None),
        "soonest": min((one.until for one in waiting if one.until), default=None),
        **(_call(call, form, now) if call else {}),
    }


@prepared
def _names(customers):
    return Customer.select(Customer.id, Customer.name).where(Customer.id.in_(members(customers))).tuples()


def _over(sequence):
    return (SequenceCall.sequence == sequence) & SequenceCall.standing.not_in(UNFINISHED)


@prepared
def _numbers(sequence):
    """How many are over, by how they ended."""
    number = fn.COUNT(SequenceCall.id)
    return (
        SequenceCall.select(SequenceCall.standing, number)
        .where(_over(sequence))
        .group_by(SequenceCall.standing)
        .tuples()
    )


@prepared
def _done(sequence, most):
    """The newest first."""
    done = (SequenceCall.sequence == sequence) & (SequenceCall.standing == DONE)
    newest = SequenceCall.finished_at.desc(), SequenceCall.id.desc()
    last = SequenceCall.select(SequenceCall.id).where(done).order_by(*newest).limit(most)
    return _told().where(SequenceCall.id.in_(last)).order_by(*newest).tuples()


@prepared
def _left_out(sequence):
    return _told().where(_over(sequence), SequenceCall.standing != DONE).order_by(SequenceCall.finished_at).tuples()


def _told():
    told = (SequenceCall.standing, SequenceCall.outcome, SequenceCall.why, Customer.name)
    return SequenceCall.select(*told).join(Lead).join(Customer)


def _asked(lead: Lead, now: datetime) -> dict[str, tuple]:
    """What the screen of a call is going to ask, for `ask_together`."""
    return {
        "number": (first_number, lead.person_id),
        "contacts": (contacts_since, lead.customer_id, now - REMEMBERED),
        "first_person": (first_person, lead.customer_id),
        "said": (spoken.approved_lines, as_json(SAID)),
        "recorded": (recordings.of_approved, as_json(VOICEMAIL)),
        "history": (_history, lead.id),
        "needs": (needs_of_lead, lead.id),
        "hours": (hours_open,),
        "closed": (days_closed,),
    }


def _call(call: SequenceCall, form: CallForm | None, now: datetime) -> dict:
    lead = call.lead
    names = {
        "client": lead.person.called,
        "me": me().first_name,
        "vehicle": lead.vehicle or VEHICLE.get(lead.person.speaks[:2].lower(), "a vehicle"),
    }
    number = permission.number_of(lead)
    said = spoken.by_situation(SAID, lead.person.speaks, lead.region, **names)
    for_voicemail = _together(said, VOICEMAIL)
    return {
        "lead": lead,
        "number": number,
        "speaks": _language(lead.person.speaks),
        "seconds": calling.seconds_of(call),
        "tried_today": _tried_today(lead, now),
        "day_cap": DAY_CAP,
        "form": form or (CallForm(data=drafted(call), empty=True) if call.draft else None),
        "blank_words": _blank_words,
        "outcomes": DIGITS,
        "say": _together(said, OPENING),
        "of_price": _together(said, PRICE_WORDS),
        "for_voicemail": for_voicemail,
        "recorded": recordings.to_drop(for_voicemail),
        "history": _history(lead.id),
        **(needs_panel(lead) if call.dialed else needs_state(lead)),
    }


def _blank_words() -> Markup:
    """The fields of a call of which nothing is typed."""
    return _drawn_blank(request.script_root, tuple(due_chips()))


@lru_cache(64)
def _drawn_blank(prefix: str, due: tuple) -> Markup:
    given = {"form": CallForm(empty=True), "outcomes": DIGITS, "due_chips": lambda: due}
    return Markup(render_template("dialing/_words.html", **given))


def _language(speaks: str) -> str:
    """By its name, where it is another than that of the page."""
    return "" if speaks.lower().startswith("en") else languages.name_of(speaks)


def _together(said: dict[str, list[spoken.Line]], situations: tuple[str, ...]) -> list[spoken.Line]:
    return [line for situation in situations for line in said[situation]]


def drafted(call: SequenceCall) -> dict:
    """What was typed on whichever device."""
    draft = dict(call.draft or {})
    due = draft.pop("due_at", "")
    try:
        at = clock.from_local(clock.datetime.fromisoformat(due).replace(tzinfo=None), me().timezone) if due else None
    except (ValueError, OverflowError):
        at = None
    return draft | ({"due_at": at} if at else {})


def _tried_today(lead: Lead, now: datetime) -> int:
    tried = attempts.attempts(contacts_of(lead.customer, now, lead.person), late=True)
    return len([one for one in tried if (now - one.at).total_seconds() < 24 * 3600])


@prepared
def _history(lead):
    """What was said and done before, the newest first."""
    told = (Activity.lead == lead) & (Activity.kind != "task")
    return Activity.select().where(told).order_by(Activity.at.desc(), Activity.id.desc()).limit(TOLD)
