"""The stages of the boards, for admins."""

from flask import Blueprint, abort, render_template, request, url_for

from carmanana.core.idempotency import once
from carmanana.deals import pipelines
from carmanana.deals.stage_requirements import ENTRY
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm, IntegerField, Optional, RadioField, TextField
from carmanana.web.forms.choices import ChoicesField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

blueprint = Blueprint("pipelines", __name__, url_prefix="/pipelines")

REQUIREMENTS = {code: requirement.label for code, requirement in ENTRY.items()}


class StageForm(DealershipForm):
    name = TextField("Name", most=pipelines.LONGEST_NAME)
    ageing_days = IntegerField("Days until a card shows its age", [Optional()])
    probability = IntegerField("Win rate at this stage, %", [Optional()])
    most_deals = IntegerField("Most cards (warns when there are more)", [Optional()])
    accent = RadioField(
        "Accent",
        choices={str(accent): f"Accent {accent}" for accent in pipelines.ACCENTS},
        invalid_choice_message="Choose one of the six.",
    )
    requires = ChoicesField("What a deal needs to enter", REQUIREMENTS)

    @property
    def facts(self) -> dict:
        return {
            "name": self.name.data or "",
            "ageing_days": self.ageing_days.data,
            "probability": self.probability.data,
            "most_deals": self.most_deals.data,
            "accent": int(self.accent.data),
            "requires": self.requires.data or [],
        }


@blueprint.get("/")
@allow("crm_admin")
def index():
    return render_template(
        "pipelines/index.html",
        pipelines=list(Pipeline.in_order()),
        counts=pipelines.card_counts(),
        requirements=REQUIREMENTS,
    )


@blueprint.route("/<id:pipeline_id>/stages/new", methods=["GET", "POST"])
@allow("crm_admin")
def new_stage(pipeline_id: int):
    pipeline = Pipeline.get_or_none(Pipeline.id == pipeline_id) or abort(404)
    form = StageForm(data={"ageing_days": 7, "probability": 50, "accent": str(pipeline.open_stages().count() % 6 + 1)})

    def save():
        stage = once(request.form.get("once", ""), me(), lambda: pipelines.add(pipeline, me(), **form.facts))
        return go(url_for("pipelines.index"), f"{stage.name} is on the board")

    action = url_for("pipelines.new_stage", pipeline_id=pipeline_id)
    return ask(form, save, lambda status: _dialog(form, action, status, pipeline))


@blueprint.route("/stages/<id:stage_id>/edit", methods=["GET", "POST"])
@allow("crm_admin")
def edit_stage(stage_id: int):
    stage = _stage_or_404(stage_id)
    form, action = StageForm(data=_known(stage)), url_for("pipelines.edit_stage", stage_id=stage_id)

    def save():
        pipelines.correct(stage, me(), sent_version() or 0, **form.facts)
        return go(url_for("pipelines.index"), "Saved")

    def again(status: int, fresh: Stage = stage):
        return _dialog(form, action, status, fresh.pipeline, fresh)

    return ask(form, save, again, known=_known)


def _known(stage: Stage) -> dict:
    return {**stage.__data__, "accent": str(stage.accent), "requires": sorted(stage.requires)}


def _dialog(form: StageForm, action: str, status: int, pipeline: Pipeline, stage: Stage | None = None):
    title = stage.name if stage else "Add stage"
    return show_dialog(
        "pipelines/stage.html",
        title,
        url_for("pipelines.index"),
        status,
        form=form,
        form_action=action,
        pipeline=pipeline,
        stage=stage,
    )


@blueprint.post("/stages/<id:stage_id>/place")
@allow("crm_admin")
def place(stage_id: int):
    stage, direction = _stage_or_404(stage_id), request.form.get("direction")
    if direction not in ("up", "down"):
        abort(400)
    pipelines.move(stage, me(), sent_version() or 0, up=direction == "up")
    return go(url_for("pipelines.index", _anchor=f"stage-{stage.id}"))


@blueprint.post("/stages/<id:stage_id>/archive")
@allow("crm_admin")
def archive(stage_id: int):
    stage = pipelines.archive(_stage_or_404(stage_id), me(), sent_version() or 0)
    return go(url_for("pipelines.index"), f"{stage.name} is off the board")


@blueprint.post("/stages/<id:stage_id>/unarchive")
@allow("crm_admin")
def unarchive(stage_id: int):
    stage = pipelines.unarchive(_stage_or_404(stage_id), me(), sent_version() or 0)
    return go(url_for("pipelines.index"), f"{stage.name} is on the board again")


def _stage_or_404(stage_id: int) -> Stage:
    return Stage.get_or_none(Stage.id == stage_id) or abort(404)
