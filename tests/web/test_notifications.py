"""What somebody should know, and reading it."""

import pytest

from carmanana.notifications.models import Notification


@pytest.fixture
def told(cast):
    """One about each kind of thing, the oldest first."""
    deal = cast.deal(cast.agent)
    return [
        Notification.create(user=cast.manager, text="About a deal", deal=deal),
        Notification.create(user=cast.manager, text="About a client", customer=deal.customer),
        Notification.create(user=cast.manager, text="About a person", about=cast.agent),
        Notification.create(user=cast.manager, text="About <b>nothing</b>"),
        Notification.create(user=cast.agent2, text="Somebody else's"),
    ]


def test_mine_are_listed_newest_first_with_the_new_ones_marked(visit, told):
    page = visit("manager").get("/notifications/").text
    places = [page.index(words) for words in ("About &lt;b&gt;nothing", "About a person", "About a client", "About a deal")]
    assert places == sorted(places)
    assert "Somebody else" not in page
    assert page.count(">New</span>") == 4
    assert 'aria-label="Notifications: 4 new"' in page


def test_opening_one_reads_it_and_follows(visit, told, cast):
    manager = visit("manager")
    places = [manager.post(f"/notifications/{notification.id}/read").location for notification in told[:4]]
    deal = told[0].deal
    assert places == [f"/deals/{deal.id}", f"/customers/{deal.customer_id}", f"/people/{cast.agent.id}", "/notifications/"]
    page = manager.get("/notifications/").text
    assert ">New</span>" not in page and f'href="/deals/{deal.id}"' in page


def test_somebody_elses_can_not_be_read(visit, told):
    assert visit("manager").post(f"/notifications/{told[4].id}/read").status_code == 404
    assert Notification.get_by_id(told[4].id).read_at is None


def test_a_person_leads_nowhere_for_an_agent(visit, cast):
    notification = Notification.create(user=cast.agent, text="You have no access", about=cast.agent)
    assert visit("agent").post(f"/notifications/{notification.id}/read").location == "/notifications/"


def test_all_are_read_at_once_and_only_mine(visit, told):
    assert visit("manager").post("/notifications/read").location == "/notifications/"
    unread = Notification.select().where(Notification.read_at.is_null())
    assert [notification.id for notification in unread] == [told[4].id]


def test_many_come_in_pages(visit, cast):
    for number in range(60):
        Notification.create(user=cast.agent, text=f"Number {number}")
    agent = visit("agent")
    assert "Number 59<" in agent.get("/notifications/").text
    assert "Number 9<" in agent.get("/notifications/?page=2").text


def test_nothing_to_tell(visit):
    assert "Nothing to tell you yet" in visit("compliance").get("/notifications/").text
