"""Files of the deals that one may see."""

from flask import Blueprint, abort, render_template, request, send_file

from carmanana.activities import log
from carmanana.activities.models import Activity
from carmanana.deals.board import column_key
from carmanana.deals.models import Deal
from carmanana.files.keeping import INLINE, attach, kept, mail_in, path_of
from carmanana.files.models import Attachment
from carmanana.people.once import once
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import changed
from carmanana.web.loading import deal_or_404
from carmanana.web.signed import me
from carmanana.workflow import Refusal, Refused

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<id:file_id>")
@signed_in
def show(file_id: int):
    """Pictures and recordings of a short list of types in place; everything else as a download."""
    attachment = _file_or_404(file_id)
    if not path_of(attachment).exists():
        abort(404)
    inline = attachment.media_type in INLINE and request.args.get("download") != "1"
    response = send_file(path_of(attachment), attachment.media_type, not inline, attachment.name, conditional=True)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.get("/files/<id:file_id>/email")
@signed_in
def email(file_id: int):
    """A kept email, as text."""
    attachment = _file_or_404(file_id)
    if attachment.kind != "email" or not path_of(attachment).exists():
        abort(404)
    return render_template("files/email.html", attachment=attachment, mail=mail_in(attachment), deal=attachment.activity.deal)


def _file_or_404(file_id: int) -> Attachment:
    found = Attachment.select(Attachment, Activity, Deal).join(Activity).join(Deal).where(Attachment.id == file_id)
    return found.where(Deal.visible(me())).first() or abort(404)


@blueprint.post("/deals/<id:deal_id>/files")
@allow("agent", "manager", "retention")
def add(deal_id: int):
    """Files without a contact of their own come with a note."""
    deal = deal_or_404(deal_id)
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        raise Refused([Refusal("files", "Choose a file first.")], deal)
    names = ", ".join(file.filename for file in files)[:300]
    with kept(files) as ready:
        once(request.form.get("once", ""), me(), lambda: attach(log.log(deal, me(), "note", names, subject="Files added"), ready, me()))
    return changed(Deal.get_by_id(deal.id), column_key(deal), "The files are with the deal" if len(files) > 1 else "The file is with the deal")


