"""Files of the deals and leads that one may see."""

from flask import Blueprint, abort, render_template, request, url_for
from peewee import JOIN

from carmanana.boards.board import column_key
from carmanana.contacting.attachments import kept, path_of, read
from carmanana.contacting.mail.reading import as_shown
from carmanana.contacting.mail.receiving import take_in
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.mail import Letter
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.files.stored import serve
from carmanana.web.fragments import go
from carmanana.web.loading import deal_or_404, sent_files

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<id:file_id>")
@signed_in
def show(file_id: int):
    """Pictures and recordings of a short list of types in place; everything else as a download."""
    attachment = _file_or_404(file_id)
    return serve(attachment)


@blueprint.get("/files/<id:file_id>/email")
@signed_in
def email(file_id: int):
    """A kept email, as text."""
    attachment = _file_or_404(file_id)
    if attachment.kind != "email" or not path_of(attachment).exists():
        abort(404)
    about = attachment.activity
    return render_template(
        "files/email.html", attachment=attachment, mail=as_shown(read(attachment)), deal=about.deal, lead=about.lead
    )


def _file_or_404(file_id: int) -> Attachment:
    """Of a deal or a lead that this person may see."""
    found = Attachment.select(Attachment, Activity, Deal).join(Activity).join(Deal, JOIN.LEFT_OUTER)
    found = found.join_from(Activity, Lead, JOIN.LEFT_OUTER).where(Attachment.id == file_id)
    seen = (Deal.id.is_null(False) & Deal.visible(me())) | (Lead.id.is_null(False) & Lead.visible(me()))
    return found.where(seen).first() or abort(404)


@blueprint.post("/deals/<id:deal_id>/files")
@allow("agent", "manager", "retention")
def add(deal_id: int):
    """Files without a contact of their own come with a note; an email is read, and is a contact."""
    deal, files = deal_or_404(deal_id), sent_files()
    if not files:
        raise Refused([Refusal("files", "Choose a file first.")], deal)
    with kept(files) as ready:
        made = take_in(deal, me(), ready, request.form.get("once", ""))
    ours = next((one for one in made if isinstance(one, Letter)), None)
    if ours is not None and ours.draft:
        return go(url_for("letters.by_hand", letter_id=ours.id))
    return changed(Deal.get_by_id(deal.id), column_key(deal), _said(made, files))


def _said(made: list, files: list) -> str:
    mails = sum(one.kind == "email" for one in made if isinstance(one, Activity))
    if any(file.filename.lower().endswith(".msg") for file in files):
        return (
            "Outlook’s .msg files can’t be read here: it is kept as a document. Save an email as .eml and it is logged"
        )
    if mails:
        return "The email is logged with the deal" if mails == 1 else f"{mails} emails are logged with the deal"
    return "The files are with the deal" if len(files) > 1 else "The file is with the deal"
