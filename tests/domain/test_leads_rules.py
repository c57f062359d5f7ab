"""What a lead needs before it takes a step, and what a step leaves behind (Lead & deal SOP, sections D to H)."""

from datetime import datetime, timedelta

import pytest

from carmanana.contacting import log as logging
from carmanana.contacting import wishes
from carmanana.contacting.business_hours import end_of_business_day
from carmanana.core import clock
from carmanana.core.audit import history
from carmanana.core.db import database
from carmanana.core.workflow import Refused
from carmanana.customers.contact import correct, enter
from carmanana.deals.lifecycle import order
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import Activity
from carmanana.records.consents import DoNotContact
from carmanana.records.customers import Customer, CustomerPhone, Person
from carmanana.records.deals import Deal, NeedsAssessment
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.staffing.leaving import deactivate

from ..cast import NOON, forbidden, refused
from .test_races import at_once

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def again(lead: Lead) -> Lead:
    return Lead.get_by_id(lead.id)


def fire(lead, trigger, by, **given):
    return inquiry.fire(again(lead), trigger, by, **given)


# contacts bring it on


def test_a_logged_attempt_and_an_answer_bring_it_on(cast):
    lead = cast.lead(cast.agent)
    cast.called(lead, cast.agent, outcome="no_answer_vm")
    assert again(lead).state == "working"
    cast.called(lead, cast.agent, ago=0 * DAY)
    lead = again(lead)
    assert lead.state == "connected" and lead.touched_at == NOON
    assert [event.verb for event in history(lead)] == ["take_in", "log", "contact", "log", "connect"]
    assert (
        Activity.select().where(Activity.lead == lead, Activity.person == lead.person, Activity.kind == "call").count()
        == 2
    )
    assert Activity.next_step(lead).subject == "Send 3 options"


def test_who_answers_by_themselves_is_connected_at_once(cast):
    lead = cast.lead(cast.agent)
    logging.log(lead, cast.agent, "call", "They called", direction="in")
    assert again(lead).state == "connected" and again(lead).first_answered_at is None


def test_a_note_brings_nothing_on(cast):
    lead = cast.lead(cast.agent)
    logging.log(lead, cast.agent, "note", "Their brother is a customer")
    assert (again(lead).state, again(lead).touched_at) == ("new", None)


def test_a_contact_is_not_told_without_its_log(cast):
    lead = cast.lead(cast.agent)
    with refused("no_contact", remedies=("leads.contact", "leads.contact")):
        fire(lead, "contact", cast.agent)
    cast.called(lead, cast.agent, outcome="no_answer_vm")
    with refused("not_connected"):
        fire(lead, "connect", cast.agent)


def test_the_first_answer_counts_business_minutes(cast):
    with clock.set_to(datetime.fromisoformat("2026-11-17T22:30:00+00:00")):  # Tuesday, half an hour before we close
        lead = cast.lead(cast.agent)
        logging.log(
            lead,
            cast.agent,
            "call",
            "Not theirs",
            direction="out",
            outcome="wrong",
            next_step="Email",
            due_at=clock.now() + DAY,
        )
        assert again(lead).first_answered_at is None, "nobody is answered at a wrong number"
    cast.called(lead, cast.agent, ago=0 * DAY)
    lead = again(lead)
    assert (lead.first_answered_by, lead.first_answer_minutes) == (cast.agent, 30 + 180)
    cast.called(lead, cast.manager, kind="email", outcome="sent", ago=0 * DAY)
    assert again(lead).first_answered_by == cast.agent


# assessing


def test_assessed_needs_a_vehicle_and_a_timeline(cast):
    lead = cast.lead_in("connected")
    with refused("vehicles", "timeline", remedies=("needs.save", "needs.save")):
        fire(lead, "assess", cast.agent)
    cast.wants(lead, 1, matters_most="")
    assert fire(lead, "assess", cast.agent).state == "assessed"


def test_a_price_shopper_names_two_and_what_matters_most(cast):
    lead = cast.wants(cast.lead_in("connected", kind="price_shopper"), 1, matters_most="")
    with refused("vehicles", "matters_most"):
        fire(lead, "assess", cast.agent)


# holding, closing


def test_a_hold_is_that_of_an_organic_deal(cast):
    lead = cast.lead(cast.agent)
    with refused("no_call", remedies=("leads.contact",)):
        fire(lead, "hold", cast.agent, **cast.hold_given())
    cast.called(lead, cast.agent, outcome="no_answer_no_vm")
    with refused("no_email", "sub_status", "reason", "follow_up"):
        fire(lead, "hold", cast.agent)
    cast.called(lead, cast.agent, kind="email", outcome="sent", ago=HOUR / 2)
    lead = fire(lead, "hold", cast.agent, **cast.hold_given())
    assert (lead.held_from, lead.hold_status, lead.hold_reason) == ("working", "financing", "Bank decides in January")
    assert Activity.next_step(lead).due_at.date() == lead.follow_up_on
    assert Notification.get(Notification.user == cast.manager).lead == lead


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("not_interested", "not_said"),
        ("do_not_contact", "not_said"),
        ("no_response", "attempts"),
        ("no_details", "details"),
        ("", "close_reason"),
    ],
)
def test_each_reason_has_its_condition(cast, reason, code):
    lead = cast.lead_in("working")
    with refused(code, field="close_reason"):
        fire(lead, "close", cast.agent, close_reason=reason)


