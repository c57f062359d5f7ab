"""The steps that a reviewer takes in place: begin, try, first contact, cancel; and keeping what is not done yet."""

from collections.abc import Callable

from flask import request as asked

from carmanana.blueprints.cancellations.base import MANAGERS, blueprint
from carmanana.blueprints.cancellations.review.answers import leave_review, request_or_404, review_again, show_review
from carmanana.blueprints.cancellations.review.forms import DecisionForm, FirstContactForm, ReviewForm
from carmanana.blueprints.cancellations.review.page import Said
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.reviewing import save_progress
from carmanana.cancellations.verbs import REVIEW
from carmanana.contacting.attachments import kept
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden
from carmanana.records.cancellations import CancellationRequest
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.loading import sent_files, sent_version
from carmanana.web.steps import submit
from carmanana.web.wording import worded


@blueprint.post("/cancellations/<id:request_id>/beginning")
@allow(*MANAGERS)
def begin(request_id: int):
    """Begin the review; one that has begun is simply opened."""
    request = request_or_404(request_id)
    if review.leads(request, "begin_review"):
        request = review.fire(request, "begin_review", me())
    return review_again(request, "")


@blueprint.post("/cancellations/<id:request_id>/attempts")
@allow(*MANAGERS)
def attempt(request_id: int):
    """A call that nobody answered, or the email after it; what else is on the form is kept with it."""
    return _take(request_id, "log_attempt", FirstContactForm, also=_keep_progress)


def _keep_progress(request: CancellationRequest, form: ReviewForm) -> None:
    save_progress(request, me(), request.version, **form.given())


@blueprint.post("/cancellations/<id:request_id>/first-contact")
@allow(*MANAGERS)
def first_contact(request_id: int):
    return _take(request_id, "log_first_contact", FirstContactForm)


@blueprint.post("/cancellations/<id:request_id>/unreachable")
@allow(*MANAGERS)
def unreachable(request_id: int):
    return _take(request_id, "conclude_unreachable", FirstContactForm)


@blueprint.post("/cancellations/<id:request_id>/cancellation")
@allow(*MANAGERS)
def cancel(request_id: int):
    """The cancellation is approved."""
    return _take(request_id, "cancel", DecisionForm, "cancel")


@blueprint.post("/cancellations/<id:request_id>/progress")
@allow(*MANAGERS)
def progress(request_id: int):
    """Save and close: the review can be resumed as it was left; what is not chosen yet stays open."""
    request = request_or_404(request_id)
    _must_be_theirs(request, "direct")
    form = (FirstContactForm if request.awaits_contact else DecisionForm)(request)
    form.half_done = True

    def save():
        save_progress(request, me(), sent_version(), **form.given())
        return leave_review(request, "Saved. The review goes on where you left it")

    return _submit(request, form, save)


def _take(request_id: int, trigger: str, kind: type[ReviewForm], chosen: str = "", also: Callable | None = None):
    """One step with its form: taken and said, or shown again with what is missing and all that was typed."""
    request = request_or_404(request_id)
    _must_be_theirs(request, trigger)
    form = kind(request)

    def save():
        with kept(sent_files()) as ready:
            fire = lambda: review.fire(request, trigger, me(), sent_version(), files=ready, **form.given())  # noqa: E731
            fresh = once(asked.form.get("once", ""), me(), fire)
        if also:
            also(fresh, form)
        return review_again(fresh, worded(REVIEW[trigger].done, fresh))

    return _submit(request, form, save, chosen)


def _submit(request: CancellationRequest, form: ReviewForm, save: Callable, chosen: str = ""):
    def again(status: int, fresh: CancellationRequest | None = None):
        said = Said(form=form, chosen=chosen, stale=status == 409)
        return show_review(fresh or request_or_404(request.id), said, status)

    return submit(form, save, again, lambda: request_or_404(request.id), form.known)


def _must_be_theirs(request: CancellationRequest, trigger: str) -> None:
    """Where another manager has it now nothing is drawn anew, so that what was typed stays where it is."""
    if not review.leads(request, trigger) or review.permits(request, trigger, me()):
        return
    raise Forbidden(trigger, review.whose(request, me()))
