"""Expiries whose day has come become leads, each once (the worker's sweep). Who asked not to be contacted at all is
left in peace; a cancelled customer is not."""

from datetime import datetime, timedelta

from carmanana.core.db import Stale
from carmanana.core.workflow import Refused
from carmanana.expiries.lifecycle import expiring
from carmanana.expiries.rules import today_of, wants_no_contact
from carmanana.records.expiries import SET, Expiry
from carmanana.records.people import HOUSE_ID, User

AT_ONCE = 200
LEFT_IN_PEACE = "They asked not to be contacted."


def make_leads(as_of: datetime) -> int:
    """How many were settled."""
    latest = (as_of + timedelta(days=1)).date()
    due = Expiry.select().where(Expiry.state == SET, Expiry.on <= latest).order_by(Expiry.on, Expiry.id).limit(AT_ONCE)
    house = User.get_by_id(HOUSE_ID)
    return sum(_settle(expiry, house) for expiry in list(due) if expiry.on <= today_of(expiry))


def _settle(expiry: Expiry, house: User) -> bool:
    """Whatever somebody did with it at the same moment holds."""
    try:
        if wants_no_contact(expiry.customer):
            expiring.fire(expiry, "drop", house, expiry.version, reason=LEFT_IN_PEACE)
        else:
            expiring.fire(expiry, "make_lead", house, expiry.version)
    except (Refused, Stale):
        return False
    return True
