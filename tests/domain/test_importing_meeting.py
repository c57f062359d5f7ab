"""Who is the same customer, and who is not."""

from carmanana.contacting import lock
from carmanana.customers import contact
from carmanana.deals.deal_facts import take
from carmanana.importing import running
from carmanana.importing.preview import preview
from carmanana.records.customers import Customer, CustomerPhone
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportRow

from .importing_files import bring, fresh, sale, waiting


def test_a_whole_number_or_an_address_is_the_same_customer(cast):
    batch = bring(
        cast.manager,
        sale("Gia", "(212) 826-4678"),
        sale("Gia Smith", "+1 212 826 4678", "gia@example.com"),
        sale("G. Smith", "", "GIA@example.com"),
    )
    assert (batch.deals_made, batch.customers_made, batch.customers_met) == (3, 1, 2)
    customer = Customer.get()
    assert customer.name == "Gia" and customer.deals.count() == 3
    assert [email.address for email in customer.emails] == ["gia@example.com"] and customer.phones.count() == 1


def test_a_first_name_and_seven_digits_prove_nothing(cast):
    batch = bring(cast.manager, sale("Gia", "8264678"), sale("Gia", "8264678"), sale("Gia", "826-4678"))
    assert (batch.customers_made, batch.customers_met) == (3, 0)
    assert [phone.typed for phone in CustomerPhone.select().order_by(CustomerPhone.id)] == [
        "8264678",
        "8264678",
        "826-4678",
    ]


def test_the_same_customer_across_chunks(cast, monkeypatch):
    monkeypatch.setattr(running, "MOST", 1)
    monkeypatch.setattr(running, "FEWEST", 1)
    batch = bring(
        cast.manager,
        sale("Gia", "", "gia@example.com"),
        sale("Gia", "2128264678", "gia@example.com"),
        sale("Gia", "2128264678"),
    )
    assert (batch.customers_made, batch.customers_met, batch.deals_made) == (1, 2, 3)


def test_what_is_new_of_somebody_who_was_here_is_added_and_what_differs_is_kept_in_words(cast):
    here = contact.enter(cast.agent, "Gia Smith", ["+1 212 826 4678"], ["gia@example.com"])
    batch = bring(cast.manager, sale("Gia", "+1 305 826 4678", "GIA@example.com"))
    assert (batch.customers_made, batch.customers_met) == (0, 1)
    again = Customer.get_by_id(here.id)
    assert (again.name, [phone.typed for phone in again.phones], again.version) == (
        "Gia Smith",
        ["+1 212 826 4678", "+1 305 826 4678"],
        here.version + 1,
    )
    assert Deal.get().details == "Name in the file: Gia"


def test_no_open_order_comes_to_a_cancelled_customer_and_a_past_one_does(cast):
    here = contact.enter(cast.agent, "Gia Smith", ["+1 212 826 4678"], [])
    Customer.update(status="cancelled").where(Customer.id == here.id).execute()
    rows = [
        ["Gia Smith", "+1 212 826 4678", "Ford", *ended] for ended in (["Open", "", ""], ["Won", "1/2/2022", "$26,000"])
    ]
    waits = waiting(cast.manager, *rows, headings="Customer Name,Phone,Make,Status,Sale Date,Price")
    assert [line.number for line in preview(waits, cast.manager).first if line.refused] == [2]
    assert running.run(waits)
    batch = fresh(waits)
    assert (batch.refused, ImportRow.get().code, [deal.state for deal in here.deals]) == (1, "cancelled", ["won"])


def test_another_name_at_the_same_address_is_another_person(cast):
    contact.enter(cast.agent, "Gia Smith", ["+1 212 826 4678"], ["family@example.com"], no_calls=True)
    batch = bring(
        cast.manager,
        sale("Tomas Brandt", "", "family@example.com"),
        sale("Nora Smith", "2128264678"),
        sale("Gia Smith Jr.", "2128264678"),
    )
    assert (batch.customers_made, batch.customers_met) == (3, 0)
    assert all(customer.no_calls for customer in Customer.select()), (
        "who asked for no calls there is not called there under another name"
    )


def test_news_of_somebody_who_was_here_is_added_without_a_deal(cast):
    gia = contact.enter(cast.agent, "Gia", ["+1 212 826 4678"], ["gia@example.com"])
    batch = bring(
        cast.manager,
        ["Gia", "2128264678", "new@example.com"],
        ["Gia", "", "gia@example.com"],
        headings="Name,Phone,Email",
    )
    assert (batch.customers_made, batch.customers_met, batch.refused) == (0, 2, 0)
    assert [email.address for email in gia.emails] == ["gia@example.com", "new@example.com"]


def test_a_wish_not_to_be_contacted_is_honoured_whoever_they_are(cast):
    contact.enter(cast.agent, "Gia", ["+1 212 826 4678"])
    bring(
        cast.manager,
        ["Gia", "2128264678", "yes"],
        ["Ada", "", ""],
        ["Zoe", "", "maybe"],
        headings="Name,Phone,Do not call",
    )
    assert [customer.no_calls for customer in Customer.select().order_by(Customer.id)] == [True, False]
    assert "says neither" in ImportRow.get().reason


def test_a_reference_comes_in_once(cast):
    batch = bring(cast.manager, sale("Gia", order_id="X1"), sale("Ada", order_id="X1"), sale("Zoe", order_id="X2"))
    assert (batch.deals_made, batch.refused) == (2, 1)
    assert ImportRow.get().reason == "“X1” is here already, on another deal."
    again = bring(cast.manager, sale("Gia", order_id="X1"), sale("New", order_id="X3"))
    assert (again.deals_made, again.refused) == (1, 1)


def test_a_number_that_an_import_adds_to_a_locked_customer_is_locked_too(cast):
    """Also once the import is taken back: who has the number is the locked person."""
    here = contact.enter(cast.manager, "Gia Smith", ["+1 212 826 4678"], ["gia@example.com"])
    cast.losing(take(here, cast.stage(), cast.manager, cast.agent, value_cents=100), cast.agent)
    batch = bring(cast.manager, sale("Gia Smith", "+1 305 826 4678", "gia@example.com"))
    assert batch.customers_met == 1 and here.phones.count() == 2
    other = contact.enter(cast.agent2, "G. S.", ["305 826 4678"], [])
    assert lock.closed_to(other, cast.agent2)
    CustomerPhone.delete().where(CustomerPhone.customer == here, CustomerPhone.e164 == "+13058264678").execute()
    assert lock.closed_to(contact.enter(cast.agent2, "Somebody", ["+1 305 826 4678"], []), cast.agent2)
