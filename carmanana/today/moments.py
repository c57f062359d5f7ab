"""The edges of a day: of a person's own, and of the house's, by the business calendar."""

from datetime import date, datetime, timedelta

from carmanana.contacting.business_hours import (
    LONGEST_WAIT,
    business_day_from,
    days_closed,
    days_off,
    hours_open,
    open_hours,
)
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.people import MANAGER, User


def day_of(user: User, at: datetime | None = None) -> date:
    return clock.local(at or clock.now(), user.timezone).date()


def bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """When that day begins there, and when the next one does: 23, 24 or 25 hours later."""
    return clock.start_of_day(day, zone), clock.start_of_day(day + timedelta(days=1), zone)


def asked_of_the_house() -> dict[str, tuple]:
    """What `still_fine_since` and `house_zone` ask, for `ask_together`."""
    return {"zone": (_zone_of_the_first_manager,), "hours": (hours_open,), "closed": (days_closed,)}


def house_zone() -> str:
    """Whose calendar a night is of: the first manager's."""
    zone, *_ = _zone_of_the_first_manager.first() or ("UTC",)
    return zone


@prepared
def _zone_of_the_first_manager():
    return User.working(MANAGER).select(User.timezone).limit(1).tuples()


def still_fine_since(as_of: datetime, zone: str) -> datetime:
    """What has come or changed hands since then has until the end of the next business day, which is not over yet."""
    hours, holidays = open_hours(), days_off()
    day = clock.local(as_of, zone).date()

    def is_over(from_day: date) -> bool:
        last = business_day_from(from_day + timedelta(days=1), (hours, holidays))
        closes = hours[last.weekday()][1] if last.weekday() in hours else clock.CLOSES
        return clock.from_local(datetime.combine(last, closes), zone) < as_of

    for _ in range(LONGEST_WAIT):
        if is_over(day - timedelta(days=1)):
            break
        day -= timedelta(days=1)
    return clock.start_of_day(day, zone)
