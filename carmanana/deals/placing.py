"""Where a card stands in its column: integers with gaps, renumbered when a gap closes."""

from peewee import Select, fn

from carmanana.db import database

from .models import ACTIVE, GAP, Deal, Stage

TOP = -(2**62)


def place(deal: Deal, stage: Stage, after: int | None = None) -> int:
    """The position below the card with the id `after`, or on top where it is gone. Call it inside the move's transaction."""
    above, below = _neighbours(deal, stage, after)
    if below is None:
        return (above or 0) + GAP
    if above is None:
        return below - GAP
    if below - above < 2:
        _renumber(stage)
        return place(deal, stage, after)
    return (above + below) // 2


def put_back(deal: Deal, stage: Stage, position: int) -> int:
    """Its old position, or right below the card that has taken it meanwhile."""
    taken = Deal.select(Deal.id).where(_in(stage), Deal.position == position, Deal.id != deal.id).scalar()
    return place(deal, stage, taken) if taken else position


def card_above(deal: Deal, cards) -> int | None:
    """The id of the nearest of these cards above a deal in its column."""
    higher = cards.where(_in(deal.stage), (Deal.position < deal.position) | ((Deal.position == deal.position) & (Deal.id < deal.id)))
    above = higher.order_by(Deal.position.desc(), Deal.id.desc()).first()
    return above and above.id


def bottom(stage: Stage) -> int:
    return (Deal.select(fn.MAX(Deal.position)).where(_in(stage)).scalar() or 0) + GAP


def _in(stage: Stage, cards=Deal):
    return (cards.pipeline == stage.pipeline_id) & (cards.state == ACTIVE) & (cards.stage == stage)


def _neighbours(deal: Deal, stage: Stage, after: int | None) -> tuple[int | None, int | None]:
    """The positions between which a card goes below `after`."""
    others = Deal.select(fn.MIN(Deal.position)).where(_in(stage), Deal.id != deal.id)
    if after is None:
        return None, others.scalar()
    one = Deal.alias()
    above = one.select(one.position).where(_in(stage, one), one.id == after)
    below = others.where(Deal.position > fn.COALESCE(above, TOP))
    return Select([], [above, below]).tuples().execute(database)[0]


def _renumber(stage: Stage) -> None:
    number = fn.ROW_NUMBER().over(order_by=[Deal.position, Deal.id])
    placed = Deal.select(Deal.id, (number * GAP).alias("place")).where(_in(stage)).alias("placed")
    Deal.update(position=placed.c.place).from_(placed).where(Deal.id == placed.c.id).execute()
