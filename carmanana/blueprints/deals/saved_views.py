"""Saved views: the popover of the boards, a view's dialog, and how close one likes the cards."""

from flask import Blueprint, abort, render_template, request, url_for
from markupsafe import Markup

from carmanana.blueprints.deals.saved_view_forms import NewViewForm, ViewForm, address_of, menu, view_at
from carmanana.boards import saved_views
from carmanana.records.pipelines import Pipeline
from carmanana.records.saved_views import SavedView
from carmanana.staffing import settings
from carmanana.web.access import signed_in
from carmanana.web.addresses import local_address
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go, htmx, partial, pieces, toast
from carmanana.web.steps import ask

blueprint = Blueprint("views", __name__, url_prefix="/views")


@blueprint.route("/<slug>", methods=["GET", "POST"])
@signed_in
def index(slug: str):
    """GET lists them; POST keeps the view that its form tells of, under a name."""
    pipeline = Pipeline.get_or_none(Pipeline.slug == slug) or abort(404)
    sent = request.form if request.method == "POST" else request.args
    ending, query = view_at(sent.get("view", "")).ending, sent.get("query", "")
    form = NewViewForm()

    def save():
        saved = saved_views.save(me(), pipeline, ending, query, form.name.data or "")
        return _saved(saved, pipeline, ending, query)

    def again(status: int):
        html = menu(pipeline, ending, query, form)
        if htmx:
            return pieces(partial("#saved-views", html), status=status, HX_Reswap="none")
        return render_template("views/index.html", pipeline=pipeline, menu=Markup(html)), status

    return ask(form, save, again)


def _saved(saved: SavedView, pipeline: Pipeline, ending: str, query: str):
    said = f"Saved as {saved.name}"
    if not htmx:
        return go(address_of(saved), said)
    return pieces(partial("#saved-views", menu(pipeline, ending, query)), toast(said), HX_Reswap="none")


@blueprint.route("/<id:view_id>/edit", methods=["GET", "POST"])
@signed_in
def edit(view_id: int):
    view = _own_or_404(view_id)
    form = ViewForm(obj=view)

    def save():
        shared = form.shared.data if me().is_manager else view.shared and form.shared.data
        saved_views.correct(view, me(), form.name.data or "", shared, form.opens_first.data)
        return _done(view, "The view is saved")

    def again(status: int):
        action = url_for("views.edit", view_id=view.id)
        return show_dialog(
            "views/edit.html", "Edit view", address_of(view), status, view=view, form=form, form_action=action
        )

    return ask(form, save, again)


@blueprint.post("/<id:view_id>/removal")
@signed_in
def drop(view_id: int):
    view = _own_or_404(view_id)
    saved_views.drop(view, me())
    return _done(view, f"{view.name} is deleted")


def _own_or_404(view_id: int) -> SavedView:
    return SavedView.own(me()).where(SavedView.id == view_id).first() or abort(404)


def _done(view: SavedView, said: str):
    """The page stays; its popover asks anew when it is opened."""
    if not htmx:
        return go(url_for("views.index", slug=view.pipeline.slug), said)
    return pieces(partial("#dialog", ""), partial("#refusal", ""), toast(said), HX_Reswap="none")


@blueprint.post("/density")
@signed_in
def density():
    settings.choose_density(me(), request.form.get("density", ""))
    return ("", 204) if htmx else go(local_address(request.form.get("next", "")))
