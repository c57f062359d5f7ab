"""The playbook beside the contact, the stories that are told at it, and the promises that it led to."""

from datetime import timedelta

import pytest

from carmanana.core import clock
from carmanana.deals.deal_facts import assess
from carmanana.records.playbook import PlaybookAnswer, Story
from carmanana.records.retention import Commitment

from ..cast import everything
from ..saving import contacted, order, planned, retained
from .inputs import bodies
from .routes import HTMX
from .test_retention import ON_DESK, case, fresh, plan, samira, unchanged

__all__ = ["plan", "samira"]


# the playbook


def test_the_playbook_puts_the_mission_before_the_eyes_and_keeps_answers(samira, cast):
    deal = order(cast)
    assess(deal, cast.agent, [{"brand": "Lexus"}], None, mission="I drive my mother to dialysis")
    plan = planned(cast, deal)
    page = samira.get(f"/retention/{plan.request_id}").text
    for words in (
        "In their words on 18 Nov",
        "I drive my mother to dialysis",
        "Call rather than write",
        "What are you imagining going wrong",
        "get this car for you, okay?",
    ):
        assert words in page, words
    url = case(plan, "/playbook/diagnose")
    refused = samira.post(url, data={"words": "The winter"}, headers=ON_DESK)
    assert (
        refused.status_code == 422 and "The winter" in refused.text and 'id="diagnose-diagnosis-error"' in refused.text
    )
    answer = samira.post(url, data={"words": "The winter", "diagnosis": "legitimate"}, headers=ON_DESK)
    assert answer.status_code == 200 and "Don’t push" in answer.text and 'hx-target="#playbook"' in answer.text
    assert fresh(plan).diagnosis == "legitimate"
    assert samira.post(url, data={"words": "Other", "diagnosis": "fear"}, headers=ON_DESK).status_code == 409
    assert samira.post(url, data={"words": "Other", "diagnosis": "fear", "version": "1"}).status_code == 303
    assert samira.post(case(plan, "/playbook/threaten"), data={"words": "x"}).status_code == 404


def test_without_a_mission_it_is_asked_for(samira, plan):
    assert "Nobody has asked yet" in samira.get(case(plan, "/playbook/mission"), headers=ON_DESK).text
    samira.post(case(plan, "/playbook/mission"), data={"mission": "The dialysis", "words": "Still so"})
    assert fresh(plan).deal.needs.mission == "The dialysis"


def test_salespeople_and_other_managers_do_not_answer_the_playbook(visit, plan):
    before = everything()
    assert (
        visit("agent").post(case(plan, "/playbook/diagnose"), data={"words": "x", "diagnosis": "fear"}).status_code
        == 403
    )
    assert (
        visit("manager2").post(case(plan, "/playbook/diagnose"), data={"words": "x", "diagnosis": "fear"}).status_code
        == 403
    )
    assert unchanged(before)


# bad input

FORMS = (
    "plan",
    "plan/revision",
    "plan/member",
    "plan/end",
    "retain",
    "counter",
    "counters/1/answer",
    "offers/1/presentation",
    "offers/1/response",
    "playbook/mission",
)


@pytest.mark.parametrize(
    ("who", "state"), [("manager", "contacted"), ("manager", "retention"), ("retention", "retention")]
)
def test_nothing_that_is_sent_breaks_a_form(visit, cast, who, state):
    asked = contacted(cast) if state == "contacted" else planned(cast).request
    browser = visit(who)
    for path in FORMS:
        for name, sent in bodies().items():
            answer = browser.post(
                f"/cancellations/{asked.id}/{path}", data=sent, headers=HTMX if name == "words" else {}
            )
            assert answer.status_code < 500, f"{path} with {name}"
        assert browser.get(f"/cancellations/{asked.id}/{path}").status_code < 500, path


# stories and promises

STORY = {
    "title": "A loan car",
    "words": "She had a mother to drive.",
    "consent": "By phone, to Ingrid",
    "consented_on": "2026-11-18",
}


def test_a_story_is_made_of_a_retained_order_and_told_at_the_step(visit, samira, plan, cast):
    kept = retained(cast)
    manager = visit("manager")
    assert f"/cancellations/{kept.id}/story" in manager.get(f"/retention/{kept.id}").text
    refused = manager.post(f"/cancellations/{plan.request_id}/story", data=STORY)
    assert refused.status_code == 422 and not Story.select().exists()
    assert manager.get(f"/cancellations/{plan.request_id}/story").status_code == 422
    assert manager.post(f"/cancellations/{kept.id}/story", data=STORY | {"consent": ""}).status_code == 422
    for _ in range(2):
        assert manager.post(f"/cancellations/{kept.id}/story", data=STORY | {"once": "s"}).location == "/stories"
    story = Story.get()
    assert "She had a mother to drive." in samira.get("/stories").text and "By phone" not in samira.get("/stories").text
    assert samira.post(case(plan, "/playbook/social_proof"), data={"story": story.id}).status_code == 303
    assert PlaybookAnswer.get().story == story
    assert (
        manager.post(f"/stories/{story.id}/edit", data=STORY | {"title": "Her mother", "version": "1"}).status_code
        == 303
    )
    assert manager.post(f"/stories/{story.id}/edit", data=STORY | {"version": "1"}).status_code == 409
    assert samira.post(f"/stories/{story.id}/retirement").status_code == 403
    manager.post(f"/stories/{story.id}/retirement")
    assert "Her mother" not in samira.get("/stories").text and "Her mother" in samira.get("/stories?show=retired").text


def test_the_ledger_shows_each_their_own_and_ticks_them(visit, cast):
    kept = retained(cast)
    promise = kept.commitments.where(Commitment.words == "The loan car stays until delivery").get()
    agent = visit("agent")
    assert "The loan car stays until delivery" in agent.get("/promises").text
    assert "Promised</h2>" in agent.get(f"/deals/{promise.request.deal_id}").text
    assert "The loan car stays until delivery" not in visit("agent2").get("/promises").text
    assert visit("agent2").post(f"/promises/{promise.id}/kept").status_code == 404
    with clock.set_to(clock.now() + timedelta(days=5)):
        assert "2 d overdue" in visit("manager2").get("/promises?show=late").text
    assert agent.post(f"/promises/{promise.id}/kept").location == "/promises"
    assert agent.post(f"/promises/{promise.id}/kept").status_code == 409
    assert "kept today" in agent.get("/promises?show=kept").text
    accepted = kept.commitments.where(Commitment.id != promise.id).get()  # an accepted offer is a promise by itself
    assert agent.post(f"/promises/{accepted.id}/kept").location == "/promises"
    assert "No open promises" in agent.get("/promises").text
