"""The search: what is found by which words, by whom, and that the index follows every write."""

import pytest

from carmanana.contacting.log import log
from carmanana.core.db import database
from carmanana.customers import contact
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.running import run
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal
from carmanana.schema import derived
from carmanana.schema.derived.search import INDEXED
from carmanana.schema.search_words import Words
from carmanana.search.results import ACTIVITY, CLIENT, DEAL, find

from ..demo_world import opened, worlds
from .importing_files import bring, sale


def found(user, text: str, kind: str = CLIENT) -> list[int]:
    return [hit.id for hit in find(user, Words.read(text))[kind]]


@pytest.fixture
def ana(cast):
    return contact.enter(
        cast.agent, "Ána Łucja O'Brien-Gutiérrez", ["+1 (305) 555-0171", "0171 22"], ["a.brien77@mail.example"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "ana",
        "ANA LUC",
        "gutierrez",
        "o'brien",
        "brien-gu",
        "  gut   ana ",
        "a.brien77@mail",
        "brien77",
        "mail.example",
        "mail.ex",
    ],
)
def test_a_client_is_found_by_the_beginnings_of_words(cast, ana, text):
    assert found(cast.agent, text) == [ana.id]


@pytest.mark.parametrize("text", ["305", "555 01", "(305) 555", "+1 305-555-0171", "5550171", "171 22", "305.555"])
def test_a_client_is_found_by_part_of_a_number_however_it_is_typed(cast, ana, text):
    assert found(cast.agent, text) == [ana.id]


@pytest.mark.parametrize("text", ["ann", "ana garcia", "30", "306", "555 02 171", "ana 305"])
def test_other_words_do_not_find_the_client(cast, ana, text):
    assert found(cast.agent, text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Пётр Чайковский", "петр"),
        ("Петр Ильич", "Пётр"),
        ("Ελένη", "ελενη"),
        ("Großmann", "grossm"),
        ("李小龙", "李"),
        ("Søren", "soren"),
        ("Zoë", "zoë"),
    ],
)
def test_letters_of_other_scripts_are_found_with_and_without_their_marks(cast, name, text):
    customer = contact.enter(cast.agent, name, [], [])
    assert found(cast.agent, text) == [customer.id]


@pytest.mark.parametrize("text", ["lexus", "lexus rx", "2022 rx", "rx 350 lex", "maria lexus", "crm_0042", "2022"])
def test_a_deal_is_found_by_its_client_vehicle_and_reference(cast, text):
    deal = cast.deal(cast.agent, vehicle_year=2022, vehicle_make="Lexus", vehicle_model="RX 350")
    Deal.update(external_id="CRM_0042").where(Deal.id == deal.id).execute()
    other = cast.deal(cast.agent, vehicle_year=2021, vehicle_make="Kia", vehicle_model="Niro")
    assert found(cast.agent, text, DEAL) == [deal.id]
    assert found(cast.agent, "maria", DEAL) == [other.id, deal.id]


def test_an_activity_is_found_by_its_words_and_leads_to_its_deal(cast):
    deal = cast.deal(cast.agent)
    log(deal, cast.agent, "note", "Family of five, the third row must be usable", subject="Background")
    assert found(cast.agent, "third row", ACTIVITY) == found(cast.agent, "backgr", ACTIVITY) == [deal.id]
    assert found(cast.agent, "of", ACTIVITY) == []


def test_what_was_said_on_a_lead_is_found_once_it_is_a_deal(cast):
    lead = cast.lead_in("assessed", cast.agent)
    log(lead, cast.agent, "note", "Wants a panoramic roof")
    assert indexed() == there() and found(cast.agent, "panoramic", ACTIVITY) == []
    deal = inquiry.fire(lead, "convert", cast.agent, **cast.convert_given()).deal
    assert indexed() == there() and found(cast.agent, "panoramic", ACTIVITY) == [deal.id]
    Activity.update(summary="Wants a sun roof").where(Activity.summary.contains("panoramic")).execute()
    assert found(cast.agent, "panoramic", ACTIVITY) == [] and found(cast.agent, "sun roof", ACTIVITY) == [deal.id]
    Activity.update(deal=None).where(Activity.deal == deal).execute()
    assert indexed() == there() and found(cast.agent, "sun roof", ACTIVITY) == []
    Activity.delete().where(Activity.lead == lead, Activity.kind == "note").execute()
    assert indexed() == there()


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "*",
        '""* OR "',
        "NEAR(a b)",
        "a AND NOT",
        "told: x",
        "^a",
        "(",
        "-",
        "x" * 10_000,
        "a\x00b",
        "' OR 1=1 --",
        "{a}",
        "\u202e",
        "①",
        "्",
        "a " * 5000,
        "__",
        "\U0001f600",
    ],
)
def test_no_words_break_the_search(cast, ana, text):
    find(cast.agent, Words.read(text))


# rights


