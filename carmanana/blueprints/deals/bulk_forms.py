"""What a step for many deals is taken with, and which deals a request means."""

from urllib.parse import parse_qsl

from flask import abort, request
from werkzeug.datastructures import MultiDict

from carmanana.boards.board import RAIL
from carmanana.boards.deal_filter import Filter
from carmanana.bulk.selection import ANY_STATE, EVERY, MOST, Chosen, Found, Picked
from carmanana.records.pipelines import Pipeline
from carmanana.web.forms import DealershipForm, SelectField
from carmanana.web.loading import sent_stage

LONGEST_NUMBER = 12


class BulkMoveForm(DealershipForm):
    """`offer` fills in the stages of the boards that the deals stand on."""

    stage = SelectField("To the stage", validate_choice=False)

    def __init__(self, record=None, by=None, **kwargs):
        super().__init__(**kwargs)

    def offer(self, stages) -> None:
        groups: dict[str, list] = {}
        for stage in stages:
            groups.setdefault(stage.pipeline.name, []).append((str(stage.id), stage.name))
        one = next(iter(groups.values()), []) if len(groups) < 2 else []
        self.stage.choices = [("", "Choose…"), *one] if len(groups) < 2 else {"": [("", "Choose…")]} | groups

    def given(self) -> dict:
        return {"stage": sent_stage()}


def sent_choice() -> Chosen:
    """The deals as they were picked, or the filter that finds them; what is neither is a 400."""
    scope = request.form.get("scope", "")
    return _found(scope) if scope else Picked(dict(_picked()))


def _picked():
    words = request.form.get("chosen", "").split() or request.form.getlist("deal")
    if len(words) > 2 * MOST:
        abort(413)
    for word in words:
        number, _, version = word.partition(".")
        yield _number(number), _number(version) if version else None


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER else abort(400)


def _found(scope: str) -> Found:
    pipeline = Pipeline.get_or_none(Pipeline.slug == request.form.get("pipeline", "")) or abort(400)
    if scope not in (EVERY, ANY_STATE, *RAIL):
        _number(scope.removeprefix("s"))
    return Found(pipeline, scope, Filter.read(MultiDict(parse_qsl(request.form.get("filter", "")))))


def sent_count() -> int | None:
    """How many deals the preview spoke of."""
    sent = request.form.get("seen", "")
    return _number(sent) if sent else None
