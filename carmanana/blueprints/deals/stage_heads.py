"""The heads of a board's stages: drawn once for all that have the same, with blanks for what is counted, as every move
changes two of them."""

from typing import NamedTuple

from markupsafe import Markup

from carmanana.blueprints.deals.card_templates import with_blanks
from carmanana.blueprints.deals.sight import Sight
from carmanana.boards.board import Board, Column
from carmanana.boards.deal_filter import Filter
from carmanana.core import money
from carmanana.core.limits import AT_A_GLANCE
from carmanana.web.filters import at_least, counted, number, plural


class Has(NamedTuple):
    """What is written of the stage itself, and which words there are."""

    key: str
    name: str
    stage_id: int
    accent: int
    probability: int
    ageing_days: int
    most: int | None
    slug: str
    filter: Filter
    locale: str
    summed: bool
    value: bool
    others: bool
    works: bool
    picked: bool
    aged: bool
    overfull: bool


class Words(NamedTuple):
    number: int
    count: str
    deals: str
    value: str
    likely: str
    others: str
    aged: str


def stage_head(board: Board, column: Column) -> Markup:
    sight = Sight.ours()
    html = with_blanks("boards/_stage_head.html", _has(board, column, sight), sight.parts).fill(
        _words(board, column, sight)
    )
    return Markup(html)


def _has(board: Board, column: Column, sight: Sight) -> Has:
    stage, limited = column.stage, bool(column.stage.most_deals) and board.counts_all
    return Has(
        column.key,
        column.name,
        stage.id,
        stage.accent,
        stage.probability,
        stage.ageing_days,
        stage.most_deals if limited else None,
        board.pipeline.slug,
        board.filter,
        sight.locale,
        summed=not column.unsummed,
        value=bool(column.value_cents),
        others=bool(column.others),
        works=sight.works_deals,
        picked=bool(column.count) and not column.uncounted and sight.works_deals,
        aged=bool(column.aged),
        overfull=limited and column.overfull,
    )


def _words(board: Board, column: Column, sight: Sight) -> Words:
    count, marks = column.count, sight.marks
    return Words(
        count,
        at_least(count) if column.uncounted else number(count),
        plural(count, "deal"),
        money.short(column.value_cents, board.currency, marks),
        money.short(column.likely_cents, board.currency, marks),
        number(column.others),
        counted(column.aged, AT_A_GLANCE),
    )
