"""A pipe by which processes end with the one that started them, even where that one is killed without warning:
nothing is ever written into it, and it is at its end when nobody holds its other end any more."""

import os
import select
import threading

GIVEN = "CARMANANA_LIFELINE"

_held: list[int] = []


def throw() -> int:
    """The end to hand on; this process alone holds the other one, for as long as it lives."""
    reading, writing = os.pipe()
    _held.append(writing)
    return reading


def given() -> list[int]:
    """The ends that this process was handed."""
    return [int(number) for number in os.environ.get(GIVEN, "").split(",") if number.isdigit()]


def hand_on(ends: list[int]) -> list[int]:
    """To what this process becomes, and to whom that starts. Gives the ends that are held here, for it to hold."""
    os.environ[GIVEN] = ",".join(map(str, ends))
    for end in [*ends, *_held]:
        os.set_inheritable(end, True)
    return _held


def cut(ends: list[int]) -> bool:
    return bool(ends and select.select(ends, [], [], 0)[0])


def end_with(ends: list[int]) -> None:
    """This process ends at once when one of them is cut: what it had not committed is rolled back, as at a power
    loss."""
    if ends:
        threading.Thread(target=_wait, args=[ends], daemon=True).start()


def end_with_the_server() -> None:
    end_with(given())


def _wait(ends: list[int]) -> None:
    select.select(ends, [], [])
    os._exit(1)


def let_go() -> None:
    """After a fork: the other end is the parent's alone."""
    while _held:
        os.close(_held.pop())
