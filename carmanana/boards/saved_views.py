"""Saving, naming, sharing and dropping views."""

from urllib.parse import parse_qsl, urlencode

from carmanana.boards.deal_filter import Filter
from carmanana.boards.list_order import Order
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline
from carmanana.records.saved_views import SavedView

LONGEST_NAME = 60
MOST = 50


def understood(query: str) -> dict:
    """What a filter and an order understand of a query string, and nothing else."""
    args = dict(parse_qsl(query))
    return Filter.read(args).query | Order.read(args).query


def save(by: User, pipeline: Pipeline, ending: str, query: str, name: str) -> SavedView:
    with transaction():
        name = _lawful_name(by, name)
        if SavedView.own(by).count() >= MOST:
            raise Refused([Refusal("most", f"You keep {MOST} views already. Delete one first.", field="name")])
        return SavedView.create(
            user=by, pipeline=pipeline, ending=ending, query=urlencode(understood(query)), name=name
        )


def save_of_list(by: User, listed: str, query: str, name: str) -> SavedView:
    """A way of looking at a list; `query` is what the list itself has understood of an address."""
    with transaction():
        name = _lawful_name(by, name)
        if SavedView.select().where(SavedView.user == by, SavedView.pipeline.is_null()).count() >= MOST:
            raise Refused([Refusal("most", f"You keep {MOST} views already. Delete one first.", field="name")])
        return SavedView.create(user=by, ending=listed, query=query, name=name)


def correct(view: SavedView, by: User, name: str, shared: bool, opens_first: bool) -> SavedView:
    """Only a manager shares; what a manager shared stays so until they take it back."""
    _owner_only(view, by)
    if shared and not view.shared and not by.is_manager:
        raise Forbidden("share")
    with transaction():
        name = _lawful_name(by, name, view)
        if opens_first:
            SavedView.update(opens_first=False).where(SavedView.user == by, SavedView.id != view.id).execute()
        SavedView.update(name=name, shared=shared, opens_first=opens_first).where(SavedView.id == view.id).execute()
        if shared != view.shared:
            audit.record("share_view" if shared else "unshare_view", view, by)
    return SavedView.get_by_id(view.id)


def drop(view: SavedView, by: User) -> None:
    _owner_only(view, by)
    with transaction():
        if view.shared:
            audit.record("unshare_view", view, by)
        SavedView.delete().where(SavedView.id == view.id).execute()


def _owner_only(view: SavedView, by: User) -> None:
    if view.user_id != by.id:
        raise Forbidden("saved_view")


def _lawful_name(by: User, name: str, view: SavedView | None = None) -> str:
    name = " ".join((name or "").split())
    others = list(SavedView.select().where(SavedView.user == by, SavedView.id != (view.id if view else 0)))
    broken = [
        (f"Enter a name of at most {LONGEST_NAME} characters.", not 0 < len(name) <= LONGEST_NAME),
        ("You keep a view of that name already.", any(other.name.casefold() == name.casefold() for other in others)),
    ]
    if refusals := [Refusal("name", sentence, field="name") for sentence, holds in broken if holds]:
        raise Refused(refusals)
    return name
