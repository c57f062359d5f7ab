"""A right to cancel that is used: what it does in one step, what it asks for, and that nothing in the history of a
review delays or refuses it. Deadlines agree with a calculation of their own in every zone."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import Phase, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.reviewers import likeliest
from carmanana.cancellations.rights.acknowledging import acknowledge
from carmanana.cancellations.rights.deadlines import last_day, right_of, sent_on
from carmanana.cancellations.rights.money import most_kept
from carmanana.compliance.raising import contacts_while_locked
from carmanana.contacting.attachments import keep_in
from carmanana.contacting.mail import outbox_address
from carmanana.contacting.mail.delivering import deliver_waiting
from carmanana.contacting.mail.drafts import sent_by_hand
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.deals.lifecycle import order
from carmanana.deals.payments import record_payment
from carmanana.records.activities import Activity
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, Payment, balance
from carmanana.records.mail import Letter
from carmanana.records.people import User
from carmanana.records.retention import RetentionPlan

from ..cast import NOON, refused
from ..soaking import examples
from .letters_world import mail_server, with_server
from .test_cancellations_histories import BEGINNINGS, DOING, History, World
from .unlawful import nothing_unlawful_stands

DELIVERED = NOON.date() - timedelta(days=4)
LAST = DELIVERED + timedelta(days=14)
DAY = timedelta(days=1)


def ours(deal: Deal, region: str = "DE", zone: str = "Europe/Berlin", **facts) -> Deal:
    """Agreed at a distance by somebody of that region, delivered four days ago."""
    Customer.update(region=region, timezone=zone).where(Customer.id == deal.customer_id).execute()
    told = {"agreed_how": "distance", "delivered_on": DELIVERED} | facts
    Deal.update(**told).where(Deal.id == deal.id).execute()
    return Deal.get_by_id(deal.id)


@pytest.fixture
def german(cast):
    def made(state: str = "requested", **facts) -> CancellationRequest:
        request = cast.request_in(state)
        ours(request.deal, **facts)
        return CancellationRequest.get_by_id(request.id)

    return made


def test_acknowledging_cancels_the_order_writes_to_the_customer_and_owes_what_was_paid(cast, german):
    wrong = []
    for state in ("requested", "in_review", "contacted", "retention", "declined"):
        request = german(state)
        with clock.set_to(NOON + 20 * DAY):
            ended = acknowledge(request, cast.manager2, sent_on=LAST, conditions=True)
        deal, plan = Deal.get_by_id(request.deal_id), RetentionPlan.latest(ended)
        told = (deal.state, ended.state, ended.ground, ended.sent_on, ended.right.region, ended.pending_cents)
        task, letter = ended.return_task, ended.letter
        owed = (clock.local(task.due_at, cast.manager.timezone).date(), task.assignee, balance(deal))
        if (
            told != ("cancelled_by_client", "cancelled", "right_to_cancel", LAST, "DE", 150000)
            or owed != (LAST + timedelta(days=14), cast.manager, 150000)
            or (plan and plan.ended_at is None)
            or not (letter.draft and letter.owed and "We return $1,500 to you by 12 December 2026" in letter.body)
        ):
            wrong.append((state, told, owed, letter.body))
    assert wrong == []
    nothing_unlawful_stands()


def test_what_it_asks_for_is_what_the_law_asks_for(cast, german):
    request, boss = german("in_review"), cast.manager
    with refused("conditions", field="conditions"):
        acknowledge(request, boss)
    with clock.set_to(NOON + timedelta(days=20)), refused("too_late", field="sent_on"):
        acknowledge(request, boss, conditions=True, sent_on=LAST + DAY)
    with refused("sent_on", field="sent_on"):
        acknowledge(request, boss, conditions=True, sent_on=NOON.date() + DAY)
    with refused("sent_before_the_order", field="sent_on"):
        acknowledge(request, boss, conditions=True, sent_on=NOON.date() - 300 * DAY)
    with refused("kept", field="kept_cents"):
        acknowledge(request, boss, conditions=True, kept_cents=1)
    with refused("wording", field="quoting"):
        acknowledge(request, boss, conditions=True, letter="You have no legal right to more than this.")
    with refused("blank", field="letter"):
        acknowledge(request, boss, conditions=True, letter="Dear [Customer], it is cancelled.")
    ours(request.deal, agreed_how="in_person")
    with refused("right_not_covered"):
        acknowledge(request, boss, conditions=True)
    ours(request.deal, region="US-TX")
    with refused("right_unknown", remedies=("rights.index",)):
        acknowledge(request, boss, conditions=True)


def test_california_leaves_restocking_and_mileage_to_us_within_its_limits(cast, german):
    law = CancellationRight.get(CancellationRight.region == "US-CA")
    deal = german().deal
    Payment.update(amount_cents=50_000_00).where(Payment.deal == deal.id).execute()
    told = [(10_000_00, 350_00), (20_000_00, 450_00), (50_000_00, 750_00), (None, 150_00)]
    for value, most in told:
        deal.value_cents = value
        assert most_kept(law, deal) == most, value
    deal.currency = "EUR"
    assert most_kept(law, deal) == 0


def test_until_it_is_decided_nothing_else_is_and_that_it_does_not_apply_can_be_taken_back(cast, german):
    request, boss = german("contacted"), cast.manager
    for trigger in ("assign_retention", "retain", "cancel"):
        given = cast.review_given(trigger) | ({"refunded_cents": 150000} if trigger == "cancel" else {})
        codes = [refusal.code for refusal in review.refusals(request, trigger, boss, **given)]
        assert "right_to_cancel" in codes, trigger
    with refused("reason", field="reason"):
        review.fire(request, "dismiss_right", boss, reason=" ")
    codes = [refusal.code for refusal in review.refusals(german("retention"), "present", cast.retention)]
    assert "right_to_cancel" in codes, "nor is anything offered where the law's row is learned late"
    request = review.fire(request, "dismiss_right", boss, reason="Driven 1,100 miles")
    assert (request.right_dismissed_by, request.right_dismissed_at, request.right_dismissed_why) == (
        boss, NOON, "Driven 1,100 miles",
    )  # fmt: skip
    assert review.refusals(request, "assign_retention", boss, **cast.review_given("assign_retention")) == []
    request = review.fire(request, "consider_right", cast.manager2)
    assert (request.right_dismissed_by, request.right_dismissed_why) == (None, "")
    assert Activity.select().where(Activity.summary == "Driven 1,100 miles").exists()


def test_a_delivered_order_is_no_return_where_the_law_lets_them(cast):
    """The agent enters it, though it is delivered; after the last day it is a return again."""
    deal = ours(cast.in_state("won"))
    told = cast.request_given(sent_on=LAST)
    with clock.set_to(NOON + timedelta(days=30)):
        with refused("delivered"):
            order.fire(deal, "request_cancellation", cast.agent, **told | {"sent_on": LAST + DAY})
        order.fire(deal, "request_cancellation", cast.agent, **told)
        assert right_of(CancellationRequest.open_for(deal)).stands


def test_the_letter_goes_out_though_everything_else_would_be_kept_back(cast, german, settings):
    """Another order of theirs under review, no more attempts today: the letter is the law's."""
    request = german()
    other = cast.deal(cast.agent2)
    Deal.update(customer=request.deal.customer_id).where(Deal.id == other.id).execute()
    cast.losing(Deal.get_by_id(other.id), cast.agent2, reviewer=cast.manager2)
    with mail_server() as inbox:
        house = with_server(settings, inbox.port)
        ended = acknowledge(request, cast.manager, sent_on=DELIVERED, conditions=True)
        assert ended.letter.waiting and deliver_waiting(house, list) == 1
        text = inbox.taken[0].content.decode()
    assert "We return $1,500 to you by 28 November 2026" in text and "[" not in ended.letter.body
    assert list(contacts_while_locked(NOON - DAY, NOON + DAY)) == [], "nor is it held against whoever wrote it"
    outbox_address.open_with(settings)


