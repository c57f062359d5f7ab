"""Who sold an order: its owners of the last 90 days, and whoever requested its cancellation."""

from datetime import timedelta

from carmanana.core import clock
from carmanana.deals import ownership
from carmanana.deals.sellers import sold_it
from carmanana.records.deal_codes import WON

NINETY = timedelta(days=90)


def test_the_owner_sold_it_and_a_manager_beside_it_did_not(cast):
    deal = cast.in_state(WON)
    assert sold_it(deal, cast.agent)
    assert not sold_it(deal, cast.manager) and not sold_it(deal, cast.agent2) and not sold_it(deal, cast.house)


def test_who_gave_it_away_has_sold_it_for_ninety_days(cast):
    deal = ownership.reassign(cast.in_state(WON, cast.manager2), cast.agent2, "Goes on holiday", cast.manager)
    assert sold_it(deal, cast.manager2) and sold_it(deal, cast.agent2)
    assert sold_it(deal, cast.manager2, clock.now() + NINETY - timedelta(minutes=1))
    assert not sold_it(deal, cast.manager2, clock.now() + NINETY + timedelta(minutes=1))


def test_who_claimed_an_imported_deal_and_passed_it_on_has_sold_it(cast):
    deal = ownership.claim(cast.deal(), cast.manager2)
    deal = ownership.reassign(deal, cast.agent, "Was not mine to take", cast.manager)
    assert sold_it(deal, cast.manager2) and not sold_it(deal, cast.manager)


def test_who_requested_the_cancellation_has_sold_it(cast):
    request = cast.losing(cast.in_state(WON), cast.manager2)
    assert sold_it(request.deal, cast.manager2, request.requested_at)
    assert not sold_it(request.deal, cast.manager)
