"""Saving a sale: the six steps, who is asked, the mission, and stories that are true."""

import pytest
from peewee import IntegrityError

from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.playbook import answering, stories
from carmanana.cancellations.playbook.mission import mission_of
from carmanana.core import clock
from carmanana.core.audit import Event, broken_event, history
from carmanana.core.db import Stale, database
from carmanana.deals.deal_facts import assess
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.playbook import STEPS, PlaybookAnswer, Story

from ..cast import forbidden, refused
from ..saving import contacted, order, planned, retained, second_member

TOLD = {"title": "A loan car", "words": "She had a mother to drive.", "consent": "She agreed by phone, to Ingrid"}


@pytest.fixture
def plan(cast):
    return planned(cast)


# who is asked


def test_the_reviewer_and_the_member_on_the_case_answer_and_nobody_else(cast, plan):
    other = second_member(cast)
    for by in (cast.agent, cast.manager2, cast.compliance, cast.admin, other):
        assert not answering.may_answer(plan.request, by)
        with forbidden():
            answering.answer(plan.request, "empathise", by, "Hm")
    assert answering.answer(plan.request, "empathise", cast.retention, "She was relieved").answered_by == cast.retention
    assert answering.answer(plan.request, "future", cast.manager, "Sunday lunch").answered_by == cast.manager


def test_a_salesperson_who_asked_for_it_is_never_asked_to_persuade(cast):
    assert not answering.may_answer(contacted(cast), cast.agent)


def test_not_before_the_review_has_begun_and_not_after_it_has_ended(cast):
    fresh = cast.losing(order(cast), cast.agent)
    with refused("not_begun"):
        answering.answer(fresh, "empathise", cast.manager, "Hm")
    over = retained(cast)
    with refused("ended"):
        answering.answer(over, "empathise", cast.manager, "Hm")


def test_a_member_whose_case_went_to_somebody_else_is_not_asked_any_more(cast, plan):
    review.fire(plan.request, "hand_case_over", cast.manager, assignee=second_member(cast))
    with forbidden():
        answering.answer(plan.request, "empathise", cast.retention, "Hm")


# what is asked


@pytest.mark.parametrize("step", [step for step in STEPS if step not in ("diagnose", "mission")])
def test_an_answer_is_in_words(cast, plan, step):
    with refused("words", field="words"):
        answering.answer(plan.request, step, cast.retention, "  ")


def test_the_diagnosis_is_fear_or_legitimate_and_stands_on_the_request(cast, plan):
    with refused("diagnosis", field="diagnosis"):
        answering.answer(plan.request, "diagnose", cast.retention, "She fears the winter", diagnosis="mood")
    answering.answer(plan.request, "diagnose", cast.retention, "She fears the winter", diagnosis="fear")
    fresh = CancellationRequest.get_by_id(plan.request_id)
    assert (fresh.diagnosis, fresh.version) == ("fear", plan.request.version), "forms beside the panel do not age"
    told = history(fresh).where(Event.verb == "playbook").get().data
    assert told == {"step": "diagnose", "diagnosis": "fear"}, "codes, no words"
    assert broken_event() is None


def test_a_step_that_does_not_exist(cast, plan):
    with refused("step"):
        answering.answer(plan.request, "threaten", cast.retention, "Pay")


def test_an_answer_is_changed_over_its_own_version_only(cast, plan):
    first = answering.answer(plan.request, "empathise", cast.retention, "One")
    answering.answer(plan.request, "empathise", cast.manager, "Two", first.version)
    with pytest.raises(Stale):
        answering.answer(plan.request, "empathise", cast.retention, "Three", first.version)
    with pytest.raises(Stale):
        answering.answer(plan.request, "empathise", cast.retention, "Four")
    assert PlaybookAnswer.get().words == "Two"


# the mission


def test_the_mission_is_put_before_the_eyes_with_its_day(cast):
    deal = order(cast)
    assess(deal, cast.agent, [{"brand": "Lexus"}], None, mission="I drive my mother to dialysis")
    mission = mission_of(planned(cast, deal).request.deal)
    assert (mission.words, mission.told_at) == ("I drive my mother to dialysis", clock.now())


def test_where_nobody_asked_it_is_asked_now_and_kept_on_the_order(cast, plan):
    with refused("mission", field="mission"):
        answering.answer(plan.request, "mission", cast.retention, "Still so")
    answering.answer(plan.request, "mission", cast.retention, "Still so", mission="I drive my mother to dialysis")
    assert plan.request.deal.needs.mission == "I drive my mother to dialysis"
    assert mission_of(plan.request.deal).told_at == clock.now()
    answering.answer(
        plan.request, "mission", cast.retention, "Even more", PlaybookAnswer.get().version, mission="Something else"
    )
    assert plan.request.deal.needs.mission == "I drive my mother to dialysis", "their own words are not written over"


# stories


def test_a_story_is_of_a_retained_order_with_consent(cast):
    story = stories.make(retained(cast), cast.manager, **TOLD, consented_on=clock.today())
    assert list(Story.told()) == [story]


def test_no_other_request_becomes_a_story(cast, plan):
    with refused("not_retained"):
        stories.make(plan.request, cast.manager, **TOLD, consented_on=clock.today())
    with pytest.raises(IntegrityError, match="retained"):
        Story.create(request=plan.request, made_by=cast.manager, consented_on=clock.today(), **TOLD)


def test_an_order_is_told_once(cast):
    request = retained(cast)
    stories.make(request, cast.manager, **TOLD, consented_on=clock.today())
    with refused("told"):
        stories.make(request, cast.manager, **TOLD, consented_on=clock.today())


def test_without_words_consent_or_a_day_there_is_no_story(cast):
    request = retained(cast)
    with refused("title", "words", "consent", "consented_on"):
        stories.make(request, cast.manager, " ", "", "", None)


def test_managers_make_and_retire_stories(cast):
    request = retained(cast)
    for by in (cast.retention, cast.agent, cast.compliance):
        with forbidden():
            stories.make(request, by, **TOLD, consented_on=clock.today())
    story = stories.make(request, cast.manager, **TOLD, consented_on=clock.today())
    with forbidden():
        stories.retire(story, cast.retention)
    stories.retire(story, cast.manager2)
    assert not Story.told().exists()
    assert stories.tell_again(Story.get(), cast.manager).retired_at is None


def test_stories_that_suit_come_first_and_the_one_told_is_kept(cast):
    for make in ("Kia", "Lexus", "Audi"):
        stories.make(
            retained(cast, order(cast, vehicle_make=make)), cast.manager, make, "True.", "By phone", clock.today()
        )
    plan = planned(cast)
    offered = stories.suiting(plan.request)
    assert [story.title for story in offered] == ["Lexus", "Audi", "Kia"]
    answer = answering.answer(plan.request, "social_proof", cast.retention, "", story=offered[0])
    assert answer.story == offered[0]
    retired = stories.retire(offered[1], cast.manager)
    with refused("retired", field="story"):
        answering.answer(plan.request, "social_proof", cast.retention, "", answer.version, story=retired)
    assert database.execute_sql("SELECT COUNT(*) FROM playbook_answer").fetchone() == (1,)
