"""The buyers list, and changing it: a cell, a block that was pasted, one column of many rows, or a file."""

import json

from flask import abort, render_template, request, url_for

from carmanana.blueprints.buyers.files import edits_of_file
from carmanana.blueprints.buyers.forms import CellForm, PlainForm
from carmanana.blueprints.buyers.lists import BUYERS, row_of
from carmanana.buyers import editing
from carmanana.buyers.cells import CELLS
from carmanana.buyers.editing import Edit
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.offered_vehicles import WantsChange
from carmanana.records.wanted import Wanted
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.filters import plural
from carmanana.web.fragments import go, page_behind, partial, pieces
from carmanana.web.lists import counts
from carmanana.web.loading import number_of, sent_files
from carmanana.web.steps import ask, submit

from .base import WORKERS, blueprint

HOW = ("paste", "bulk", "file")
MOST_ROWS = 500


@blueprint.get("/")
@signed_in
def index():
    return counts.asked_for(BUYERS) or BUYERS.answer(cells_of=CELLS)


@blueprint.post("/cell")
@allow(*WORKERS)
def cell():
    """One cell. The rows of the same assessment come back; where it is refused, or somebody was quicker, with what was
    typed."""
    key, text = request.form.get("key", ""), request.form.get("text", "")[:1_000]
    number = number_of(request.form.get("row", ""), 0)
    if key not in CELLS or not Wanted.visible_to(me()).where(Wanted.id == number).exists():
        abort(404)
    one = Edit(number, key, text, number_of(request.form.get("version", ""), None))
    form = CellForm()
    return submit(
        form,
        lambda: _saved(editing.edit(one, me()), number),
        lambda status, fresh=None: _again(one, form, status),
        known=lambda fresh: {},
    )


def _saved(change: WantsChange | None, number: int):
    return pieces(*_rows_with(number), _undo_toast(change, "Saved") if change else "", HX_Reswap="none")


def _again(one: Edit, form: CellForm, status: int):
    row = row_of(one.row)
    now = row.told(one.key, me().locale) if status == 409 else None
    sentence = editing.CHANGED if status == 409 else form.refused.refusals[0].sentence
    typed = {"key": one.key, "text": one.text, "error": sentence, "now": now}
    return pieces(_drawn(row, typed), status=status, HX_Reswap="none")


def _rows_with(number: int) -> list[str]:
    """All vehicles of the assessment, since some cells are of all of them."""
    row = row_of(number)
    return [_drawn(row_of(option.id)) for option in row.needs.wanted]


def _drawn(row, typed: dict | None = None) -> str:
    shown = request.form.get("columns", "").split(",")
    columns = [column for column in BUYERS.columns if column.key in shown or column.always]
    html = render_template("shared/_list_row_alone.html", list=BUYERS, row=row, columns=columns, typed=typed)
    return partial(f"#buyers-{row.id}", html, "outerHTML")


def _undo_toast(change: WantsChange, said: str) -> str:
    return partial("#toasts", render_template("buyers/_toast.html", change=change, text=said), "beforeend")


# many cells: first what would become of them, then they are written


@blueprint.post("/paste")
@allow(*WORKERS)
def paste():
    """A block from a spreadsheet, from one cell on."""
    rows = [number for one in request.form.get("rows", "").split(",") if (number := number_of(one, 0))]
    keys = [key for key in request.form.get("keys", "").split(",") if key in CELLS]
    versions = {
        row: number_of(version, None)
        for row, version in zip(rows, request.form.get("versions", "").split(","), strict=False)
    }
    cells = editing.block(request.form.get("text", ""))
    return _preview(
        "paste", "Paste", editing.pasted(cells, rows[:MOST_ROWS], keys, versions), note=_beyond(cells, rows, keys)
    )


def _beyond(cells: list[list[str]], rows: list[int], keys: list[str]) -> str:
    """What of a block has no place in the list as it is shown."""
    below, beside = len(cells) - len(rows[:MOST_ROWS]), max(map(len, cells)) - len(keys)
    told = [plural(count, word) for count, word in ((below, "row"), (beside, "column")) if count > 0]
    return f"The block reaches {' and '.join(told)} beyond the list as it is shown; that is left out." if told else ""


