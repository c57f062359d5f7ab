"""The cancellation of a customer: every state × trigger × role, what bars *Process*, and that it is done whole or not
at all."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carmanana.core import clock
from carmanana.core.audit import broken_event
from carmanana.core.db import database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.customers import contact
from carmanana.deals.lifecycle import order
from carmanana.departures import notifying, sections
from carmanana.departures.lifecycle import TABLE, begin, leaving
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.departures import STATES, Departure, DepartureReason, DepartureSettings
from carmanana.records.expiries import Expiry
from carmanana.records.mail import OutgoingMail
from carmanana.records.notifications import Notification
from carmanana.records.quotations import Quotation
from carmanana.records.sales_orders import SalesOrder

from ..cast import Cast, forbidden, refused
from ..soaking import examples

REQUIRED = {section.code for section in sections.SECTIONS if section.required}
CANCELLERS, ADMINS = {"cancellations", "admin"}, {"admin"}
EXPECTED = {
    ("pending", "process"): ("processed", CANCELLERS),
    ("pending", "remove"): ("removed", CANCELLERS),
    ("processed", "reactivate"): ("reactivated", ADMINS),
    **{
        ("pending", trigger): ("pending", CANCELLERS)
        for trigger in ("add_reason", "edit_reason", "drop_reason", "plan_owner", "perform_now", "note_mood")
    },
}


class Leaving:
    """A customer of the agent's and their cancellation; each section can be made red and green."""

    def __init__(self, cast):
        self.cast = cast
        self.customer = contact.enter(cast.agent, "Harrow & Ames Couriers", [], [])
        self.departure = begin(self.customer, cast.cancellations)

    @property
    def fresh(self) -> Departure:
        return Departure.get_by_id(self.departure.id)

    def fire(self, trigger: str, by=None, **given) -> Departure:
        return leaving.fire(self.fresh, trigger, by or self.cast.cancellations, **given)

    def red(self) -> set[str]:
        return {one.section.code for one in sections.look(self.fresh, clock.today()) if one.bars}

    def mend(self, code: str) -> None:
        getattr(self, f"mend_{code}")()

    def mend_reasons(self):
        self.fire("add_reason", reason="The fleet moves to leasing")

    def mend_future_expiry(self):
        Expiry.create(customer=self.customer, on=clock.today() + timedelta(days=200), about="Lease of four vans")

    def mend_cases(self):
        closed = {"state": "completed", "closed_at": clock.now(), "due_at": None}
        CustomerCase.update(**closed).where(CustomerCase.customer == self.customer).execute()

    def mend_opportunities(self):
        for deal in Deal.select().where(Deal.customer == self.customer, Deal.state == ACTIVE):
            order.fire(deal, "lose", self.cast.manager, loss_reason="vehicle")

    def break_opportunities(self):
        deal = self.cast.deal(self.cast.agent)
        Deal.update(customer=self.customer).where(Deal.id == deal.id).execute()

    def mend_sales_orders(self):
        won = SalesOrder.update(state="completed", completed_on=clock.today())
        won.where(SalesOrder.customer == self.customer).execute()

    def break_sales_orders(self):
        deal = self.cast.in_state("won")
        Deal.update(customer=self.customer).where(Deal.id == deal.id).execute()
        SalesOrder.update(customer=self.customer).where(SalesOrder.deal == deal).execute()

    def mend_assets(self):
        Asset.update(state="ceased", cease_on=clock.today()).where(Asset.customer == self.customer).execute()

    def break_assets(self):
        Asset.create(customer=self.customer, name="Transit 7KRA112", cease_on=clock.today() + timedelta(days=9))

    def mend_quotations(self):
        Quotation.update(state="lost", reason="Too dear").where(Quotation.customer == self.customer).execute()

    def break_quotations(self):
        number = Quotation.select().count() + 9000
        deal = Deal.select().where(Deal.customer == self.customer).first() or self.cast.in_state("lost")
        Quotation.create(number=number, deal=deal, customer=self.customer, currency="USD", made_by=self.cast.agent)

    def break_reasons(self):
        for reason in self.fresh.given_reasons:
            self.fire("drop_reason", reason_id=reason.id)

    def break_future_expiry(self):
        Expiry.update(on=clock.today() - timedelta(days=1)).where(Expiry.customer == self.customer).execute()

    def break_cases(self):
        CustomerCase.create(
            customer=self.customer, subject="Wrong invoice", opened_by=self.cast.agent, due_at=clock.now()
        )

    def ready(self) -> "Leaving":
        for code in sorted(self.red()):
            self.mend(code)
        assert self.red() == set()
        return self

    def in_state(self, state: str) -> "Leaving":
        self.ready()
        for trigger in {
            "pending": (),
            "processed": ("process",),
            "removed": ("remove",),
            "reactivated": ("process", "reactivate"),
        }[state]:
            self.fire(trigger, self.cast.admin, words="They came back")
        return self


