"""Which records a request for a bulk step means."""

from urllib.parse import parse_qsl, urlencode

from flask import abort, request
from werkzeug.datastructures import MultiDict

from carmanana.boards.board import RAIL
from carmanana.boards.deal_filter import Filter
from carmanana.bulk.kinds import Kind
from carmanana.bulk.selection import ANY_STATE, EVERY, MOST, Chosen, Found, Picked, of_board
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Pipeline
from carmanana.web.current_user import me
from carmanana.web.lists import LISTS, of_scope

LONGEST_NUMBER = 12


def sent_choice(kind: Kind) -> tuple[Chosen, dict[str, str]]:
    """The records as they were picked, or what finds them, and how a form says so again; what is neither is a 400."""
    scope = request.form.get("scope", "")
    if not scope:
        return Picked(dict(_picked()), kind.model), {}
    return _of_list(kind, scope) if "listed" in request.form else _of_board(kind, scope)


def _picked():
    words = request.form.get("chosen", "").split() or request.form.getlist("ids")
    if len(words) > 2 * MOST:
        abort(413)
    for word in words:
        number, _, version = word.partition(".")
        yield _number(number), _number(version) if version else None


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER else abort(400)


def _of_list(kind: Kind, scope: str) -> tuple[Found, dict[str, str]]:
    name = request.form["listed"]
    if name not in LISTS or LISTS[name].bulk is not kind.model:
        abort(400)
    shown = of_scope(name, request.form.get("filter", ""), scope, me()) or abort(400)
    return Found(shown.query), {"scope": "all", "listed": name, "filter": urlencode(shown.kept)}


def _of_board(kind: Kind, scope: str) -> tuple[Found, dict[str, str]]:
    pipeline = Pipeline.get_or_none(Pipeline.slug == request.form.get("pipeline", ""))
    if pipeline is None or kind.model is not Deal:
        abort(400)
    if scope not in (EVERY, ANY_STATE, *RAIL):
        _number(scope.removeprefix("s"))
    chosen = Filter.read(MultiDict(parse_qsl(request.form.get("filter", ""))))
    again = {"scope": scope, "pipeline": pipeline.slug, "filter": urlencode(chosen.query)}
    return of_board(pipeline, scope, chosen, me()), again


def sent_count() -> int | None:
    """How many records the preview spoke of."""
    sent = request.form.get("seen", "")
    return _number(sent) if sent else None
