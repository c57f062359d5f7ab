"""The retention desk: whose case it is, what may be offered, how it ends; and the reviewer's plan."""

import re
from datetime import timedelta

import pytest

from carmanana.cancellations.retention import desk
from carmanana.core import clock
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import WON
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage
from carmanana.records.retention import Commitment, CounterOffer, Offer, Presentation, RetentionPlan

from ..cast import everything
from ..saving import contacted, offer, planned, presented, second_member
from .routes import HTMX

SAID = {
    "kind": "call",
    "direction": "out",
    "outcome": "connected_follow_up",
    "summary": "We talked about the car",
    "answer": "thinking",
    "words": "Hm",
}
ON_DESK = HTMX | {"HX-Current-URL": "http://localhost/retention"}


@pytest.fixture
def plan(cast):
    return planned(cast)


@pytest.fixture
def samira(visit, plan):
    return visit("retention")


@pytest.fixture
def other(visit, cast):
    second_member(cast)
    return visit("retention2")


def first(plan) -> Offer:
    return plan.offers.order_by(Offer.id).first()


def case(plan, path: str = "") -> str:
    return f"/cancellations/{plan.request_id}{path}"


def fresh(plan) -> CancellationRequest:
    return CancellationRequest.get_by_id(plan.request_id)


def unchanged(before: dict) -> bool:
    after = everything()
    return {name for name in after if after[name] != before[name]} <= {"session", "sqlite_sequence"}


# the desk


def test_the_desk_shows_my_cases_the_plan_and_its_limits(samira, plan, cast):
    planned(cast, due_at=clock.now() + timedelta(hours=3))
    page = samira.get(f"/retention/{plan.request_id}").text
    for words in (
        "Ask about the dialysis first",
        "Not beyond $600.",
        "Approved offers: nothing else may be offered",
        "Loan car until delivery",
        "due today 15:00",
        "2 offers",
    ):
        assert words in page, words
    assert page.count('class="case-card"') == 2
    assert 'href="tel:+1305' in page, "the lock is lifted for who has the case"
    assert "<b>1</b>" not in samira.get("/promises").text


def test_the_bar_counts_what_is_due_today(samira, plan, visit):
    assert 'class="page-count"' not in samira.get("/retention").text.split("bar-end")[0]
    with clock.set_to(plan.due_at + timedelta(hours=1)):
        page = visit("retention").get("/retention").text
    assert '<span class="page-count">1<' in page


def test_a_crowded_desk_shows_what_is_due_first_and_says_how_many_wait(visit, plan, cast, monkeypatch):
    planned(cast)
    monkeypatch.setattr(desk, "OPEN_SHOWN", 1)
    page = visit("retention").get("/retention").text
    assert "The 1 due first of 2." in page and page.count('class="case-card"') == 1


def test_cards_and_forms_that_nobody_sees_yet_come_when_they_are_looked_for(samira, plan, cast, monkeypatch):
    """As a part of the page where a script asks, and else with the page."""
    planned(cast, due_at=clock.now() + timedelta(hours=3))
    monkeypatch.setattr(desk, "FIRST_SHOWN", 1)
    page = samira.get(f"/retention/{plan.request_id}").text
    assert page.count('class="case-card"') == 1 and 'name="kept_by"' not in page and 'name="because"' not in page
    wrong = []
    for words, shown in (
        ("cards=open", 'class="case-card"'),
        ("/retain", 'name="kept_by"'),
        ("/plan/end", 'name="because"'),
        ("/playbook/mission", "Nobody has asked yet"),
        ("part=history", 'class="timeline"'),
    ):
        url = re.search(rf'hx-get="([^"]*{words}[^"]*)"', page)[1].replace("&amp;", "&")
        part = samira.get(url, headers=ON_DESK | {"HX-Target": "p#ending-form"})
        whole = samira.get(url, follow_redirects=True).text
        if part.status_code != 200 or shown not in part.text or "<html" in part.text or "<html" not in whole:
            wrong.append((url, part.status_code, part.text[:300]))
    assert wrong == []


def test_an_empty_desk_says_what_comes_here(visit, cast):
    assert "No order to save just now" in visit("retention").get("/retention").text