@blueprint.post("/bulk")
@allow(*WORKERS)
def bulk():
    """One column of the rows that are ticked."""
    rows = [number for one in request.form.getlist("ids")[:MOST_ROWS] if (number := number_of(one, 0))]
    key, text = request.form.get("key", ""), request.form.get("text", "")[:1_000]
    if key not in CELLS:
        abort(404)
    if not rows:
        return go(url_for("buyers.index"), "Tick the buyers that you mean first")
    return _preview("bulk", f"Change {CELLS[key].label.lower()}", [Edit(row, key, text) for row in rows])


@blueprint.route("/file", methods=["GET", "POST"])
@allow(*WORKERS)
def file():
    """A file that was exported from here and changed: what differs is written, once its preview is confirmed."""
    form = PlainForm()
    action, back = url_for("buyers.file"), url_for("buyers.index")
    return ask(
        form,
        lambda: _preview("file", "Changes of the file", *edits_of_file(sent_files())),
        lambda status, *_: show_dialog(
            "buyers/file.html", "Import", back, status, form=form, form_action=action, encoding=True
        ),
    )


def _preview(how: str, title: str, edits: list[Edit], note: str = "", status: int = 200, form: PlainForm | None = None):
    wrong = form.refused.refusals[0].sentence if form else ""
    if len(edits) > editing.MOST:
        status, wrong = 422, f"At most {editing.MOST:,} cells at once."
    lines = editing.preview(edits, me()) if not wrong else []
    good = [line for line in lines if not line.wrong]
    kept = json.dumps([[line.edit.row, line.edit.key, line.edit.text, line.edit.version] for line in good])
    return show_dialog(
        "buyers/preview.html",
        title,
        url_for("buyers.index"),
        status,
        lines=lines,
        good=good,
        kept=kept,
        how=how,
        wrong=wrong,
        note=note,
        form_action=url_for("buyers.apply"),
    )


@blueprint.post("/changes")
@allow(*WORKERS)
def apply():
    """Write what the preview showed; what cannot be written stays, and is told."""
    how = request.form.get("how", "")
    if how not in HOW:
        abort(404)
    form = PlainForm()
    return submit(form, lambda: _applied(how), lambda status, *_: _preview(how, "Changes", [], "", status, form))


def _applied(how: str):
    report = editing.edit_all(_sent_edits(), me(), how)
    said = f"{plural(report.done, 'cell')} changed"
    if report.left:
        said += f"; {len(report.left)} stayed as they were: {report.left[0][1]}"
    if report.change:
        return go(_with_filter(url_for("buyers.changed", change_id=report.change.id)), said)
    return go(_with_filter(url_for("buyers.index")), said)


def _with_filter(address: str) -> str:
    """The list goes on as it was looked at."""
    query = page_behind().query
    return f"{address}?{query}" if query and query.isprintable() else address


def _sent_edits() -> list[Edit]:
    try:
        sent = json.loads(request.form.get("edits", ""))
        edits = [Edit(int(row), str(key), str(text)[:1_000], version) for row, key, text, version in sent]
    except (ValueError, TypeError, RecursionError):
        edits = []
    whole = all(0 < one.row < 10**15 and one.key in CELLS and isinstance(one.version, int | None) for one in edits)
    if not edits or not whole:
        raise Refused([Refusal("edits", "There is nothing to change in what was sent. Paste or choose it again.")])
    return edits


# and back


@blueprint.get("/changes/<id:change_id>")
@allow(*WORKERS)
def changed(change_id: int):
    """What a change came to, with the way back."""
    change = _change_or_404(change_id)
    return BUYERS.answer(cells_of=CELLS, change=change if change.undone_at is None else None)


@blueprint.post("/changes/<id:change_id>/undo")
@allow(*WORKERS)
def undo(change_id: int):
    report = editing.undo(_change_or_404(change_id), me())
    said = "Undone" if not report.left else f"Undone, but for {len(report.left)} that somebody changed since"
    return go(_with_filter(url_for("buyers.index")), said)


def _change_or_404(change_id: int) -> WantsChange:
    return WantsChange.select().where(WantsChange.id == change_id, WantsChange.user == me()).first() or abort(404)
