"""The library of true stories: read by who saves orders, made by managers of orders that were really retained (SOP
2)."""

from flask import Blueprint, abort, request, url_for

from carmanana.blueprints.cancellations.lists import STORIES
from carmanana.blueprints.cancellations.retention.desk_forms import StoryForm
from carmanana.cancellations.playbook import stories
from carmanana.core.idempotency import once
from carmanana.core.workflow import Refused
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.playbook import Story
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

blueprint = Blueprint("stories", __name__)


@blueprint.get("/stories")
@allow("manager", "retention")
def index():
    return STORIES.answer()


@blueprint.route("/cancellations/<id:request_id>/story", methods=["GET", "POST"])
@allow("manager")
def new(request_id: int):
    """Refused for every request whose customer did not stay."""
    asked = CancellationRequest.get_or_none(CancellationRequest.id == request_id) or abort(404)
    form = StoryForm(empty=request.method == "GET")
    if request.method == "GET" and (refusals := stories.untellable(asked)):
        raise Refused(refusals)

    def save():
        once(request.form.get("once", ""), me(), lambda: stories.make(asked, me(), **form.given()))
        return go(url_for("stories.index"), "Story added")

    action = url_for("stories.new", request_id=asked.id)
    return ask(form, save, lambda status: _dialog(asked, form, "Add story", action, status))


@blueprint.route("/stories/<id:story_id>/edit", methods=["GET", "POST"])
@allow("manager")
def edit(story_id: int):
    story = _story_or_404(story_id)
    form, action = StoryForm(data=story.__data__), url_for("stories.edit", story_id=story.id)

    def save():
        stories.edit(story, me(), sent_version(), **form.given())
        return go(url_for("stories.index"), "Saved")

    def again(status: int, fresh: Story = story):
        return _dialog(fresh.request, form, "Edit story", action, status, fresh)

    return ask(form, save, again, known=lambda fresh: fresh.__data__, told_of=lambda fresh: fresh.request)


@blueprint.post("/stories/<id:story_id>/retirement")
@allow("manager")
def retire(story_id: int):
    stories.retire(_story_or_404(story_id), me())
    return go(url_for("stories.index"), "Story retired")


@blueprint.post("/stories/<id:story_id>/return")
@allow("manager")
def tell_again(story_id: int):
    stories.tell_again(_story_or_404(story_id), me())
    return go(url_for("stories.index"), "Story back in use")


def _story_or_404(story_id: int) -> Story:
    found = Story.select(Story, CancellationRequest, Deal).join(CancellationRequest).join(Deal)
    return found.where(Story.id == story_id).first() or abort(404)


def _dialog(
    asked: CancellationRequest, form: StoryForm, title: str, action: str, status: int, story: Story | None = None
):
    context = {
        "asked": asked,
        "deal": asked.deal,
        "form": form,
        "story": story,
        "stale": status == 409,
        "form_action": action,
    }
    return show_dialog("stories/edit.html", title, url_for("stories.index"), status, **context)
