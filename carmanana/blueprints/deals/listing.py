"""The list of a pipeline's deals: its page, the rows below, and one row as it stands after a change."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from carmanana.blueprints.deals.board_header import head_of
from carmanana.blueprints.deals.board_keys import of_the_page
from carmanana.blueprints.deals.list_rows import Row
from carmanana.blueprints.deals.view_kinds import LIST
from carmanana.boards.board import KEY_OF_STATE, Board
from carmanana.boards.card_rows import cards_of
from carmanana.boards.change_log import NEVER, news
from carmanana.boards.list_order import MARKS, WHICH, Order
from carmanana.boards.paging import Walk, states_with_open
from carmanana.core import money
from carmanana.core.db import reading
from carmanana.records.deal_codes import ACTIVE, OPEN
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.web.fragments import partial, pieces, toast, wants_fragment
from carmanana.web.lists import Column, List, Shown
from carmanana.web.loading import number_of


def _amount(row: Row) -> str:
    return money.shown(row.card_row.value_cents, row.card_row.currency)


DEALS = List(
    name="deals",
    title="Deals",
    endpoint=LIST.endpoint,
    one="deal",
    many="deals",
    columns=(
        Column("client", "Customer", lambda row: row.card_row.client, MARKS["client"], always=True),
        Column("vehicle", "Vehicle", lambda row: row.deal.vehicle, MARKS["vehicle"]),
        Column("stage", "Stage", lambda row: row.stage, MARKS["stage"]),
        Column("value", "Value", _amount, MARKS["value"], number=True, most_first=True),
        Column("owner", "Owner", lambda row: "" if row.deal.unowned else row.owner.name, MARKS["owner"]),
        Column("step", "Next step", lambda row: row.step),
        Column("due", "Due", lambda row: row.due, MARKS["due"]),
        Column("age", "In stage", lambda row: row.age, MARKS["age"], number=True, most_first=True),
    ),
    scope=Deal.visible_to,
    load=cards_of,
    cells="boards/_cells.html",
    id=Deal.id,
    sort="due",
    template="boards/list.html",
    fragment="boards/list.html",
    own_row=True,
    table_class="list-table",
    bulk=Deal,
    called=lambda row: row.card_row.client,
)
WON_AGE = Column("age", "Won", lambda row: row.won_on, MARKS["age"], number=True, most_first=True)


def deals_list(board: Board, order: Order, whole: bool = False) -> List:
    """A board's deals as rows; the board knows the filter. A file holds the `whole` of what a text finds."""
    walk = Walk(board.pipeline, board.user, board.filter, order.way, board.found, whole)
    accents = {column.stage.id: column.stage.accent for column in board.columns}
    asks = board.filter.query | {"which": order.which} if order.which != "open" else board.filter.query
    here = url_for(LIST.endpoint, slug=board.pipeline.slug, **board.filter.query, **order.query)
    return replace(
        DEALS,
        title=f"{board.pipeline.name}: deals",
        columns=(*DEALS.columns[:-1], WON_AGE) if order.which == "won" else DEALS.columns,
        values={"slug": board.pipeline.slug},
        scope=lambda by: walk.deals(),
        ids_of=lambda shown, after, most: walk.ids(most, _last(after, shown.by)),
        load=lambda ids: [Row(card, board.user, accents) for card in cards_of(ids)],
        asks=lambda args: asks,
        seen=lambda rows, by: "?" + urlencode({"from": here}, safe="/"),
    )


def _last(after: str, by: User) -> Deal | None:
    number = number_of(after, None)
    return Deal.visible_to(by).where(Deal.id == number).first() if number else None


def count_of(board: Board, which: str) -> int:
    """How many deals it is in all; the board's heads have been loaded."""
    states = WHICH[which][1]
    keys = {KEY_OF_STATE.get(state) for state in states}
    columns = board.by_key.values()
    return sum(column.count for column in columns if column.key in keys or column.is_stage and ACTIVE in states)


def list_page(board: Board, args) -> ResponseReturnValue:
    order = Order.read(args)
    with reading():
        log = news(board.pipeline.slug, NEVER)
        board.version = log.version
        states = states_with_open(WHICH[order.which][1])
        if args.get("format") == "csv":
            return deals_list(board, order, whole=True).answer()
        if "after" in args and wants_fragment():
            board.find(states)
            return deals_list(board, order).answer()
        board.load_heads(states, whole=False)
        return deals_list(board, order).answer(
            board=board,
            which=WHICH,
            order=order,
            count=count_of(board, order.which),
            **of_the_page(),
            **head_of(board, LIST, order.query, log),
        )


def row_changed(board: Board, args, deal: Deal, said: str, undo: bool):
    """The row as it stands now, or without it where it is none of these any more."""
    with reading():
        board.load_heads(OPEN, whole=False)
        total = partial("#board-sum", render_template("boards/_sum.html", board=board))
        row = row_again(board, args, deal)
    return pieces(
        row,
        total,
        partial("#dialog", ""),
        partial("#refusal", ""),
        toast(said, deal if undo else None),
        HX_Reswap="none",
    )


def row_again(board: Board, args, deal: Deal) -> str:
    listed = deals_list(board, Order.read(args))
    if not listed.scope(board.user).where(Deal.id == deal.id).exists():
        return partial(f"#deal-{deal.id}", "", "delete")
    alone = replace(listed, ids_of=lambda shown, after, most: [deal.id])
    html = render_template("shared/_list_rows.html", list=alone, shown=Shown(alone, args, board.user))
    return partial(f"#deal-{deal.id}", html, "outerHTML")
