"""Money and dates of an order: kept within sense, never edited, and changed after winning only with a reason (domain
2)."""

from datetime import date, timedelta

import pytest

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale
from carmanana.deals.corrections import correct
from carmanana.deals.deal_facts import take
from carmanana.deals.lifecycle import order
from carmanana.deals.payments import correct_payment, record_payment, void
from carmanana.records.activities import Activity
from carmanana.records.compliance import Finding
from carmanana.records.deals import Deal, Payment, balance
from carmanana.records.notifications import Notification
from carmanana.records.people import User

from ..cast import NOON, forbidden, refused

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.set_to(NOON):
        yield


def pay(deal, by, cents=100_00, on=TODAY, kind="received", deposit=True, **given):
    return record_payment(deal, by, kind, cents, on, deposit, "", **given)


def told(person):
    return [notification.text for notification in Notification.of(person)]


# within sense


@pytest.mark.parametrize("on", [TODAY - DAY, date(1990, 1, 1)])
def test_no_money_moves_before_the_deal_was_made(cast, on):
    deal, agent = cast.deal(cast.agent), cast.agent
    with refused("paid_on", field="paid_on"):
        pay(deal, agent, on=on)


def test_money_that_came_with_an_earlier_agreement_is_entered_with_its_day(cast):
    deal = cast.deal(cast.agent, agreement_on=TODAY - 3 * DAY)
    assert pay(deal, cast.agent, on=TODAY - 2 * DAY).paid_on == TODAY - 2 * DAY


def test_more_than_the_order_is_worth_is_confirmed_first(cast):
    deal, agent = cast.deal(cast.agent, value_cents=22_500_00), cast.agent
    pay(deal, agent, 20_000_00)
    with refused("beyond", field="confirmed"):
        pay(deal, agent, 2_500_01)
    assert pay(deal, agent, 2_500_01, confirmed=True).amount_cents == 2_500_01


def test_no_tick_lets_an_impossible_amount_through(cast):
    deal, agent = cast.deal(cast.agent, value_cents=22_500_00), cast.agent
    with refused("amount", field="amount_cents"):
        pay(deal, agent, 99_999_999_00, confirmed=True)
    with refused("amount", field="value_cents"):
        correct(deal, agent, deal.version, value_cents=10_000_000_01)
    client, stage = cast.client(), cast.stage()
    with refused("value", field="value_cents"):
        take(client, stage, agent, agent, value_cents=-1)


def test_winning_asks_the_same_of_its_deposit(cast):
    deal, agent = cast.assessed(cast.deal(cast.agent)), cast.agent
    given = {"value_cents": 27_000_00, "agreement_on": TODAY, "deposit_cents": 99_000_00}
    with refused("beyond", field="confirmed"):
        order.fire(deal, "win", agent, **given)
    with refused("amount", field="deposit_cents"):
        order.fire(deal, "win", agent, **given | {"deposit_cents": -5})
    with refused("value", field="value_cents"):
        order.fire(deal, "win", agent, **given | {"value_cents": 0, "deposit_cents": 0, "no_deposit_reason": "x"})
    assert order.fire(deal, "win", agent, **given, confirmed=True).state == "won"


def test_how_it_was_agreed_is_kept_at_winning(cast):
    deal = cast.assessed(cast.deal(cast.agent, value_cents=27_000_00))
    won = order.fire(deal, "win", cast.agent, agreement_on=TODAY, deposit_cents=1_00, agreed_how="distance")
    assert (won.agreed_how, won.agreed_how_name) == ("distance", "At a distance")
    other = cast.assessed(cast.deal(cast.agent, value_cents=27_000_00))
    agent = cast.agent
    with refused("agreed_how", field="agreed_how"):
        order.fire(other, "win", agent, agreement_on=TODAY, deposit_cents=1_00, agreed_how="by pigeon")


# corrected and voided


def test_a_payment_is_corrected_by_one_beside_it(cast):
    deal = cast.deal(cast.agent, value_cents=22_500_00)
    wrong = pay(deal, cast.agent, 15_000_00)
    right = correct_payment(wrong, cast.manager, "One zero too many", amount_cents=1_500_00)
    wrong = Payment.get_by_id(wrong.id)
    assert (wrong.amount_cents, wrong.voided_by, wrong.void_reason) == (15_000_00, cast.manager, "One zero too many")
    assert (right.amount_cents, right.corrects, right.is_deposit, balance(deal)) == (1_500_00, wrong, True, 1_500_00)
    data = Event.get(Event.verb == "payment_corrected").data
    assert (data["from"]["cents"], data["to"]["cents"], data["payment"]) == (15_000_00, 1_500_00, wrong.id)
    assert Activity.get(Activity.subject == "Payment corrected: received").summary == "One zero too many"
    assert any("payment corrected" in text for text in told(cast.agent))


