"""What counts as an attempt to reach a person (domain 2)."""

from datetime import timedelta

import pytest

from carmanana.contacting import attempts
from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.customers import CustomerEmail, CustomerPhone

from ..cast import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def call(ago, outcome="no_answer_no_vm"):
    return {"kind": "call", "outcome": outcome, "ago": ago}


def other(kind, ago, outcome="sent"):
    return {"kind": kind, "outcome": outcome, "ago": ago}


COUNTED = {
    "a call, its voicemail, and the email and text within the hour": (
        [
            call(3 * HOUR),
            other("voicemail", 3 * HOUR - MINUTE, "vm_drop"),
            other("email", 2 * HOUR + MINUTE),
            other("text", 2 * HOUR + 2 * MINUTE),
        ],
        1,
    ),
    "an email an hour after the call": ([call(3 * HOUR), other("email", 2 * HOUR)], 2),
    "two calls one after the other": ([call(2 * HOUR), call(2 * HOUR - MINUTE)], 2),
    "a wrong number and a bounced email": ([call(3 * HOUR, "wrong"), other("email", HOUR, "wrong")], 0),
    "one that they answered in between": ([call(2 * DAY), call(DAY, "connected_follow_up"), call(HOUR)], 1),
}


@pytest.mark.parametrize("name", COUNTED)
def test_an_attempt_is_a_call_with_what_follows_within_the_hour(cast, name):
    told, number = COUNTED[name]
    deal = cast.deal(cast.agent)
    for contact in told:
        cast.called(deal, cast.agent, **contact)
    assert len(attempts.attempts(attempts.since_claim(deal, NOON))) == number


def test_what_was_logged_a_day_too_late_is_no_attempt(cast):
    deal = cast.deal(cast.agent)
    for ago, timely in ((DAY + MINUTE, False), (DAY, True)):
        given = {"outcome": "sent", "next_step": "Call", "due_at": NOON + DAY, "at": NOON - ago}
        entry = log(deal, cast.agent, "email", "Asked for news", "out", **given)
        assert (entry.timely, entry.logged_later) == (timely, True)
    assert [contact.at for contact in attempts.since_claim(deal, NOON)] == [NOON - DAY]


def test_only_contacts_since_the_claim_count(cast):
    deal = cast.deal(cast.agent)
    type(deal).update(claimed_at=NOON - HOUR).where(type(deal).id == deal.id).execute()
    for ago in (2 * HOUR, HOUR):
        cast.called(deal, cast.agent, **call(ago))
    assert [contact.at for contact in attempts.since_claim(type(deal).get_by_id(deal.id), NOON)] == [NOON - HOUR]


def test_three_attempts_on_two_days_are_enough(cast):
    tried = [attempts.ContactAttempt([Activity(kind="call", at=NOON - ago)]) for ago in (3 * HOUR, 2 * HOUR, HOUR)]
    assert not attempts.enough(tried, "America/New_York")
    assert attempts.shortfall(tried, "America/New_York") == "3 attempts on 2 different days; there are 3 on 1"
    tried[0].contacts[0].at = NOON - DAY
    assert attempts.enough(tried, "America/New_York")


def test_all_is_wrong_only_where_each_number_and_address_is(cast):
    customer = cast.client()
    CustomerPhone.update(wrong_at=clock.now()).where(CustomerPhone.customer == customer).execute()
    assert not attempts.all_wrong(customer)
    CustomerEmail.update(wrong_at=clock.now()).where(CustomerEmail.customer == customer).execute()
    assert attempts.all_wrong(customer)
