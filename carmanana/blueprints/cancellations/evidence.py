"""Calls and emails of an order that have no recording or file: attach it, or say why there is none."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.cancellations.base import MANAGERS, blueprint
from carmanana.blueprints.cancellations.review.answers import request_or_404, review_url, show_review
from carmanana.blueprints.cancellations.review.forms import EvidenceForm
from carmanana.blueprints.cancellations.review.page import Said, evidence_part
from carmanana.cancellations import evidence
from carmanana.contacting.attachments import kept
from carmanana.core.idempotency import once
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.sops import SOP_OUTCOME
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.fragments import go, htmx, partial, pieces
from carmanana.web.loading import sent_files
from carmanana.web.steps import submit


@blueprint.post("/cancellations/<id:request_id>/evidence")
@allow(*MANAGERS)
def explain(request_id: int):
    """Why these have no file, for one or several at once."""
    record = request_or_404(request_id)
    form = EvidenceForm(record)

    def save():
        evidence.explain(record, me(), _chosen(record), form.gap_reason.data or "")
        return _again(record, "The reason is written down")

    return submit(form, save, lambda status: _refused(record, form))


@blueprint.post("/cancellations/<id:request_id>/evidence/<id:activity_id>")
@allow(*MANAGERS)
def supply(request_id: int, activity_id: int):
    """The recording or the email itself, for a contact that is logged already."""
    record = request_or_404(request_id)
    activity = Activity.get_or_none(
        Activity.id == activity_id, Activity.deal == record.deal_id, Activity.kind.in_(evidence.EVIDENCED)
    ) or abort(404)
    if not sent_files():
        raise Refused([Refusal("files", "Choose a file first.", SOP_OUTCOME)])
    with kept(sent_files()) as ready:
        once(request.form.get("once", ""), me(), lambda: evidence.supply(record, me(), activity, ready))
    return _again(record, "The file is with the order")


def _chosen(record: CancellationRequest) -> list[Activity]:
    numbers = {
        int(sent) for sent in request.form.getlist("activities") if sent.isascii() and sent.isdigit() and len(sent) < 16
    }
    return [activity for activity in evidence.contacts(record.deal) if activity.id in numbers]


def _again(record: CancellationRequest, words: str):
    """The list alone, so that what is typed beside it stays."""
    if not htmx:
        return go(
            review_url(record)
            if not record.to_decide
            else url_for("cancellations.show", request_id=record.id, decide="cancel"),
            words,
        )
    return _list(record, Said(words))


def _refused(record: CancellationRequest, form: EvidenceForm):
    said = Said(form=form, chosen="cancel")
    return _list(record, said, 422) if htmx else show_review(record, said, 422)


def _list(record: CancellationRequest, said: Said, status: int = 200):
    html = render_template("cancellations/_evidence.html", evidence_said=said.words, **evidence_part(record, said))
    return pieces(partial("#evidence", html, "outerHTML"), status=status, HX_Reswap="none")
