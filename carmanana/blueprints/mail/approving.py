"""A manager reads an email that nobody could check, and approves it or sends it back."""

from flask import abort, url_for

from carmanana import worker
from carmanana.blueprints.mail.base import blueprint
from carmanana.blueprints.mail.forms import ApprovalForm
from carmanana.boards.board import column_key
from carmanana.contacting.mail import approving
from carmanana.core.db import Stale
from carmanana.records.deals import Deal
from carmanana.records.mail import Letter
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.loading import letter_or_404, sent_version
from carmanana.web.steps import ask


@blueprint.route("/letters/<id:letter_id>/approval", methods=["GET", "POST"])
@allow("manager")
def approval(letter_id: int):
    letter, form = letter_or_404(letter_id), ApprovalForm()
    if letter.author_id == me().id:
        abort(404)
    if not letter.awaits_approval:
        raise Stale(letter)
    return ask(form, lambda: _decided(letter, form), lambda status: _dialog(letter, form, status))


def _dialog(letter: Letter, form: ApprovalForm, status: int):
    action = url_for("letters.approval", letter_id=letter.id)
    back = url_for("deals.show", deal_id=letter.deal_id)
    return show_dialog(
        "letters/approval.html",
        letter.subject,
        back,
        status,
        letter=letter,
        deal=letter.deal,
        form=form,
        form_action=action,
    )


def _decided(letter: Letter, form: ApprovalForm):
    version = sent_version() or 0
    if form.decision.data == "approve":
        approving.approve(letter, me(), version)
        worker.nudge()
        said = "The email is approved"
    else:
        approving.send_back(letter, me(), version, form.reason.data or "")
        said = "The email is sent back"
    return changed(Deal.get_by_id(letter.deal_id), column_key(letter.deal), said)
