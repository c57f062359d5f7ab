"""What is said on a case: contacts and notes by the one log, and the next steps that they lead to."""

from flask import abort, request, url_for

from carmanana.cases.rules import EDITORS
from carmanana.contacting import log
from carmanana.core.workflow import Forbidden
from carmanana.records.activities import KINDS, Activity
from carmanana.records.customer_cases import CustomerCase
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.loading import sent_version
from carmanana.web.panels.composer import ContactForm, StepDueForm, composer, log_contact
from carmanana.web.steps import ask, submit

from .base import blueprint, case_or_404


@blueprint.route("/cases/<id:case_id>/contacts/new", methods=["GET", "POST"])
@allow(*EDITORS)
def contact(case_id: int):
    """The composer, in a dialog or as a page of its own."""
    case = _worked(case_id)
    form = ContactForm(case, data={"kind": "call", "direction": "out"})

    def again(status: int, *_):
        return _dialog("cases/contact.html", "Log a contact", case, "cases.contact", form, status, **composer(case))

    if request.method == "GET":
        return again(200)
    return submit(form, lambda: _log(case, form), again, lambda: case_or_404(case_id))


def _worked(case_id: int) -> CustomerCase:
    case = case_or_404(case_id)
    if not case.worked_by(me()):
        raise Forbidden("log")
    return case


def _log(case: CustomerCase, form: ContactForm):
    entry = log_contact(case, form)
    return changed(case_or_404(case.id), case, f"The {KINDS[entry.kind].lower()} is logged")


@blueprint.route("/cases/<id:case_id>/steps/<id:case_step_id>", methods=["GET", "POST"])
@allow(*EDITORS)
def edit_step(case_id: int, case_step_id: int):
    case, step = _worked(case_id), _step_of(case_id, case_step_id)
    form = StepDueForm(data={"next_step": step.subject, "due_at": step.due_at})

    def save():
        log.move_step(step, me(), form.next_step.data or "", form.due_at.data, sent_version())
        return changed(case_or_404(case_id), case, "The next step is moved")

    def again(status: int, *_):
        action = url_for("cases.edit_step", case_id=case.id, case_step_id=step.id)
        return _dialog("cases/step.html", "Move the next step", case, action, form, status, step=step)

    return ask(form, save, again, lambda: case_or_404(case_id))


@blueprint.post("/cases/<id:case_id>/steps/<id:case_step_id>/done")
@allow(*EDITORS)
def step_done(case_id: int, case_step_id: int):
    case, step = _worked(case_id), _step_of(case_id, case_step_id)
    log.finish_step(step, me())
    return changed(case_or_404(case_id), case, "Done")


def _step_of(case_id: int, step_id: int) -> Activity:
    found = Activity.select().where(Activity.id == step_id, Activity.case == case_id, Activity.kind == "task")
    return found.first() or abort(404)


def _dialog(template: str, title: str, case: CustomerCase, action: str, form, status: int, **context):
    back = url_for("cases.show", case_id=case.id)
    address = action if action.startswith("/") else url_for(action, case_id=case.id)
    given = {"case": case, "form": form, "form_action": address, "encoding": True}
    return show_dialog(template, title, back, status, **given, **context)
