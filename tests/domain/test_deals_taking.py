"""New orders, what is known of them, and the money (domain 2 and 3)."""

from datetime import timedelta

import pytest

from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale
from carmanana.deals.corrections import correct
from carmanana.deals.deal_facts import assess, start_again, take
from carmanana.deals.lifecycle import order
from carmanana.deals.payments import record_payment
from carmanana.records.compliance import Consequence
from carmanana.records.deals import Deal, NeedsAssessment, balance
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

from ..cast import NOON, everything, forbidden, refused

DAY = timedelta(days=1)
TODAY = NOON.date()


# taking


@pytest.mark.parametrize("who", ["retention", "cancellations", "compliance", "admin"])
def test_only_people_who_work_deals_take_orders(cast, who):
    client, stage, person = cast.client(), cast.stage(), getattr(cast, who)
    with forbidden():
        take(client, stage, person, None)


def test_an_agent_takes_for_themselves_or_for_nobody(cast):
    client, stage, agent, other = cast.client(), cast.stage(), cast.agent, cast.agent2
    with forbidden():
        take(client, stage, agent, other)
    assert take(client, stage, agent, agent).owner == agent
    assert take(client, stage, agent, None).owner is None
    assert take(client, stage, cast.manager, other).owner == other


def test_a_new_order_stands_on_top_of_its_column(cast):
    older = cast.deal(cast.agent)
    new = take(cast.client(), cast.stage(), cast.agent, cast.agent, value_cents=1)
    assert new.position < older.position
    assert (new.state, new.readiness, new.order_type, new.value_cents) == ("active", "live", "used_vehicle", 1)
    assert [event.became for event in Event.select().where(Event.subject_id == new.id, Event.verb == "take")] == [
        "active"
    ]


def test_a_new_order_enters_no_stage_that_refuses_it(cast):
    client, agent = cast.client(), cast.agent
    contacted, agreed = cast.stage(2), cast.stage(6)
    with refused("entry", field="stage"):
        take(client, contacted, agent, agent)
    with refused("entry", field="stage"):
        take(client, agreed, agent, agent, value_cents=1)
    Consequence.create(
        kind="access", user=agent, stage=cast.stage(1), starts_on=TODAY, reason="Coaching", created_by=cast.manager
    )
    first = cast.stage(1)
    with refused("restricted", field="stage"):
        take(client, first, agent, agent)


def test_no_order_goes_into_a_stage_that_the_board_does_not_show(cast):
    Stage.update(archived=True, requires=set()).where(Stage.id == cast.stage(5).id).execute()
    client, stage, agent = cast.client(), cast.stage(5), cast.agent
    with refused("stage", field="stage"):
        take(client, stage, agent, agent)


def test_what_comes_with_the_order_counts_for_its_stage(cast):
    Stage.update(requires={"agreement", "owner", "value", "vehicle"}).where(Stage.id == cast.stage(5).id).execute()
    facts = {"value_cents": 1, "vehicle_model": "RAV4", "agreement_on": TODAY}
    assert take(cast.client(), cast.stage(5), cast.agent, cast.agent, **facts).stage == cast.stage(5)


@pytest.mark.parametrize("state", ["lost", "cancelled_by_client"])
def test_a_lost_order_is_begun_anew_with_what_was_known(cast, state):
    deal = cast.assessed(cast.deal(cast.agent, value_cents=1, vehicle_make="Kia"))
    if state == "lost":
        order.fire(deal, "lose", cast.agent, loss_reason="vehicle")
    else:
        cast.walked(cast.losing(deal), "cancelled")
    new = start_again(Deal.get_by_id(deal.id), cast.agent)
    assert (new.previous_deal, new.customer, new.owner, new.state, new.stage) == (
        deal,
        deal.customer,
        cast.agent,
        "active",
        cast.stage(1),
    )
    assert (new.value_cents, new.vehicle_make, new.loss_reason) == (1, "Kia", None)
    assert (new.needs.timeline, [option.model for option in new.needs.wanted]) == ("by Christmas", ["RAV4"])
    assert Deal.get_by_id(deal.id).state == state