def test_nobody_finds_what_they_may_not_see(cast):
    mine, theirs = cast.deal(cast.agent), cast.deal(cast.agent2)
    for deal, owner in ((mine, cast.agent), (theirs, cast.agent2)):
        Customer.update(owner=owner).where(Customer.id == deal.customer_id).execute()
        log(deal, owner, "note", "Likes the hybrid")
    for kind, ours, others in ((CLIENT, mine.customer_id, theirs.customer_id), (DEAL, mine.id, theirs.id)):
        assert found(cast.agent, "maria", kind) == [ours]
        assert found(cast.manager, "maria", kind) == [others, ours]
    assert found(cast.agent, "hybrid", ACTIVITY) == [mine.id]
    assert (
        found(cast.retention, "maria", CLIENT)
        == found(cast.retention, "maria", DEAL)
        == found(cast.retention, "hybrid", ACTIVITY)
        == []
    )
    assert found(cast.agent, "client1001@ex") == found(cast.agent, "555 1001") == []


def test_retention_finds_their_own_and_what_they_try_to_save(cast):
    saving, own, theirs = cast.deal(cast.agent), cast.client(), cast.deal(cast.agent2)
    Deal.update(retention=cast.retention).where(Deal.id == saving.id).execute()
    Customer.update(owner=cast.retention).where(Customer.id == own.id).execute()
    log(saving, cast.manager, "note", "Likes the hybrid")
    log(theirs, cast.manager, "note", "Likes the hybrid")
    assert found(cast.retention, "maria") == found(cast.retention, "555 10") == [own.id, saving.customer_id]
    assert found(cast.retention, "maria", DEAL) == found(cast.retention, "hybrid", ACTIVITY) == [saving.id]
    assert theirs.customer_id in found(cast.cancellations, "maria") and theirs.id in found(
        cast.cancellations, "maria", DEAL
    )


def test_what_one_may_see_is_found_behind_any_number_that_one_may_not(cast):
    mine = cast.deal(cast.agent)
    for _ in range(15):
        others = cast.deal(cast.agent2)
        Customer.update(owner=cast.agent2).where(Customer.id == others.customer_id).execute()
    assert found(cast.agent, "maria") == [mine.customer_id] and found(cast.agent, "maria", DEAL) == [mine.id]


# the index follows every write


def indexed() -> dict[str, set[int]]:
    return {index: {row[0] for row in database.execute_sql(f"SELECT rowid FROM {index}")} for index in INDEXED}


def there() -> dict[str, set[int]]:
    return {
        index: {row[0] for row in database.execute_sql(f"SELECT id FROM {table}")} for index, table in INDEXED.items()
    }


def test_what_is_corrected_is_found_by_its_new_words_only(cast, ana):
    deal = cast.deal(cast.agent, vehicle_make="Kia")
    Deal.update(customer=ana, vehicle_make="Seat").where(Deal.id == deal.id).execute()
    contact.correct(ana, cast.agent, ana.version, ["+1 786 555 9000"], ["new@other.example"], name="Bea Silva")
    assert found(cast.agent, "bea") == found(cast.agent, "786 555") == found(cast.agent, "new@other") == [ana.id]
    assert found(cast.agent, "ana") == found(cast.agent, "305 555 0171") == found(cast.agent, "brien77") == []
    assert found(cast.agent, "bea seat", DEAL) == [deal.id]
    assert (
        found(cast.agent, "kia", DEAL)
        == found(cast.agent, "ana seat", DEAL)
        == found(cast.agent, "maria seat", DEAL)
        == []
    )


def test_who_is_erased_leaves_nothing_in_the_index(cast, ana):
    Customer.delete().where(Customer.id == ana.id).execute()
    assert CustomerPhone.select().count() == CustomerEmail.select().count() == 0
    assert indexed() == there() and all(not ids for ids in indexed().values())


def test_rows_written_together_are_indexed_once(cast, ana):
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    before = {*database.execute_sql(made)}
    with derived.made_afterwards():
        deal = cast.deal(cast.agent)
        log(deal, cast.agent, "note", "Likes the hybrid")
        contact.correct(ana, cast.agent, ana.version, [], ["x@y.example"])
    assert {*database.execute_sql(made)} == before and derived.stale() == []
    assert indexed() == there()
    assert found(cast.agent, "x@y") == [ana.id] and found(cast.agent, "hybrid", ACTIVITY) == [deal.id]
    cast.deal(cast.agent)
    assert indexed() == there()


def test_an_import_is_found_and_when_undone_no_more(cast):
    batch = bring(
        cast.manager,
        sale("Geraldine Ott", phone="3055551234", email="gera@mail.example"),
        sale("Zainab", order_id="C_CND_1"),
    )
    assert indexed() == there()
    assert (
        len(found(cast.manager, "geral"))
        == len(found(cast.manager, "555 12"))
        == len(found(cast.manager, "c_cnd_1", DEAL))
        == 1
    )
    run(import_steps.fire(batch, "undo", cast.manager))
    assert indexed() == there() and found(cast.manager, "geral") == found(cast.manager, "c_cnd_1", DEAL) == []


def test_a_demo_world_is_found(tmp_path_factory):
    opened(worlds(tmp_path_factory, "demo") / "demo")
    assert indexed() == there() and all(indexed().values())
