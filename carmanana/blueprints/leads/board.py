"""The board of leads: the page, its columns as one scrolls, the drop of a card, and what others have changed
meanwhile."""

import json
from urllib.parse import parse_qsl

from flask import abort, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from carmanana.blueprints.leads.board_page import LeadBoard, card_alone, cards, head
from carmanana.blueprints.leads.steps import steps
from carmanana.core.db import Stale, reading
from carmanana.leads import columns
from carmanana.leads.cards import cards_of
from carmanana.leads.lifecycle import inquiry
from carmanana.records.lead_codes import STATES
from carmanana.records.leads import Lead
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import shown_again
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import htmx, page_behind, partial, pieces, toast
from carmanana.web.loading import number_of, sent_version

from .base import blueprint, lead_or_404

KEYS = json.dumps(
    {
        "m": {"ask": "move"},
        "c": {"send": "claim"},
        "h": {"send": "column", "values": {"column": "on_hold"}},
        "a": {"ask": "contacts/new"},
    }
)


@blueprint.get("/board")
@signed_in
def board():
    with reading():
        shown = LeadBoard(request.args, me())
        version = columns.newest()
        return render_template("leads/board.html", keys=KEYS, version=version, **_drawn(shown.load()))


def _drawn(board: LeadBoard) -> dict:
    heads = {column.key: head(board, column) for column in board.by_key.values()}
    below = {column.key: cards(board, column) for column in board.by_key.values()}
    return {"board": board, "list": board.shown.list, "shown": board.shown, "head": heads.get, "below": below.get}


@blueprint.get(f"/board/columns/<any({', '.join(STATES)}):state>")
@signed_in
def board_column(state: str):
    """The next cards of a column, below the lead `after`."""
    last = lead_or_404(number_of(request.args.get("after", ""), 0))
    with reading():
        shown = LeadBoard(request.args, me())
        return cards(shown, shown.load_more(state, last), docked=False)


@blueprint.get("/board/changes")
@signed_in
def board_changes():
    """204 where nothing is new for whoever asks; else every column as it stands now."""
    with reading():
        found = columns.news(number_of(request.args.get("since", ""), -1), me())
        if not found.concerns:
            return pieces(status=204, X_Version=str(found.version))
        shown = LeadBoard(request.args, me())
        shown.show_as_many(request.args.get("shown", ""))
        shown.load()
        parts = [part for key in shown.by_key for part in _as_it_stands(shown, key)]
    return pieces(*parts, _sum(shown), X_Version=str(found.version))


def _as_it_stands(board: LeadBoard, key: str) -> list[str]:
    column = board.by_key[key]
    return [
        partial(f"#head-{key}", head(board, column), "outerMorph"),
        partial(f"#cards-{key}", cards(board, column), "innerMorph"),
    ]


def _sum(board: LeadBoard) -> str:
    return partial("#board-sum", render_template("leads/_board_sum.html", board=board))


# dropped on a column


@blueprint.post("/<id:lead_id>/column")
@allow("agent", "manager")
def column(lead_id: int):
    """A card was dropped on a column, or sent there by *Move to…*: the dialog of the step that it is, or why not."""
    lead, key = lead_or_404(lead_id), request.form.get("column", "")
    if key not in STATES:
        abort(400)
    if sent_version() not in (None, lead.version):
        raise Stale(lead)
    if key == lead.state:
        return pieces(partial("#dialog", ""), HX_Reswap="none")
    verb = columns.dropped(lead, key, me())
    if verb is None:
        before, trigger = lead, columns.trigger_to(lead, key, me())
        return moved(inquiry.fire(lead, trigger, me(), sent_version()), before, f"{STATES[key]} now")
    return steps.dialog(lead, verb, steps.form_of(lead, verb, empty=True, data={}))


@blueprint.get("/<id:lead_id>/move")
@allow("agent", "manager")
def move(lead_id: int):
    """*Move to…*: every column, and why not."""
    lead = lead_or_404(lead_id)
    return show_dialog(
        "leads/move.html",
        "Move to",
        url_for("leads.show", lead_id=lead.id),
        lead=lead,
        choices=columns.choices(lead, me()),
        here=lead.state,
        form_action=url_for("leads.column", lead_id=lead.id),
    )


# what a step answers where the board is the page


def board_of_page() -> LeadBoard | None:
    """The board that the browser shows while it asks."""
    address = page_behind()
    if not htmx or address.path != url_for("leads.board"):
        return None
    return LeadBoard(MultiDict(parse_qsl(address.query)), me())


def moved(lead: Lead, before: Lead, said: str, undo: bool = False):
    """The card in its place, the heads of both columns, and what happened in words."""
    board, told = board_of_page(), toast(said, lead if undo else None)
    touched = tuple(dict.fromkeys((before.state, lead.state)))
    with reading():
        board.load(tuple(key for key in touched if board.by_key[key] not in board.columns))
        parts = _placed(board, lead, before)
        for key in touched:
            parts += [partial(f"#head-{key}", head(board, board.by_key[key]), "outerMorph")]
            if board.by_key[key] not in board.columns:
                parts += [partial(f"#cards-{key}", cards(board, board.by_key[key]), "innerMorph")]
    return pieces(*parts, _sum(board), partial("#dialog", ""), partial("#refusal", ""), told, HX_Reswap="none")


def _placed(board: LeadBoard, lead: Lead, before: Lead) -> list[str]:
    """In its own column it stays where it is; in another one it stands where the order has it."""
    own = partial(f"#lead-{lead.id}", "", "delete")
    if not board.holds(lead):
        return [own]
    if board.by_key[lead.state] not in board.columns:
        return [own]
    card = card_alone(board, *cards_of([lead.id]))
    if lead.state == before.state:
        return [partial(f"#lead-{lead.id}", card, "outerHTML")]
    above = board.above(lead)
    place = partial(f"#lead-{above}", card, "afterend") if above else None
    return [own, place or partial(f"#cards-{lead.state}", card, "afterbegin")]


@shown_again(Lead)
def as_it_stands(lead: Lead, *parts: str, status: int):
    board = board_of_page()
    if board is None:
        return None
    with reading():
        placed = _placed(board, Lead.get_by_id(lead.id), lead)
    return pieces(*placed, *parts, status=status, HX_Reswap="none")
