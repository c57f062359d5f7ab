"""What the tool shows of one customer's cancellation."""

import hashlib
import json
from functools import cache

from flask import url_for

from carmanana.contacting.lock import losing_of
from carmanana.core import clock
from carmanana.core.query import Prepared, prepared
from carmanana.core.together import ask_together
from carmanana.departures.lifecycle import leaving, may_cancel
from carmanana.departures.sections import Looked, asked_of, look
from carmanana.departures.verbs import VERBS
from carmanana.records.deal_codes import ENDED, LOSING
from carmanana.records.deals import Deal
from carmanana.records.departures import Departure, DeparturePresence, newest
from carmanana.records.people import User
from carmanana.records.viewers import others
from carmanana.web.current_user import me

MOST_DEALS = 10


def tool_context(departure: Departure, seen_by: list[User] | None = None) -> dict:
    by, today = me(), clock.today(me().timezone)
    ask_together(
        **asked_of(departure, today), banner=(newest, departure.customer_id), losing=(losing_of, departure.customer_id)
    )
    looked = _shown(departure, look(departure, today))
    red = [one for one in looked if one.bars]
    who = others(DeparturePresence.departure, departure, by) if seen_by is None else seen_by
    return {
        "departure": departure,
        "customer": departure.customer,
        "looked": looked,
        "red": red,
        "required": sum(one.section.required for one in looked),
        "reasons": departure.given_reasons,
        "open_deals": _open_deals(departure, by),
        "verbs": {verb.trigger: verb for verb in VERBS},
        "may": _may(departure, by),
        "others": who,
        "token": token(departure, looked, who),
        "manage": manage_url,
    }


def _shown(departure: Departure, looked: list[Looked]) -> list[Looked]:
    """One that has ended shows why it was asked for: how the customer's records stand by now says nothing of it."""
    return [one for one in looked if departure.pending or (one.section.code == "reasons" and one.standing.done)]


def _may(departure: Departure, by: User) -> set[str]:
    """The steps that this person may take now."""
    return {verb.trigger for verb in VERBS if leaving.permits(departure, verb.trigger, by)}


def _open_deals(departure: Departure, by: User) -> list[Deal]:
    """Of those that this person sees: an order ends by way of its review, which its link leads to."""
    return _deals_seen(by.deal_sight)(departure.customer_id, by.id)


@cache
def _deals_seen(sight: str) -> Prepared:
    @prepared
    def deals(customer, by):
        theirs = Deal.select().where(Deal.customer == customer, Deal.state.not_in(ENDED), Deal.within(sight, by))
        return theirs.order_by(Deal.state == LOSING, Deal.id).limit(MOST_DEALS)

    return deals


def manage_url(one: Looked, departure: Departure) -> str:
    """The customer's tab; the banner of every page of theirs leads back."""
    return url_for("customers.tab", customer_id=departure.customer_id, tab=one.section.tab)


def token(departure: Departure, looked: list[Looked], who: list[User]) -> str:
    """What an open page was drawn from: another one means that something stands otherwise now."""
    stands = [[one.section.code, one.standing.done, one.standing.words, one.standing.named] for one in looked]
    told = [departure.version, departure.customer.version, stands, [user.id for user in who], may_cancel(me())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
