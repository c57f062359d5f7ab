"""What the screen of a call shows: the sequence, the call, what to say, and what they want."""

from carmanana.blueprints.dialing.forms import BY_DIGIT, WORDS, CallForm
from carmanana.contacting import attempts
from carmanana.contacting.rules import DAY_CAP, contacts_of
from carmanana.contacting.scripts import recordings, spoken
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.leads.dialing import calling, permission
from carmanana.leads.dialing.order import waiting_in_order
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.leads import Lead
from carmanana.records.sequences import UNFINISHED, CallSequence, SequenceCall
from carmanana.web.current_user import me
from carmanana.web.filters import hour_there
from carmanana.web.panels.needs import needs_panel

TOLD = 12
PRICE_WORDS = ("price_shopper",)
OPENING = ("lead_opening", "lead_disclosure")
VOICEMAIL = ("lead_voicemail",)
VEHICLE = {"sp": "un vehículo", "es": "un vehículo", "fr": "un véhicule"}  # where they named none


def dialer(sequence: CallSequence, call: SequenceCall | None, form: CallForm | None = None) -> dict:
    now = clock.now()
    finished, waiting = _finished(sequence.id), waiting_in_order(sequence, now)
    total = len(finished) + len(waiting) + (call is not None)
    return {
        "sequence": sequence,
        "call": call,
        "finished": [one for one in finished if one.standing == "done"],
        "left_out": [one for one in finished if one.standing != "done"],
        "waiting": waiting,
        "hours": {zone: hour_there(zone) for zone in {one.timezone for one in waiting}},
        "number_done": len(finished),
        "total": total,
        "soonest": min((one.until for one in waiting if one.until), default=None),
        **(_call(call, form) if call else {}),
    }


@prepared
def _finished(sequence):
    found = SequenceCall.select(SequenceCall, Lead, Customer).join(Lead).join(Customer)
    over = (SequenceCall.sequence == sequence) & SequenceCall.standing.not_in(UNFINISHED)
    return found.where(over).order_by(SequenceCall.finished_at)


def _call(call: SequenceCall, form: CallForm | None) -> dict:
    lead = call.lead
    names = {
        "client": lead.person.called,
        "me": me().first_name,
        "vehicle": lead.vehicle or VEHICLE.get(lead.person.speaks[:2].lower(), "a vehicle"),
    }
    number = permission.number_of(lead)
    for_voicemail = spoken.lines(VOICEMAIL, lead.person.speaks, lead.region, **names)
    return {
        "lead": lead,
        "number": number,
        "seconds": calling.seconds_of(call),
        "tried_today": _tried_today(lead),
        "day_cap": DAY_CAP,
        "form": form or CallForm(data=drafted(call), empty=True),
        "outcomes": [(digit, code, WORDS[code]) for digit, code in enumerate(BY_DIGIT, 1)],
        "say": spoken.lines(OPENING, lead.person.speaks, lead.region, **names),
        "of_price": spoken.lines(PRICE_WORDS, lead.person.speaks, lead.region, **names),
        "for_voicemail": for_voicemail,
        "recorded": recordings.to_drop(for_voicemail),
        "history": _history(lead.id),
        **needs_panel(lead),
    }


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
