"""Logging contacts and notes on a deal, and its next steps."""

from flask import Blueprint, render_template, request, url_for

from carmanana.boards.board import column_key
from carmanana.contacting import log
from carmanana.contacting.step_days import move_to_day
from carmanana.core import clock, locales
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden
from carmanana.deals.lifecycle import order
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.today.calendar_feed import file_of
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.files.calendars import calendar_file
from carmanana.web.filters import locale
from carmanana.web.loading import deal_or_404, sent_version, step_or_404
from carmanana.web.offline import saved_at
from carmanana.web.panels.composer import (
    ContactForm,
    NewStepForm,
    StepDayForm,
    StepDueForm,
    composer,
    first_kind,
    log_contact,
)
from carmanana.web.steps import ask

blueprint = Blueprint("activities", __name__)

WORKERS = ("agent", "manager", "retention")
SAID = {
    "call": "The call is logged",
    "voicemail": "The voicemail is logged",
    "email": "The email is logged",
    "text": "The text is logged",
    "note": "The note is kept",
}


@blueprint.route("/deals/<id:deal_id>/activities/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new(deal_id: int):
    """The composer, in a dialog or as a page of its own."""
    deal = deal_or_404(deal_id)
    if not log.may_log(deal, me()):
        raise Forbidden("log")
    form = ContactForm(deal, data=_asked(deal))

    def save():
        log_contact(deal, form)
        return changed(Deal.get_by_id(deal.id), column_key(deal), SAID[form.kind.data])

    return ask(form, save, lambda status: _log_dialog(deal, form, status))


def _log_dialog(deal: Deal, form: ContactForm, status: int):
    return show_dialog(
        "activities/new.html",
        "Log a contact",
        url_for("deals.show", deal_id=deal.id),
        status,
        deal=deal,
        encoding=True,
        form_action=url_for("activities.new", deal_id=deal.id),
        **(composer(deal) | {"form": form}),
    )


def _asked(deal: Deal) -> dict:
    kind = request.args.get("kind")
    return {"kind": kind if kind in SAID else first_kind(False, deal.customer), "direction": "out"}


@blueprint.route("/deals/<id:deal_id>/steps/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new_step(deal_id: int):
    deal = deal_or_404(deal_id)
    if not log.may_log(deal, me()):
        raise Forbidden("add_step")
    form = NewStepForm(deal)

    def save():
        once(request.form.get("once", ""), me(), lambda: _add_step(deal, form))
        return changed(Deal.get_by_id(deal.id), column_key(deal), "The next step is set")

    action = url_for("activities.new_step", deal_id=deal.id)
    return ask(form, save, lambda status: _step_dialog(deal, form, "Next step", action, status))


@blueprint.get("/deals/<id:deal_id>/steps/assignees")
@allow("manager")
def assignees(deal_id: int):
    """For whom the next step may be: asked for by the composer of the deal's page, where it is somebody else."""
    form = NewStepForm(deal_or_404(deal_id), empty=True)
    return render_template("activities/_assignee.html", field=form.assignee, pre="page-")


def _add_step(deal: Deal, form: NewStepForm) -> Deal:
    assignee = form.assignee.person if form.assignee else None
    given = {"next_step": form.next_step.data or "", "due_at": form.due_at.data, "assignee": assignee}
    return order.fire(deal, "add_step", me(), **given)


@blueprint.post("/steps/<id:step_id>/done")
@allow(*WORKERS)
def done(step_id: int):
    step = step_or_404(step_id)
    once(request.form.get("once", ""), me(), lambda: log.finish_step(step, me(), saved_at()))
    return changed(Deal.get_by_id(step.deal_id), column_key(step.deal), "Done. Set the next step, or log what was said")


@blueprint.get("/steps/<id:step_id>/next-step.ics")
@allow(*WORKERS)
def step_file(step_id: int):
    """For one's own calendar: initials and the kind of step, as the feed has them."""
    return calendar_file(file_of(step_or_404(step_id)), "next-step")


@blueprint.route("/steps/<id:step_id>/edit", methods=["GET", "POST"])
@allow(*WORKERS)
def edit_step(step_id: int):
    step = step_or_404(step_id)
    if not log.may_log(step.deal, me()):
        raise Forbidden("step_moved")
    form = StepDueForm(data=_known_step(step))
    action = url_for("activities.edit_step", step_id=step.id)

    def save():
        log.move_step(step, me(), form.next_step.data or "", form.due_at.data, sent_version())
        return changed(Deal.get_by_id(step.deal_id), column_key(step.deal), "The next step is moved")

    def again(status: int, fresh: Activity = step):
        return _step_dialog(fresh.deal, form, "Move the next step", action, status, fresh)

    return ask(form, save, again, known=_known_step, told_of=lambda fresh: fresh.deal)


def _known_step(step: Activity) -> dict:
    return {"next_step": step.subject, "due_at": step.due_at}


@blueprint.route("/steps/<id:step_id>/day", methods=["GET", "POST"])
@allow(*WORKERS)
def day(step_id: int):
    """A step was dropped on another day of the calendar, or is sent there by the dialog."""
    step = step_or_404(step_id)
    if not log.may_log(step.deal, me()):
        raise Forbidden("step_moved")
    form = StepDayForm(data=_known_day(step))
    action = url_for("activities.day", step_id=step.id)

    def save():
        moved = move_to_day(step, me(), form.on.data, sent_version())
        to = locales.whole_day(form.on.data, locale(), year=False)
        return changed(Deal.get_by_id(step.deal_id), column_key(step.deal), f"“{moved.subject}” is moved to {to}")

    def again(status: int, fresh: Activity = step):
        return _step_dialog(fresh.deal, form, "Move to another day", action, status, fresh, "activities/day.html")

    if "dropped" in request.form and form.sent():
        return save()
    return ask(form, save, again, known=_known_day, told_of=lambda fresh: fresh.deal)


def _known_day(step: Activity) -> dict:
    return {"on": clock.local(step.due_at, me().timezone).date()}


def _step_dialog(
    deal: Deal,
    form,
    title: str,
    action: str,
    status: int = 422,
    step: Activity | None = None,
    template: str = "activities/step.html",
):
    return show_dialog(
        template,
        title,
        url_for("deals.show", deal_id=deal.id),
        status,
        deal=deal,
        step=step,
        form=form,
        form_action=action,
    )
