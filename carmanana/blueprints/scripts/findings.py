"""What the guard found in what staff wrote, for managers and compliance."""

from flask import abort, request, url_for

from carmanana.contacting.phrase_check import findings as kept
from carmanana.core.db import Stale
from carmanana.core.workflow import Refused
from carmanana.records.phrases import Finding
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.edit_conflicts import overtake
from carmanana.web.forms import DealershipForm, WordsField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version

from .base import blueprint
from .lists import FINDINGS


class ReviewForm(DealershipForm):
    note = WordsField("What came of it", most=kept.LONGEST_NOTE)


@blueprint.get("/findings/")
@allow("manager", "compliance", "crm_admin")
def findings():
    return FINDINGS.answer()


@blueprint.route("/findings/<id:finding_id>/review", methods=["GET", "POST"])
@allow("manager", "compliance")
def review(finding_id: int):
    finding, status = (
        Finding.get_or_none(Finding.id == finding_id) or abort(404),
        200 if request.method == "GET" else 422,
    )
    form = ReviewForm(obj=finding)
    if form.sent():
        try:
            kept.review(finding, me(), sent_version() or 0, form.note.data or "")
            return go(url_for("scripts.findings"), "Reviewed")
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            finding, status = stale.record, 409
            overtake(form, finding, obj=finding)
    return show_dialog(
        "scripts/finding.html",
        "Review a finding",
        url_for("scripts.findings"),
        status,
        form=form,
        form_action=url_for("scripts.review", finding_id=finding_id),
        finding=finding,
        stale=status == 409,
    )
