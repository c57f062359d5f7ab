"""Access to a stage, lost and given back."""

from flask import abort, request, url_for

from carmanana.blueprints.team.base import blueprint, person_or_404
from carmanana.compliance import consequences
from carmanana.core.idempotency import once
from carmanana.records.compliance import ACCESS, Consequence
from carmanana.records.pipelines import all_stages
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DateField, DealershipForm, Optional, SelectField, WordsField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_stage
from carmanana.web.steps import ask


def _stages() -> dict[str, str]:
    return {"": "Choose…"} | {str(stage.id): f"{stage.pipeline.name} – {stage.name}" for stage in all_stages()}


class RestrictionForm(DealershipForm):
    stage = SelectField("Stage", choices=_stages, default="", invalid_choice_message="Choose a stage.")
    starts_on = DateField("From", [Optional()])
    ends_on = DateField("Until, or open", [Optional()])
    reason = WordsField("Why, and what was agreed", most=2000)


@blueprint.route("/people/<id:user_id>/restrictions/new", methods=["GET", "POST"])
@allow("manager", "crm_admin")
def restriction(user_id: int):
    user = person_or_404(user_id)
    form = RestrictionForm()
    action, back = url_for("people.restriction", user_id=user_id), url_for("people.show", user_id=user_id)

    def save():
        facts = form.data | {"stage": sent_stage()}
        once(request.form.get("once", ""), me(), lambda: consequences.restrict(user, me(), **facts))
        return go(back, f"{user.name} has been told")

    def again(status: int):
        return show_dialog(
            "people/restriction.html", "Access to a stage", back, status, form=form, form_action=action, user=user
        )

    return ask(form, save, again)


@blueprint.post("/people/<id:user_id>/restrictions/<id:restriction_id>/end")
@allow("manager", "crm_admin")
def access(user_id: int, restriction_id: int):
    user = person_or_404(user_id)
    C = Consequence
    theirs = (C.id == restriction_id) & (C.user == user) & (C.kind == ACCESS)
    barred = C.get_or_none(theirs) or abort(404)
    consequences.lift(barred, me())
    return go(url_for("people.show", user_id=user_id), f"{user.name} has access again")
