"""What is known of a lead and said with them: contacts, next steps, what they want, what they agreed to."""

from collections.abc import Callable

from flask import abort, request, url_for

from carmanana.contacting import log
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden
from carmanana.leads import agreements, intake
from carmanana.leads.agreements import CONSENT, WITHDRAWAL
from carmanana.leads.lifecycle import may_work
from carmanana.records.activities import Activity
from carmanana.records.consents import Consent
from carmanana.records.leads import Lead
from carmanana.today.calendar_feed import file_of
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.files.calendars import calendar_file
from carmanana.web.forms.records import form_class
from carmanana.web.loading import sent_version
from carmanana.web.offline import saved_at
from carmanana.web.panels.composer import (
    KINDS,
    ContactForm,
    NewStepForm,
    StepDueForm,
    composer,
    first_kind,
    log_contact,
)
from carmanana.web.steps import submit

from .base import blueprint, lead_or_404

WORKERS = ("agent", "manager")


# contacts and next steps


@blueprint.route("/<id:lead_id>/contacts/new", methods=["GET", "POST"])
@allow(*WORKERS)
def contact(lead_id: int):
    """The composer, in a dialog or as a page of its own."""
    lead = _logged(lead_id)
    kind = request.args.get("kind")
    kind = kind if kind in KINDS else first_kind(False, lead.person)
    form = ContactForm(lead, data={"kind": kind, "direction": "out"})
    if request.method == "GET":
        return _contact(lead, form)
    return submit(
        form, lambda: _log(lead, form), lambda status, *_: _contact(lead, form, status), lambda: lead_or_404(lead_id)
    )


def _logged(lead_id: int) -> Lead:
    lead = lead_or_404(lead_id)
    if not log.may_log(lead, me()) or lead.converted:
        raise Forbidden("log")
    return lead


def _contact(lead: Lead, form: ContactForm, status: int = 200):
    return _dialog(
        "leads/contact.html", "Log a contact", lead, "leads.contact", form, status, encoding=True, **composer(lead)
    )


def _log(lead: Lead, form: ContactForm):
    entry = log_contact(lead, form)
    return changed(lead_or_404(lead.id), lead, f"The {entry.kind} is logged")


@blueprint.route("/<id:lead_id>/steps/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new_step(lead_id: int):
    lead = _logged(lead_id)
    return _step(lead, NewStepForm(lead), url_for("leads.new_step", lead_id=lead.id), lambda form: _add(lead, form))


def _add(lead: Lead, form: NewStepForm) -> str:
    assignee = form.assignee.person if form.assignee else None
    make = lambda: log.add_step(lead, me(), form.next_step.data or "", form.due_at.data, assignee)  # noqa: E731
    once(request.form.get("once", ""), me(), make)
    return "The next step is set"


@blueprint.route("/<id:lead_id>/steps/<id:lead_step_id>", methods=["GET", "POST"])
@allow(*WORKERS)
def edit_step(lead_id: int, lead_step_id: int):
    lead, step = _logged(lead_id), _step_of(lead_id, lead_step_id)
    form = StepDueForm(data={"next_step": step.subject, "due_at": step.due_at})
    action = url_for("leads.edit_step", lead_id=lead.id, lead_step_id=step.id)
    return _step(lead, form, action, lambda form: _move(step, form), step)


def _move(step: Activity, form: StepDueForm) -> str:
    log.move_step(step, me(), form.next_step.data or "", form.due_at.data, sent_version())
    return "The next step is moved"


@blueprint.get("/<id:lead_id>/steps/<id:lead_step_id>/next-step.ics")
@allow(*WORKERS)
def step_file(lead_id: int, lead_step_id: int):
    """For one's own calendar, as the feed has it."""
    return calendar_file(file_of(_step_of(lead_or_404(lead_id).id, lead_step_id)), "next-step")


@blueprint.post("/<id:lead_id>/steps/<id:lead_step_id>/done")
@allow(*WORKERS)
def step_done(lead_id: int, lead_step_id: int):
    lead, step = _logged(lead_id), _step_of(lead_id, lead_step_id)
    once(request.form.get("once", ""), me(), lambda: log.finish_step(step, me(), saved_at()))
    return changed(lead_or_404(lead_id), lead, "Done. Set the next step, or log what was said")


def _step_of(lead_id: int, step_id: int) -> Activity:
    found = Activity.select().where(Activity.id == step_id, Activity.lead == lead_id, Activity.kind == "task")
    return found.first() or abort(404)


def _step(lead: Lead, form, action: str, save: Callable, step: Activity | None = None):
    title = "Move the next step" if step else "Next step"

    def again(status: int, *_):
        return _dialog("leads/step.html", title, lead, action, form, status, step=step)

    if request.method == "GET":
        return again(200)
    return submit(form, lambda: changed(lead_or_404(lead.id), lead, save(form)), again, lambda: lead_or_404(lead.id))


# what they agreed to


@blueprint.route("/<id:lead_id>/consents/new", methods=["GET", "POST"])
@allow(*WORKERS)
def consent(lead_id: int):
    lead = _worked(lead_id)
    return _record(lead, "consent", "Consent", CONSENT, _agree, "check")


def _agree(lead: Lead, given: dict) -> str:
    once(request.form.get("once", ""), me(), lambda: agreements.agree(lead.person, me(), given))
    return "The consent is on file"


@blueprint.route("/<id:lead_id>/consents/<id:consent_id>/withdrawal", methods=["GET", "POST"])
@allow(*WORKERS)
def withdrawal(lead_id: int, consent_id: int):
    lead = _worked(lead_id)
    found = Consent.get_or_none(Consent.id == consent_id, Consent.person == lead.person) or abort(404)
    action = url_for("leads.withdrawal", lead_id=lead.id, consent_id=consent_id)
    return _record(lead, action, "Take the consent back", WITHDRAWAL, lambda lead, given: _withdraw(found, given), "x")


def _withdraw(found: Consent, given: dict) -> str:
    intake.withdraw(found, given["words"] or "", me())
    return "The consent is taken back"


def _worked(lead_id: int) -> Lead:
    lead = lead_or_404(lead_id)
    if not may_work(lead, me()):
        raise Forbidden("lead")
    return lead


# a dialog about a lead


def _record(
    lead: Lead, endpoint: str, title: str, described, save: Callable, icon: str, start=None, version="", record=None
):
    """A form of described fields: GET draws it, POST saves it and shows the lead again."""
    form = form_class(described)(record, me(), data=start or {})
    action = endpoint if endpoint.startswith("/") else url_for(f"leads.{endpoint}", lead_id=lead.id)

    def again(status: int, *_):
        return _dialog("leads/record.html", title, lead, action, form, status, icon_name=icon, drawn_version=version)

    if request.method == "GET":
        return again(200)
    done = lambda: changed(lead_or_404(lead.id), lead, save(lead, form.given()))  # noqa: E731
    return submit(form, done, again, lambda: lead_or_404(lead.id))


def _dialog(template: str, title: str, lead: Lead, action: str, form, status: int, **more):
    back = url_for("leads.show", lead_id=lead.id)
    action = action if action.startswith("/") else url_for(action, lead_id=lead.id)
    return show_dialog(
        template,
        title,
        back,
        status,
        **{"lead": lead, "form": form, "form_action": action} | more,
    )
