"""Every verb of every machine over HTTP: GET shows its dialog, POST takes the step. The one place where what a step or
a record form may run into becomes an answer: Refused 422, Stale 409 with both versions, what was typed kept."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, request, url_for

from carmanana.contacting.attachments import kept
from carmanana.core.db import Record, Stale
from carmanana.core.idempotency import arrived, once
from carmanana.core.verbs import Catalogue, Verb, said
from carmanana.core.workflow import Refused
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.edit_conflicts import overtake
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.record_forms import RecordForm, form_class


def submit(
    form: DealershipForm,
    save: Callable,
    again: Callable,
    reload: Callable[[], Record],
    known: Callable[[Record], dict] = lambda record: {},
):
    """Save what was sent. What is not valid or refused comes back by `again(status)`; what somebody else was quicker
    with as well, beside what stands now: `reload` is the record then, `known` what the form is drawn from."""
    if not form.validate():
        return again(422)
    try:
        return save()
    except Refused as refused:
        form.refuse(refused.without_frames())
        return again(422)
    except Stale:
        fresh = reload()
        overtake(form, fresh, data=known(fresh))
        return again(409, fresh)


@dataclass
class Steps:
    """A catalogue behind a blueprint. `load` reads a record through what the person may see, or aborts with 404;
    `changed(record, before, words, undo)` answers a step that was taken; `page` is the endpoint of the record's page and
    `argument` its name in addresses; `templates` and `forms` are those that the fields alone can't make, by trigger; `summary` is the template
    of the line under a dialog's title."""

    blueprint: Blueprint
    catalogue: Catalogue
    load: Callable[[int], Record]
    changed: Callable
    page: str
    argument: str
    roles: tuple[str, ...]
    templates: dict[str, str] = field(default_factory=dict)
    forms: dict[str, type[RecordForm]] = field(default_factory=dict)
    summary: str = ""
    beside: Callable[[Record, Verb], dict] = lambda record, verb: {}

    def register(self) -> None:
        for path in self.catalogue.paths:
            self._register(path)

    def _register(self, path: str) -> None:
        def view(**arguments):
            return self.answer(arguments[self.argument], path)

        address = f"/<id:{self.argument}>/{path}"
        self.blueprint.add_url_rule(address, path.replace("-", "_"), allow(*self.roles)(view), methods=["GET", "POST"])

    # one request

    def answer(self, number: int, path: str):
        record = self.load(number)
        verb = self.catalogue.at(path, record, me())
        self.catalogue.must_lead(verb, record, me())
        self._refuse_outright(record, verb)
        form = self.form_of(record, verb)
        if request.method == "GET":
            return self.dialog(record, verb, form) if verb.asks else self._to_its_page(record)
        return submit(
            form,
            lambda: self._take(record, verb, form),
            lambda status, fresh=record: self.dialog(fresh, verb, form, status),
            lambda: self.load(number),
            lambda fresh: self.form_of(fresh, verb, empty=True).data,
        )

    def _refuse_outright(self, record: Record, verb: Verb) -> None:
        """What no form can mend is said before anybody types; a form that has made something already is let through."""
        refusal = self.catalogue.workflow.first_of(verb.first, record, verb.trigger, me()) if verb.first else None
        if refusal and not refusal.field and not verb.checks and not arrived(request.form.get("once", ""), me()):
            raise Refused([refusal], record, verb.trigger)

    def form_of(self, record: Record, verb: Verb, **kwargs) -> RecordForm:
        made = self.forms.get(verb.trigger) or form_class(verb.fields)
        return made(record, me(), **kwargs)

    def _take(self, record: Record, verb: Verb, form: RecordForm):
        fire = self.catalogue.workflow.fire
        with kept(form.files()) as files:
            given = form.given() | ({"files": files} if form.sends_files else {})
            take = lambda: fire(record, verb.trigger, me(), sent_version(), **given)  # noqa: E731
            fresh = once(request.form.get("once", ""), me(), take)
        return self.changed(fresh, record, said(verb.done, fresh), verb.undo)

    def dialog(self, record: Record, verb: Verb, form: RecordForm, status: int = 200):
        checklist = self.catalogue.checklist(verb, record, me())
        title = said(verb.title or verb.label, record)
        return show_dialog(
            self.templates.get(verb.trigger, "shared/verb.html"),
            title,
            url_for(self.page, **{self.argument: record.id}),
            status,
            record=record,
            summary=self.summary,
            verb=verb,
            form=form,
            stale=status == 409,
            checks=checklist,
            unmet=[check for check in checklist if check.refusal],
            submit_label=said(verb.submit or verb.label, record).removesuffix("…"),
            note=said(verb.note, record),
            form_action=self.url(record, verb),
            **({"encoding": True} if form.sends_files else {}),
            **self.beside(record, verb),
        )

    def _to_its_page(self, record: Record):
        return go(url_for(self.page, **{self.argument: record.id}))

    def url(self, record: Record, verb: Verb) -> str:
        return url_for(f"{self.blueprint.name}.{verb.last_part.replace('-', '_')}", **{self.argument: record.id})
