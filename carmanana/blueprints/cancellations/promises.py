"""The promise ledger: what we promised so that clients stayed."""

from flask import Blueprint, abort, render_template, request, url_for

from carmanana.cancellations import money_owed
from carmanana.cancellations.retention import promises
from carmanana.contacting.log import finish_step
from carmanana.core.workflow import Forbidden
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.paging import page_of

blueprint = Blueprint("promises", __name__)

KEEPERS = ("agent", "manager", "retention")


@blueprint.get("/promises")
@allow(*KEEPERS)
def index():
    """A manager sees all of them, everybody else their own."""
    shown = _shown()
    return render_template(
        "promises/index.html",
        page=page_of(promises.ledger(me(), shown)),
        counts=promises.counts(me()),
        shown=shown,
        tabs=promises.SHOWN,
        sees_owed=me().has(*money_owed.SEEN_BY),
        may_keep=lambda promise: promises.may_keep(promise, me()),
    )


@blueprint.get("/promises/owed")
@allow("manager", "compliance", "crm_admin")
def owed():
    """What cancellations left to be returned, until its refund is recorded."""
    shown = request.args.get("show", "open")
    shown = shown if shown in money_owed.SHOWN else "open"
    return render_template(
        "promises/owed.html",
        page=page_of(money_owed.owed(shown)),
        counts=money_owed.counts(),
        sums=money_owed.open_sums(),
        shown=shown,
        tabs=money_owed.SHOWN,
        left_of=money_owed.left_of,
    )


def _shown() -> str:
    shown = request.args.get("show", "open")
    return shown if shown in promises.SHOWN else "open"


@blueprint.post("/promises/<id:promise_id>/kept")
@allow(*KEEPERS)
def keep(promise_id: int):
    promise = promises.theirs(me(), promise_id) or abort(404)
    if promise.task.done_at is None and not promises.may_keep(promise, me()):
        raise Forbidden("keep")
    finish_step(promise.task, me())
    return go(url_for("promises.index", show=request.args.get("show") or None), "Kept. Well done")
