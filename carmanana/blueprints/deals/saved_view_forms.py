"""Saved views as the boards' head shows them."""

from urllib.parse import urlencode

from flask import render_template, url_for

from carmanana.blueprints.deals.view_kinds import BOARD, BY_ENDING, View
from carmanana.boards.saved_views import LONGEST_NAME, understood
from carmanana.records.pipelines import Pipeline
from carmanana.records.saved_views import SavedView
from carmanana.web.current_user import me
from carmanana.web.forms import BooleanField, DealershipForm, TextField


class NewViewForm(DealershipForm):
    name = TextField("Name", most=LONGEST_NAME)


class ViewForm(NewViewForm):
    shared = BooleanField("Share it with everybody")
    opens_first = BooleanField("Open it first")


def view_at(ending: str) -> View:
    return BY_ENDING.get(ending, BOARD)


def address_of(saved: SavedView) -> str:
    """Read anew, so that it leads to what is understood today."""
    return url_for(view_at(saved.ending).endpoint, slug=saved.pipeline.slug, **understood(saved.query))


def menu(pipeline: Pipeline, ending: str, query: str, form: NewViewForm | None = None) -> str:
    """What the popover holds: one's own views, those of others, and a form that keeps the present one."""
    saved = SavedView.for_menu(me(), pipeline)
    for view in saved:
        view.pipeline = pipeline
    here = {"pipeline": pipeline, "view": view_at(ending), "query": urlencode(understood(query))}
    own, others = ([view for view in saved if (view.user_id == me().id) == mine] for mine in (True, False))
    return render_template(
        "views/_menu.html", own=own, others=others, form=form or NewViewForm(empty=True), address_of=address_of, **here
    )
