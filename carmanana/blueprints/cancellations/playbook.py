"""The answer to a step of the playbook; only who is to save the order is asked (SOP 2)."""

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from carmanana.blueprints.cancellations.playbook_panel import Step, playbook, step_of
from carmanana.blueprints.cancellations.retention.page import case_request_or_404, place_of
from carmanana.cancellations.playbook import answering
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.playbook import STEPS
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.forms.edit_conflicts import show_conflict
from carmanana.web.fragments import go, htmx, partial, pieces, toast, wants_fragment
from carmanana.web.loading import sent_version
from carmanana.web.steps import submit

blueprint = Blueprint("playbook", __name__)


@blueprint.route("/cancellations/<id:request_id>/playbook/<step>", methods=["GET", "POST"])
@allow("manager", "retention")
def answer(request_id: int, step: str):
    asked = case_request_or_404(request_id)
    if step not in STEPS:
        abort(404)
    if request.method == "GET":
        return _opened(asked, step)
    sent = step_of(asked, step)

    def save():
        answering.answer(asked, step, me(), version=sent_version(), **sent.form.given())
        return _panel(asked, "Noted")

    def again(status: int, newer: CancellationRequest | None = None):
        return _panel(asked, "", _newer(asked, sent) if newer else sent, status)

    return submit(sent.form, save, again, lambda: asked, lambda newer: sent.known)


@blueprint.get("/cancellations/<id:request_id>/playbook")
@allow("manager", "retention")
def show(request_id: int):
    """All of it, beside the review that asks for it."""
    asked = case_request_or_404(request_id)
    return _page(asked, render_template("playbook/_panel.html", playbook=playbook(asked)))


def _opened(asked: CancellationRequest, key: str):
    """A step with its form, which is asked for when it is opened."""
    panel = playbook(asked, opens=key)
    if not panel.may_answer:
        return go(place_of(asked) + "#playbook")
    if wants_fragment():
        step = next(one for one in panel.steps if one.key == key)
        return render_template("playbook/_step_form.html", playbook=panel, step=step, asked=asked)
    return _page(asked, render_template("playbook/_panel.html", playbook=panel))


def _page(asked: CancellationRequest, html: str):
    if wants_fragment():
        return html
    return render_template("playbook/page.html", asked=asked, panel_html=Markup(html), back=place_of(asked))


def _newer(asked: CancellationRequest, sent: Step) -> Step:
    """What was typed, over the answer that somebody else has given meanwhile."""
    fresh = step_of(asked, sent.key)
    fresh.stale = True
    show_conflict(fresh.form, asked, data=fresh.known)
    return fresh


def _panel(asked: CancellationRequest, said: str, sent: Step | None = None, status: int = 200):
    """The panel alone, so that what is typed beside it stays."""
    if not htmx and sent is None:
        return go(place_of(asked) + "#playbook", said)
    fresh = CancellationRequest.get_by_id(asked.id)
    html = render_template("playbook/_panel.html", playbook=playbook(fresh, sent=sent))
    if not htmx:
        return _page(fresh, html), status
    said_too = [toast(said)] if said else []
    return pieces(partial("#playbook", html, "outerHTML"), *said_too, status=status, HX_Reswap="none")