def test_somebody_elses_case_is_nowhere(other, plan, visit):
    before = everything()
    assert "María" not in other.get("/retention").text
    for path in (
        f"/retention/{plan.request_id}",
        *(case(plan, f"/{end}") for end in ("counter", "plan/end", "retain", "playbook/diagnose")),
    ):
        assert other.get(path).status_code == 404, path
    assert other.post(case(plan, f"/offers/{first(plan).id}/presentation"), data=SAID).status_code == 404
    assert visit("agent").get("/retention").status_code == 403
    assert unchanged(before)


def test_managers_look_at_all_and_filter_by_member(visit, plan, cast):
    bea = second_member(cast)
    planned(cast, assignee=bea)
    manager = visit("manager2")
    assert manager.get("/retention").text.count('class="case-card"') == 2
    assert manager.get(f"/retention?member={bea.id}").text.count('class="case-card"') == 1
    assert manager.get("/retention?member=junk").status_code == 200
    assert ">Present</a>" not in manager.get(f"/retention/{plan.request_id}").text


def test_a_case_that_went_to_somebody_else_is_not_mine_any_more(samira, plan, visit, cast):
    bea = second_member(cast)
    answer = visit("manager2").post(case(plan, "/plan/member"), data={"assignee": bea.id})
    assert answer.status_code == 303
    assert RetentionPlan.get().assignee == bea
    assert samira.get(f"/retention/{plan.request_id}").status_code == 404


# presenting


def test_an_approved_offer_is_presented_and_the_answer_comes_later(samira, plan):
    url = case(plan, f"/offers/{first(plan).id}/presentation")
    assert "Loan car until delivery" in samira.get(url, headers=ON_DESK).text
    answer = samira.post(url, data=SAID, headers=ON_DESK)
    assert (answer.status_code, "presented today 12:00" in answer.text) == (200, True)
    assert 'hx-target="#desk"' in answer.text and "presented, thinking" in answer.text
    url = case(plan, f"/offers/{first(plan).id}/response")
    assert "Write down what the customer said." in samira.post(url, data={"answer": "accepted"}).text
    assert samira.post(url, data={"answer": "accepted", "words": "Yes"}).location == f"/retention/{plan.request_id}"
    assert Presentation.get().accepted_in_time


def test_a_double_click_presents_once_and_a_second_try_is_refused(samira, plan):
    url = case(plan, f"/offers/{first(plan).id}/presentation")
    for _ in range(2):
        assert samira.post(url, data=SAID | {"once": "k1"}).status_code == 303
    again = samira.post(url, data=SAID | {"once": "k2"}, headers=ON_DESK)
    assert (again.status_code, "presented already" in again.text) == (422, True)
    assert Presentation.select().count() == 1


def test_nothing_that_was_not_approved_is_presented(samira, plan, cast):
    elsewhere = planned(cast, offers=[offer("A free car")], assignee=second_member(cast))
    before = everything()
    for forged in (first(elsewhere).id, 999_999):
        answer = samira.post(case(plan, f"/offers/{forged}/presentation"), data=SAID)
        assert (answer.status_code, "Only what the manager approved may be offered" in answer.text) == (422, True)
        assert "A free car" not in samira.get(case(plan, f"/offers/{forged}/presentation")).text
    assert not Presentation.select().exists()
    assert everything("offer", "activity", "event") == {name: before[name] for name in ("offer", "activity", "event")}


def test_an_expired_offer_is_shown_so_and_refused(visit, cast):
    plan = planned(cast, offers=[offer(expires_at=clock.now() + timedelta(hours=1)), offer("Later")])
    with clock.set_to(clock.now() + timedelta(hours=2)):
        samira = visit("retention")
        assert "expired today 13:00" in samira.get(f"/retention/{plan.request_id}").text
        answer = samira.post(case(plan, f"/offers/{first(plan).id}/presentation"), data=SAID)
    assert (answer.status_code, "This offer has expired" in answer.text) == (422, True)


def test_what_is_missing_stands_at_its_field_and_what_was_typed_is_kept(samira, plan):
    url = case(plan, f"/offers/{first(plan).id}/presentation")
    answer = samira.post(url, data={"kind": "call", "summary": "A long talk"}, headers=ON_DESK)
    assert answer.status_code == 422
    assert "A long talk" in answer.text and "Choose what the customer said to it." in answer.text


