"""What the guard found in what staff wrote, for managers and compliance."""

from flask import abort, url_for

from carmanana.compliance import findings as kept
from carmanana.compliance.finding_rules import LONGEST
from carmanana.records.compliance import Finding
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm, WordsField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

from .base import blueprint
from .lists import FINDINGS


class ReviewForm(DealershipForm):
    note = WordsField("What came of it", most=LONGEST)


@blueprint.get("/findings/")
@allow("manager", "compliance", "crm_admin")
def findings():
    return FINDINGS.answer()


@blueprint.route("/findings/<id:finding_id>/review", methods=["GET", "POST"])
@allow("manager", "compliance")
def review(finding_id: int):
    finding = Finding.get_or_none(Finding.id == finding_id) or abort(404)
    form = ReviewForm(obj=finding)

    def save():
        kept.review(finding, me(), sent_version() or 0, form.note.data or "")
        return go(url_for("scripts.findings"), "Reviewed")

    return ask(form, save, lambda status, fresh=finding: _dialog(form, fresh, status), known=lambda fresh: fresh)


def _dialog(form: ReviewForm, finding: Finding, status: int):
    return show_dialog(
        "scripts/finding.html",
        "Review a finding",
        url_for("scripts.findings"),
        status,
        form=form,
        form_action=url_for("scripts.review", finding_id=finding.id),
        finding=finding,
        stale=status == 409,
    )
