"""Long work beside the web: what is to be done waits in the database itself, and is done in short transactions, each
with the cursor behind it. A run killed at any moment goes on without anything lost or done twice."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from carmanana.core.db import Record, Stale
from carmanana.core.workflow import Refused

SECONDS = 0.020  # that one transaction may hold the lock

Told = Callable[[Record], object]


def break_off(record: Record, error: Exception) -> None:
    raise error


@dataclass(frozen=True)
class Job:
    """`model.waiting()` are the records that wait for it. One is taken, or Refused where somebody else is at it;
    `steps` does a little and yields; `finish` says whether it was this run that came to the end; `stop` what becomes of
    one that broke."""

    model: type[Record]
    steps: Callable[[Record], Iterator[None]]
    finish: Callable[[Record], bool]
    take: Callable[[Record], Record] = lambda record: record
    stop: Callable[[Record, Exception], None] = break_off

    def run_waiting(self, told: Told = lambda record: None) -> int:
        """Take all that waits to its end. Returns how many came there."""
        return sum([self.run(record, told) for record in self.model.waiting()])

    def run(self, record: Record, told: Told = lambda record: None) -> bool:
        """Take one to its end; False where somebody else is at it or ends it, or it had to stop. `told` hears of each
        step."""
        try:
            record = self.take(record)
            for _ in self.steps(record):
                told(record)
            return self.finish(record)
        except (Refused, Stale):
            return False
        except Exception as error:
            self.stop(record, error)
            return False


def paced(write: Callable[[int], float], first: int, most: int) -> Iterator[None]:
    """`write` does as many as it is told and says how long it held the lock, in seconds, 0 where none was left. It is
    told to do more or fewer, so that people who wait for the lock hardly notice."""
    size = first
    while held := write(size):
        size = max(first, min(most, int(size * min(2, SECONDS / held))))
        yield
        time.sleep(held / 4)
