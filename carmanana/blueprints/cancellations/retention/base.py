"""A step of the review taken from a dialog or from a form in the page."""

from collections.abc import Callable

from flask import Blueprint, render_template, request
from markupsafe import Markup

from carmanana.blueprints.cancellations.retention.forms import RequestForm
from carmanana.blueprints.cancellations.retention.page import answered, fire_once, place_of
from carmanana.cancellations.lifecycle import not_from_here, review
from carmanana.cancellations.verbs import REVIEW
from carmanana.core.idempotency import arrived
from carmanana.core.workflow import Forbidden, Refused
from carmanana.records.cancellations import CancellationRequest
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import htmx, partial, pieces, wants_fragment
from carmanana.web.loading import sent_version
from carmanana.web.steps import submit
from carmanana.web.wording import submit_label_of, title_of, worded

blueprint = Blueprint("retention", __name__)


def must_permit(asked: CancellationRequest, trigger: str) -> None:
    """Who may not take the step at all is told so; a request that stands elsewhere says where."""
    if not review.leads(asked, trigger):
        if arrived(request.form.get("once", ""), me()):
            return
        raise Refused([not_from_here(asked, trigger)], asked, trigger)
    if not review.permits(asked, trigger, me()):
        raise Forbidden(trigger, review.whose(asked, me()))


def _done(fresh: CancellationRequest, trigger: str) -> str:
    return worded(REVIEW[trigger].done, fresh)


def take(
    asked: CancellationRequest, trigger: str, form: RequestForm, again: Callable, fire=None, said: Callable = _done
):
    """The page again where the step was taken, or the form `again`; `said` is the toast."""
    rows = getattr(form, "rows", None)
    whole = form.validate()
    if not (rows is None or rows.valid()) or not whole:
        return again(422)

    def save():
        fresh = (fire or fire_once)(asked, trigger, sent_version(), **form.given())
        return answered(fresh, said(fresh, trigger))

    return submit(form, save, again, lambda: CancellationRequest.get_by_id(asked.id), lambda fresh: {})


def in_dialog(
    asked: CancellationRequest,
    trigger: str,
    form: RequestForm,
    template: str,
    fire=None,
    said: Callable = _done,
    **context,
):
    """GET shows the dialog; POST takes the step, or shows what is missing."""
    must_permit(asked, trigger)

    def again(status: int, newer: CancellationRequest | None = None):
        fresh = newer or CancellationRequest.get_by_id(asked.id)
        verb = REVIEW[trigger]
        shown = {"asked": fresh, "deal": fresh.deal, "form": form, "verb": verb, "form_action": request.path}
        shown["submit_label"] = submit_label_of(verb, fresh)
        return show_dialog(template, title_of(verb, fresh), place_of(fresh), status, **shown, **context)

    return again(200) if request.method == "GET" else take(asked, trigger, form, again, fire, said)


def in_page(asked: CancellationRequest, trigger: str, form: RequestForm, template: str, **context):
    """A form of the desk or the review, asked for when it is chosen there: refused, it comes back in its place (its id
    is the template's name), or as a page of its own."""
    must_permit(asked, trigger)

    def again(status: int, newer: CancellationRequest | None = None):
        fresh = newer or CancellationRequest.get_by_id(asked.id)
        html = render_template(template, asked=fresh, verbs=REVIEW, form=form, stale=status == 409, **context)
        if htmx and request.method == "POST":
            return pieces(partial(_place_of(template), html, "outerHTML"), status=status, HX_Reswap="none")
        if wants_fragment():
            return html
        page = {
            "title": title_of(REVIEW[trigger], fresh),
            "asked": fresh,
            "form_html": Markup(html),
            "back": place_of(fresh),
        }
        return render_template("retention/form_page.html", **page), status

    return again(200) if request.method == "GET" else take(asked, trigger, form, again)


def _place_of(template: str) -> str:
    """retention/_plan_form.html stands in the page as #plan-form."""
    return "#" + template.rsplit("/", 1)[1].removeprefix("_").removesuffix(".html").replace("_", "-")
