"""Days on which a region is not called: loaded for the countries and states of the rules, then edited by an admin. A
year of a region that is loaded once is left as it was edited."""

from collections.abc import Iterable
from datetime import date

from carmanana.contacting.calling.places import is_region
from carmanana.core import audit, clock
from carmanana.core.audit import Event
from carmanana.core.db import insert_all, transaction
from carmanana.core.limits import FARTHEST
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.calling import OTHER_STATES, CallingRule, RegionHoliday
from carmanana.records.people import User
from carmanana.records.rights import admins_only

MOST_NAME = 120
DROPPED = "region_holiday_dropped"


def load(years: Iterable[int]) -> int:
    """The holidays of these years, where they are missing, for every region that closes on them; how many days."""
    with transaction():
        loaded = {(row.region, row.day.year) for row in RegionHoliday.select(RegionHoliday.region, RegionHoliday.day)}
        missing = [(region, year) for region in _regions() for year in years if (region, year) not in loaded]
        dropped = _dropped() if missing else set()
        rows = [
            RegionHoliday(region=region, day=day, name=name[:MOST_NAME])
            for region, year in missing
            for day, name in sorted(_days(region, year).items())
            if (region, day.isoformat()) not in dropped
        ]
        insert_all(rows)
    return len(rows)


def load_ahead() -> int:
    """This year and the next."""
    year = clock.today().year
    return load((year, year + 1))


def _regions() -> list[str]:
    """Those that have a row which names holidays, and their countries."""
    named = ~CallingRule.holidays_allowed | CallingRule.weekdays.contains("E")
    rows = CallingRule.select(CallingRule.region).where(named, CallingRule.region != OTHER_STATES).distinct().tuples()
    return sorted({place for (region,) in rows for place in (region, region.partition("-")[0])})


def _dropped() -> set[tuple[str, str]]:
    """What an admin has taken out stays out."""
    events = Event.select(Event.data).where(Event.subject == "region_holiday", Event.verb == DROPPED)
    return {(event.data["region"], event.data["day"]) for event in events}


def _days(region: str, year: int) -> dict[date, str]:
    """Of a state only those that its country does not have."""
    import holidays as calendars  # takes half a second and 11 MB, and is wanted once a year

    country, _, part = region.partition("-")
    try:
        of_country = dict(calendars.country_holidays(country, years=year, language="en_US"))
        if not part:
            return of_country
        of_state = calendars.country_holidays(country, subdiv=part, years=year, language="en_US")
    except NotImplementedError:
        return {}
    return {day: name for day, name in of_state.items() if day not in of_country}


def add(by: User, region: str, day: date | None, name: str) -> RegionHoliday:
    admins_only(by)
    region, today = region.strip(), clock.today(by.timezone)
    refusals = (
        [] if is_region(region) else [Refusal("region", "Enter a region by its code: DE, US-FL.", field="region")]
    )
    if day is None or day > today + FARTHEST or day < today:
        refusals.append(Refusal("day", "Enter a day from today on, within two years.", field="day"))
    if not name.strip():
        refusals.append(Refusal("name", "Enter its name.", field="name"))
    if refusals:
        raise Refused(refusals)
    with transaction():
        if RegionHoliday.get_or_none(RegionHoliday.region == region, RegionHoliday.day == day):
            raise Refused([Refusal("known", "That day is a holiday there already.", field="day")])
        holiday = RegionHoliday.create(region=region, day=day, name=name.strip()[:MOST_NAME])
        audit.record("region_holiday", holiday, by, region=region, day=day.isoformat())
    return holiday


def drop(holiday: RegionHoliday, by: User) -> None:
    admins_only(by)
    with transaction():
        audit.record(DROPPED, holiday, by, region=holiday.region, day=holiday.day.isoformat())
        holiday.delete_instance()
