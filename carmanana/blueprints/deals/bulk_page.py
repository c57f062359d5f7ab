"""The dialog of a step for many deals: its fields, and what would become of each deal."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.deals.board import stages_of_boards
from carmanana.blueprints.deals.bulk_forms import (
    BulkMoveForm,
    sent_choice,
)
from carmanana.bulk.kinds import KINDS, Kind, kind_of
from carmanana.bulk.preview import preview
from carmanana.bulk.selection import Chosen, Found
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.bulk import BulkRun
from carmanana.web.addresses import local_address
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import htmx, page_behind, partial, pieces
from carmanana.web.record_forms import form_class

FORMS = {"move": BulkMoveForm}
TEMPLATES = {"move": "bulk/move.html"}


def said(run: BulkRun) -> str:
    """What the run does, in words: "moved to Contacted"."""
    kind = kind_of(run.subject, run.kind)
    return kind.done(kind.recalled(run.given))


class Asked:
    """A request for a step: the kind, the deals as far as they are seen, and the form."""

    def __init__(self, name: str):
        self.kind: Kind = KINDS[name]
        if not self.kind.may(me()):
            raise Forbidden(name)
        self.chosen: Chosen = sent_choice()
        self.deals = self.chosen.deals(me())
        if not self.deals:
            _nothing(self.chosen)
        self.form = (FORMS.get(name) or form_class(self.kind.verb.fields))(None, me())
        pipelines = {deal.pipeline_id for deal in self.deals}
        if isinstance(self.form, BulkMoveForm):
            self.form.offer([stage for stage in stages_of_boards() if stage.pipeline_id in pipelines])

    @property
    def back(self) -> str:
        """The page that the deals were selected on."""
        behind = page_behind()
        here = f"{behind.path}?{behind.query}" if behind.query else behind.path
        plain = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
        return local_address(request.form.get("back", "") or here or plain)[:500]

    @property
    def context(self) -> dict:
        found = self.chosen if isinstance(self.chosen, Found) else None
        lines = self.chosen.lines(self.deals)
        return {
            "kind": self.kind,
            "form": self.form,
            "found": found,
            "chosen": ""
            if found
            else " ".join(f"{number}.{version}" if version else str(number) for number, version in lines),
            "total": len(lines),
            "undecided": any(name in self.form and not self.form[name].data for name in ("stage", "owner")),
            "preview": preview(self.kind, self.deals, me(), self.form.given(), len(lines) - len(self.deals)),
        }


def _nothing(chosen: Chosen):
    """Numbers that nobody picked from a page of theirs are a 404; to pick none, or a filter that finds none, is a mistake."""
    if not isinstance(chosen, Found) and chosen.versions:
        abort(404)
    raise Refused([Refusal("none", "Select deals first.")])


def dialog(asked: Asked, status: int = 200):
    here = url_for("bulk.begin", kind=asked.kind.name)
    return show_dialog(
        TEMPLATES.get(asked.kind.name, "bulk/_ask.html"),
        asked.kind.title,
        asked.back,
        status,
        form_action=here,
        **asked.context,
    )


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
