"""The stages of a pipeline, as an admin arranges them."""

from importlib import import_module

import pytest

from carmanana.core import audit
from carmanana.core.db import Stale, database
from carmanana.deals import pipelines
from carmanana.deals.lifecycle import order
from carmanana.records.deal_codes import LOSING, ON_HOLD
from carmanana.records.pipelines import Pipeline, Stage

from ..cast import forbidden, refused


def facts(**other):
    return {"name": "Test drive", "accent": 2, "ageing_days": 5, "requires": {"vehicle"}} | other


def names(pipeline=2) -> list[str]:
    return [stage.name for stage in Pipeline.get_by_id(pipeline).open_stages()]


def test_a_stage_is_added_at_the_end(cast):
    stage = pipelines.add(Pipeline.get_by_id(2), cast.admin, **facts(name=" Test  drive "))
    assert names()[-1] == stage.name == "Test drive"
    assert stage.requires == {"vehicle"}
    assert [event.verb for event in audit.history(stage)] == ["add_stage"]


def test_the_stages_that_the_house_begins_with_can_not_be_jumped_over(cast):
    """Each asks for what those before it do; what an admin has set stays."""
    Stage.update(requires={"vehicle"}).where(Stage.pipeline == 1, Stage.name == "Decision").execute()
    import_module("carmanana.schema.migrations.0096_stages_add_up").up(None, database)
    asked = [set(stage.requires) for stage in Pipeline.get_by_id(2).open_stages()]
    assert all(before <= after for before, after in zip(asked, asked[1:], strict=False))
    assert Stage.get(Stage.pipeline == 1, Stage.name == "Decision").requires == {"vehicle"}
    deal = cast.deal(cast.agent, value_cents=100)
    with refused("entry") as told:
        order.fire(deal, "move", cast.agent, stage=cast.stage(5))
    assert "a contact with the customer" in str(told.value) and "timeline" in str(told.value)


@pytest.mark.parametrize("who", ["agent", "manager", "compliance", "retention"])
def test_only_an_admin_arranges_stages(cast, who):
    by, stage = getattr(cast, who), cast.stage()
    for verb in (
        lambda: pipelines.add(Pipeline.get_by_id(2), by, **facts()),
        lambda: pipelines.correct(stage, by, stage.version, **facts()),
        lambda: pipelines.move(stage, by, stage.version, up=False),
        lambda: pipelines.archive(stage, by, stage.version),
        lambda: pipelines.unarchive(stage, by, stage.version),
    ):
        with forbidden():
            verb()


WRONG = {
    "no name": ({"name": "  "}, "name"),
    "a long name": ({"name": "x" * 41}, "name"),
    "a name that is taken": ({"name": "DECISION"}, "name"),
    "no such accent": ({"accent": 7}, "accent"),
    "no days": ({"ageing_days": None}, "ageing_days"),
    "no day": ({"ageing_days": 0}, "ageing_days"),
    "more than a year": ({"ageing_days": 366}, "ageing_days"),
    "no such requirement": ({"requires": {"luck"}}, "requires"),
}


@pytest.mark.parametrize("wrong, field", WRONG.values(), ids=WRONG)
def test_what_a_stage_needs(cast, wrong, field):
    with refused("stage", field=field):
        pipelines.add(Pipeline.get_by_id(2), cast.admin, **facts(**wrong))


def test_a_stage_is_corrected_and_keeps_its_own_name(cast):
    stage = cast.stage(5)
    fresh = pipelines.correct(stage, cast.admin, stage.version, **facts(name="Decision", ageing_days=3))
    assert (fresh.name, fresh.ageing_days, fresh.version) == ("Decision", 3, 2)
    with pytest.raises(Stale):
        pipelines.correct(stage, cast.admin, stage.version, **facts())


def test_neighbours_change_places(cast):
    before = names()
    moved = pipelines.move(cast.stage(2), cast.admin, 1, up=True)
    assert names() == [before[1], before[0], *before[2:]]
    assert names(1) == before, "another pipeline stays as it is"
    pipelines.move(moved, cast.admin, moved.version, up=False)
    assert names() == before


def test_the_ends_stay_at_the_ends(cast):
    before = names()
    pipelines.move(cast.stage(1), cast.admin, 1, up=True)
    pipelines.move(cast.stage(6), cast.admin, 1, up=False)
    assert names() == before


def test_an_archived_stage_is_no_neighbour(cast):
    pipelines.archive(cast.stage(2), cast.admin, 1)
    pipelines.move(cast.stage(3), cast.admin, 1, up=True)
    assert names()[:2] == ["Needs Confirmed", "New Orders"]


@pytest.mark.parametrize("state", ["active", LOSING])
def test_a_stage_with_cards_is_not_archived(cast, state):
    deal = cast.in_state(state)
    with refused("cards") as caught:
        pipelines.archive(deal.stage, cast.admin, deal.stage.version)
    assert caught.value.refusals[0].sentence == "1 card stands in New Orders. Move it to another stage first."


def test_a_card_on_hold_does_not_stand_in_its_stage(cast):
    deal = cast.in_state(ON_HOLD)
    assert pipelines.archive(deal.stage, cast.admin, deal.stage.version).archived


def test_a_pipeline_keeps_a_stage(cast):
    for number in range(1, 6):
        pipelines.archive(cast.stage(number), cast.admin, 1)
    with refused("last_stage"):
        pipelines.archive(cast.stage(6), cast.admin, 1)


def test_an_archived_stage_comes_back_at_the_end(cast):
    stage = pipelines.archive(cast.stage(2), cast.admin, 1)
    with refused("archived"):
        pipelines.archive(stage, cast.admin, stage.version)
    pipelines.unarchive(stage, cast.admin, stage.version)
    assert names()[-1] == "Contacted"
    with refused("on_board"):
        pipelines.unarchive(Stage.get_by_id(stage.id), cast.admin, 3)
