"""What somebody should know, and reading it."""

import re
from datetime import timedelta

import pytest

from carmanana.cancellations.escalation import escalate_overdue
from carmanana.cancellations.lifecycle import review
from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import clear_flag, flag, reassign
from carmanana.records.notifications import Notification
from carmanana.staffing.absences import be_away

from ..saving import planned, retained, second_member


@pytest.fixture
def told(cast):
    """One about each kind of thing, the oldest first."""
    deal = cast.deal(cast.agent)
    return [
        Notification.create(user=cast.manager, text="About a deal", deal=deal),
        Notification.create(user=cast.manager, text="About a customer", customer=deal.customer),
        Notification.create(user=cast.manager, text="About a person", about=cast.agent),
        Notification.create(user=cast.manager, text="About <b>nothing</b>"),
        Notification.create(user=cast.agent2, text="Somebody else's"),
    ]


def test_the_bar_counts_what_is_new_as_far_as_99(visit, cast):
    def create(number):
        Notification.insert_many(
            {"user": cast.agent, "text": "New", "kind": "house", "created_at": clock.now()} for _ in range(number)
        ).execute()

    def said():
        return re.search(r'aria-label="Notifications(.*?)"', agent.get("/notifications/").text)[1]

    agent, told = visit("agent"), []
    for more in (0, 1, 98, 1, 50):
        create(more) if more else None
        told.append(said())
    assert told == ["", ": 1 new", ": 99 new", ": 99+ new", ": 99+ new"]


def test_mine_are_listed_newest_first_with_the_new_ones_marked(visit, told):
    page = visit("manager").get("/notifications/").text
    places = [
        page.index(words) for words in ("About &lt;b&gt;nothing", "About a person", "About a customer", "About a deal")
    ]
    assert places == sorted(places)
    assert "Somebody else" not in page
    assert page.count(">New</span>") == 4
    assert 'aria-label="Notifications: 4 new"' in page


def test_opening_one_reads_it_and_follows(visit, told, cast):
    manager = visit("manager")
    places = [manager.post(f"/notifications/{notification.id}/read").location for notification in told[:4]]
    deal = told[0].deal
    assert places == [
        f"/deals/{deal.id}",
        f"/customers/{deal.customer_id}",
        f"/people/{cast.agent.id}",
        "/notifications/",
    ]
    page = manager.get("/notifications/").text
    assert ">New</span>" not in page and f'href="/deals/{deal.id}"' in page


def test_somebody_elses_can_not_be_read(visit, told):
    assert visit("manager").post(f"/notifications/{told[4].id}/read").status_code == 404
    assert Notification.get_by_id(told[4].id).read_at is None


def test_a_person_leads_nowhere_for_an_agent(visit, cast):
    notification = Notification.create(user=cast.agent, text="You have no access", about=cast.agent)
    assert visit("agent").post(f"/notifications/{notification.id}/read").location == "/notifications/"


def test_an_expiry_of_a_colleagues_customer_leads_to_ones_own_expiries(visit, cast):
    theirs = cast.deal(cast.agent2).customer
    told = Notification.create(user=cast.agent, text="An expiry is yours now", kind="expiry", customer=theirs)
    assert visit("agent").post(f"/notifications/{told.id}/read").location == "/expiries/?show=mine"


def test_all_are_read_at_once_and_only_mine(visit, told):
    assert visit("manager").post("/notifications/read").location == "/notifications/"
    unread = Notification.select().where(Notification.read_at.is_null())
    assert [notification.id for notification in unread] == [told[4].id]


def test_many_come_in_pages(visit, cast):
    for number in range(60):
        Notification.create(user=cast.agent, text=f"Number {number}")
    agent = visit("agent")
    assert "Number 59<" in agent.get("/notifications/").text
    last = Notification.get(Notification.text == "Number 10")
    assert "Number 9<" in agent.get(f"/notifications/?after={last.id}").text


def test_nothing_to_tell(visit):
    assert "No notifications yet" in visit("compliance").get("/notifications/").text


# where each leads, for every reader


@pytest.fixture
def lived(cast):
    """Every kind of thing that a life of an order tells of, each told by the verb that tells it, then passed."""
    for state in ("requested", "contacted", "retention", "declined", "retained", "cancelled", "withdrawn"):
        request = cast.request_in(state)
        if request.open:
            review.fire(request, "assign_reviewer", cast.manager, reviewer=cast.manager2, reason="Away")
        log(request.deal, cast.manager, "call", "Asked how it stands", "in")
    plan = planned(cast)
    log(plan.request.deal, cast.manager, "call", "Asked how it stands", "in")
    review.fire(plan.request, "counter", cast.retention, terms="$900 off")
    member = second_member(cast)
    review.fire(plan.request, "hand_case_over", cast.manager, assignee=member)
    promise = {
        "kind": "other",
        "words": "A loan car",
        "due_on": clock.today() + timedelta(days=3),
        "owner": cast.agent2,
    }
    retained(cast, commitments=[promise])
    lost = order.fire(cast.deal(cast.agent), "lose", cast.manager, loss_reason="vehicle")
    again = {
        "stage": cast.stage(),
        "reason": "Called back",
        "next_step": "Call",
        "due_at": clock.now() + timedelta(days=1),
    }
    order.fire(lost, "reopen", cast.manager, **again)
    moved = cast.deal(cast.agent)
    flag(moved, "Whose is it?", cast.agent)
    clear_flag(moved, "Yours", cast.manager)
    reassign(moved, cast.agent2, "Knows them", cast.manager)
    with clock.set_to(clock.now() + timedelta(days=2)):
        escalate_overdue(clock.now())
    be_away(cast.agent, cast.agent, clock.today(), clock.today())
    return cast


def test_no_notification_leads_to_a_page_that_its_reader_may_not_see(visit, lived):
    readers = {notification.user for notification in Notification.select()}
    assert len(readers) >= 6
    for reader in readers:
        browser = visit(reader.email.partition("@")[0])
        for notification in Notification.of(reader):
            address = browser.post(f"/notifications/{notification.id}/read").location
            assert browser.get(address).status_code == 200, (reader.name, notification.text, address)
        for address in re.findall(r'class="link" href="([^"]+)"', browser.get("/notifications/").text):
            assert browser.get(address).status_code == 200, (reader.name, address)


def test_a_member_still_reads_the_case_that_has_ended(visit, cast):
    case = cast.request_in("declined")
    member = visit("retention")
    first = Notification.of(cast.retention).order_by(Notification.id).first()
    assert member.post(f"/notifications/{first.id}/read").location == f"/retention/{case.id}"
    page = member.get(f"/retention/{case.id}")
    assert page.status_code == 200 and "Thanked us and declined" in page.text