def test_a_manager_begins_it_anew_for_the_owner_while_they_work_deals(cast):
    lost = cast.in_state("lost")
    assert start_again(lost, cast.manager).owner == cast.agent
    assert start_again(lost, cast.agent2).owner == cast.agent2
    User.update(roles={"compliance"}).where(User.id == cast.agent.id).execute()
    assert start_again(lost, cast.manager).owner == cast.manager
    assert start_again(cast.given_to(lost, cast.house), cast.manager).owner == cast.manager


@pytest.mark.parametrize("state", ["active", "on_hold", "cancellation_requested", "won"])
def test_only_a_lost_order_is_begun_anew(cast, state):
    deal = cast.in_state(state)
    with refused("not_ended"):
        start_again(deal, cast.agent)


# correcting


def test_a_correction_names_the_fields_and_not_the_words(cast):
    deal = cast.deal(cast.agent)
    right = correct(deal, cast.agent, deal.version, details="Wants it in red", value_cents=5, vehicle_make="")
    assert (right.details, right.value_cents, right.version) == ("Wants it in red", 5, deal.version + 1)
    assert Event.get(Event.verb == "correct", Event.subject == "deal").data == {
        "fields": ["details", "value_cents"],
        "from": {"value_cents": None},
        "to": {"value_cents": 5},
    }


def test_a_correction_that_corrects_nothing_leaves_no_trace(cast):
    deal, agent = cast.deal(cast.agent), cast.agent
    before = everything()
    correct(deal, agent, deal.version, vehicle_make="")
    assert everything() == before


def test_a_correction_reaches_no_other_field(cast):
    deal = cast.deal(cast.agent)
    same = correct(
        deal,
        cast.agent,
        deal.version,
        state="won",
        owner=cast.agent2,
        readiness="organic",
        stage=cast.stage(3),
        position=9,
    )
    assert (same.state, same.owner, same.readiness, same.stage, same.version) == (
        "active",
        cast.agent,
        "live",
        cast.stage(1),
        deal.version,
    )


def test_only_the_owner_and_managers_correct_and_an_agent_claims_first(cast):
    deal, unowned = cast.deal(cast.agent), cast.deal(None)
    for who in ("agent2", "retention", "compliance", "admin"):
        person = getattr(cast, who)
        with forbidden():
            correct(deal, person, deal.version, details="x")
    agent = cast.agent
    with refused("unowned", remedies=("deals.claim",)):
        correct(unowned, agent, unowned.version, details="x")
    assert correct(unowned, cast.manager, unowned.version, details="x").details == "x"


def test_a_correction_from_an_old_page_is_stale(cast):
    deal, agent = cast.deal(cast.agent), cast.agent
    correct(deal, agent, deal.version, details="First")
    before = everything()
    with pytest.raises(Stale):
        correct(deal, agent, deal.version, details="Second")
    assert everything() == before


@pytest.mark.parametrize(
    ("state", "facts", "code", "field"),
    [
        ("won", {"value_cents": None}, "won", "value_cents"),
        ("won", {"agreement_on": None}, "won", "agreement_on"),
        ("won", {"delivered_on": TODAY + DAY}, "delivery", "delivered_on"),
        ("active", {"delivered_on": TODAY}, "not_won", "delivered_on"),
        ("active", {"agreement_on": TODAY + DAY}, "agreement", "agreement_on"),
        ("lost", {"agreement_on": TODAY}, "ended", "agreement_on"),
        ("cancelled_by_client", {"agreement_on": TODAY}, "ended", "agreement_on"),
    ],
)
def test_what_a_state_rests_on_is_not_taken_away(cast, state, facts, code, field):
    deal, agent = cast.in_state(state), cast.agent
    with refused(code, field=field):
        correct(deal, agent, deal.version, **facts)


def test_an_order_won_without_deposit_keeps_the_reason_why(cast):
    deal = order.fire(
        cast.assessed(cast.deal(cast.agent, value_cents=100)),
        "win",
        cast.agent,
        agreement_on=TODAY,
        no_deposit_reason="Old customer",
    )
    agent = cast.agent
    with refused("won", field="no_deposit_reason"):
        correct(deal, agent, deal.version, no_deposit_reason=" ")
    record_payment(deal, agent, "received", 100, TODAY, True, "")
    deal = Deal.get_by_id(deal.id)
    assert correct(deal, agent, deal.version, no_deposit_reason="").no_deposit_reason == ""


