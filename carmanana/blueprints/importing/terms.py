"""How a file is to be read: its columns, its words, and a look at what will happen."""

from flask import render_template, request, url_for

from carmanana.core.workflow import Refused
from carmanana.importing import stored_sheets, uploading
from carmanana.importing.choices import Choices
from carmanana.importing.columns import FIELDS
from carmanana.importing.duplicates import CHOICES, LISTED
from carmanana.importing.files.encodings import NAMES
from carmanana.importing.files.unreadable import Unreadable
from carmanana.importing.kinds import KINDS
from carmanana.importing.preview import preview as tried
from carmanana.importing.readings import readings
from carmanana.importing.records.columns import fields_of
from carmanana.importing.terms import Terms, with_values, words_of
from carmanana.records.imports import ImportBatch
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

from .base import IMPORTERS, blueprint, upload_or_404
from .forms import ROWS, TermsForm, sent_columns, sent_look, sent_words


@blueprint.route("/<id:batch_id>/columns", methods=["GET", "POST"])
@allow(*IMPORTERS)
def columns(batch_id: int):
    batch = upload_or_404(batch_id)
    terms, choices = Terms.of(batch.mapping), Choices()
    form = TermsForm.of(terms, choices)
    head = stored_sheets.head(batch.stored)
    if request.method == "POST":
        sent_columns(terms)

    def save():
        form.correct(terms)
        uploading.set_terms(batch, with_values(terms, head, choices), me(), sent_version())
        return go(_next(batch, terms))

    def again(status: int):
        shown = {"batch": batch, "head": head, "terms": terms, "form": form}
        return render_template("importing/columns.html", **shown, **_lists(terms)), status

    return ask(form, save, again)


def _next(batch: ImportBatch, terms: Terms) -> str:
    return url_for("importing.words" if terms.mapped() else "importing.preview", batch_id=batch.id)


def _lists(terms: Terms) -> dict:
    return {"groups": _groups(terms), "kinds": KINDS, "readings": readings, "encodings": NAMES, "rows": ROWS}


def _groups(terms: Terms) -> dict[str, list]:
    groups: dict[str, list] = {}
    for field in fields_of(terms.kind).values():
        groups.setdefault(field.group, []).append(field)
    return groups


@blueprint.post("/<id:batch_id>/sheet")
@allow(*IMPORTERS)
def sheet(batch_id: int):
    batch = upload_or_404(batch_id)
    try:
        uploading.read_again(batch, me(), **sent_look(stored_sheets.head(batch.stored)))
    except Unreadable as unreadable:
        head, terms = stored_sheets.head(batch.stored), Terms.of(batch.mapping)
        form = TermsForm.of(terms, Choices())
        page = render_template(
            "importing/columns.html",
            batch=batch,
            head=head,
            terms=terms,
            form=form,
            **_lists(terms),
            error=unreadable.sentence,
        )
        return page, 422
    return go(url_for("importing.columns", batch_id=batch_id))


@blueprint.route("/<id:batch_id>/words", methods=["GET", "POST"])
@allow(*IMPORTERS)
def words(batch_id: int):
    batch = upload_or_404(batch_id)
    terms, choices, head = Terms.of(batch.mapping), Choices(), stored_sheets.head(batch.stored)
    if not terms.mapped():
        return go(url_for("importing.preview", batch_id=batch_id))
    if request.method == "POST":
        sent_words(terms, head, choices)
        uploading.set_terms(batch, terms, me(), sent_version())
        return go(url_for("importing.preview", batch_id=batch_id))
    listed = [(FIELDS[name], words_of(terms, head, name), choices.options(name)) for name in terms.mapped()]
    return render_template("importing/words.html", batch=batch, terms=terms, listed=listed)


@blueprint.get("/<id:batch_id>/preview")
@allow(*IMPORTERS)
def preview(batch_id: int):
    return preview_page(upload_or_404(batch_id))


def preview_page(batch: ImportBatch, refused: Refused | None = None) -> str:
    terms, head = Terms.of(batch.mapping), stored_sheets.head(batch.stored)
    return render_template(
        "importing/preview.html",
        batch=batch,
        terms=terms,
        head=head,
        preview=tried(batch, me()),
        refused=refused,
        choices=CHOICES,
        listed=LISTED,
        kinds=KINDS,
    )
