"""Turns a plot into the steps of a life: each beat's word names the function that tells it."""

from carmanana.demo import cancelling, closing, opening, oversight, saving, waiting, working
from carmanana.demo.life import Life

BEATS = vars(opening) | vars(working) | vars(waiting) | vars(closing) | vars(oversight) | vars(cancelling) | vars(saving)


def tell(life: Life) -> list:
    """The steps, which are the caller's from now on: a life that kept them would never be let go."""
    for number, beat in enumerate(life.beats):
        life.enter(number)
        BEATS[beat.name](life, beat.kind)
    steps, life.steps = life.steps, []
    return steps
