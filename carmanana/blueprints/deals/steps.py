"""The steps of the deal machine that ask something first: hold, resume, win, lose and so on."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, request

from carmanana.blueprints.deals.board import stage_of
from carmanana.blueprints.deals.forms import (
    HoldForm,
    LossForm,
    ReasonForm,
    ReopeningForm,
    ResumptionForm,
    TransferForm,
    WinForm,
)
from carmanana.blueprints.deals.request_forms import CancellationForm, request_scripts
from carmanana.boards.board import column_key
from carmanana.boards.drops import in_the_way, trigger_for
from carmanana.contacting.attachments import kept
from carmanana.core.db import Stale
from carmanana.core.idempotency import arrived, once
from carmanana.core.workflow import Forbidden, Refused
from carmanana.deals import tried_on_hold
from carmanana.deals.checklist import checks
from carmanana.deals.lifecycle import order
from carmanana.deals.pipelines import crowded
from carmanana.deals.undoing import undoing
from carmanana.records.deal_codes import ON_HOLD
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_deal_dialog
from carmanana.web.edit_conflicts import overtake
from carmanana.web.filters import day
from carmanana.web.loading import deal_or_404, number_of, read_day, sent_files, sent_version
from carmanana.web.step_forms import StepForm

from .base import blueprint


def _fired(deal: Deal, trigger: str, form: StepForm, version: int | None, files: list) -> Deal:
    return order.fire(deal, trigger, me(), version, files=files, **form.given())


def _held(deal: Deal, trigger: str, form: HoldForm, version: int | None, files: list) -> Deal:
    return tried_on_hold.hold(deal, me(), form.tried, version, **form.given())


@dataclass(frozen=True)
class Step:
    """A step with its form: which trigger it is, how its dialog looks and what is said when it is done."""

    name: str
    trigger: Callable[[Deal], str]
    form: type[StepForm]
    template: str
    title: str
    said: Callable[[Deal], str]
    beside: Callable[[Deal], dict] = lambda deal: {}
    take: Callable[[Deal, str, StepForm, int | None, list], Deal] = _fired


def always(trigger: str) -> Callable[[Deal], str]:
    return lambda deal: trigger


STEPS = [
    Step(
        "hold",
        lambda d: "extend_hold" if d.state == ON_HOLD else "hold",
        HoldForm,
        "deals/hold.html",
        "Put on hold",
        lambda d: f"On hold until {day(d.hold.follow_up_on)}",
        lambda d: {"wanted": tried_on_hold.wanted(d, me())},
        _held,
    ),
    Step(
        "resumption",
        always("resume"),
        ResumptionForm,
        "deals/resumption.html",
        "Take it up again",
        lambda d: f"Back in {d.stage.name}",
    ),
    Step("win", always("win"), WinForm, "deals/win.html", "Won", lambda d: "Won. Well done"),
    Step("loss", always("lose"), LossForm, "deals/loss.html", "Close as lost", lambda d: "Closed as lost"),
    Step(
        "readiness",
        lambda d: "mark_organic" if d.live else "mark_live",
        ReasonForm,
        "deals/readiness.html",
        "Live or organic",
        lambda d: "A live order now" if d.live else "An organic order now",
    ),
    Step(
        "reopening",
        always("reopen"),
        ReopeningForm,
        "deals/reopening.html",
        "Reopen",
        lambda d: f"Back in {d.stage.name}",
    ),
    Step(
        "cancellation",
        always("request_cancellation"),
        CancellationForm,
        "cancellations/request.html",
        "Request a cancellation",
        lambda d: "The manager has it. The next contact is theirs",
        request_scripts,
    ),
    Step(
        "transfer",
        always("transfer"),
        TransferForm,
        "deals/transfer.html",
        "To another pipeline",
        lambda d: f"Now in {d.pipeline.name}",
    ),
    Step(
        "unsigning",
        always("unsign"),
        ReasonForm,
        "deals/unsigning.html",
        "Take back the agreement",
        lambda d: "The agreement is taken back",
    ),
]
BY_TRIGGER = {
    "hold": STEPS[0],
    "extend_hold": STEPS[0],
    "resume": STEPS[1],
    "win": STEPS[2],
    "lose": STEPS[3],
    "reopen": STEPS[5],
    "request_cancellation": STEPS[6],
}


def take_step(deal_id: int, step: Step):
    """GET shows the dialog with its checks; POST takes the step, or shows what is missing."""
    deal = deal_or_404(deal_id)
    if order.leads(deal, step.trigger(deal)) and not order.permits(deal, step.trigger(deal), me()):
        raise Forbidden(step.name)
    refusals = in_the_way(deal, step.trigger(deal), me(), None) if step.name == "cancellation" else None
    if refusals and not arrived(request.form.get("once", ""), me()):
        raise Refused(refusals, deal, step.trigger(deal))
    form = step.form(deal, data=_known(deal, step))
    if request.method == "GET":
        return dialog(deal, step, form)
    return _fire(deal, step, form) if form.validate() else dialog(deal, step, form, 422)


def _known(deal: Deal, step: Step) -> dict:
    """What the form can fill in by itself."""
    stage = request.args.get("stage", "") or str(deal.stage_id)
    known = {
        "stage": stage,
        "value_cents": deal.value_cents,
        "agreement_on": deal.agreement_on,
        "no_deposit_reason": deal.no_deposit_reason,
    }
    known |= {"currency": deal.currency, "agreed_how": deal.agreed_how}
    known["follow_up_on"] = read_day(request.args.get("follow_up_on", ""))
    hold = deal.hold if deal.state == ON_HOLD else None
    return known | step.form.known(deal) | ({"sub_status": hold.sub_status, "reason": hold.reason} if hold else {})


def _fire(deal: Deal, step: Step, form: StepForm):
    was = column_key(deal)
    try:
        with kept(sent_files()) as ready:
            fresh = once(
                request.form.get("once", ""),
                me(),
                lambda: step.take(deal, step.trigger(deal), form, sent_version(), ready),
            )
    except Refused as refused:
        form.refuse(refused)
        return dialog(deal, step, form, 422)
    except Stale:
        fresh = deal_or_404(deal.id)
        overtake(form, fresh, data=_known(fresh, step))
        return dialog(fresh, step, form, 409)
    return changed(fresh, was, step.said(fresh), undo=bool(undoing.taken_by(fresh, me())))


def dialog(deal: Deal, step: Step, form: StepForm, status: int = 200):
    trigger = step.trigger(deal)
    listed = checks(deal, trigger, me())
    unmet = [
        check for check in listed if check.refusal and not (step.name == "hold" and tried_on_hold.mends(check.refusal))
    ]
    return show_deal_dialog(
        step.template,
        step.title,
        deal,
        form,
        f"deals.{step.name}",
        status,
        checks=listed,
        unmet=unmet,
        trigger=trigger,
        here=step.name,
        **step.beside(deal),
    )


def _register(step: Step) -> None:
    def view(deal_id: int):
        return take_step(deal_id, step)

    blueprint.add_url_rule(
        f"/<id:deal_id>/{step.name}", step.name, allow("agent", "manager")(view), methods=["GET", "POST"]
    )


for _step in STEPS:
    _register(_step)


@blueprint.post("/<id:deal_id>/column")
@allow("agent", "manager")
def column(deal_id: int):
    """A card was dropped on a column, or sent there by *Move to…*."""
    deal, key = deal_or_404(deal_id), request.form.get("column", "")
    stage = _column_stage(key)
    trigger = trigger_for(deal, key)
    if sent_version() not in (None, deal.version):
        raise Stale(deal)
    if trigger == "move":
        return _move(deal, stage)
    if refusals := in_the_way(deal, trigger, me(), stage):
        raise Refused(refusals, deal, trigger)
    step = BY_TRIGGER[trigger]
    form = step.form(deal)
    form.process(data=_known(deal, step) | ({"stage": str(stage.id)} if stage else {}))
    return dialog(deal, step, form)


def _column_stage(key: str) -> Stage | None:
    if key in ("on_hold", "losing", "won", "lost"):
        return None
    number = key.removeprefix("s")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        abort(400)
    return stage_of(int(number)) or abort(400)


def _move(deal: Deal, stage: Stage | None):
    was = column_key(deal)
    after = number_of(request.form.get("after", ""), None)
    fresh = order.fire(deal, "move", me(), sent_version(), stage=stage, after=after)
    said = (
        f"{deal.customer.name} is in {stage.name}"
        if was != column_key(fresh)
        else f"{deal.customer.name} has a new place"
    )
    if was != column_key(fresh) and (warning := crowded(stage)):
        said = f"{said}. {warning}"
    return changed(fresh, was, said, after, undo=True)
