"""The page on which everything open of somebody goes to others."""

import pytest

from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.retention import RetentionPlan
from carmanana.staffing.absences import be_away


@pytest.mark.parametrize("who", ["manager2", "admin"])
def test_everything_goes_to_one_and_is_reported(visit, cast, who):
    deals = [cast.deal(cast.agent), cast.in_state("on_hold")]
    client, path = visit(who), f"/people/{cast.agent.id}/hand-over"
    page = client.get(path).text
    assert all(f'name="deal-{deal.id}"' in page for deal in deals)
    report = client.post(path, data={"owner": str(cast.agent2.id), "reason": "They leave"})
    assert report.status_code == 200
    assert "2 handed over" in report.text
    assert "No open work" in report.text
    assert {Deal.get_by_id(deal.id).owner for deal in deals} == {cast.agent2}
    assert Activity.select().where(Activity.summary == "They leave").count() == 2


def test_what_is_refused_is_told_with_its_reason_and_the_rest_goes(visit, cast):
    good, bad = cast.deal(cast.agent), cast.deal(cast.agent2)
    step = Activity.create(
        customer=bad.customer_id, deal=bad, kind="task", subject="Send papers", due_at=clock.now(), assignee=cast.agent
    )
    other = User.create(email="o@x.example", name="Other Agent", roles={"agent"}, manager=cast.manager)
    report = (
        visit("manager")
        .post(f"/people/{cast.agent.id}/hand-over", data={"owner": str(other.id), "reason": "Team change"})
        .text
    )
    assert "1 handed over, 1 refused" in report
    assert "Other Agent can’t see this deal." in report
    assert Deal.get_by_id(good.id).owner == other
    assert Activity.get_by_id(step.id).assignee == cast.agent


def test_row_by_row_with_the_rest_left(visit, cast):
    one, other = cast.deal(cast.agent), cast.deal(cast.agent)
    data = {"owner": "", f"deal-{one.id}": str(cast.manager.id), f"deal-{other.id}": "", "reason": "Team change"}
    report = visit("manager").post(f"/people/{cast.agent.id}/hand-over", data=data).text
    assert "1 handed over, 1 left" in report
    assert Deal.get_by_id(other.id).owner == cast.agent


def test_reviews_go_to_a_manager_beside_the_rest(visit, cast):
    deal, request = cast.deal(cast.manager), cast.losing(cast.deal(cast.agent), cast.agent)
    client, path = visit("admin"), f"/people/{cast.manager.id}/hand-over"
    page = client.get(path).text
    assert f'name="review-{request.id}"' in page
    assert f'name="step-{request.task_id}"' not in page
    report = client.post(
        path, data={"owner": str(cast.agent2.id), "reviewer": str(cast.manager2.id), "reason": "They leave"}
    ).text
    assert "refused" not in report
    assert Deal.get_by_id(deal.id).owner == cast.agent2
    assert CancellationRequest.get_by_id(request.id).reviewer == cast.manager2


def test_a_review_stays_where_everything_goes_to_an_agent(visit, cast):
    request = cast.losing(cast.deal(cast.agent), cast.agent)
    data = {"owner": str(cast.agent2.id), "reason": "They leave"}
    assert (
        "Choose the manager who reviews it."
        in visit("admin").post(f"/people/{cast.manager.id}/hand-over", data=data).text
    )
    assert CancellationRequest.get_by_id(request.id).reviewer == cast.manager


@pytest.mark.parametrize("row", [False, True])
def test_orders_to_save_go_to_the_retention_team(visit, cast, row):
    plan = cast.request_in("retention").plans.get()
    other = User.create(email="r2@x.example", name="Mateo Ruiz", roles={"retention"})
    client, path = visit("manager"), f"/people/{cast.retention.id}/hand-over"
    page = client.get(path).text
    assert f'name="case-{plan.id}"' in page
    assert 'name="owner"' not in page
    client.post(path, data={f"case-{plan.id}" if row else "member": str(other.id), "reason": "They leave"})
    assert RetentionPlan.get_by_id(plan.id).assignee == other


INCOMPLETE = {
    "nobody is chosen": ({"reason": "Team change"}, "Choose who takes it over."),
    "no reason": ({"owner": "agent2", "reason": " "}, "Say why, in words."),
    "themselves": ({"owner": "agent", "reason": "Team change"}, "Choose somebody from the list."),
    "somebody who works no deals": ({"owner": "compliance", "reason": "Team change"}, "Choose somebody from the list."),
    "an agent for a review": ({"review-1": "agent2", "reason": "Team change"}, "Choose people from the list."),
    "a manager for an order to save": ({"member": "manager2", "reason": "Team change"}, "Choose who takes it over."),
    "junk in a row": ({"deal-1": "x", "reason": "Team change"}, "Choose people from the list."),
}


@pytest.mark.parametrize("sent, sentence", INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_hand_over_that_is_not_complete_moves_nothing(visit, cast, sent, sentence):
    deal = cast.deal(cast.agent)
    sent = {name: str(getattr(cast, value).id) if value in cast.ROLES else value for name, value in sent.items()}
    answer = visit("manager").post(f"/people/{cast.agent.id}/hand-over", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert Deal.get_by_id(deal.id).owner == cast.agent


def test_whoever_is_away_says_so_in_the_list_of_new_owners(visit, cast):
    cast.deal(cast.agent)
    be_away(cast.agent2, cast.agent2, clock.today(), clock.today())
    assert "Thabo Okafor (away until 18 Nov)" in visit("manager").get(f"/people/{cast.agent.id}/hand-over").text


def test_who_covers_is_proposed_unless_they_are_away_too(visit, cast):
    cast.deal(cast.agent)
    boss, path, today = visit("manager"), f"/people/{cast.agent.id}/hand-over", clock.today()
    be_away(cast.agent, cast.manager, today, today, cover=cast.agent2)
    proposed = f'<option selected value="{cast.agent2.id}">'
    assert proposed in boss.get(path).text
    be_away(cast.agent2, cast.manager2, today, today)
    assert proposed not in boss.get(path).text


def test_a_won_order_that_is_to_be_delivered_is_handed_over(visit, cast):
    won = cast.in_state("won", cast.agent)
    Deal.update(eta_on=clock.today()).where(Deal.id == won.id).execute()
    boss, path = visit("manager"), f"/people/{cast.agent.id}/hand-over"
    assert "1 order to deliver" in boss.get(path).text
    done = boss.post(path, data={f"deal-{won.id}": cast.agent2.id, "reason": "They leave"})
    assert "1 handed over" in done.text and Deal.get_by_id(won.id).owner == cast.agent2
