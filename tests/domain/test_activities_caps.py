"""Nobody is harassed: caps on unanswered attempts (Lead & deal SOP, section J)."""

from datetime import timedelta

import pytest

from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.records.deals import Deal

from ..cast import NOON, refused

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STEP = {"next_step": "Send 3 options"}
UNANSWERED = {"call": "no_answer_no_vm", "voicemail": "vm_drop", "email": "sent", "text": "sent"}
A_DAYS_CAP, A_MONTHS_CAP = [3 * HOUR, 2 * HOUR, HOUR], [day * DAY for day in range(10, 0, -1)]


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent)


def tried(cast, deal, kind, *agos):
    for ago in sorted(agos, reverse=True):
        with clock.set_to(NOON - ago):
            log(
                deal,
                cast.agent,
                kind,
                "No answer",
                direction="out",
                outcome=UNANSWERED[kind],
                due_at=clock.now() + DAY,
                **STEP,
            )


def answered(cast, deal, ago, kind="call", **given):
    with clock.set_to(NOON - ago):
        log(
            deal,
            cast.agent,
            kind,
            "They answered",
            **{"direction": "out", "outcome": "connected_follow_up", "due_at": clock.now() + DAY} | STEP | given,
        )


@pytest.mark.parametrize("kind", UNANSWERED)
def test_the_fourth_attempt_in_a_day_is_one_too_many(cast, deal, kind):
    tried(cast, deal, kind, *A_DAYS_CAP)
    with refused("day_cap", remedies=("deals.flag",)):
        tried(cast, deal, kind, 0 * DAY)


@pytest.mark.parametrize("kind", UNANSWERED)
def test_the_eleventh_attempt_in_a_month_is_one_too_many(cast, deal, kind):
    tried(cast, deal, kind, *A_MONTHS_CAP)
    with refused("month_cap", remedies=("deals.flag",)):
        tried(cast, deal, kind, 0 * DAY)


@pytest.mark.parametrize(("agos", "code"), [([DAY, HOUR, HOUR], None), ([DAY - MINUTE, HOUR, HOUR], "day_cap")])
def test_a_day_is_twenty_four_hours(cast, deal, agos, code):
    tried(cast, deal, "email", *agos)
    if code:
        with refused(code):
            tried(cast, deal, "email", 0 * DAY)
    else:
        tried(cast, deal, "email", 0 * DAY)


@pytest.mark.parametrize(("oldest", "code"), [(30 * DAY, None), (30 * DAY - MINUTE, "month_cap")])
def test_a_month_is_thirty_days(cast, deal, oldest, code):
    tried(cast, deal, "email", oldest, *A_MONTHS_CAP[1:])
    if code:
        with refused(code):
            tried(cast, deal, "email", 0 * DAY)
    else:
        tried(cast, deal, "email", 0 * DAY)


def test_voicemails_are_calls(cast, deal):
    tried(cast, deal, "call", HOUR, 2 * HOUR)
    tried(cast, deal, "voicemail", HOUR)
    with refused("day_cap"):
        tried(cast, deal, "voicemail", 0 * DAY)
    with refused("day_cap"):
        tried(cast, deal, "call", 0 * DAY)


def test_each_channel_counts_for_itself(cast, deal):
    tried(cast, deal, "call", *A_DAYS_CAP)
    tried(cast, deal, "email", *A_DAYS_CAP)
    tried(cast, deal, "text", 0 * DAY)


def test_the_client_is_one_person_on_all_their_orders(cast, deal):
    other = cast.deal(cast.agent)
    Deal.update(customer=deal.customer_id).where(Deal.id == other.id).execute()
    tried(cast, Deal.get_by_id(other.id), "email", *A_DAYS_CAP)
    with refused("day_cap"):
        tried(cast, deal, "email", 0 * DAY)


def test_what_was_tried_with_other_clients_is_no_matter(cast, deal):
    tried(cast, cast.deal(cast.agent), "email", *A_DAYS_CAP)
    tried(cast, deal, "email", 0 * DAY)


@pytest.mark.parametrize(
    ("kind", "given"),
    [("email", {}), ("call", {"direction": "in", "outcome": None}), ("text", {"direction": "in", "outcome": None})],
)
def test_an_answer_on_any_channel_begins_the_count_anew(cast, deal, kind, given):
    tried(cast, deal, "call", *A_DAYS_CAP)
    answered(cast, deal, 30 * MINUTE, kind, **given)
    tried(cast, deal, "call", 3 * MINUTE, 2 * MINUTE, MINUTE)
    with refused("day_cap"):
        tried(cast, deal, "call", 0 * DAY)


def test_an_answer_before_the_attempts_changes_nothing(cast, deal):
    answered(cast, deal, 5 * HOUR)
    tried(cast, deal, "call", *A_DAYS_CAP)
    with refused("day_cap"):
        tried(cast, deal, "call", 0 * DAY)


def test_the_client_who_writes_is_never_capped(cast, deal):
    tried(cast, deal, "text", *A_DAYS_CAP)
    for _ in range(5):
        answered(cast, deal, 0 * DAY, "email", direction="in", outcome=None)


def test_an_answered_call_is_logged_however_often_it_was_tried(cast):
    deal = cast.deal(cast.agent)
    for hours in (5, 4, 3):
        cast.called(deal, cast.agent, outcome="no_answer_no_vm", ago=timedelta(hours=hours))
    with refused("day_cap"):
        cast.called(deal, cast.agent, outcome="no_answer_no_vm", ago=timedelta(hours=1))
    assert cast.called(deal, cast.agent, ago=timedelta(minutes=5)).connected
