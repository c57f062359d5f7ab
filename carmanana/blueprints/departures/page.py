"""What the tool shows of one customer's cancellation."""

import hashlib
import json

from flask import url_for

from carmanana.core import clock
from carmanana.departures.lifecycle import leaving, may_cancel
from carmanana.departures.sections import Looked, look
from carmanana.departures.verbs import VERBS
from carmanana.records.deal_codes import ENDED, LOSING
from carmanana.records.deals import Deal
from carmanana.records.departures import Departure, DeparturePresence
from carmanana.records.people import User
from carmanana.records.viewers import others
from carmanana.web.current_user import me

MOST_DEALS = 10


def tool_context(departure: Departure, seen_by: list[User] | None = None) -> dict:
    by = me()
    looked = look(departure, clock.today(by.timezone))
    red = [one for one in looked if one.bars]
    who = others(DeparturePresence.departure, departure, by) if seen_by is None else seen_by
    return {
        "departure": departure,
        "customer": departure.customer,
        "looked": looked,
        "red": red,
        "required": sum(one.section.required for one in looked),
        "reasons": departure.given_reasons,
        "open_deals": list(_open_deals(departure, by)),
        "verbs": {verb.trigger: verb for verb in VERBS},
        "may": _may(departure, by),
        "others": who,
        "token": token(departure, looked, who),
        "manage": manage_url,
    }


def _may(departure: Departure, by: User) -> set[str]:
    """The steps that this person may take now."""
    return {verb.trigger for verb in VERBS if leaving.permits(departure, verb.trigger, by)}


def _open_deals(departure: Departure, by: User):
    """Of those that this person sees: an order ends by way of its review, which its link leads to."""
    theirs = Deal.visible_to(by).where(Deal.customer == departure.customer_id, Deal.state.not_in(ENDED))
    return theirs.order_by(Deal.state == LOSING, Deal.id).limit(MOST_DEALS)


def manage_url(one: Looked, departure: Departure) -> str:
    """The customer's tab; the banner of every page of theirs leads back."""
    return url_for("customers.tab", customer_id=departure.customer_id, tab=one.section.tab)


def token(departure: Departure, looked: list[Looked], who: list[User]) -> str:
    """What an open page was drawn from: another one means that something stands otherwise now."""
    stands = [[one.section.code, one.standing.done, one.standing.words, one.standing.named] for one in looked]
    told = [departure.version, departure.customer.version, stands, [user.id for user in who], may_cancel(me())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
