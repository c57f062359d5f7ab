"""The managers' queue of cancellation requests, over HTTP."""

from datetime import timedelta

import pytest

from carmanana.cancellations import queue
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import WON
from tests.cast import NOON
from tests.counting import queries


@pytest.fixture
def boss(visit):
    return visit("manager")


def path(request: CancellationRequest, step: str = "") -> str:
    return f"/cancellations/{request.id}" + (f"/{step}" if step else "")


def test_the_queue_puts_first_who_awaits_contact_longest(cast, boss):
    decide, contact, retention = (cast.request_in(state) for state in ("contacted", "requested", "retention"))
    urgent = cast.request_in("requested")
    CancellationRequest.update(due_at=NOON - timedelta(hours=2)).where(CancellationRequest.id == urgent.id).execute()
    page = boss.get("/cancellations?show=all").text
    order = [page.index(f'href="/cancellations/{request.id}?') for request in (urgent, contact, decide, retention)]
    assert order == sorted(order)
    assert (
        "First contact 2 h overdue" in page
        and "First contact due in 1 h" in page
        and "Contacted, to be decided" in page
    )
    assert 'class="page-count">3<' in page.replace("\n", "")
    assert "avatar avatar-" in page and "avatar avatar- " not in page
    in_order = queue.in_a_row("all", cast.manager)
    assert in_order == [urgent.id, contact.id, decide.id, retention.id]
    assert queue.awaited("all", cast.manager, 2) == in_order[:2]


@pytest.mark.parametrize(
    "shown, states",
    [
        ("contact", {"requested", "in_review"}),
        ("decide", {"contacted", "declined"}),
        ("retention", {"retention"}),
        ("ended", {"cancelled"}),
    ],
)
def test_each_tab_shows_its_own(cast, boss, shown, states):
    made = {
        state: cast.request_in(state)
        for state in ("requested", "in_review", "contacted", "declined", "retention", "cancelled")
    }
    page = boss.get(f"/cancellations?show={shown}").text
    assert {state for state, request in made.items() if f'href="/cancellations/{request.id}?' in page} == states


def test_mine_are_those_that_i_review(cast, visit):
    mine, theirs = cast.request_in("requested"), cast.losing(cast.in_state(WON), cast.agent, reviewer=cast.manager2)
    page = visit("manager2").get("/cancellations").text
    assert f'href="/cancellations/{theirs.id}?' in page and f'href="/cancellations/{mine.id}?' not in page


@pytest.mark.parametrize("shown", ["all", "mine", "nowhere"])
def test_the_queue_takes_the_same_few_queries_however_long(cast, boss, shown):
    for _ in range(3):
        cast.request_in("requested")
    boss.get(f"/cancellations?show={shown}")
    with queries() as few:
        boss.get(f"/cancellations?show={shown}")
    for _ in range(27):
        cast.request_in("requested")
    with queries() as many:
        assert boss.get(f"/cancellations?show={shown}").text.count("queue-row") == 25
    assert len(many) <= len(few) <= 8, "\n".join(many)


def test_a_review_takes_the_same_queries_however_long_its_story(cast, boss):
    request = cast.request_in("contacted")
    boss.get(path(request))
    with queries() as few:
        boss.get(path(request))
    for _ in range(5):
        cast.called(request.deal)
    with queries() as many:
        assert boss.get(path(request)).text.count("Wants a hybrid") == 5
    assert len(few) == len(many) <= 49, "\n".join(many)


def test_who_reads_only_has_no_buttons(cast, visit):
    request = cast.request_in("in_review")
    for who in ("compliance", "admin"):
        page = visit(who).get(path(request)).text
        assert "Ingrid Dahl reviews this" in page and "Log the first contact" not in page and "Withdraw" not in page
    assert "Begin review" not in visit("compliance").get("/cancellations").text


def test_the_review_of_an_order_is_its_open_one(cast, visit, boss):
    request = cast.request_in("requested")
    assert boss.get(f"/deals/{request.deal_id}/cancellation/review").location == path(request)
    assert visit("agent").get(f"/deals/{request.deal_id}/cancellation/review").location == f"/deals/{request.deal_id}"
    assert boss.get(f"/deals/{cast.deal(cast.agent).id}/cancellation/review").status_code == 404