def given_for(leaving_: Leaving, trigger: str) -> dict:
    first = next((reason.id for reason in leaving_.fresh.given_reasons), 0)
    return {
        "add_reason": {"reason": "Another"},
        "edit_reason": {"reason": "Better said", "reason_id": first},
        "drop_reason": {"reason_id": first},
        "plan_owner": {"new_owner": leaving_.cast.agent2},
        "note_mood": {"mood": "calm"},
        "reactivate": {"words": "They came back"},
    }.get(trigger, {})


def test_every_state_trigger_and_role(cast):
    wrong = []
    for state in STATES:
        world = Leaving(cast).in_state(state)
        if state == "pending":
            world.fire("plan_owner", new_owner=cast.agent2)
        for trigger in leaving.triggers:
            for role in Cast.ROLES:
                outcome = tried(world, trigger, getattr(cast, role))
                dest, who = EXPECTED.get((state, trigger), (None, set()))
                expected = "refused" if dest is None else dest if role in who else "forbidden"
                if outcome != expected:
                    wrong.append((state, trigger, role, outcome, expected))
    assert wrong == []
    assert {(t.source, t.trigger) for t in TABLE} == EXPECTED.keys()


def tried(world: Leaving, trigger: str, by) -> str:
    """What becomes of it; taken back at once."""
    with database.atomic() as step:
        try:
            outcome = leaving.fire(world.fresh, trigger, by, **given_for(world, trigger)).state
        except Forbidden:
            outcome = "forbidden"
        except Refused:
            outcome = "refused"
        step.rollback()
    return outcome


def test_it_is_begun_once_by_whoever_may_and_the_status_follows(cast):
    customer = cast.client()
    for role in ("agent", "manager", "retention", "compliance"):
        with forbidden():
            begin(customer, getattr(cast, role))
    departure = begin(customer, cast.cancellations)
    assert Customer.get_by_id(customer.id).status_name == "Live (PC)"
    with refused("pending"):
        begin(customer, cast.admin)
    leaving.fire(departure, "remove", cast.admin)
    assert Customer.get_by_id(customer.id).status == "live"
    again = begin(customer, cast.cancellations)
    assert (again.id > departure.id, broken_event()) == (True, None)


def test_each_required_section_bars_it_and_the_optional_ones_do_not(cast):
    world = Leaving(cast)
    for code in ("cases", "opportunities", "assets", "quotations", "sales_orders"):
        getattr(world, f"break_{code}")()
    assert world.red() == REQUIRED
    for code in sorted(REQUIRED):
        with pytest.raises(Refused) as error:
            world.fire("process")
        assert {refusal.code for refusal in error.value.refusals} == {f"section_{one}" for one in world.red()}
        world.mend(code)
    world.fire("process")
    assert Customer.get_by_id(world.customer.id).cancelled


def test_ownership_is_assigned_now_or_when_it_is_processed(cast):
    world = Leaving(cast).ready()
    world.fire("plan_owner", new_owner=cast.agent2)
    assert Customer.get_by_id(world.customer.id).owner == cast.agent
    world.fire("perform_now")
    assert Customer.get_by_id(world.customer.id).owner == cast.agent2
    world.fire("plan_owner", new_owner=cast.agent)
    world.fire("process")
    customer = Customer.get_by_id(world.customer.id)
    assert (customer.owner, customer.status) == (cast.agent, "cancelled")
    assert Notification.select().where(Notification.user == cast.agent2, Notification.customer == customer).exists()