def test_who_gets_no_email_gets_it_by_post(cast, german):
    request = german()
    Customer.update(no_emails=True).where(Customer.id == request.deal.customer_id).execute()
    ended = acknowledge(request, cast.manager, sent_on=DELIVERED, conditions=True)
    assert ended.letter is None and not Letter.select().exists()
    posted = Activity.get(Activity.subject.startswith("Post the letter"))
    assert posted.assignee == cast.manager and posted.done_at is None
    assert Activity.select().where(Activity.subject.startswith("Letter to be posted")).count() == 1


def test_a_draft_of_it_is_sent_by_hand_whatever_was_tried_before(cast, german, settings):
    keep_in(settings.uploads)
    ended = acknowledge(german(), cast.manager, sent_on=DELIVERED, conditions=True)
    for ago in (3, 2, 1):
        Activity.create(
            customer=ended.deal.customer_id, deal=ended.deal, kind="email", direction="out", outcome="sent",
            author=cast.manager, at=NOON - timedelta(hours=ago), summary="Called",
        )  # fmt: skip
    assert sent_by_hand(ended.letter, cast.manager).activity.kind == "email"


# nothing delays it

HISTORIES = examples(25, 400)


def test_used_in_time_no_history_of_steps_delays_or_refuses_it(cast):
    """Whatever people did before and whoever acts now: in the same minute the order is cancelled and the money owed."""
    world = World(cast)
    deal = Deal.get_by_id(world.deals[0])

    @tried(max_examples=HISTORIES, phases=[Phase.generate])
    @given(st.integers(0, 2**64))
    def whatever_people_did(seed):
        dice = random.Random(seed)
        with database.atomic() as example:
            lived = History(world)
            lived.begin(dice.choice(BEGINNINGS))  # with retention too: where they live is learned only then
            ours(deal)
            for _ in range(6):
                lived.go_on(dice.choice(DOING), *(dice.randrange(10_000) for _ in range(4)))
            stand_in_the_way(dice, deal)
            with clock.set_to(lived.now + dice.choice((timedelta(0), 12 * DAY, 40 * DAY))):
                used(dice, Deal.get_by_id(deal.id), cast)
            nothing_unlawful_stands()
            example.rollback()

    whatever_people_did()
    assert world.histories >= HISTORIES


