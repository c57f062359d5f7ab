"""What the guard found in what staff wrote, for managers and compliance."""

from flask import abort, render_template, request, url_for

from carmanana.contacting.phrase_check import findings as kept
from carmanana.contacting.phrase_check import wording
from carmanana.core.db import Stale
from carmanana.core.workflow import Refused
from carmanana.records.phrases import CONDUCT, REFUSING, SORTS, WARNING, Finding
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.edit_conflicts import overtake
from carmanana.web.forms import DealershipForm, WordsField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.paging import page_of

from .base import blueprint

KINDS = {name: SORTS[name] for name in (*REFUSING, *WARNING)} | CONDUCT
STANDINGS = {"open": ("To review", False), "done": ("Reviewed", True), "all": ("All", None)}


class ReviewForm(DealershipForm):
    note = WordsField("What came of it", most=kept.LONGEST_NOTE)


@blueprint.get("/findings/")
@allow("manager", "compliance", "crm_admin")
def findings():
    standing = request.args.get("standing", "open")
    standing = standing if standing in STANDINGS else "open"
    sort = request.args.get("sort", "") if request.args.get("sort") in KINDS else ""
    return render_template(
        "scripts/findings.html",
        page=page_of(kept.listed(sort, STANDINGS[standing][1])),
        standing=standing,
        standings={name: words for name, (words, _) in STANDINGS.items()},
        sort=sort,
        sorts=KINDS,
        waiting=kept.listed(reviewed=False).count(),
        may_review=kept.may_review(me()),
        may_write=wording.may_change(me()),
    )


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
