"""Working time: minutes from nine to six, Monday to Friday, counted from the moment the world ends at."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from carmanana.core import clock

DAY = 540  # working minutes
HALF_HOUR = timedelta(minutes=30)


class WorkingHours:
    """The working hours of one time zone; minute 0 is `as_of`, earlier ones are negative."""

    def __init__(self, zone, as_of):
        self.zone = ZoneInfo(zone)
        self.as_of = as_of
        here = as_of.astimezone(self.zone)
        self.today = here.date()
        self._now = _opening(self.today) * DAY + _minutes_into(here)
        self._opens = {}

    def at(self, minute):
        """The moment of a working minute, never after `as_of` for a negative one."""
        day, into = divmod(self._now + minute, DAY)
        return self._open(day) + timedelta(0, into * 60 + minute * 37 % 60)

    def day(self, minute):
        return _date((self._now + minute) // DAY)

    def half_hour(self, minute):
        """The round time at or before this working minute, as people set when something is due."""
        day, into = divmod(self._now + minute, DAY)
        return self._open(day) + into // 30 * HALF_HOUR

    def last_before(self, at):
        """Five in the afternoon of the working day before this moment's."""
        return self._open(_opening(self.local_day(at)) - 1) + timedelta(hours=8)

    def today_at(self, into):
        """A round time of today, on a Sunday too."""
        return _at_nine(self.today, self.zone) + into // 30 * HALF_HOUR

    def on(self, day, hour=10):
        return datetime.combine(day, time(hour), self.zone).astimezone(UTC)

    def local_day(self, at):
        return at.astimezone(self.zone).date()

    def _open(self, day):
        if day not in self._opens:
            self._opens[day] = _at_nine(_date(day), self.zone)
        return self._opens[day]


def _at_nine(day, zone):
    return datetime.combine(day, clock.OPENS, zone).astimezone(UTC)


def _minutes_into(here):
    """Working minutes of the day so far; none on a day off, which counts as the morning after it."""
    if here.weekday() >= 5:
        return 0
    into = (here.hour - clock.OPENS.hour) * 60 + here.minute
    return min(max(into, 0), DAY - 1)


def _opening(day):
    """The number of the working day, of the next one on a day off."""
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(weekday, 5)


def _date(number):
    weeks, weekday = divmod(number, 5)
    return date.fromordinal(weeks * 7 + weekday + 1)
