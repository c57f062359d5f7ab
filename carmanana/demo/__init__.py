"""A demo world of any size: lawful, lifelike, and the same for the same seed and moment."""

import logging
from contextlib import nullcontext

from carmanana.core import clock
from carmanana.core.db import transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.people import User
from carmanana.schema.at_once import made_anew_if_cut_short

NOT_EMPTY = "The database is not empty. The demo world goes into an empty one."
MOST_PLAYED = 300  # deals of a world that is played by the verbs alone
log = logging.getLogger("carmanana")


def build(deals: int, seed: int, as_of=None) -> list:
    """Fill an empty database with this many deals, their people and months of history, up to `as_of`. A large world is
    a small one that was played by the verbs, multiplied. Who cuts it off has an empty database as before, or one
    that is not opened again, where the world is large.
    Returns what a verb refused, with the refusal; a lawful demo has none of these."""
    from carmanana.demo.multiply import multiply
    from carmanana.demo.world import World

    if User.select().where(~User.house).exists():
        raise Refused([Refusal("not_empty", NOT_EMPTY)])
    with made_anew_if_cut_short() if deals > played(deals) else nullcontext():
        with transaction():
            world = World(played(deals), seed, (as_of or clock.now()).replace(microsecond=0), staff_for=deals)
            refused = world.play()
        if deals > world.deals:
            multiply(world, deals)
    for what, refusal in refused:
        log.warning("the demo's %s was refused: %s", what, refusal)
    return refused


def played(deals: int) -> int:
    """How many of a world's deals are played by the verbs; the others are copies of them."""
    return min(deals, max(MOST_PLAYED, min(deals // 1_000, 1_000)))
