"""The page on which an admin arranges the stages."""

import pytest

from carmanana.records.pipelines import Pipeline, Stage

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
FACTS = {
    "name": "Test drive",
    "ageing_days": "5",
    "probability": "35",
    "most_deals": "6",
    "accent": "3",
    "requires": ["owner", "vehicle"],
}


def names(pipeline=2) -> list[str]:
    return [stage.name for stage in Pipeline.get_by_id(pipeline).open_stages()]


@pytest.fixture
def admin(visit):
    return visit("admin")


def test_the_page_shows_each_stage_with_its_rules(admin, cast):
    cast.deal(cast.agent)
    page = admin.get("/pipelines/").text
    assert page.count('class="row stage-row"') == 18
    assert (
        "Needs an owner, a contact with the customer. Shows its age after 7 days. 20 of 100 are won. 0 cards."
        in " ".join(page.split())
    )
    assert "1 card." in page


def test_a_stage_is_added_once(admin):
    for _ in range(2):
        assert admin.post("/pipelines/2/stages/new", data=FACTS | {"once": "k"}).location == "/pipelines/"
    assert names()[-2:] == ["Agreement & Deposit", "Test drive"]
    stage = Stage.get(Stage.name == "Test drive")
    assert (stage.accent, stage.ageing_days, stage.requires) == (3, 5, {"owner", "vehicle"})
    assert (stage.probability, stage.most_deals) == (35, 6)


WRONG = {
    "no name": ({"name": ""}, "Enter a name"),
    "a name that is taken": ({"name": "decision"}, "This pipeline has a stage of that name."),
    "no days": ({"ageing_days": ""}, "Enter days from 1 to 365."),
    "days in words": ({"ageing_days": "few"}, "Enter a whole number."),
    "too many days": ({"ageing_days": "366"}, "Enter days from 1 to 365."),
    "more digits than anything has": ({"ageing_days": "9" * 30}, "Enter a whole number."),
    "no probability": ({"probability": ""}, "Enter how many of 100 are won, from 0 to 100."),
    "more than certain": ({"probability": "101"}, "Enter how many of 100 are won, from 0 to 100."),
    "a limit of none": ({"most_deals": "0"}, "Enter a number from 1 to 9,999, or nothing."),
    "a limit in words": ({"most_deals": "few"}, "Enter a whole number."),
    "no such accent": ({"accent": "9"}, "Choose one of the six."),
    "no such requirement": ({"requires": ["luck"]}, "Choose from the list."),
}


@pytest.mark.parametrize("wrong, sentence", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("path", ["/pipelines/2/stages/new", "/pipelines/stages/8/edit"])
def test_what_is_wrong_comes_back_with_what_was_typed(admin, path, wrong, sentence):
    for headers in ({}, HTMX):
        answer = admin.post(path, data=FACTS | {"version": "1"} | wrong, headers=headers)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert "Test drive" not in names()


def test_a_stage_is_corrected_and_a_stale_form_is_kept(admin, cast):
    path = f"/pipelines/stages/{cast.stage(2).id}/edit"
    assert "checked" in admin.get(path).text
    assert admin.post(path, data=FACTS | {"version": "1"}).status_code == 303
    answer = admin.post(path, data=FACTS | {"name": "Typed here", "version": "1"})
    assert answer.status_code == 409
    assert 'value="Typed here"' in answer.text and 'name="version" value="2"' in answer.text
    assert cast.stage(2).name == "Test drive"


def test_without_a_tick_a_stage_needs_nothing(admin, cast):
    stage = cast.stage(2)
    admin.post(
        f"/pipelines/stages/{stage.id}/edit",
        data={"name": stage.name, "ageing_days": "7", "probability": "0", "accent": "2", "version": "1"},
    )
    assert (cast.stage(2).requires, cast.stage(2).probability, cast.stage(2).most_deals) == (frozenset(), 0, None)


def test_a_stage_moves_up_and_down(admin, cast):
    before, stage = names(), cast.stage(2)
    moved = admin.post(f"/pipelines/stages/{stage.id}/place", data={"direction": "up", "version": "1"})
    assert moved.location == f"/pipelines/#stage-{stage.id}"
    assert names()[:2] == [before[1], before[0]]
    assert (
        admin.post(f"/pipelines/stages/{stage.id}/place", data={"direction": "down", "version": "1"}).status_code == 409
    )
    assert (
        admin.post(f"/pipelines/stages/{stage.id}/place", data={"direction": "sideways", "version": "2"}).status_code
        == 400
    )


def test_a_stage_with_cards_stays_and_an_empty_one_goes_and_comes_back(admin, cast):
    cast.deal(cast.agent)
    full, empty = cast.stage(1), cast.stage(2)
    answer = admin.post(f"/pipelines/stages/{full.id}/archive", data={"version": "1"})
    assert answer.status_code == 422
    assert "1 card stands in New Orders. Move it to another stage first." in answer.text
    admin.post(f"/pipelines/stages/{empty.id}/archive", data={"version": "1"})
    assert "Contacted" not in names()
    assert "1 archived stage" in admin.get("/pipelines/").text
    admin.post(f"/pipelines/stages/{empty.id}/unarchive", data={"version": "2"})
    assert names()[-1] == "Contacted"


@pytest.mark.parametrize("path", ["/pipelines/99/stages/new", "/pipelines/stages/99/edit"])
def test_what_is_not_there(admin, path):
    assert admin.get(path).status_code == 404
