"""The dialog of a step for many records: its fields, and what would become of each."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.bulk.forms import sent_choice
from carmanana.bulk.kinds import KINDS, Kind, kind_of
from carmanana.bulk.preview import preview
from carmanana.bulk.selection import Found
from carmanana.bulk.subjects import Subject, subject_of
from carmanana.core.fields import CHOICE, PERSON, RECORD, SELECT
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.bulk import BulkRun
from carmanana.web.addresses import local_address
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import htmx, page_behind, partial, pieces

DECIDING = (CHOICE, PERSON, RECORD, SELECT)


def said(run: BulkRun) -> str:
    """What the run does, in words: "moved to Contacted"."""
    kind = kind_of(run.subject, run.kind)
    return kind.done(kind.recalled(run.given))


class Asked:
    """A request for a step: the kind, the records as far as they are seen, and the form."""

    def __init__(self, code: str):
        self.kind: Kind = KINDS[code]
        if not self.kind.may(me()):
            raise Forbidden(code)
        self.chosen, self.again = sent_choice(self.kind)
        self.records = self.chosen.records(me())
        if not self.records:
            self._nothing()
        self.form = form_class(self.kind.fields)(self.records, me())

    def _nothing(self):
        """Numbers that nobody picked from a page of theirs are a 404; to pick none, or a filter that finds none, is a
        mistake."""
        if not self.again and self.chosen.versions:
            abort(404)
        raise Refused([Refusal("none", f"Select {self.subject.word}s first.")])

    @property
    def subject(self) -> Subject:
        return subject_of(self.kind.model)

    @property
    def back(self) -> str:
        """The page that they were selected on."""
        behind = page_behind()
        here = f"{behind.path}?{behind.query}" if behind.query else behind.path
        plain = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
        return local_address(request.form.get("back", "") or here or plain)[:500]

    @property
    def context(self) -> dict:
        lines, drawn = self.chosen.lines(self.records), self.form.drawn
        numbers = " ".join(f"{number}.{version}" if version else str(number) for number, version in lines)
        seen = self.again | {"seen": str(len(lines))} if isinstance(self.chosen, Found) else {"chosen": numbers}
        gone = len(lines) - len(self.records)
        return {
            "kind": self.kind,
            "subject": self.subject,
            "form": self.form,
            "hidden": seen,
            "total": len(lines),
            "deciding": DECIDING,
            "undecided": any(field.kind in DECIDING and not control.data for field, control in drawn),
            "preview": preview(self.kind, self.records, me(), self.form.given(), gone),
        }


def dialog(asked: Asked, status: int = 200):
    here = url_for("bulk.begin", kind=asked.kind.code)
    return show_dialog("bulk/ask.html", asked.kind.title, asked.back, status, form_action=here, **asked.context)


def preview_again(asked: Asked):
    """The preview and the button for another target, into the dialog that is open."""
    if not htmx:
        return dialog(asked)
    context = asked.context
    parts = (
        partial("#bulk-preview", render_template("bulk/_preview.html", **context)),
        partial("#bulk-verb", render_template("bulk/_verb.html", **context), "outerHTML"),
    )
    return pieces(*parts, HX_Reswap="none")
