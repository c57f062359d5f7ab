"""Every verb of every machine over HTTP: GET shows its dialog, POST takes the step. The one place where what a step or
a record form may run into becomes an answer: Refused 422, Stale 409 with both versions, what was typed kept."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, request, url_for

from carmanana.contacting.attachments import kept
from carmanana.core.db import Record, Stale
from carmanana.core.idempotency import arrived, once
from carmanana.core.verbs import Catalogue, Verb
from carmanana.core.workflow import Refusal, Refused
from carmanana.web.access import allow
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm
from carmanana.web.forms.edit_conflicts import show_conflict
from carmanana.web.forms.records import RecordForm, form_class
from carmanana.web.loading import sent_version
from carmanana.web.wording import submit_label_of, title_of, worded

SENT_BEFORE = "This form was sent before, for something else. Reload the page and fill it in again."


def submit(
    form: DealershipForm,
    save: Callable,
    again: Callable,
    reload: Callable[[], Record] | None = None,
    known: Callable[[Record], dict | Record] | None = None,
    told_of: Callable[[Record], Record] = lambda record: record,
):
    """Save what was sent. What is not valid or refused comes back by `again(status)`; what somebody else was quicker
    with as well, beside what stands now, where it is said what the form is drawn from (`known`): `reload` is the record
    then, where more of it is read than what was changed, `told_of` the record whose history says who was quicker."""
    if not form.validate():
        return again(422)
    try:
        return save()
    except Refused as refused:
        form.refuse(refused.without_frames())
        return again(429 if refused.refusals[0].code == "throttled" else 422)
    except Stale as stale:
        if known is None:
            raise
        fresh = reload() if reload else stale.record
        stands = known(fresh)
        show_conflict(form, told_of(fresh), **({"data": stands} if isinstance(stands, dict) else {"obj": stands}))
        return again(409, fresh)


def ask(form: DealershipForm, save: Callable, again: Callable, *about, **more):
    """GET shows the form; POST saves what was sent, as `submit` does."""
    return again(200) if request.method == "GET" else submit(form, save, again, *about, **more)


@dataclass
class Steps:
    """A catalogue behind a blueprint. `load` reads a record through what the person may see, or aborts with 404;
    `changed(record, before, words, undo)` answers a step that was taken; `page` is the endpoint of the record's page
    and `argument` its name in addresses; `templates` and `forms` are those that the fields alone can't make, `takes`
    steps that do more than fire, all by trigger; `summary` is the template of the line under a dialog's title, `beside`
    what else a dialog is drawn from; `undone(record, before)` answers a step that was taken back; `without` are the
    triggers that have a page of their own; `prefix` begins the addresses, where the blueprint's own is too short, and
    `ids` the ids of the fields, where a dialog opens over a page that has some of the same."""

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
    takes: dict[str, Callable] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    prefix: str = ""
    ids: str = ""
    undone: Callable | None = None

    def register(self) -> None:
        STEPS[self.catalogue.model] = self
        verbs = [verb for verb in self.catalogue if verb.trigger not in self.without]
        for path in dict.fromkeys(verb.last_part for verb in verbs):
            self._register(path, [verb for verb in verbs if verb.last_part == path])

        if self.catalogue.workflow.undoing:
            self._register_undo()

    def _register_undo(self) -> None:
        def view(**arguments):
            return self.undo(self.load(arguments[self.argument]), sent_version())

        address = f"{self.prefix}/<id:{self.argument}>/undo"
        self.blueprint.add_url_rule(address, "undo", allow(*self.roles)(view), methods=["POST"])

    def _register(self, path: str, verbs: list[Verb]) -> None:
        methods = ["GET", "POST"] if any(verb.asks for verb in verbs) else ["POST"]
        roles = {role for verb in verbs for role in verb.roles or self.roles}

        def view(**arguments):
            return self.answer(arguments[self.argument], path)

        address = f"{self.prefix}/<id:{self.argument}>/{path}"
        self.blueprint.add_url_rule(address, path.replace("-", "_"), allow(*sorted(roles))(view), methods=methods)

    # one request

    def answer(self, number: int, path: str):
        record = self.load(number)
        verb = self.catalogue.at(path, record, me())
        self.catalogue.must_lead(verb, record, me())
        form = self.form_of(record, verb)
        if not verb.asks:
            return self._take(record, verb, form)
        self._refuse_outright(record, verb)
        if request.method == "GET":
            return self.dialog(record, verb, form)
        return submit(
            form,
            lambda: self._take(record, verb, form),
            lambda status, fresh=record: self.dialog(fresh, verb, form, status),
            lambda: self.load(number),
            lambda fresh: self.form_of(fresh, verb, empty=True).data,
        )

    def _refuse_outright(self, record: Record, verb: Verb) -> None:
        """What no form can mend is said before anybody types; a form that has made something already is let through,
        and one over a newer version hears of that first."""
        refusal = self._outright(record, verb)
        refused = refusal and not refusal.field and sent_version() in (None, record.version)
        if refused and not arrived(request.form.get("once", ""), me()):
            raise Refused([refusal], record, verb.trigger)

    def _outright(self, record: Record, verb: Verb) -> Refusal | None:
        """That it does not lead on from here, or what no form can mend; a dialog with a checklist says that itself."""
        workflow, asked = self.catalogue.workflow, (*verb.first, *verb.outright)
        if workflow.leads(record, verb.trigger) and (verb.checks or not asked):
            return None
        return workflow.first_of(asked, record, verb.trigger, me())

    def form_of(self, record: Record, verb: Verb, **kwargs) -> RecordForm:
        made = self.forms.get(verb.trigger) or form_class(verb.fields)
        form = made(record, me(), **kwargs)
        for each in form:
            each.id = self.ids + each.id
        return form

    def _take(self, record: Record, verb: Verb, form: RecordForm):
        version = sent_version() if verb.versioned else None
        with kept(form.files()) as files:
            given = form.given() | ({"files": files} if form.sends_files else {})
            take = self.takes.get(verb.trigger, self._fire)
            try:
                fresh = once(
                    request.form.get("once", ""), me(), lambda: take(record, verb.trigger, me(), version, form, given)
                )
            except (Refused, Stale):
                fresh = self.load(record.id)
                if not verb.stands(fresh, me()):
                    raise
        if not isinstance(fresh, self.catalogue.model):
            raise Refused([Refusal("sent_before", SENT_BEFORE)], record, verb.trigger)
        return self.changed(fresh, record, worded(verb.done, fresh), self._may_be_undone(record, verb, fresh))

    def _fire(self, record: Record, trigger: str, by, version: int | None, form, given: dict) -> Record:
        return self.catalogue.workflow.fire(record, trigger, by, version, **given)

    def _may_be_undone(self, before: Record, verb: Verb, fresh: Record) -> bool:
        workflow = self.catalogue.workflow
        taken = workflow.keeps(before, verb.trigger) and workflow.undoing.taken_by(fresh, me())
        return bool(taken) and (before.version != fresh.version or taken.verb == verb.trigger)

    def dialog(self, record: Record, verb: Verb, form: RecordForm, status: int = 200):
        checklist = self.catalogue.checklist(verb, record, me())
        return show_dialog(
            self.templates.get(verb.trigger, "shared/verb.html"),
            title_of(verb, record),
            url_for(self.page, **{self.argument: record.id}),
            status,
            record=record,
            summary=self.summary,
            verb=verb,
            form=form,
            checks=checklist,
            unmet=[check for check in checklist if check.bars],
            submit_label=submit_label_of(verb, record),
            intro=worded(verb.intro, record),
            note=worded(verb.note, record),
            here=verb.last_part,
            form_action=self.url(record, verb),
            **({"encoding": True} if form.sends_files else {}),
            **self.beside(record, verb),
        )

    def undo(self, record: Record, version: int | None):
        """Take back one's own last step, where it led to this version."""
        workflow = self.catalogue.workflow
        if version not in (None, record.version):
            raise Refused([workflow.undoing.moved_on(record, version)], record, "undo")
        fresh = workflow.fire(record, workflow.undoing.trigger(record), me(), version)
        return self.undone(fresh, record) if self.undone else self.changed(fresh, record, "Undone", False)

    def url(self, record: Record, verb: Verb) -> str:
        return url_for(f"{self.blueprint.name}.{verb.last_part.replace('-', '_')}", **{self.argument: record.id})


STEPS: dict[type[Record], Steps] = {}


def undo_url(record: Record) -> str:
    """Where the last step of a record is taken back."""
    steps = STEPS[type(record)]
    return address(f"{steps.blueprint.name}.undo", **{steps.argument: record.id})
