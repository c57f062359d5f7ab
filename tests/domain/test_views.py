"""Views that people keep: their own, shared ones, and nothing in them but a filter and an order."""

import pytest

from carmanana.boards.saved_views import LONGEST_NAME, MOST, correct, drop, save, understood
from carmanana.core.audit import Event
from carmanana.records.pipelines import Pipeline
from carmanana.records.saved_views import SavedView

from ..cast import forbidden, refused


@pytest.fixture
def pipeline(cast) -> Pipeline:
    return Pipeline.get_by_id(2)


def changed(view: SavedView, by, **given) -> SavedView:
    return correct(view, by, **{"name": view.name, "shared": view.shared, "opens_first": view.opens_first} | given)


def test_what_is_kept_is_what_a_filter_and_an_order_understand(cast, pipeline):
    view = save(
        cast.agent,
        pipeline,
        "list",
        "mine=1&sort=-value&which=won&deal=7&owner=x&text=kia%26co&__class__=1",
        "  My   wins ",
    )
    assert (view.name, view.ending, view.shared, view.opens_first) == ("My wins", "list", False, False)
    assert understood(view.query) == {"mine": "1", "text": "kia&co", "which": "won", "sort": "-value"}
    assert understood("sort=nonsense&readiness=boiling") == {}


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1)])
def test_a_view_has_a_name_of_its_own(cast, pipeline, name):
    with refused("name", field="name"):
        save(cast.agent, pipeline, "", "", name)


def test_a_name_is_had_once_by_each(cast, pipeline):
    view, other = save(cast.agent, pipeline, "", "", "Überfällig"), save(cast.agent, pipeline, "", "", "Mine")
    with refused("name"):
        save(cast.agent, pipeline, "list", "mine=1", "überfällig")
    with refused("name"):
        changed(other, cast.agent, name="ÜBERFÄLLIG")
    assert changed(view, cast.agent, name="überfällig").name == "überfällig"
    assert save(cast.agent2, pipeline, "", "", "Überfällig")


def test_there_is_a_limit(cast, pipeline):
    for number in range(MOST):
        save(cast.agent, pipeline, "", "", f"View {number}")
    with refused("most"):
        save(cast.agent, pipeline, "", "", "One more")


def test_managers_share_and_others_do_not(cast, pipeline):
    bosss, mine = (
        save(cast.manager, pipeline, "list", "overdue=1", "Late"),
        save(cast.agent, pipeline, "", "mine=1", "Mine"),
    )
    assert SavedView.for_menu(cast.agent, pipeline) == [mine]
    changed(bosss, cast.manager, shared=True)
    assert SavedView.for_menu(cast.agent, pipeline) == [bosss, mine] and SavedView.for_menu(cast.agent2, pipeline) == [
        bosss
    ]
    assert SavedView.for_menu(cast.agent, Pipeline.get_by_id(1)) == []
    with forbidden():
        changed(mine, cast.agent, shared=True)
    for act in (lambda: changed(bosss, cast.agent, name="Ours"), lambda: drop(bosss, cast.manager2)):
        with forbidden():
            act()
    changed(SavedView.get_by_id(bosss.id), cast.manager, shared=False)
    assert SavedView.for_menu(cast.agent, pipeline) == [mine]
    assert [event.verb for event in Event.select().where(Event.subject == "saved_view").order_by(Event.id)] == [
        "share_view",
        "unshare_view",
    ]


def test_one_view_opens_first(cast, pipeline):
    one, two = save(cast.agent, pipeline, "", "", "One"), save(cast.agent, pipeline, "list", "", "Two")
    save(cast.agent2, pipeline, "", "", "One")
    changed(one, cast.agent, opens_first=True)
    assert SavedView.first_of(cast.agent) == one
    changed(two, cast.agent, opens_first=True)
    assert SavedView.first_of(cast.agent) == two and not SavedView.get_by_id(one.id).opens_first
    drop(SavedView.get_by_id(two.id), cast.agent)
    assert SavedView.first_of(cast.agent) is None and SavedView.first_of(cast.agent2) is None