def test_no_response_after_reasonable_attempts(cast):
    lead = cast.lead(cast.agent)
    for ago in (2 * DAY, DAY, HOUR):
        cast.called(lead, cast.agent, outcome="no_answer_vm", ago=ago)
    lead = fire(lead, "close", cast.agent, close_reason="no_response")
    assert lead.state == "closed" and Activity.next_step(lead) is None


def test_who_asked_not_to_be_contacted_is_not(cast):
    lead = cast.lead_in("connected")
    lead = fire(lead, "close", cast.agent, close_reason="do_not_contact", no_calls=True)
    customer = Customer.get_by_id(lead.customer_id)
    assert (customer.no_calls, customer.no_emails) == (True, False)
    assert [(row.channel, row.value) for row in DoNotContact.select()] == [("no_calls", lead.customer.phone.e164)]


# owning


def test_claimed_it_has_a_first_contact_today(cast):
    lead = fire(cast.lead(), "claim", cast.agent)
    step = Activity.next_step(lead)
    assert (lead.owner, step.subject, step.assignee, step.due_at.hour) == (cast.agent, "First contact", cast.agent, 23)
    with refused("yours"):
        fire(lead, "claim", cast.agent)
    with refused("taken"):
        fire(lead, "claim", cast.agent2)


def test_of_fifty_claims_at_once_one_wins(cast):
    lead, people = cast.lead(), [cast.agent, cast.agent2, cast.manager, cast.manager2] * 13

    found = at_once(*(lambda person=person: inquiry.fire(lead, "claim", person) for person in people[:50]))
    lost = [one.refusals[0].code for one in found if isinstance(one, Refused)]
    assert len(lost) == 49 and set(lost) <= {"taken", "yours"}
    winners = [one.owner_id for one in found if isinstance(one, Lead)]
    assert winners == [again(lead).owner_id] and Activity.select().where(Activity.lead == lead).count() == 1


def test_an_agent_takes_it_before_working_it(cast):
    lead = cast.lead_in("working")
    Lead.update(owner=None).where(Lead.id == lead.id).execute()
    with refused("unowned", remedies=("leads.claim",)):
        fire(lead, "close", cast.agent2, close_reason="duplicate")


def test_a_manager_gives_it_away_with_its_steps(cast):
    lead = cast.lead_in("connected")
    with refused("owner", "reason"):
        fire(lead, "reassign", cast.manager)
    lead = fire(lead, "reassign", cast.manager, owner=cast.agent2, reason="Speaks Polish")
    assert Activity.next_step(lead).assignee == lead.owner == cast.agent2
    assert Notification.get(Notification.user == cast.agent2).lead == lead


def test_whoever_is_given_a_lead_of_nobody_makes_the_first_contact(cast):
    lead, closed = cast.lead(None), cast.lead_in("closed")
    Lead.update(owner=cast.house).where(Lead.id == closed.id).execute()
    for each in (lead, closed):
        fire(again(each), "reassign", cast.manager, owner=cast.agent2, reason="Was swept")
    task = Activity.get(Activity.subject == "First contact")
    assert (task.lead, task.assignee, task.author) == (lead, cast.agent2, cast.manager)
    assert task.due_at == end_of_business_day(NOON, cast.agent2.timezone)


def test_who_has_open_leads_does_not_leave(cast):
    lead = cast.lead(cast.agent)
    with refused("open_work"):
        deactivate(cast.agent, cast.admin)
    fire(lead, "reassign", cast.manager, owner=cast.agent2, reason="She leaves")
    assert not deactivate(cast.agent, cast.admin).active


# converting


def test_a_deal_takes_everything_over(cast):
    lead = cast.lead_in("assessed", message="Is the hybrid still there?")
    lead = fire(lead, "convert", cast.agent, **cast.convert_given(stage=cast.stage(3)))
    deal = Deal.get_by_id(lead.deal_id)
    assert (deal.customer, deal.owner, deal.stage, deal.source, deal.details) == (
        lead.customer, cast.agent, cast.stage(3), "Website", "Is the hybrid still there?",
    )  # fmt: skip
    assert deal.needs.timeline == "by Christmas" and deal.vehicle_make == "Toyota" and deal.needs == lead.needs
    assert Activity.next_step(deal).subject == "Send 3 options" and Activity.next_step(deal).lead == lead
    assert Activity.open_steps(deal).count() == 1
    with refused("converted"):
        fire(lead, "convert", cast.agent, **cast.convert_given())


