"""The review of one request, who else looks at it, and its dialogs: withdraw, hand over, direct a salesperson."""

from dataclasses import dataclass

from flask import abort, render_template, url_for
from flask import request as asked

from carmanana.blueprints.cancellations.review_answers import request_or_404, review_again, review_url, show_review
from carmanana.blueprints.cancellations.review_clock import pill_of
from carmanana.blueprints.cancellations.review_forms import DirectionForm, ReviewerForm, ReviewForm, WithdrawalForm
from carmanana.blueprints.cancellations.review_page import Said
from carmanana.cancellations.directing import take_back
from carmanana.cancellations.lifecycle import review
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden
from carmanana.records import viewers
from carmanana.records.cancellations import CancellationRequest, Direction, ReviewPresence
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go, htmx, partial, pieces
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask as ask_form
from carmanana.web.steps import submit

from .base import LEADERS, MANAGERS, READERS, blueprint


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


@dataclass(frozen=True)
class Question:
    """A step that is asked in a dialog over the review."""

    name: str
    trigger: str
    form: type[ReviewForm]
    title: str
    said: str
    who: tuple[str, ...] = MANAGERS


QUESTIONS = [
    Question(
        "withdrawal", "withdraw", WithdrawalForm, "Withdraw the request", "Withdrawn. The order is back where it stood"
    ),
    Question("reviewer", "assign_reviewer", ReviewerForm, "Give the review to another manager", "Handed over", LEADERS),
    Question("direction", "direct", DirectionForm, "Direct an agent", "They have been told"),
]


def ask(request_id: int, question: Question):
    request = request_or_404(request_id)
    if review.leads(request, question.trigger) and not review.permits(request, question.trigger, me()):
        raise Forbidden(question.name)
    form = question.form(request)

    def save():
        fire = lambda: review.fire(request, question.trigger, me(), sent_version(), **form.given())  # noqa: E731
        return review_again(once(asked.form.get("once", ""), me(), fire), question.said)

    def again(status: int, fresh: CancellationRequest = request):
        return _dialog(fresh, question, form, status)

    return ask_form(form, save, again, lambda: request_or_404(request_id), form.known)


def _dialog(request: CancellationRequest, question: Question, form: ReviewForm, status: int):
    action = url_for(f"cancellations.{question.name}", request_id=request.id)
    context = {"request": request, "deal": request.deal, "form": form, "stale": status == 409, "form_action": action}
    return show_dialog(f"cancellations/{question.name}.html", question.title, review_url(request), status, **context)


def _register(question: Question) -> None:
    def view(request_id: int):
        return ask(request_id, question)

    blueprint.add_url_rule(
        f"/cancellations/<id:request_id>/{question.name}",
        question.name,
        allow(*question.who)(view),
        methods=["GET", "POST"],
    )


for _question in QUESTIONS:
    _register(_question)
