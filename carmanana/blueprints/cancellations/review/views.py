"""The review of one request, who else looks at it, and its dialogs: those steps whose fields the catalogue
describes."""

from flask import abort, render_template

from carmanana.blueprints.cancellations.base import MANAGERS, READERS, blueprint
from carmanana.blueprints.cancellations.review.answers import request_or_404, review_again, review_url, show_review
from carmanana.blueprints.cancellations.review.clock import pill_of
from carmanana.blueprints.cancellations.review.page import Said
from carmanana.cancellations.directing import take_back
from carmanana.cancellations.rights.acknowledging import acknowledge
from carmanana.cancellations.verbs import REVIEW
from carmanana.records import viewers
from carmanana.records.cancellations import CancellationRequest, Direction, ReviewPresence
from carmanana.records.people import User
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go, htmx, partial, pieces
from carmanana.web.loading import sent_version
from carmanana.web.steps import Steps, submit


@blueprint.get("/cancellations/<id:request_id>")
@allow(*READERS)
def show(request_id: int):
    return show_review(request_or_404(request_id))


@blueprint.post("/cancellations/<id:request_id>/presence")
@allow(*MANAGERS)
def look(request_id: int):
    """Asked every few seconds by an open review: who else looks at it, and how its clock stands."""
    request = request_or_404(request_id)
    others = viewers.look(ReviewPresence.request, request, me())
    if not htmx:
        return go(review_url(request))
    seen, now = sent_version(), render_template("cancellations/_clock.html", pill=pill_of(request))
    there = render_template(
        "cancellations/_others.html", others=others, request=request, moved_on=seen not in (None, request.version)
    )
    return pieces(partial("#review-clock", now), partial("#review-others", there), HX_Reswap="none")


@blueprint.post("/cancellations/<id:request_id>/direction/<id:direction_id>/end")
@allow(*MANAGERS)
def end_direction(request_id: int, direction_id: int):
    """What a salesperson was let is taken back."""
    request = request_or_404(request_id)
    direction = request.directions.where(Direction.id == direction_id).first() or abort(404)
    return submit(
        DealershipForm(),
        lambda: review_again(take_back(direction, me()), "Taken back. The next contact is the manager's"),
        lambda status, fresh=request: show_review(fresh, Said(stale=True), status),
        lambda: request_or_404(request_id),
        lambda fresh: {},
    )


def _again(fresh: CancellationRequest, before: CancellationRequest, words: str, undo: bool):
    return review_again(fresh, words)


def _acknowledge(request: CancellationRequest, trigger: str, by: User, version: int | None, form, given: dict):
    return acknowledge(request, by, version, **given)


Steps(
    blueprint,
    REVIEW,
    request_or_404,
    _again,
    "cancellations.show",
    "request_id",
    MANAGERS,
    templates={
        "assign_reviewer": "cancellations/reviewer.html",
        "direct": "cancellations/direction.html",
    },
    summary="cancellations/_summary.html",
    takes={"acknowledge": _acknowledge},
    without=tuple(verb.trigger for verb in REVIEW if not verb.fields and verb.trigger != "consider_right"),
    prefix="/cancellations",
    ids="ask-",
).register()
