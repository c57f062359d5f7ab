"""The web server on a Wednesday from noon on in New York, whatever the day: quick dates and hours are then the same
each time."""

import runpy
import sys
from datetime import datetime, time, timedelta

from carmanana.core import clock

ZONE, WEDNESDAY = "America/New_York", 2


def until_wednesday_noon() -> timedelta:
    """To the next one: a cookie of the past would be thrown away."""
    today = clock.today(ZONE)
    day = today + timedelta(days=(WEDNESDAY - today.weekday()) % 7 or 7)
    return clock.from_local(datetime.combine(day, time(12)), ZONE) - clock.now()


if __name__ == "__main__":
    with clock.running_ahead(timedelta(seconds=float(sys.argv.pop(1)))):
        runpy.run_module("carmanana.serving.web", run_name="__main__", alter_sys=True)