def test_the_setup_notifies_nobody_until_it_is_switched_on(cast):
    def set_up(notifies: bool, version: int, **chosen):
        whom = {"roles": {"manager"}, "people": {str(cast.agent.id)}, "addresses": {"books@example.com"}} | chosen
        return notifying.set_up(cast.admin, version, notifies, future_cease=False, **whom)

    set_up(False, 1)
    Leaving(cast).in_state("processed")
    assert not OutgoingMail.select().exists()
    set_up(True, 2)
    world = Leaving(cast).in_state("processed")
    told = {one.user for one in Notification.select().where(Notification.text.contains("is cancelled"))}
    assert told == {cast.manager, cast.manager2, cast.agent}
    letter = OutgoingMail.get()
    assert letter.to == "books@example.com" and world.customer.name not in letter.body + letter.subject
    with refused("nobody"):
        set_up(True, 3, roles=set(), people=set(), addresses=set())
    with refused("address"):
        set_up(True, 3, addresses={"nobody"})
    with forbidden():
        notifying.set_up(cast.cancellations, 3, False, (), (), (), False)


def everything() -> dict[str, list]:
    tables = ("customer", "departure", "departure_reason", "activity", "notification", "outgoing_mail", "event")
    return {table: database.execute_sql(f'SELECT * FROM "{table}" ORDER BY id').fetchall() for table in tables}


def test_processing_is_whole_or_not_at_all_whichever_write_fails(cast):
    notifying.set_up(cast.admin, 1, True, {"manager"}, (), {"books@example.com"}, False)
    world = Leaving(cast).ready()
    world.fire("plan_owner", new_owner=cast.agent2)
    writes, fails_at = [0], [0]

    def write():
        writes[0] += 1
        if writes[0] == fails_at[0]:
            raise OSError("the disk is full")

    connection = database.connection()
    connection.create_function("count_write", 0, write)
    for table in everything():
        for verb in ("INSERT", "UPDATE", "DELETE"):
            database.execute_sql(
                f"CREATE TEMP TRIGGER fails_{table}_{verb} BEFORE {verb} ON main.{table} BEGIN SELECT "
                f"count_write(); END"
            )
    before, number = everything(), 0
    while True:
        number += 1
        writes[0], fails_at[0] = 0, number
        try:
            world.fire("process")
            break
        except Exception:  # noqa: BLE001
            assert everything() == before, f"half of it was left at write {number}"
    assert number > 8 and Customer.get_by_id(world.customer.id).cancelled


CHANGES = st.lists(
    st.sampled_from(sorted(REQUIRED)).flatmap(
        lambda code: st.tuples(st.sampled_from(["mend", "break"]), st.just(code))
    ),
    max_size=8,
)


def test_no_way_leads_to_processed_with_a_red_section(cast):
    @settings(max_examples=examples(8, 200), deadline=None, derandomize=True)
    @given(CHANGES)
    def walked(changes):
        with database.atomic() as undone:
            world = Leaving(cast)
            for what, code in changes:
                getattr(world, f"{what}_{code}")()
            red = world.red()
            try:
                world.fire("process")
            except Refused:
                assert red and not Customer.get_by_id(world.customer.id).cancelled
            else:
                assert not red and Customer.get_by_id(world.customer.id).cancelled
            undone.rollback()

    walked()


def test_a_later_cease_date_is_red_until_its_day_unless_an_admin_allows_it(cast):
    world = Leaving(cast)
    world.break_assets()
    assert "assets" in world.red()
    notifying.set_up(cast.admin, 1, False, (), (), (), True)
    assert "assets" not in world.red()


def test_reasons_are_several_each_with_its_text(cast):
    world = Leaving(cast)
    world.fire("add_reason", reason=" Fleet moves to leasing ", extra="Their accountant decided")
    world.fire("add_reason", reason="Too dear", by=cast.admin)
    first, second = world.fresh.given_reasons
    assert (first.reason, first.extra, second.written_by) == (
        "Fleet moves to leasing",
        "Their accountant decided",
        cast.admin,
    )
    other = Leaving(cast)
    with refused("reason_gone"):
        other.fire("edit_reason", reason="Mine now", reason_id=first.id)
    world.fire("drop_reason", reason_id=second.id)
    assert [reason.id for reason in DepartureReason.select()] == [first.id]
    assert DepartureSettings.now().notifies is False


def test_who_cancels_customers_reads_every_deal_and_changes_none(cast):
    by, deals = cast.cancellations, [cast.deal(cast.agent), cast.deal(None), cast.in_state("won")]
    assert {deal.id for deal in Deal.visible_to(by)} >= {deal.id for deal in deals}
    assert [(deal.state, step) for deal in deals for step in order.triggers if order.permits(deal, step, by)] == []
