"""A demo world of any size: lawful, lifelike, and the same for the same seed and moment."""

import logging

from carmanana import clock
from carmanana.people.models import User
from carmanana.workflow import Refusal, Refused

NOT_EMPTY = "The database is not empty. The demo world goes into an empty one."
log = logging.getLogger("carmanana")


def build(deals: int, seed: int, as_of=None) -> list:
    """Fill an empty database with this many deals, their people and months of history, up to `as_of`.
    Returns the actions that a verb refused, with their refusals; a lawful demo has none."""
    from carmanana.demo.world import World

    if User.select().where(~User.house).exists():
        raise Refused([Refusal("not_empty", NOT_EMPTY)])
    refused = World(deals, seed, (as_of or clock.now()).replace(microsecond=0)).play()
    for action, refusal in refused:
        log.warning("the demo's %s was refused: %s", action.verb, refusal)
    return refused