def test_what_goes_out_in_writing_may_promise_the_approved_terms_and_nothing_else(samira, cast):
    plan = planned(cast, offers=[offer("We refund $250 of the delivery fee by 24 November")])
    url = case(plan, f"/offers/{first(plan).id}/presentation")
    written = SAID | {"kind": "email", "outcome": "", "summary": "Your deposit is guaranteed refundable."}
    answer = samira.post(url, data=written, headers=ON_DESK)
    assert (
        answer.status_code == 422
        and 'id="summary-error"' in answer.text
        and "Your deposit is guaranteed refundable." in answer.text
    )
    answer = samira.post(url, data=written | {"summary": "We refund $250 of the delivery fee by 24 November."})
    assert answer.status_code == 303
    assert Presentation.get().activity.outcome == "sent"


@pytest.mark.parametrize("who", ["agent", "manager", "manager2", "compliance", "admin"])
def test_nobody_else_presents(visit, plan, who):
    before = everything()
    assert visit(who).post(case(plan, f"/offers/{first(plan).id}/presentation"), data=SAID).status_code == 403
    assert unchanged(before)


# the customer's own terms


def test_what_they_ask_for_goes_to_the_reviewer_and_becomes_an_offer(samira, plan, visit):
    assert "more than what is approved" in samira.get(case(plan, "/counter")).text
    assert samira.post(case(plan, "/counter"), data={"terms": ""}).status_code == 422
    assert samira.post(case(plan, "/counter"), data={"terms": "$900 off"}).status_code == 303
    assert "waits for approval" in samira.get("/retention").text
    manager, url = visit("manager"), case(plan, f"/counters/{CounterOffer.get().id}/answer")
    lists = ("/today", "/cancellations?show=decide", "/cancellations?show=retention")
    asked = [(page := manager.get(one).text).count("The customer asks for something else") for one in lists]
    assert asked == [1, 1, 1] and "need you" in page, "it waits where its reviewer looks"
    assert 'value="$900 off"' in manager.get(url).text
    assert "Say why not." in manager.post(url, data={"approved": "no"}).text
    row = {
        "offer-0-kind": "price",
        "offer-0-terms": "$900 off",
        "offer-0-value_cents": "900",
        "offer-0-expires_at": "2026-11-24T18:00",
    }
    answer = manager.post(url, data={"approved": "yes"} | row)
    assert answer.location.startswith(f"/cancellations/{plan.request_id}")
    assert not any("The customer asks for something else" in manager.get(one).text for one in lists)
    assert CounterOffer.get().approved and Offer.get(Offer.terms == "$900 off").value_cents == 90_000
    assert visit("manager2").post(url, data={"approved": "no", "words": "No"}).status_code == 403
    assert manager.post(url, data={"approved": "no", "words": "No"}).status_code == 422, "it is answered"


# how it ends


def keep_form(cast, **data) -> dict:
    row = {
        "promise-0-words": "The loan car stays",
        "promise-0-kind": "other",
        "promise-0-due_on": "2026-11-20",
        "promise-0-owner": str(cast.agent.id),
    }
    return {"kept_by": "The loan car", "back_to": "won"} | row | data


def test_the_order_is_kept_on_an_accepted_offer(samira, plan, cast):
    refused = samira.post(case(plan, "/retain"), data=keep_form(cast), headers=ON_DESK)
    assert (refused.status_code, "The customer has not accepted an approved offer." in refused.text) == (422, True)
    presented(cast, plan)
    empty = {"promise-9-words": "", "promise-9-kind": "other", "promise-9-due_on": "", "promise-9-owner": cast.agent.id}
    more = {
        f"promise-{number}-{name}": value
        for number in range(1, 5)
        for name, value in (("words", f"Promise {number}"), ("due_on", "2026-11-21"), ("owner", cast.manager.id))
    }
    answer = samira.post(case(plan, "/retain"), data=keep_form(cast, **more, **empty), headers=ON_DESK)
    assert (answer.status_code, "The customer stays" in answer.text) == (200, True)
    assert (fresh(plan).state, Deal.get_by_id(fresh(plan).deal_id).state) == ("retained", WON)
    assert Commitment.select().count() == 6  # what they accepted is one by itself
    assert samira.get(f"/retention/{plan.request_id}").status_code == 200, "to look at"
    assert samira.post(case(plan, "/retain"), data=keep_form(cast)).status_code == 422


