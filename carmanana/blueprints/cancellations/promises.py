"""The promise ledger: what we promised so that customers stayed."""

from flask import Blueprint, abort, request, url_for

from carmanana.blueprints.cancellations.promise_lists import MONEY_OWED, PROMISES
from carmanana.cancellations import money_owed
from carmanana.cancellations.retention import promises
from carmanana.contacting.log import finish_step
from carmanana.core.workflow import Forbidden
from carmanana.web.access import allow
from carmanana.web.answers import page_again
from carmanana.web.current_user import me
from carmanana.web.fragments import go

blueprint = Blueprint("promises", __name__)

KEEPERS = ("agent", "manager", "retention")


@blueprint.get("/promises")
@allow(*KEEPERS)
def index():
    """A manager sees all of them, everybody else their own."""
    return PROMISES.answer()


@blueprint.get("/promises/owed")
@allow("manager", "compliance", "crm_admin")
def owed():
    """Refunds that cancellations left to be made, until its refund is recorded."""
    return MONEY_OWED.answer(sums=money_owed.open_sums())


@blueprint.post("/promises/<id:promise_id>/kept")
@allow(*KEEPERS)
def keep(promise_id: int):
    promise = promises.theirs(me(), promise_id) or abort(404)
    if promise.task.done_at is None and not promises.may_keep(promise, me()):
        raise Forbidden("keep")
    finish_step(promise.task, me())
    if answer := page_again("Promise kept"):
        return answer
    return go(url_for("promises.index", show=request.args.get("show") or None), "Promise kept")
