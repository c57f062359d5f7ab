"""Where a card stands in its column: integers with gaps, renumbered when a gap closes."""

from peewee import fn

from .models import ACTIVE, GAP, Deal, Stage


def place(deal: Deal, stage: Stage, after: Deal | None = None) -> int:
    """The position below the card `after`, or on top. Call it inside the move's transaction."""
    above = _position_of(after, stage)
    below = _next_below(deal, stage, above)
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
    taken = Deal.select().where(_in(stage), Deal.position == position, Deal.id != deal.id).first()
    return place(deal, stage, taken) if taken else position


def card_above(deal: Deal, cards) -> int | None:
    """The id of the nearest of these cards above a deal in its column."""
    higher = cards.where(_in(deal.stage), (Deal.position < deal.position) | ((Deal.position == deal.position) & (Deal.id < deal.id)))
    above = higher.order_by(Deal.position.desc(), Deal.id.desc()).first()
    return above and above.id


def bottom(stage: Stage) -> int:
    return (Deal.select(fn.MAX(Deal.position)).where(_in(stage)).scalar() or 0) + GAP


def _in(stage: Stage):
    return (Deal.pipeline == stage.pipeline_id) & (Deal.state == ACTIVE) & (Deal.stage == stage)


def _position_of(after: Deal | None, stage: Stage) -> int | None:
    return after and Deal.select(Deal.position).where(_in(stage), Deal.id == after.id).scalar()


def _next_below(deal: Deal, stage: Stage, above: int | None) -> int | None:
    cards = Deal.select(fn.MIN(Deal.position)).where(_in(stage), Deal.id != deal.id)
    return (cards if above is None else cards.where(Deal.position > above)).scalar()


def _renumber(stage: Stage) -> None:
    number = fn.ROW_NUMBER().over(order_by=[Deal.position, Deal.id])
    placed = Deal.select(Deal.id, (number * GAP).alias("place")).where(_in(stage)).alias("placed")
    Deal.update(position=placed.c.place).from_(placed).where(Deal.id == placed.c.id).execute()