def test_a_voided_payment_stays_and_counts_no_more(cast):
    deal = cast.deal(cast.agent)
    payment = void(pay(deal, cast.agent), cast.manager, "It was another customer’s")
    assert (Payment.select().count(), balance(deal), Deal.get_by_id(deal.id).deposit_cents) == (1, 0, 0)
    assert Event.get(Event.verb == "payment_voided").data["cents"] == 100_00
    manager = cast.manager
    with pytest.raises(Stale):
        void(payment, manager, "Again")


def test_the_reason_is_asked_and_what_is_right_stays_within_sense(cast):
    deal, manager, agent = cast.deal(cast.agent, value_cents=200_00), cast.manager, cast.agent
    payment = pay(deal, agent)
    with refused("reason", field="reason"):
        void(payment, manager, " ")
    with refused("beyond", field="confirmed"):
        correct_payment(payment, manager, "More", amount_cents=200_01)
    with refused("paid_on", field="paid_on"):
        correct_payment(payment, manager, "Earlier", paid_on=date(1990, 1, 1))
    with refused("same"):
        correct_payment(payment, manager, "Nothing", amount_cents=100_00)
    pay(deal, manager, 60_00, kind="refunded", deposit=False)
    with refused("owing", field="reason"):
        void(payment, manager, "Never came")
    with refused("owing", field="reason"):
        correct_payment(payment, manager, "Less", amount_cents=59_00)


def test_who_sold_it_does_not_void_a_payment_of_it(cast):
    own, manager2, agent = cast.deal(cast.manager2), cast.manager2, cast.agent
    payment = pay(own, manager2)
    with refused("sold_it"):
        void(payment, manager2, "Mine to mend")
    with forbidden():
        void(payment, agent, "Not mine at all")
    assert void(payment, cast.manager, "Never came").voided_by == cast.manager


def test_the_only_manager_here_may_and_a_finding_says_so(cast):
    payment = pay(cast.deal(cast.manager2), cast.manager2)
    User.update(deactivated_at=clock.now()).where(User.id == cast.manager.id).execute()
    void(payment, cast.manager2, "Never came")
    assert Finding.get().user == cast.manager2


def test_a_won_order_whose_deposit_is_voided_says_why_it_has_none(cast):
    deal = cast.in_state("won")
    void(deal.payments.get(), cast.manager, "The transfer bounced")
    assert Deal.get_by_id(deal.id).no_deposit_reason == "Deposit voided: The transfer bounced"


# an agreement entered by mistake


def test_a_deal_won_by_mistake_is_reopened_put_right_and_lost(cast):
    deal, manager, agent = cast.in_state("won"), cast.manager, cast.agent
    step = {"next_step": "Close it", "due_at": NOON + DAY}
    deal = order.fire(deal, "reopen", manager, stage=cast.stage(1), reason="The wrong Gutiérrez", **step)
    with refused("agreed"):
        order.fire(deal, "lose", agent, loss_reason="duplicate")
    with refused("money"):
        order.fire(deal, "unsign", manager, reason="The wrong Gutiérrez")
    void(deal.payments.get(), manager, "The wrong Gutiérrez")
    with forbidden():
        order.fire(deal, "unsign", agent, reason="The wrong Gutiérrez")
    with refused("reason", field="reason"):
        order.fire(deal, "unsign", manager, reason=" ")
    fresh = order.fire(deal, "unsign", manager, reason="The wrong Gutiérrez")
    assert fresh.agreement_on is None
    assert Event.get(Event.verb == "unsign").data["from"]["agreement_on"] == TODAY.isoformat()
    assert order.fire(fresh, "lose", agent, loss_reason="duplicate").state == "lost"


def test_who_sold_it_neither_reopens_nor_unsigns_it(cast):
    deal, manager2 = cast.in_state("won", cast.manager2), cast.manager2
    void(deal.payments.get(), cast.manager, "Bounced")
    stage = cast.stage(1)
    with refused("sold_it"):
        order.fire(deal, "reopen", manager2, stage=stage, reason="Mine", next_step="Call", due_at=NOON + DAY)
    with refused("sold_it"):
        order.fire(deal, "unsign", manager2, reason="Mine")
    assert order.fire(deal, "unsign", cast.manager, reason="Never signed").state == "won"


