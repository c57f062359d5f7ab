"""Who hears, and when, of what nobody does: the steps of escalation."""

from flask import Blueprint, render_template, url_for
from wtforms.validators import Optional

from carmanana.notifying import escalation_settings
from carmanana.notifying.escalation_settings import Chosen
from carmanana.records.escalation import SUBJECTS, TOLD, UNITS, EscalationStep
from carmanana.records.people import CRM_ADMIN, MANAGER
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.forms import BooleanField, DealershipForm, IntegerField, SelectField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import submit

blueprint = Blueprint("escalation", __name__)


@blueprint.get("/escalation")
@allow(MANAGER, CRM_ADMIN)
def settings():
    steps = escalation_settings.steps()
    return _page(_form(steps), steps)


@blueprint.post("/escalation")
@allow(CRM_ADMIN)
def set_up():
    steps = escalation_settings.steps()
    form = _form(steps)

    def save():
        escalation_settings.settle(me(), sent_version() or 0, {step.id: _chosen(form, step) for step in steps})
        return go(url_for("escalation.settings"), "Saved")

    def again(status: int, fresh: EscalationStep | None = None):
        return _page(form, escalation_settings.steps(), status)

    return submit(form, save, again, known=lambda fresh: _known(escalation_settings.steps()))


def _form(steps: list[EscalationStep]) -> DealershipForm:
    """A row of fields for each step."""
    fields = {}
    for step in steps:
        told = f"{SUBJECTS[step.subject]}, {TOLD[step.tells].lower()}"
        fields[f"active_{step.id}"] = BooleanField(f"{told}: is told")
        fields[f"after_{step.id}"] = IntegerField(f"{told}: after", [Optional()])
        fields[f"unit_{step.id}"] = SelectField(f"{told}: unit", choices=list(UNITS.items()), validate_choice=False)
    return type("EscalationForm", (DealershipForm,), fields)(data=_known(steps))


def _known(steps: list[EscalationStep]) -> dict:
    return {f"{name}_{step.id}": getattr(step, name) for step in steps for name in ("active", "after", "unit")}


def _chosen(form: DealershipForm, step: EscalationStep) -> Chosen:
    return Chosen(*(form[f"{name}_{step.id}"].data for name in ("active", "after", "unit")))


def _page(form: DealershipForm, steps: list[EscalationStep], status: int = 200):
    groups = [
        (name, [(step, *_fields(form, step)) for step in steps if step.subject == code])
        for code, name in SUBJECTS.items()
    ]
    context = {"form": form, "groups": groups, "told": TOLD, "version": steps[0].version, "stale": status == 409}
    return render_template("escalation/settings.html", may_edit=me().has(CRM_ADMIN), **context), status


def _fields(form: DealershipForm, step: EscalationStep) -> list:
    return [form[f"{name}_{step.id}"] for name in ("active", "after", "unit")]