def test_what_the_promises_lack_is_said_and_kept(samira, plan, cast):
    presented(cast, plan)
    answer = samira.post(
        case(plan, "/retain"), data=keep_form(cast, **{"promise-0-due_on": "2026-02-31"}), headers=ON_DESK
    )
    assert (
        answer.status_code == 422 and "The loan car stays" in answer.text and 'hx-target="#retain-form"' in answer.text
    )
    page = samira.get(f"/retention/{plan.request_id}").text
    assert "They accepted it, so it is promised." in page and "We promised nothing" not in page
    stage = Stage.get(Stage.pipeline == fresh(plan).deal.pipeline_id)
    answer = samira.post(case(plan, "/retain"), data={"kept_by": "It", "no_commitments": "y", "back_to": stage.id})
    assert "Say what the follow-up is." in answer.text
    for forged in ("999999", "zz", "lost"):
        assert (
            samira.post(
                case(plan, "/retain"), data={"kept_by": "It", "no_commitments": "y", "back_to": forged}
            ).status_code
            == 422
        )
    whole = {
        "kept_by": "It",
        "no_commitments": "y",
        "back_to": stage.id,
        "next_step": "Call",
        "due_at": "2026-11-20T10:00",
    }
    assert samira.post(case(plan, "/retain"), data=whole).location == f"/retention/{plan.request_id}"


def test_still_wants_to_cancel_goes_back_to_the_reviewer_who_decides(samira, plan, visit):
    inline = ON_DESK | {"HX-Target": "form#ending-form"}
    refused = samira.post(case(plan, "/plan/end"), data={"because": "declined"}, headers=inline)
    assert (
        refused.status_code == 422
        and 'hx-target="#ending-form"' in refused.text
        and "Write down the customer" in refused.text
    )
    assert samira.post(case(plan, "/plan/end"), data={"because": "recalled", "response": "x"}).status_code == 422
    assert 'value="recalled"' in visit("manager").get(case(plan, "/plan/end")).text
    assert 'value="recalled"' not in samira.get(case(plan, "/plan/end")).text
    answer = samira.post(
        case(plan, "/plan/end"), data={"because": "declined", "response": "She wants out"}, headers=inline
    )
    assert (answer.status_code, fresh(plan).state) == (200, "declined")
    page = samira.get(f"/retention/{plan.request_id}").text
    assert "She wants out" in page and 'action="/cancellations' not in page, "to look at, not to work on"
    assert Deal.get_by_id(fresh(plan).deal_id).state == "cancellation_requested", "nothing is cancelled by it"


@pytest.mark.parametrize("who", ["agent", "manager2", "compliance", "admin"])
def test_nobody_else_ends_it(visit, plan, cast, who):
    presented(cast, plan)
    before = everything()
    browser = visit(who)
    assert browser.post(case(plan, "/retain"), data=keep_form(cast)).status_code == 403
    assert browser.post(case(plan, "/plan/end"), data={"because": "declined", "response": "x"}).status_code == 403
    assert unchanged(before)


# the plan

ROW = {
    "offer-0-kind": "other",
    "offer-0-terms": "Loan car",
    "offer-0-limits": "For two weeks",
    "offer-0-expires_at": "2026-11-24T18:00",
}
PLAN = {"instructions": "Call", "due_at": "2026-11-19T16:00"}


def test_the_reviewer_makes_the_plan(visit, cast):
    asked = contacted(cast)
    manager, url = visit("manager"), f"/cancellations/{asked.id}/plan"
    assert "Samira Mendes · 0 cases" in manager.get(url).text
    refused = manager.post(url, data=PLAN, headers=HTMX)
    assert (
        refused.status_code == 422
        and "Approve at least one offer." in refused.text
        and 'hx-target="#plan-form"' in refused.text
    )
    second = {
        "offer-3-kind": "price",
        "offer-3-terms": "$600 off",
        "offer-3-value_cents": "600",
        "offer-3-limits": "Once",
        "offer-3-expires_at": "2026-11-24T18:00",
    }
    for missing in (
        {"offer-0-expires_at": "soon"},
        {"offer-3-value_cents": ""},
        {"offer-3-value_cents": "much"},
        {"offer-3-limits": ""},
    ):
        assert (
            manager.post(url, data=PLAN | ROW | second | {"assignee": cast.retention.id} | missing).status_code == 422
        ), missing
    answer = manager.post(url, data=PLAN | ROW | second | {"assignee": cast.retention.id})
    assert answer.location == f"/cancellations/{asked.id}"
    plan = RetentionPlan.get()
    assert (plan.assignee, {row.terms for row in plan.offers}) == (cast.retention, {"Loan car", "$600 off"})


