"""Quotations end by themselves after their validity (the worker's sweep)."""

from datetime import datetime, timedelta

from carmanana.core.db import Stale
from carmanana.core.workflow import Refused
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.quotations import SENT, Quotation
from carmanana.sales.quotations.lifecycle import quoting

AT_ONCE = 500


def expire(as_of: datetime) -> int:
    """How many did."""
    latest = (as_of - timedelta(days=1)).date()
    over = Quotation.select().where(Quotation.state == SENT, Quotation.valid_until <= latest).limit(AT_ONCE)
    house = User.get_by_id(HOUSE_ID)
    return sum(_expire(quotation, house) for quotation in list(over))


def _expire(quotation: Quotation, house: User) -> bool:
    try:
        quoting.fire(quotation, "expire", house, quotation.version)
    except (Refused, Stale):
        return False
    return True
