"""What is asked together is answered as if it were asked by itself, in one statement."""

import pytest

from carmanana.core.db import transaction
from carmanana.core.query import ask_anew, ask_once, prepared
from carmanana.core.together import ask_ahead, ask_together
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from tests.counting import queries

newest = prepared(
    lambda owner: Deal.select(Deal, Customer).join(Customer).where(Deal.owner == owner).order_by(-Deal.id)
)
names = prepared(lambda: User.select(User.id, User.name, User.roles).order_by(User.name.desc()).tuples())
first = prepared(lambda id: Deal.select().where(Deal.id == id).limit(1))


@pytest.fixture
def page():
    ask_once()
    yield
    ask_anew()


def test_queries_that_are_asked_together_are_answered_in_one_statement(cast, page):
    deals = [cast.deal(cast.agent, details=words) for words in ('"Silver", \\ or 白\n', "", "It's [1, 2]")]
    alone = [list(map(vars, newest(cast.agent))), names(), first(-1)]
    agent = cast.agent
    ask_once()
    with queries() as told:
        read = ask_together(newest=(newest, agent), names=(names,), none=(first, -1), one=(first, deals[0].id))
        found = newest(agent.id)
        assert [list(map(vars, found)), names(), first(-1)] == alone and first.first(deals[0]).id == deals[0].id
        assert all(deal.customer.name for deal in found)
    assert len(told) == 1 and list(read) == ["newest", "names", "none", "one"] and read["none"] == "[]"


def test_what_has_changed_since_is_asked_anew(cast, page):
    deal = cast.deal(cast.agent)
    ask_together(one=(first, deal.id), names=(names,))
    Deal.update(details="Silver").where(Deal.id == deal.id).execute()
    assert first.first(deal).details == "Silver"
    with transaction():
        assert ask_together(one=(first, deal.id)) == {} and first.first(deal).details == "Silver"


def test_a_transaction_asks_ahead_until_it_writes_or_goes_back(cast):
    deal = cast.deal(cast.agent, details="Silver")
    names()
    change = Deal.update(details="Red").where(Deal.id == deal.id).execute
    with transaction():
        ask_ahead(one=(first, deal.id), names=(names,))
        with queries() as told:
            one, other = first.first(deal), first.first(deal.id)
            assert one is not other and one == other == deal and names()
        assert not told
        with pytest.raises(ZeroDivisionError), transaction():
            change()
            assert first.first(deal).details == "Red"
            ask_ahead(one=(first, deal.id))
            assert first.first(deal).details == "Red" and 1 / 0
        assert first.first(deal).details == "Silver"
        ask_ahead(one=(first, deal.id))
    change()
    assert first.first(deal).details == "Red"
    with transaction():
        assert first.first(deal).details == "Red"