def test_a_form_that_sends_back_what_stands_is_not_refused(cast):
    """An order that the customer cancelled after delivery keeps its dates; its other facts are corrected freely."""
    deal = cast.in_state("cancelled_by_client")
    Deal.update(agreement_on=TODAY, delivered_on=TODAY).where(Deal.id == deal.id).execute()
    right = correct(deal, cast.agent, deal.version, agreement_on=TODAY, delivered_on=TODAY, details="Wrong colour")
    assert right.details == "Wrong colour"


# what the customer wants


def test_an_assessment_replaces_the_one_before(cast):
    deal = cast.assessed(cast.deal(cast.agent), cast.agent)
    first = deal.needs
    needs = assess(
        deal,
        cast.agent,
        [{"brand": "Kia"}, {"brand": "Mazda", "model": "CX-5"}],
        first.version,
        mission="A safe car for the twins",
    )
    assert [option.brand for option in needs.wanted] == ["Kia", "Mazda"]
    assert (needs.id, needs.timeline, needs.mission) == (first.id, "by Christmas", "A safe car for the twins")
    before = everything()
    with pytest.raises(Stale):
        assess(deal, cast.agent, [], first.version)
    assert everything() == before


def test_only_the_owner_and_managers_assess(cast):
    deal = cast.deal(cast.agent)
    for who in ("agent2", "retention", "admin"):
        person = getattr(cast, who)
        with forbidden():
            assess(deal, person, [], None)


def test_a_budget_runs_upwards(cast):
    deal, agent = cast.deal(cast.agent), cast.agent
    with refused("budget", field="budget_to_cents"):
        assess(deal, agent, [], None, budget_from_cents=200, budget_to_cents=100)
    assert NeedsAssessment.select().count() == 0


# money


def pay(deal, by, kind="received", cents=100, on=TODAY, deposit=True):
    return record_payment(deal, by, kind, cents, on, deposit, "")


@pytest.mark.parametrize("kind", ["refunded", "kept"])
def test_only_a_manager_gives_back_or_keeps_and_never_more_than_is_here(cast, kind):
    deal, agent, manager = cast.deal(cast.agent), cast.agent, cast.manager
    pay(deal, agent, cents=100)
    with refused("refund", field="kind"):
        pay(deal, agent, kind, 1)
    with refused("amount", field="amount_cents"):
        pay(deal, manager, kind, 101)
    pay(deal, manager, kind, 60)
    with refused("amount", field="amount_cents"):
        pay(deal, manager, "refunded", 41)
    pay(deal, manager, "kept", 40)
    assert balance(deal) == 0


def test_a_refunded_deposit_was_a_deposit_all_the_same(cast):
    deal = cast.deal(cast.agent)
    pay(deal, cast.agent)
    pay(deal, cast.manager, "refunded")
    assert Deal.get_by_id(deal.id).deposit_cents == 100


@pytest.mark.parametrize("state", ["lost", "cancelled_by_client"])
def test_an_order_that_is_lost_takes_no_money(cast, state):
    deal, agent = cast.in_state(state), cast.agent
    with refused("ended", field="kind"):
        pay(deal, agent)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"on": TODAY + DAY}, "paid_on", "paid_on"),
        ({"cents": 0}, "amount", "amount_cents"),
        ({"cents": -5}, "amount", "amount_cents"),
    ],
)
def test_money_is_entered_once_it_has_moved(cast, given, code, field):
    deal, agent = cast.deal(cast.agent), cast.agent
    with refused(code, field=field):
        pay(deal, agent, **given)


def test_a_payment_is_in_the_audit_trail(cast):
    deal = cast.deal(cast.agent)
    pay(deal, cast.agent, cents=150)
    assert Event.get(Event.verb == "payment").data == {
        "kind": "received",
        "cents": 150,
        "deposit": True,
        "paid_on": TODAY.isoformat(),
    }
    assert Deal.get_by_id(deal.id).version == deal.version + 1


@pytest.mark.parametrize("who", ["agent", "manager"])
def test_a_signed_agreement_is_taken_back_by_its_own_step_alone(cast, who):
    """Else it could be taken away and the order closed as lost, past the cancellation review."""
    deal, by = cast.deal(cast.agent, agreement_on=clock.today()), getattr(cast, who)
    with refused("signed", field="agreement_on", remedies=("deals.unsigning",)):
        correct(deal, by, deal.version, agreement_on=None)
