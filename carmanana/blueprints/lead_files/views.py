"""Files of leads: dropped or chosen, looked at with possible duplicates, taken in."""

from flask import Blueprint, abort, render_template, request, url_for

from carmanana.core.idempotency import once
from carmanana.leads import lead_files
from carmanana.leads.prospects.prospect import MOST_BYTES
from carmanana.records.inquiries import LeadFile
from carmanana.records.people import AGENT, MANAGER
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go
from carmanana.web.loading import sent_files
from carmanana.web.steps import submit

blueprint = Blueprint("lead_files", __name__, url_prefix="/leads/files")


class FilesForm(DealershipForm):
    """The files themselves are read beside it."""


@blueprint.get("/")
@allow(AGENT, MANAGER)
def index():
    return _index(FilesForm(empty=True))


def _index(form: FilesForm, status: int = 200):
    return render_template("lead_files/index.html", form=form, waiting=lead_files.waiting(me())), status


@blueprint.post("/")
@allow(AGENT, MANAGER)
def upload():
    form = FilesForm()
    sent = [(file.filename or "file", file.stream.read(MOST_BYTES + 1)) for file in sent_files()]

    def save():
        first = once(request.form.get("once", ""), me(), lambda: lead_files.receive(me(), sent)[0])
        return go(url_for("lead_files.show", lead_file_id=first.id))

    return submit(form, save, lambda status: _index(form, status), lambda: None)


@blueprint.get("/<id:lead_file_id>")
@allow(AGENT, MANAGER)
def show(lead_file_id: int):
    return _preview(_mine_or_404(lead_file_id), FilesForm(empty=True))


def _preview(file: LeadFile, form: FilesForm, status: int = 200):
    """What was chosen stays chosen."""
    rows = lead_files.preview(file, me())
    chosen = {row.number: request.form.get(f"who-{row.number}") or row.likeliest for row in rows}
    unreachable = lead_files.out_of_reach(file, me())
    page = render_template(
        "lead_files/preview.html", file=file, rows=rows, chosen=chosen, form=form, unreachable=unreachable
    )
    return page, status


@blueprint.post("/<id:lead_file_id>")
@allow(AGENT, MANAGER)
def take(lead_file_id: int):
    file, form = _mine_or_404(lead_file_id), FilesForm()

    def save():
        leads = lead_files.take(file, me(), _choices())
        rest, made = lead_files.waiting(me()), f"{len(leads):,} {'lead is' if len(leads) == 1 else 'leads are'} here"
        return go(url_for("lead_files.show", lead_file_id=rest[0].id) if rest else url_for("leads.index"), made)

    return submit(form, save, lambda status: _preview(file, form, status), lambda: file)


def _choices() -> dict[int, str]:
    sent = ((name.removeprefix("who-"), value) for name, value in request.form.items() if name.startswith("who-"))
    return {int(number): value for number, value in sent if number.isascii() and number.isdigit() and len(number) < 5}


@blueprint.post("/<id:lead_file_id>/discard")
@allow(AGENT, MANAGER)
def discard(lead_file_id: int):
    lead_files.discard(_mine_or_404(lead_file_id), me())
    return go(url_for("lead_files.index"), "The file is discarded")


def _mine_or_404(lead_file_id: int) -> LeadFile:
    """Somebody else's, and one that was taken in, is none."""
    mine = (LeadFile.id == lead_file_id) & (LeadFile.user == me()) & LeadFile.taken_at.is_null()
    return LeadFile.get_or_none(mine) or abort(404)
