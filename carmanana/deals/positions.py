"""Where a card stands in its column: integers with gaps, renumbered when a gap closes."""

from functools import cache

from peewee import Select, fn

from carmanana.core.query import Prepared, again, prepared
from carmanana.records.deal_codes import ACTIVE, GAP
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

TOP = -(2**62)


def place(deal: Deal, stage: Stage, after: int | None = None) -> int:
    """The position below the card with the id `after`, or on top where it is gone. Call it inside the move's
    transaction."""
    above, below = _neighbours(deal, stage, after)
    if below is None:
        return (above or 0) + GAP
    if above is None:
        return below - GAP
    if below - above < 2:
        _renumber(stage)
        if deal.id:
            deal.position = again(deal).position
        return place(deal, stage, after)
    return (above + below) // 2


def put_back(deal: Deal, stage: Stage, position: int) -> int:
    """Its old position, or right below the card that has taken it meanwhile."""
    taken = _taken.first(stage.pipeline_id, stage.id, position, deal.id)
    return place(deal, stage, taken.id) if taken else position


@prepared
def _taken(pipeline, stage, position, deal):
    return Deal.select(Deal.id).where(_in(pipeline, stage), Deal.position == position, Deal.id != deal).limit(1)


def card_above(deal: Deal, by: User, cards=None) -> int | None:
    """The id of the nearest card above a deal in its column that a person sees, or that is one of `cards`; only stages
    keep an order that people make."""
    if deal.state != ACTIVE:
        return None
    stands = deal.pipeline_id, deal.stage_id, deal.position, deal.id
    above = _nearest(cards, *stands).first() if cards is not None else _above(by.deal_sight).first(*stands, by.id)
    return above and above.id


@cache
def _above(sight: str) -> Prepared:
    @prepared
    def above(pipeline, stage, position, deal, user):
        return _nearest(Deal.select().where(Deal.within(sight, user)), pipeline, stage, position, deal).limit(1)

    return above


def _nearest(cards: Select, pipeline, stage, position, deal) -> Select:
    higher = (Deal.position < position) | (Deal.id < deal)
    found = cards.where(_in(pipeline, stage), Deal.position <= position, higher)  # an index begins at the position
    return found.select(Deal.id).order_by(Deal.position.desc(), Deal.id.desc())


def bottom(stage: Stage) -> int:
    return (Deal.select(fn.MAX(Deal.position)).where(_in(stage.pipeline_id, stage.id)).scalar() or 0) + GAP


def _in(pipeline, stage, cards=Deal):
    return (cards.pipeline == pipeline) & (cards.state == ACTIVE) & (cards.stage == stage)


def _neighbours(deal: Deal, stage: Stage, after: int | None) -> tuple[int | None, int | None]:
    """The positions between which a card goes below `after`."""
    column = stage.pipeline_id, stage.id, deal.id or 0
    return (None, *_uppermost.first(*column)) if after is None else _around.first(*column, after)


@prepared
def _uppermost(pipeline, stage, deal):
    return _others(pipeline, stage, deal).tuples()


@prepared
def _around(pipeline, stage, deal, after):
    one = Deal.alias()
    above = one.select(one.position).where(_in(pipeline, stage, one), one.id == after)
    return Select([], [above, _others(pipeline, stage, deal).where(Deal.position > fn.COALESCE(above, TOP))]).tuples()


def _others(pipeline, stage, deal):
    return Deal.select(fn.MIN(Deal.position)).where(_in(pipeline, stage), Deal.id != deal)


def _renumber(stage: Stage) -> None:
    number = fn.ROW_NUMBER().over(order_by=[Deal.position, Deal.id])
    placed = Deal.select(Deal.id, (number * GAP).alias("place")).where(_in(stage.pipeline_id, stage.id)).alias("placed")
    Deal.update(position=placed.c.place).from_(placed).where(Deal.id == placed.c.id).execute()