def test_it_is_undone_within_a_day_while_nobody_worked_on_the_deal(cast):
    lead = cast.lead_in("assessed")
    open_before = [(step.id, step.subject) for step in Activity.open_steps(lead)]
    lead = fire(lead, "convert", cast.agent, **cast.convert_given(next_step="Send the first offer"))
    deal = Deal.get_by_id(lead.deal_id)
    lead = fire(lead, "undo_convert", cast.agent)
    assert [(step.id, step.subject) for step in Activity.open_steps(lead)] == open_before != []
    assert lead.state == "assessed" and not Deal.select().where(Deal.id == deal.id).exists()
    assert (
        NeedsAssessment.get().lead_id == lead.id
        and Activity.select().where(Activity.lead == lead, Activity.kind == "call").count() == 1
    )
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    lead = fire(lead, "convert", cast.agent, **cast.convert_given())
    with clock.set_to(NOON + DAY + HOUR), refused("too_late"):
        fire(lead, "undo_convert", cast.agent)
    cast.called(Deal.get_by_id(lead.deal_id), cast.agent, ago=0 * DAY)
    with refused("touched"):
        fire(lead, "undo_convert", cast.agent)


def test_a_deal_without_all_that_its_stage_asks_for_is_none(cast):
    lead = cast.lead_in("assessed")
    with refused("stage", "next_step"):
        fire(lead, "convert", cast.agent)
    with pytest.raises(Refused):
        fire(lead, "convert", cast.agent, **cast.convert_given(stage=cast.stage(5)))
    assert again(lead).state == "assessed" and Deal.select().count() == 0


def test_what_the_lead_tells_counts_for_the_deals_gates(cast):
    lead = cast.lead_in("converted")
    deal = Deal.get_by_id(lead.deal_id)
    assert order.fire(deal, "lose", cast.agent, loss_reason="bought_elsewhere").state == "lost"


# people of a customer


def test_a_customer_is_one_person_until_there_are_two(cast):
    customer = cast.client(no_emails=True)
    person = Person.get(Person.customer == customer)
    assert (person.called, person.no_emails) == (customer.name, True)
    assert [phone.person for phone in customer.phones] == [person] == [email.person for email in customer.emails]
    Customer.update(no_calls=True).where(Customer.id == customer.id).execute()
    assert Person.get_by_id(person.id).no_calls


def test_the_wish_of_one_of_two_people_is_theirs_alone(cast):
    lead = cast.lead(cast.agent)
    other = Person.create(customer=lead.customer_id, name="Rosa", position=1)
    CustomerPhone.create(customer=lead.customer_id, person=other, typed="305 555 0177", e164="+13055550177", position=1)
    wishes.stop(other, cast.agent, ["no_calls"])
    assert not Customer.get_by_id(lead.customer_id).no_calls
    cast.called(lead, cast.agent)
    with refused("do_not_contact"):
        cast.called(lead, cast.agent, person=Person.get_by_id(other.id))
    wishes.stop(lead.person, cast.agent, ["no_calls"])
    assert Customer.get_by_id(lead.customer_id).no_calls


def test_caps_go_by_person(cast):
    lead = cast.lead(cast.agent)
    other = Person.create(customer=lead.customer_id, name="Rosa", position=1)
    for ago in (3, 2, 1):
        cast.called(lead, cast.agent, outcome="no_answer_no_vm", ago=ago * HOUR)
    with refused("day_cap"):
        cast.called(lead, cast.agent, outcome="no_answer_no_vm", ago=0 * DAY)
    cast.called(lead, cast.agent, outcome="no_answer_no_vm", ago=0 * DAY, person=other)


# do not contact


def test_a_wish_counts_for_the_number_in_every_record(cast):
    customer = cast.client()
    wishes.stop(Person.first_of(customer), cast.agent, ["no_calls"])
    other = enter(cast.agent, "Somebody else", [customer.phone.typed])
    lead = cast.lead(cast.agent)
    Lead.update(customer=other, person=Person.first_of(other)).where(Lead.id == lead.id).execute()
    with refused("do_not_contact"):
        cast.called(again(lead), cast.agent)
    CustomerPhone.create(customer=other, typed="305 555 0188", e164="+13055550188", position=1)
    cast.called(again(lead), cast.agent)


def test_it_survives_the_number_being_taken_away_and_the_record_with_it(cast):
    customer = cast.client(no_calls=True)
    number = customer.phone.e164
    customer.delete_instance()
    lead = cast.lead(cast.agent)
    CustomerPhone.update(e164=number).where(CustomerPhone.customer == lead.customer_id).execute()
    with refused("do_not_contact"):
        cast.called(lead, cast.agent)


def test_only_an_admin_takes_it_back_with_a_reason(cast):
    lead = cast.lead(cast.agent)
    wishes.stop(lead.person, cast.agent)
    for who in (cast.agent, cast.manager):
        with forbidden():
            wishes.lift(lead.person, "no_calls", "She called us", who)
    with refused("reason"):
        wishes.lift(lead.person, "no_calls", " ", cast.admin)
    wishes.lift(lead.person, "no_calls", "She called us", cast.admin)
    cast.called(again(lead), cast.agent)
    with refused("do_not_contact"):
        cast.called(again(lead), cast.agent, kind="email", outcome="sent")
    customer = Customer.get_by_id(lead.customer_id)
    with refused("do_not_contact", field="no_emails"):
        correct(customer, cast.manager, customer.version, [], [], no_emails=False)
