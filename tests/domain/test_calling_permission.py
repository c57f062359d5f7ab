"""May this person be contacted now? Every reason why not, with the row that says so (domain 6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from carmanana.contacting import wishes
from carmanana.contacting.calling.permission import may_contact
from carmanana.core import clock
from carmanana.customers import contact
from carmanana.leads import intake
from carmanana.leads.lifecycle import inquiry
from carmanana.records.calling import CallingRule, DoNotCallRegister, RegionHoliday, RegisteredNumber
from carmanana.records.customers import Customer, CustomerPhone, Person
from carmanana.records.leads import Lead

from ..cast import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def codes(lead: Lead, cast, channel="call", at=NOON, by=None) -> list[str]:
    person = Person.get_by_id(Lead.get_by_id(lead.id).person_id)
    return [refusal.code for refusal in may_contact(person, channel, at, by or cast.agent)]


@pytest.fixture
def lead(cast):
    """In Miami, who asked today and wants to be called."""
    return cast.lead(cast.agent, answer_by={"call"})


def living_in(lead: Lead, region: str, zone: str, number: str | None) -> Lead:
    Customer.update(region=region, timezone=zone).where(Customer.id == lead.customer_id).execute()
    CustomerPhone.update(typed=number or "?", e164=number).where(CustomerPhone.customer == lead.customer_id).execute()
    return lead


def test_the_tables_are_filled(cast):
    assert CallingRule.select().count() > 40 and RegionHoliday.select().count() > 400
    assert (
        CallingRule.get(CallingRule.region == "US-FL").cited
        == "US-FL: Fla. Stat. 501.616(6) and 501.059, in force since 25 May 2023 (seen)"
    )


def test_who_asked_today_may_be_called(cast, lead):
    assert codes(lead, cast) == []
    assert codes(lead, cast, "text") == ["consent"], "a text needs express words in the US"
    assert codes(lead, cast, "email") == []


def test_outside_the_hours_of_florida_the_row_is_cited(cast, lead):
    evening = datetime(2026, 11, 19, 1, 30, tzinfo=UTC)  # 20:30 in Miami
    person = Person.get_by_id(lead.person_id)
    with clock.set_to(evening):
        (refusal,) = may_contact(person, "call", evening, cast.agent)
    assert (
        refusal.code == "hours"
        and refusal.sop.startswith("US-FL: Fla. Stat.")
        and "Again from Thu 08:00" in refusal.sentence
    )


def test_an_unknown_region_is_not_dialable_until_it_is_set(cast, lead):
    assert codes(living_in(lead, "", "", "+81312345678"), cast) == ["region_unknown"], "there are no rows for Japan"
    assert codes(living_in(lead, "Florida", "America/New_York", "+18005550199"), cast) == []


def test_where_address_and_number_disagree_the_strictest_of_both(cast, lead):
    Customer.update(region="Rhode Island", timezone="").where(Customer.id == lead.customer_id).execute()
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)  # 18:30: closed in RI, open in FL
    assert codes(lead, cast, at=late) == ["hours"]


def test_a_holiday_of_the_region(cast, lead):
    living_in(lead, "", "Europe/London", "+442079460123")
    intake.agree(lead.person, cast.agent, {"call"}, "Yes, call me", "phone", given_at=NOON - DAY)
    assert codes(lead, cast, at=datetime(2026, 12, 24, 12, tzinfo=UTC)) == []
    assert codes(lead, cast, at=datetime(2026, 12, 25, 12, tzinfo=UTC)) == ["hours"]


def test_germany_asks_for_consent_and_an_inquiry_is_none(cast, lead):
    living_in(lead, "", "Europe/Berlin", "+4930123456")
    assert codes(lead, cast, at=NOON - HOUR) == ["consent"]
    consent = intake.agree(lead.person, cast.agent, {"call"}, "Sie dürfen mich anrufen", "form", given_at=NOON - DAY)
    assert codes(lead, cast, at=NOON - HOUR) == []
    intake.withdraw(consent, "Bitte nicht mehr", cast.agent)
    assert codes(lead, cast, at=NOON + DAY) == ["consent"]


def test_an_inquiry_counts_for_its_months_and_channels(cast, lead):
    assert codes(lead, cast, at=NOON + 80 * DAY) == []
    assert codes(lead, cast, at=NOON + 100 * DAY) == ["register"], "no register is on file, and the inquiry is too old"
    Lead.update(answer_by={"email"}).where(Lead.id == lead.id).execute()
    assert codes(lead, cast) == ["register"]


def test_registers_are_dated(cast, lead):
    Lead.update(answer_by={"email"}).where(Lead.id == lead.id).execute()
    register = DoNotCallRegister.create(region="US", taken_on=date(2026, 11, 1), name="national.txt")
    assert codes(lead, cast) == []
    RegisteredNumber.create(register=register.id, e164=lead.customer.phone.e164)
    assert codes(lead, cast) == ["register"]
    intake.agree(lead.person, cast.agent, {"call"}, "Call me any time", "in_person")
    assert codes(lead, cast) == []


def test_caps_and_the_gap_count_over_all_channels(cast, lead):
    cast.called(lead, cast.agent, outcome="no_answer_no_vm", ago=5 * HOUR)
    cast.called(lead, cast.agent, outcome="no_answer_no_vm", ago=4 * HOUR)
    assert codes(lead, cast) == []
    cast.called(lead, cast.agent, outcome="no_answer_vm", ago=HOUR / 2)
    assert codes(lead, cast) == ["day_cap", "region_cap", "gap"]
    assert codes(lead, cast, at=NOON + HOUR) == ["day_cap", "region_cap"]
    assert codes(lead, cast, at=NOON + DAY) == []


def test_an_agreed_callback_skips_the_gap(cast, lead):
    cast.called(lead, cast.agent, ago=26 * HOUR, next_step="Call back at noon", due_at=NOON)
    cast.called(lead, cast.agent, outcome="no_answer_no_vm", ago=HOUR / 2, answers=[])
    assert codes(lead, cast) == []
    cast.called(lead, cast.agent, outcome="no_answer_no_vm", ago=HOUR / 4)
    assert codes(lead, cast) == ["gap"], "the callback was made"


def test_wishes_locks_and_wrong_numbers(cast, lead):
    CustomerPhone.update(wrong_at=NOON).where(CustomerPhone.customer == lead.customer_id).execute()
    assert codes(lead, cast) == ["bad_number"]
    person = Person.get_by_id(lead.person_id)
    told = may_contact(person, "call", NOON, cast.agent)
    assert "each was marked wrong" in told[0].sentence
    CustomerPhone.delete().where(CustomerPhone.customer == lead.customer_id).execute()
    told = may_contact(person, "call", NOON, cast.agent)
    assert told[0].sentence == "There is no phone number of theirs on file."
    wishes.stop(Person.get_by_id(lead.person_id), cast.agent, ["no_emails"])
    assert codes(lead, cast, "email") == ["do_not_contact"]
    deal = cast.losing(cast.deal(cast.agent, value_cents=100)).deal
    other = intake.take_in(deal.customer, cast.manager, owner=cast.agent2)
    assert codes(other, cast, by=cast.agent2) == ["locked"]
    assert inquiry.leads(other, "claim")


def test_a_wish_closes_every_extension_and_is_opened_for_one_without_the_other(cast):
    """Behind each there is somebody else; what the one said stays theirs."""
    said, other = (contact.enter(cast.agent, "Firm", [f"+1 305 555 8080 ext. {inner}"], []) for inner in (11, 12))
    wishes.stop(Person.first_of(said), cast.agent, ("no_calls",))
    assert wishes.forbids(Customer.get_by_id(other.id), "call"), "it is one number to whoever dials it"
    wishes.lift(Person.first_of(other), "no_calls", "They wrote that they want our call.", cast.admin)
    assert not wishes.forbids(Customer.get_by_id(other.id), "call")
    assert wishes.forbids(Customer.get_by_id(said.id), "call") and Person.first_of(said).no_calls