def test_no_offer_beyond_the_sixtieth_is_dropped_unseen(visit, cast):
    manager, url = visit("manager"), f"/cancellations/{contacted(cast).id}/plan"
    many = {f"offer-{number}-{key.split('-')[2]}": value for number in range(61) for key, value in ROW.items()}
    answer = manager.post(url, data=PLAN | many | {"assignee": cast.retention.id})
    assert (
        answer.status_code == 422
        and answer.text.count("At most 60 fit here.") == 1
        and answer.text.count('value="Loan car"') == 61
    )
    sixty = {name: value for name, value in many.items() if not name.startswith("offer-60-")}
    assert manager.post(url, data=PLAN | sixty | {"assignee": cast.retention.id}).status_code == 303
    assert RetentionPlan.get().offers.count() == 60


def test_in_the_review_a_step_answers_with_the_review(visit, cast):
    asked = contacted(cast)
    in_review = HTMX | {"HX-Current-URL": f"http://localhost/cancellations/{asked.id}"}
    manager = visit("manager")
    page = manager.get(f"/cancellations/{asked.id}").text
    assert 'id="plan-form"' in page and 'id="retain-form"' in page and "/playbook" in page
    answer = manager.post(
        f"/cancellations/{asked.id}/plan", data=PLAN | ROW | {"assignee": cast.retention.id}, headers=in_review
    )
    assert (answer.status_code, 'hx-target="#review"' in answer.text, "Samira Mendes has the case" in answer.text) == (
        200,
        True,
        True,
    )
    answer = manager.post(
        f"/cancellations/{asked.id}/plan/end",
        data={"because": "recalled", "response": "She called me"},
        headers=in_review,
    )
    assert (answer.status_code, CancellationRequest.get().state) == (200, "declined")
    answer = manager.post(f"/cancellations/{asked.id}/retain", data=keep_form(cast), headers=in_review)
    assert (answer.status_code, 'hx-target="#review"' in answer.text) == (200, True)
    assert CancellationRequest.get().state == "retained"


@pytest.mark.parametrize("who", ["agent", "retention", "manager2", "compliance", "admin"])
def test_nobody_else_makes_a_plan(visit, cast, who):
    asked = contacted(cast)
    before = everything()
    assert (
        visit(who)
        .post(f"/cancellations/{asked.id}/plan", data=PLAN | ROW | {"assignee": cast.retention.id})
        .status_code
        == 403
    )
    assert unchanged(before)


def test_a_plan_is_revised_by_what_changed(visit, plan, cast):
    manager, url = visit("manager"), case(plan, "/plan/revision")
    page = manager.get(url).text
    assert (
        '<h1 id="dialog-title">Change the plan</h1>' in page
        and '<button class="button primary">Change the plan' in page
    )
    assert "Ask about the dialysis first" in page and "$600 off the price" in page
    same = {
        "instructions": plan.instructions,
        "assignee": plan.assignee_id,
        "due_at": f"{clock.local(plan.due_at, 'America/New_York'):%Y-%m-%dT%H:%M}",
    }
    assert "Nothing is changed." in manager.post(url, data=same).text
    gone = plan.offers.order_by(Offer.id.desc()).first()
    answer = manager.post(url, data=same | {"withdrawn": gone.id, "instructions": "Not beyond $700"} | ROW)
    assert answer.status_code == 303
    assert Offer.get_by_id(gone.id).withdrawn_at and RetentionPlan.get().instructions == "Not beyond $700"
    assert manager.post(url, data=same | {"version": "1", "instructions": "x"}).status_code == 409


def test_an_offer_is_worth_money_of_the_orders_currency(visit, cast):
    asked = contacted(cast)
    Deal.update(currency="EUR").where(Deal.id == asked.deal_id).execute()
    manager, url = visit("manager"), f"/cancellations/{asked.id}/plan"
    assert '<span class="amount-code">EUR</span>' in manager.get(url).text
    plan = PLAN | ROW | {"offer-0-kind": "price", "assignee": cast.retention.id}
    wrong = manager.post(url, data=plan | {"offer-0-value_cents": "£600"})
    assert wrong.status_code == 422 and "This deal is in EUR" in wrong.text and not Offer.select().exists()
    assert manager.post(url, data=plan | {"offer-0-value_cents": "€600"}).status_code == 303
    assert Offer.get().value == "€600" and "€600" in Offer.terms_in_force(asked.deal.customer)
