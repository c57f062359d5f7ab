"""What the screen of a call shows: the sequence, the call, what to say, and what they want."""

from typing import NamedTuple

from carmanana.blueprints.dialing.forms import BY_DIGIT, WORDS, CallForm
from carmanana.contacting import attempts
from carmanana.contacting.rules import DAY_CAP, contacts_of
from carmanana.contacting.scripts import recordings, spoken
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.customers import languages
from carmanana.leads.dialing import calling, permission
from carmanana.leads.dialing.calling import Screen
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.leads import Lead
from carmanana.records.sequences import UNFINISHED, SequenceCall, result_of
from carmanana.web.current_user import me
from carmanana.web.filters import hour_there
from carmanana.web.panels.needs import needs_panel, needs_state

TOLD = 12
LISTED, LISTED_DONE = 20, 5  # calls that are next, and that were last
PRICE_WORDS = ("price_shopper",)
OPENING = ("lead_opening", "lead_disclosure")
VOICEMAIL = ("lead_voicemail",)
VEHICLE = {"sp": "un vehículo", "es": "un vehículo", "fr": "un véhicule"}  # where they named none


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
    sequence, call, waiting = screen.sequence, screen.call, screen.waiting
    finished = [Finished(*row) for row in _finished(sequence.id)]
    total = len(finished) + len(waiting) + (call is not None)
    done = [one for one in finished if one.standing == "done"]
    listed_done, listed = (done, waiting) if whole else (done[-LISTED_DONE:], waiting[:LISTED])
    return {
        "sequence": sequence,
        "call": call,
        "finished": listed_done,
        "left_out": [one for one in finished if one.standing != "done"],
        "waiting": waiting,
        "listed": listed,
        "unlisted": len(done) - len(listed_done) + len(waiting) - len(listed),
        "hours": {zone: hour_there(zone) for zone in {one.timezone for one in waiting}},
        "number_done": len(finished),
        "total": total,
        "soonest": min((one.until for one in waiting if one.until), default=None),
        **(_call(call, form) if call else {}),
    }


@prepared
def _finished(sequence):
    told = (SequenceCall.standing, SequenceCall.outcome, SequenceCall.why, Customer.name)
    found = SequenceCall.select(*told).join(Lead).join(Customer)
    over = (SequenceCall.sequence == sequence) & SequenceCall.standing.not_in(UNFINISHED)
    return found.where(over).order_by(SequenceCall.finished_at).tuples()


def _call(call: SequenceCall, form: CallForm | None) -> dict:
    lead = call.lead
    names = {
        "client": lead.person.called,
        "me": me().first_name,
        "vehicle": lead.vehicle or VEHICLE.get(lead.person.speaks[:2].lower(), "a vehicle"),
    }
    number = permission.number_of(lead)
    said = spoken.by_situation((*OPENING, *PRICE_WORDS, *VOICEMAIL), lead.person.speaks, lead.region, **names)
    for_voicemail = _together(said, VOICEMAIL)
    return {
        "lead": lead,
        "number": number,
        "speaks": _language(lead.person.speaks),
        "seconds": calling.seconds_of(call),
        "tried_today": _tried_today(lead),
        "day_cap": DAY_CAP,
        "form": form or CallForm(data=drafted(call), empty=True),
        "outcomes": [(digit, code, WORDS[code]) for digit, code in enumerate(BY_DIGIT, 1)],
        "say": _together(said, OPENING),
        "of_price": _together(said, PRICE_WORDS),
        "for_voicemail": for_voicemail,
        "recorded": recordings.to_drop(for_voicemail),
        "history": _history(lead.id),
        **(needs_panel(lead) if call.dialed else needs_state(lead)),
    }


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


def _tried_today(lead: Lead) -> int:
    now = clock.now()
    tried = attempts.attempts(contacts_of(lead.customer, now, lead.person), late=True)
    return len([one for one in tried if (now - one.at).total_seconds() < 24 * 3600])


@prepared
def _history(lead):
    """What was said and done before, the newest first."""
    told = (Activity.lead == lead) & (Activity.kind != "task")
    return Activity.select().where(told).order_by(Activity.at.desc(), Activity.id.desc()).limit(TOLD)
