"""A step of the review taken from a dialog or from a form in the page."""

from collections.abc import Callable

from flask import Blueprint, render_template, request
from markupsafe import Markup

from carmanana.blueprints.cancellations.retention_forms import RequestForm
from carmanana.blueprints.cancellations.retention_page import answered, fire_once, place_of
from carmanana.cancellations.lifecycle import not_from_here, review
from carmanana.core.db import Stale
from carmanana.core.idempotency import arrived
from carmanana.core.workflow import Forbidden, Refused
from carmanana.records.cancellations import CancellationRequest
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.edit_conflicts import overtake
from carmanana.web.fragments import htmx, partial, pieces
from carmanana.web.loading import sent_version

blueprint = Blueprint("retention", __name__)


def must_permit(asked: CancellationRequest, trigger: str) -> None:
    """Who may not take the step at all is told so; a request that stands elsewhere says where."""
    if not review.leads(asked, trigger):
        if arrived(request.form.get("once", ""), me()):
            return
        raise Refused([not_from_here(asked, trigger)], asked, trigger)
    if not review.permits(asked, trigger, me()):
        raise Forbidden(trigger)


def take(asked: CancellationRequest, trigger: str, form: RequestForm, said: Callable, fire: Callable | None = None):
    """The page again where the step was taken, or the status of the form that is to be shown again."""
    rows = getattr(form, "rows", None)
    whole = form.validate()
    if not (rows is None or rows.valid()) or not whole:
        return 422
    try:
        fresh = (fire or fire_once)(asked, trigger, sent_version(), **form.given())
        return answered(fresh, said(fresh))
    except Refused as refused:
        form.refuse(refused)
    except Stale:
        overtake(form, CancellationRequest.get_by_id(asked.id))
        return 409
    return 422


def in_dialog(
    asked: CancellationRequest,
    trigger: str,
    form: RequestForm,
    template: str,
    title: str,
    said: Callable,
    fire=None,
    **context,
):
    """GET shows the dialog; POST takes the step, or shows what is missing."""
    must_permit(asked, trigger)
    status = 200
    if request.method == "POST":
        status = take(asked, trigger, form, said, fire)
        if not isinstance(status, int):
            return status
    asked = CancellationRequest.get_by_id(asked.id)
    return show_dialog(
        template,
        title,
        place_of(asked),
        status,
        asked=asked,
        deal=asked.deal,
        form=form,
        stale=status == 409,
        form_action=request.path,
        **context,
    )


def in_page(
    asked: CancellationRequest,
    trigger: str,
    form: RequestForm,
    template: str,
    title: str,
    said: Callable,
    draw: Callable,
):
    """A form of the desk or the review: refused, it comes back in its place (its id is the template's name), or as a page of its own.
    `draw` gives what its template is drawn from."""
    must_permit(asked, trigger)
    status = 200
    if request.method == "POST":
        status = take(asked, trigger, form, said)
        if not isinstance(status, int):
            return status
    asked = CancellationRequest.get_by_id(asked.id)
    html = render_template(template, stale=status == 409, **draw(asked, form))
    if htmx and request.method == "POST":
        return pieces(partial(_place_of(template), html, "outerHTML"), status=status, HX_Reswap="none")
    return render_template(
        "retention/form_page.html", title=title, asked=asked, form_html=Markup(html), back=place_of(asked)
    ), status


def _place_of(template: str) -> str:
    """retention/_plan_form.html stands in the page as #plan-form."""
    return "#" + template.rsplit("/", 1)[1].removeprefix("_").removesuffix(".html").replace("_", "-")
