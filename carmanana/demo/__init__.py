"""A demo world of any size: lawful, lifelike, and the same for the same seed and moment."""

from carmanana import clock
from carmanana.people.models import User
from carmanana.workflow import Refusal, Refused

NOT_EMPTY = "The database is not empty. The demo world goes into an empty one."


def build(deals: int, seed: int, as_of=None) -> None:
    """Fill an empty database with this many deals, their people and months of history, up to `as_of`."""
    from carmanana.demo.world import grow

    if User.select().where(~User.house).exists():
        raise Refused([Refusal("not_empty", NOT_EMPTY)])
    grow(deals, seed, (as_of or clock.now()).replace(microsecond=0))
