"""Saved views over HTTP: kept, opened, shared, and nobody else's to touch; and how close the cards stand."""

import pytest

from carmanana.boards.saved_views import correct, save
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline
from carmanana.records.saved_views import SavedView

VIEWS, BOARD = "/views/used-vehicle-orders", "/board/used-vehicle-orders"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": f"http://localhost{BOARD}/list"}


@pytest.fixture
def shared(cast) -> SavedView:
    view = save(cast.manager, Pipeline.get_by_id(2), "list", "overdue=1", "Late ones")
    return correct(view, cast.manager, view.name, shared=True, opens_first=False)


def test_a_view_is_saved_listed_and_opened(cast, visit):
    browser = visit("agent")
    assert (
        f"{VIEWS}?view=list&amp;query=mine%3D1%26sort%3D-value" in browser.get(f"{BOARD}/list?mine=1&sort=-value").text
    )
    answer = browser.post(
        VIEWS, headers=HTMX, data={"view": "list", "query": "mine=1&sort=-value", "name": "Mine, dear first"}
    )
    assert (
        answer.status_code == 200
        and 'hx-target="#saved-views"' in answer.text
        and f'href="{BOARD}/list?mine=1&amp;sort=-value"' in answer.text
    )
    assert "Mine, dear first" in browser.get(VIEWS).text and "Mine, dear first" not in visit("agent2").get(VIEWS).text
    assert browser.post(VIEWS, data={"view": "", "query": "", "name": "All"}).location == BOARD


def test_a_name_that_will_not_do_says_so_and_keeps_the_query(cast, visit):
    browser = visit("agent")
    for name, sentence in (("", "Enter a name"), ("x" * 61, "At most 60")):
        answer = browser.post(VIEWS, headers=HTMX, data={"view": "list", "query": "mine=1", "name": name})
        assert answer.status_code == 422 and sentence in answer.text and 'value="mine=1"' in answer.text
    assert not SavedView.select().exists()


def test_a_shared_view_is_everybodys_to_open_and_shows_their_own_deals(cast, visit, shared):
    others, browser = cast.deal(cast.agent2), visit("agent")
    page = browser.get(VIEWS).text
    assert (
        "Shared by Ingrid Dahl" in page
        and f'href="{BOARD}/list?overdue=1"' in page
        and f"/views/{shared.id}/edit" not in page
    )
    assert f"deal-{others.id}" not in browser.get(f"{BOARD}/list?overdue=1").text
    for path in ("edit", "removal"):
        assert browser.post(f"/views/{shared.id}/{path}", data={"name": "Mine now"}).status_code == 404
    assert visit("manager2").get(f"/views/{shared.id}/edit").status_code == 404
    assert SavedView.get_by_id(shared.id).name == "Late ones"


def test_a_view_is_renamed_made_the_first_and_deleted(cast, visit):
    view, browser = save(cast.agent, Pipeline.get_by_id(2), "list", "mine=1", "Mine"), visit("agent")
    assert "Share it" not in browser.get(f"/views/{view.id}/edit", headers=HTMX).text
    answer = browser.post(
        f"/views/{view.id}/edit", headers=HTMX, data={"name": "My deals", "opens_first": "y", "shared": "y"}
    )
    fresh = SavedView.get_by_id(view.id)
    assert answer.status_code == 200 and (fresh.name, fresh.opens_first, fresh.shared) == ("My deals", True, False)
    assert browser.get("/board/").location == f"{BOARD}/list?mine=1" and browser.get(BOARD).status_code == 200
    assert browser.post(f"/views/{view.id}/removal").status_code == 303
    assert browser.get("/board/").location == BOARD


def test_a_manager_shares(cast, visit):
    view = save(cast.manager, Pipeline.get_by_id(2), "", "unowned=1", "Free")
    assert visit("manager").post(f"/views/{view.id}/edit", data={"name": "Free", "shared": "y"}).status_code == 303
    assert "Shared by Ingrid Dahl" in visit("retention").get(VIEWS).text


def test_forged_values_are_left_out_or_refused(cast, visit):
    browser = visit("agent")
    browser.post(
        VIEWS,
        headers=HTMX,
        data={"view": "nowhere", "query": "sort=nonsense&owner=x&next=//evil.example", "name": "<b>Odd</b>"},
    )
    view = SavedView.get()
    assert (view.ending, view.query) == ("", "") and "<b>Odd" not in browser.get(VIEWS).text
    assert browser.get("/views/nowhere").status_code == 404 and browser.get("/views/999/edit").status_code == 404


def test_each_has_their_cards_as_close_as_they_like(cast, visit):
    browser = visit("agent")
    assert 'class="board compact"' not in browser.get(BOARD).text
    assert browser.post("/views/density", data={"density": "compact", "next": BOARD}).location == BOARD
    assert (
        'class="board compact"' in browser.get(BOARD).text
        and 'class="board compact"' not in visit("agent2").get(BOARD).text
    )
    assert browser.post("/views/density", data={"density": "tiny"}).status_code == 422
    assert browser.post("/views/density", data={"density": "comfortable", "next": "//evil.example"}).location == "/"
    assert User.get_by_id(cast.agent.id).density == "comfortable"