def stand_in_the_way(dice: random.Random, deal: Deal) -> None:
    obstacles = [
        lambda: Customer.update(no_emails=True, no_calls=True).where(Customer.id == deal.customer_id),
        lambda: Deal.update(owner=None).where(Deal.id == deal.id),
        lambda: User.update(deactivated_at=NOON).where(User.name == "Marta Sandoval"),
        lambda: CancellationRequest.update(next_attempt_at=NOON, unreachable=True).where(
            CancellationRequest.deal == deal.id
        ),
    ]
    dice.choice(obstacles)().execute()


def used(dice: random.Random, deal: Deal, cast) -> None:
    """Sent on a day in time; entered now, where no request is open."""
    if deal.state in ("cancelled_by_client", "lost"):
        return
    ours(deal)
    sent = DELIVERED + dice.randrange(5) * DAY
    request = CancellationRequest.open_for(deal)
    by = dice.choice((cast.manager, cast.manager2))
    if request is None:
        order.fire(deal, "request_cancellation", by, **cast.request_given(sent_on=sent, reviewer=likeliest(deal, by)))
        request = CancellationRequest.open_for(deal)
    before = max(0, balance(deal))
    ended = acknowledge(request, by, sent_on=sent, conditions=True)
    assert (Deal.get_by_id(deal.id).state, ended.pending_cents) == ("cancelled_by_client", before)
    assert bool(before) == (ended.return_task_id is not None)


# deadlines


@tried(max_examples=examples(150, 5000), phases=[Phase.generate])
@given(
    st.integers(-1600, 1600),
    st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone)),
    st.dates(date(2026, 1, 1), date(2028, 12, 1)),
    st.integers(1, 60),
)
def test_deadlines_are_those_of_a_plain_calculation_in_every_zone(minutes, zone, delivered, days):
    """Around the midnight that ends the last day, wherever clocks changed meanwhile."""
    over = datetime.combine(delivered, datetime.min.time(), ZoneInfo(zone)) + timedelta(days=days + 1)
    moment = over.astimezone(UTC) + timedelta(minutes=minutes)
    there = moment.astimezone(ZoneInfo(zone))
    in_time = date(there.year, there.month, there.day).toordinal() - delivered.toordinal() <= days
    last = last_day(CancellationRight(days=days, runs_from="delivery"), Deal(delivered_on=delivered))
    assert (sent_on(moment, zone) <= last) == in_time


def test_money_that_moved_meanwhile_is_not_promised_in_the_letter(cast, german):
    """What the letter says is what is with us when it goes out."""
    request = german()
    record_payment(request.deal, cast.manager, "refunded", 50000, NOON.date(), False, "")
    ended = acknowledge(request, cast.manager, sent_on=DELIVERED, conditions=True)
    assert ended.pending_cents == 100000 and "We return $1,000" in ended.letter.body
