"""Ways of looking at a list that people keep under a name, and share."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, abort, render_template, request, url_for
from markupsafe import Markup

from carmanana.boards import saved_views
from carmanana.boards.saved_views import LONGEST_NAME
from carmanana.records.saved_views import SavedView
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm, TextField
from carmanana.web.fragments import go, htmx, partial, pieces, toast
from carmanana.web.lists import LISTS, List, Shown
from carmanana.web.steps import ask

blueprint = Blueprint("list_views", __name__, url_prefix="/list-views")


class ViewForm(DealershipForm):
    name = TextField("Name", most=LONGEST_NAME)


@blueprint.route("/<listed>", methods=["GET", "POST"])
@signed_in
def index(listed: str):
    """GET lists them; POST keeps what the address asks of the list, under a name."""
    shown, form = _list_or_404(listed), ViewForm()
    query = urlencode(_asked(shown))

    def save():
        kept = saved_views.save_of_list(me(), shown.name, query, form.name.data or "")
        said = f"Saved as {kept.name}"
        if not htmx:
            return go(_address(kept), said)
        return pieces(partial("#list-views", _menu(shown, query)), toast(said), HX_Reswap="none")

    def again(status: int):
        html = _menu(shown, query, form)
        if htmx and request.method == "GET":
            return html
        if htmx:
            return pieces(partial("#list-views", html), status=status, HX_Reswap="none")
        return render_template("list_views/index.html", list=shown, menu=Markup(html)), status

    return ask(form, save, again)


@blueprint.post("/<id:list_view_id>/sharing")
@allow("manager")
def share(list_view_id: int):
    """A manager's view becomes everybody's to open, or their own again."""
    view = _own_or_404(list_view_id)
    saved_views.correct(view, me(), view.name, not view.shared, False)
    return go(_address(view), f"{view.name} is {'yours alone' if view.shared else 'shared with everybody'}")


@blueprint.post("/<id:list_view_id>/removal")
@signed_in
def drop(list_view_id: int):
    view = _own_or_404(list_view_id)
    saved_views.drop(view, me())
    return go(url_for(_list_or_404(view.ending).endpoint), f"{view.name} is deleted")


def _own_or_404(view_id: int) -> SavedView:
    own = SavedView.select().where(SavedView.id == view_id, SavedView.user == me(), SavedView.pipeline.is_null())
    return own.first() or abort(404)


def _list_or_404(name: str) -> List:
    found = LISTS.get(name)
    return found if found and found.views else abort(404)


def _asked(listed: List) -> dict:
    sent = dict(parse_qsl(request.form.get("query", ""))) if request.method == "POST" else request.args
    return Shown(listed.at(sent), sent, me()).kept


def _address(view: SavedView) -> str:
    """On the page that asks, where that is another than the list's own."""
    listed = LISTS[view.ending]
    endpoint = listed.looks.get(request.args.get("look", ""), listed.endpoint)
    return url_for(endpoint, **dict(parse_qsl(view.query)))


def _menu(listed: List, query: str, form: ViewForm | None = None) -> str:
    views = SavedView.of_list(me(), listed.name)
    return render_template(
        "list_views/_menu.html",
        list=listed,
        views=views,
        query=query,
        form=form or ViewForm(empty=True),
        address_of=_address,
        look=request.args.get("look") if request.args.get("look") in listed.looks else None,
    )