# after winning

CHANGES = {
    "value_cents": 1_00_00,
    "agreement_on": TODAY - DAY,
    "eta_on": TODAY + 60 * DAY,
    "agreed_how": "distance",
    "delivered_on": TODAY,
}


def agreed(cast):
    with clock.set_to(NOON - 3 * DAY):
        deal = cast.assessed(cast.deal(cast.agent, value_cents=28_400_00))
        order.fire(
            deal,
            "win",
            cast.agent,
            agreement_on=TODAY - 3 * DAY,
            no_deposit_reason="Bank transfer on Monday",
            agreed_how="in_person",
        )
        deal = Deal.get_by_id(deal.id)
        correct(deal, cast.agent, deal.version, eta_on=TODAY + 30 * DAY)
        deal = Deal.get_by_id(deal.id)
    correct(deal, cast.agent, deal.version, delivered_on=TODAY - DAY)
    return Deal.get_by_id(deal.id)


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_agreed_changes_only_with_a_reason_and_the_manager_hears_of_it(cast, name):
    deal, agent = agreed(cast), cast.agent
    before = len(told(cast.manager))
    with refused("reason", field="reason"):
        correct(deal, agent, deal.version, **{name: CHANGES[name]})
    fresh = correct(deal, agent, deal.version, reason="The customer asked for it", **{name: CHANGES[name]})
    assert getattr(fresh, name) == CHANGES[name]
    assert len(told(cast.manager)) == before + 1
    note = Activity.select().order_by(Activity.id.desc()).get()
    assert note.subject.startswith("Changed after winning: ") and note.summary == "The customer asked for it"


def test_the_audit_keeps_amounts_and_dates_from_and_to(cast):
    deal = agreed(cast)
    correct(
        deal,
        cast.agent,
        deal.version,
        reason="Renegotiated",
        value_cents=26_000_00,
        eta_on=TODAY + DAY,
        details="Tinted windows",
    )
    data = Event.select().where(Event.verb == "correct").order_by(Event.id.desc()).get().data
    assert data["from"] == {"eta_on": (TODAY + 30 * DAY).isoformat(), "value_cents": 28_400_00}
    assert data["to"] == {"eta_on": (TODAY + DAY).isoformat(), "value_cents": 26_000_00}
    assert "Tinted" not in str(data) and "Renegotiated" not in str(data)
    assert "value $28,400 → $26,000" in told(cast.manager)[0]


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"delivered_on": TODAY - 4 * DAY}, "delivery", "delivered_on"),
        ({"eta_on": TODAY - 4 * DAY}, "eta", "eta_on"),
        ({"eta_on": date(2020, 1, 1)}, "eta", "eta_on"),
        ({"eta_on": date(2099, 1, 1)}, "eta", "eta_on"),
        ({"agreement_on": date(1990, 1, 1)}, "agreement", "agreement_on"),
        ({"agreement_on": TODAY}, "delivery", "delivered_on"),
        ({"value_cents": 0}, "value", "value_cents"),
        ({"value_cents": -1}, "value", "value_cents"),
    ],
)
def test_dates_stand_in_their_order_and_amounts_in_sense(cast, facts, code, field):
    deal, agent = agreed(cast), cast.agent
    with refused(code, field=field):
        correct(deal, agent, deal.version, reason="Because", **facts)


def test_an_eta_of_an_open_deal_is_not_before_it_was_made(cast):
    deal, agent = cast.deal(cast.agent), cast.agent
    with refused("eta", field="eta_on"):
        correct(deal, agent, deal.version, eta_on=TODAY - DAY)


def test_a_value_below_what_was_paid_is_confirmed(cast):
    deal, agent = cast.in_state("won"), cast.agent
    with refused("beyond", field="confirmed"):
        correct(deal, agent, deal.version, reason="Half", value_cents=1_000_00)
    assert (
        correct(deal, agent, deal.version, reason="Half", value_cents=1_000_00, confirmed=True).value_cents == 1_000_00
    )


# currency


def test_the_currency_stays_once_money_has_moved(cast):
    deal, agent = cast.deal(cast.agent, value_cents=25_000_00), cast.agent
    deal = correct(deal, agent, deal.version, currency="GBP")
    assert deal.value == "£25,000"
    pay(deal, agent)
    deal = Deal.get_by_id(deal.id)
    with refused("currency", field="currency"):
        correct(deal, agent, deal.version, currency="USD")
    other = cast.deal(cast.agent)
    with refused("currency", field="currency"):
        correct(other, agent, other.version, currency="XXX")
