"""The steps of the deal machine over HTTP, and the drop of a card on a column."""

from flask import abort, request

from carmanana.blueprints.deals.board import stage_of
from carmanana.blueprints.deals.forms import LossForm, WinForm
from carmanana.blueprints.deals.request_forms import CancellationForm, request_scripts
from carmanana.boards.board import column_key
from carmanana.boards.drops import in_the_way, verb_for
from carmanana.cancellations.verbs import VERBS
from carmanana.core.db import Stale
from carmanana.core.verbs import Verb
from carmanana.core.workflow import Refused
from carmanana.deals import tried_on_hold
from carmanana.deals.lifecycle import order
from carmanana.deals.pipelines import crowded
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.forms.holding import HoldForm
from carmanana.web.loading import deal_or_404, number_of, sent_version
from carmanana.web.steps import Steps

from .base import blueprint


def _changed(fresh: Deal, before: Deal, words: str, undo: bool):
    return changed(fresh, column_key(before), words, undo=undo)


def _hold(deal: Deal, trigger: str, by: User, version: int | None, form: HoldForm, given: dict) -> Deal:
    return tried_on_hold.hold(deal, by, form.tried, version, **given)


def _beside(deal: Deal, verb: Verb) -> dict:
    more = {"deal": deal}
    if verb.trigger in ("hold", "extend_hold"):
        more["wanted"] = tried_on_hold.wanted(deal, me())
    return more | (request_scripts(deal) if verb.trigger == "request_cancellation" else {})


steps = Steps(
    blueprint,
    VERBS,
    deal_or_404,
    _changed,
    "deals.show",
    "deal_id",
    ("agent", "manager"),
    templates={
        "hold": "deals/hold.html",
        "extend_hold": "deals/hold.html",
        "win": "deals/win.html",
        "lose": "deals/loss.html",
        "request_cancellation": "cancellations/request.html",
    },
    forms={
        "hold": HoldForm,
        "extend_hold": HoldForm,
        "win": WinForm,
        "lose": LossForm,
        "request_cancellation": CancellationForm,
    },
    takes={"hold": _hold, "extend_hold": _hold},
    summary="deals/_summary.html",
    beside=_beside,
    without=("move", "add_step"),
)
steps.register()


@blueprint.post("/<id:deal_id>/column")
@allow("agent", "manager")
def column(deal_id: int):
    """A card was dropped on a column, or sent there by *Move to…*."""
    deal, key = deal_or_404(deal_id), request.form.get("column", "")
    stage = _column_stage(key)
    verb = verb_for(deal, key)
    if sent_version() not in (None, deal.version):
        raise Stale(deal)
    if verb.trigger == "move":
        return _move(deal, stage)
    if refusals := in_the_way(deal, verb, me(), stage):
        raise Refused(refusals, deal, verb.trigger)
    known = {"stage": str(stage.id)} if stage else {}
    return steps.dialog(deal, verb, steps.form_of(deal, verb, empty=True, data=known))


def _column_stage(key: str) -> Stage | None:
    if key in ("on_hold", "losing", "won", "lost"):
        return None
    number = key.removeprefix("s")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        abort(400)
    return stage_of(int(number)) or abort(400)


def _move(deal: Deal, stage: Stage | None):
    was = column_key(deal)
    after = number_of(request.form.get("after", ""), None)
    fresh = order.fire(deal, "move", me(), sent_version(), stage=stage, after=after)
    across = was != column_key(fresh)
    said = f"{deal.customer.name} is in {stage.name}" if across else f"{deal.customer.name} has a new place"
    if across and (warning := crowded(stage)):
        said = f"{said}. {warning}"
    return changed(fresh, was, said, after, undo=True, heads=across)
