"""Files that came from other programs, reduced, with invented people; each with what is right."""

from datetime import date
from pathlib import Path

import pytest

from carmanana.core.workflow import Refused
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.running import run
from carmanana.importing.terms import Terms
from carmanana.importing.uploading import set_terms, start, upload
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch
from carmanana.schema.search_words import Words
from carmanana.search.results import CLIENT, find

CASES = Path(__file__).resolve().parents[1] / "data" / "import_cases"


def uploaded(cast, name: str) -> ImportBatch:
    with (CASES / name).open("rb") as stream:
        return upload(stream, name, cast.manager)


@pytest.fixture
def bring(cast):
    def bring_in(name: str, **corrected) -> ImportBatch:
        batch = uploaded(cast, name)
        terms = Terms.of(batch.mapping)
        for field, value in corrected.items():
            setattr(terms, field, value)
        set_terms(batch, terms, cast.manager)
        assert run(start(ImportBatch.get_by_id(batch.id), cast.manager, again=True))
        return ImportBatch.get_by_id(batch.id)

    return bring_in


def terms_of(batch) -> Terms:
    return Terms.of(batch.mapping)


def customer(name: str) -> Customer:
    return Customer.get(Customer.name == name)


def counts(batch) -> tuple[int, int, int, int]:
    return batch.deals_made, batch.customers_made, batch.customers_met, batch.refused


def test_open_deals_keep_their_expected_close(bring):
    batch = bring("01-open-deal-future-close.csv")
    assert terms_of(batch).kind == "deals" and counts(batch) == (2, 2, 0, 0)
    deal = Deal.get(Deal.external_id == "T-9001")
    assert (deal.state, deal.stage.name) == ("active", "Contacted") and deal.expected_close_on == date(2027, 2, 15)
    assert deal.customer.email.address == "nora.vega@example.org"
    assert Deal.get(Deal.external_id == "T-9002").state == "won"


def test_contacts_with_notes_are_no_deals(bring):
    batch = bring("02-contacts-with-notes.csv")
    assert terms_of(batch).kind == "contacts" and counts(batch) == (0, 2, 0, 0)


def test_stages_under_a_name_of_another_program_are_stages(bring, cast):
    batch = uploaded(cast, "03-stage-heading-unknown.csv")
    terms = terms_of(batch)
    assert terms.kind == "deals" and terms.columns == [
        "external_id",
        "name",
        "stage",
        "value",
        "closed_on",
        "is_closed",
        "is_won",
    ]
    assert terms.chosen("stage", "Value Proposition") == "" and terms.chosen("stage", "Closed Won") == "state:won"
    terms.values["stage"] |= {"value proposition": "stage:Contacted", "negotiation/review": "stage:Contacted"}
    batch = bring("03-stage-heading-unknown.csv", values=terms.values, loss_reason="price")
    assert counts(batch) == (4, 4, 0, 0)
    assert {deal.external_id: deal.state for deal in Deal.select()} == {
        "A1": "active",
        "A2": "active",
        "A3": "lost",
        "A4": "won",
    }


def test_googles_contacts_have_numbers_and_addresses(bring):
    assert counts(bring("04-google-contacts.csv")) == (0, 1, 0, 0)
    nora = customer("Nora Vega")
    assert [phone.e164 for phone in nora.phones] == ["+14155552671", "+14155552673", "+14155552674"]
    assert [email.address for email in nora.emails] == ["nora@vega.example.org", "nora.home@example.org"]
    assert "Organization Name: Vega Bakery" in nora.details


def test_an_extension_apart_is_another_person(bring):
    assert counts(bring("05-same-switchboard.csv")) == (0, 2, 0, 0)
    assert customer("Paul Okoye").phone.typed == "(415) 555-2600 ext. 12"


def test_the_owner_owns_customers_too(bring, cast):
    bring("07-owner-customers-only.csv", values={"owner": {"agent@carmanana.example": str(cast.agent.id)}})
    assert customer("Nora Vega").owner == cast.agent


def test_a_shared_address_is_no_shared_person(bring):
    assert counts(bring("08-shared-email-with-deals.csv")) == (2, 2, 0, 0)
    assert (
        Deal.get(Deal.external_id == "SH-2").customer.name == "Tomas Brandt" and customer("Tomas Brandt").region == "WI"
    )


def test_a_shared_landline_is_no_shared_person(bring):
    assert counts(bring("09-shared-landline-customers.csv")) == (0, 2, 0, 0)
    tomas = customer("Tomas Brandt")
    assert tomas.region == "WI" and "Comments X: wants a van; VIP" in tomas.details


def test_facts_of_a_known_customer_are_added_and_taken_back(bring, cast):
    first = bring("10-known-customer-new-facts.csv")
    second = bring("10b-known-customer-new-facts.csv")
    assert counts(second) == (0, 0, 1, 0)
    nora = customer("Nora Lindqvist")
    assert (nora.region, nora.language) == ("WA", "Swedish")
    for line in ("Region in the file: OR", "Street: 12 Harbour Lane", "Gate code: 4711"):
        assert line in nora.details.splitlines()
    with pytest.raises(Refused, match="Undo “10b-known-customer-new-facts.csv” .* first"):
        import_steps.fire(first, "undo", cast.manager)
    assert run(import_steps.fire(second, "undo", cast.manager))
    nora = customer("Nora Lindqvist")
    assert (nora.region, nora.language, nora.details) == ("WA", "", "")
    assert run(import_steps.fire(first, "undo", cast.manager)) and Customer.select().count() == 0


def test_excels_short_dates(bring):
    assert counts(bring("16-excel-short-dates.csv")) == (2, 2, 0, 0)
    assert [deal.agreement_on for deal in Deal.select().order_by(Deal.id)] == [date(2026, 9, 14), date(2026, 10, 1)]


def test_wishes_not_to_be_contacted_are_honoured(bring):
    bring("17-opt-out-headings.csv")
    wishes = [(one.no_calls, one.no_emails, one.no_texts) for one in Customer.select().order_by(Customer.id)]
    assert wishes == [(True, True, True), (False, False, False)]


def test_numbers_of_other_countries_are_found(bring, cast):
    bring("20-phones-foreign.csv")
    for typed, name in (
        ("0711 1234567", "Nora Vega"),
        ("0049 711 1234567", "Nora Vega"),
        ("020 7946 0958", "Paul Okoye"),
        ("02079460958", "Paul Okoye"),
    ):
        assert [hit.name for hit in find(cast.manager, Words.read(typed))[CLIENT]] == [name]
    assert [phone.e164 for phone in customer("Ida Moreau").phones] == ["+14155552600", "+14155552601"]
    assert customer("Tomas Brandt").phone.e164 == "+14155552603"
