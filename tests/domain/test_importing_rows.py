"""A row by the terms of its file: the customer, the deal, or why not."""

from datetime import date

import pytest

from carmanana.core import clock
from carmanana.importing import stored_sheets
from carmanana.importing.choices import Choices
from carmanana.importing.running import run
from carmanana.importing.terms import Terms, complaints, words_of
from carmanana.importing.uploading import set_terms, start, upload
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportRow
from carmanana.records.pipelines import Stage

from .importing_files import csv_of


@pytest.fixture
def bring(cast):
    """Bring rows in as the manager would, after correcting the terms."""

    def bring_in(*rows, headings: str = "Customer Name,Phone,Email,Make,Model,Price,Status", **corrected):
        batch = upload(csv_of(*rows, headings=headings), "file.csv", cast.manager)
        terms = Terms.of(batch.mapping)
        for name, value in corrected.items():
            setattr(terms, name, value)
        set_terms(batch, terms, cast.manager)
        batch = start(batch, cast.manager, again=True)
        assert run(batch)
        return type(batch).get_by_id(batch.id)

    return bring_in


def reasons() -> list[str]:
    return [row.reason for row in ImportRow.select().order_by(ImportRow.number)]


def only_deal() -> Deal:
    (deal,) = Deal.select()
    return deal


def test_an_open_deal_comes_in_at_the_foot_of_its_first_stage(bring, cast):
    above = cast.deal()
    bring(["Gia", "2128264678", "gia@example.com", "Ford", "Focus", "$26,000 ", ""])
    deal = Deal.select().order_by(Deal.id.desc()).get()
    assert (deal.state, deal.stage.name, deal.value, deal.vehicle, deal.owner) == (
        "active",
        "New Orders",
        "$26,000",
        "Ford Focus",
        None,
    )
    assert deal.pipeline_id == 1 and above.pipeline_id == 2
    assert deal.customer.phone.typed == "2128264678" and deal.customer.phone.e164 == "+12128264678"
    assert deal.customer.email.address == "gia@example.com" and deal.customer.timezone == "America/New_York"


def test_cards_keep_the_order_of_the_file(bring):
    bring(*[[f"Client {n}", "", "", "Ford", "Focus", "1", "open"] for n in range(3)])
    deals = Deal.select().order_by(Deal.position)
    assert [deal.customer.name for deal in deals] == ["Client 0", "Client 1", "Client 2"]
    assert len({deal.position for deal in deals}) == 3


def test_words_of_a_state_column_are_recognised(bring):
    bring(
        ["A", "", "", "Ford", "", "1", "Open"],
        ["B", "", "", "Ford", "", "1", "Cancelled"],
        ["C", "", "", "Ford", "", "1", "Canceled"],
    )
    assert [deal.state for deal in Deal.select().order_by(Deal.id)] == [
        "active",
        "cancelled_by_client",
        "cancelled_by_client",
    ]


def test_a_word_that_is_matched_to_nothing_refuses_its_row(bring):
    batch = bring(["A", "", "", "Ford", "", "1", "Open"], ["B", "", "", "Ford", "", "1", "Florble"])
    assert (batch.deals_made, batch.refused) == (1, 1)
    assert reasons() == ["State: “Florble” is matched to nothing here."]


def test_a_word_can_be_matched_by_hand(bring):
    headings = "Customer Name,Price,Sale Date,Status"
    bring(
        ["B", "1", "1/2/2022", "Florble"],
        headings=headings,
        columns=["name", "value", "closed_on", "state"],
        values={"state": {"florble": "won"}},
    )
    assert only_deal().state == "won"


def test_a_stage_column_may_speak_of_the_end(bring):
    headings = "Customer Name,Deal Stage,Amount,Close Date,Owner"
    bring(
        ["A", "Closed Won", "100", "1/2/2022", "agent@carmanana.example"],
        ["B", "Decision", "100", "", "Thabo Okafor"],
        ["C", "contacted", "100", "", ""],
        headings=headings,
    )
    won, decision, contacted = Deal.select().order_by(Deal.id)
    assert (won.state, won.owner.name, won.agreement_on) == ("won", "Marta Sandoval", date(2022, 1, 2))
    assert (decision.state, decision.stage.name, decision.owner.name) == ("active", "Decision", "Thabo Okafor")
    assert (contacted.stage.name, contacted.owner) == ("Contacted", None)
    assert won.customer.owner == won.owner


def test_a_sale_is_won_signed_and_delivered_on_its_day(bring):
    bring(["Gia", "$26,000 ", "1/2/2022"], headings="Customer Name,Price,Sale Date")
    deal = only_deal()
    assert (deal.state, deal.agreement_on, deal.delivered_on) == ("won", date(2022, 1, 2), date(2022, 1, 2))
    assert clock.local(deal.state_since, "America/New_York").date() == date(2022, 1, 2)
    assert "names no deposit" in deal.no_deposit_reason and deal.stage.name == "Agreement & Deposit"


def test_a_deposit_comes_in_as_money(bring):
    bring(["Gia", "26000", "1/2/2022", "$500"], headings="Customer Name,Price,Sale Date,Deposit")
    deal = only_deal()
    assert deal.deposit_cents == 50_000 and deal.no_deposit_reason == ""
    assert deal.payments.get().paid_on == date(2022, 1, 2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "26000", "1/2/2022"], "The row has no customer's name."),
        (["Gia", "", "1/2/2022"], "Enter what the order is worth."),
        (["Gia", "26000", ""], "Enter the date of the signed agreement."),
        (["Gia", "lots", "1/2/2022"], "Price: “lots” is not an amount of money. Write it like 26,000."),
        (["Gia", "26000", "13/13/2022"], "Sale Date: “13/13/2022” is not a date."),
        (["Gia", "26000", "1/2/2027"], "Sold or closed on: 2 Jan 2027 is in the future."),
        (["G" * 201, "26000", "1/2/2022"], f"Customer Name: “{'G' * 40}…” is longer than 200 characters."),
        (["Gia"], "The row has 1 cell under 3 headings. Is a comma or a quotation mark missing?"),
    ],
)
def test_a_sale_that_cannot_stand_says_why(bring, row, reason):
    batch = bring(["Ada", "1", "1/2/2022"], row, headings="Customer Name,Price,Sale Date")
    assert (batch.deals_made, batch.refused, reasons()) == (1, 1, [reason])
    assert ImportRow.get().cells == row and ImportRow.get().number == 3


def test_all_that_is_wrong_with_a_row_is_said_at_once(bring):
    bring(["", "12", "x@", "Ford", "Focus", "lots", "won"])
    (reason,) = reasons()
    for part in ("no customer's name", "“12” is not a phone number", "“x@” is not an email", "“lots” is not an amount"):
        assert part in reason


def test_a_lost_deal_needs_its_reason(bring):
    headings = "Customer Name,Price,Status,Loss Reason,Close Date"
    bring(["A", "1", "lost", "", ""], ["B", "1", "lost", "competitor", "1/2/2022"], headings=headings)
    assert reasons() == ["Choose why it was lost."]
    deal = only_deal()
    assert (deal.loss_reason, deal.loss_words, deal.agreement_on) == ("bought_elsewhere", "competitor", None)


def test_a_lost_deal_has_no_agreement_and_no_deposit(bring):
    headings = "Customer Name,Price,Status,Agreement Date,Deposit"
    bring(["A", "1", "lost", "1/2/2022", ""], ["B", "1", "lost", "", "$5"], headings=headings, loss_reason="price")
    assert ["agreement" in reasons()[0], "deposit" in reasons()[1]] == [True, True]


def test_a_deal_on_hold_is_organic_with_reason_and_date(bring):
    headings = "Customer Name,Status,Hold reason,Hold until,Readiness"
    bring(
        ["A", "On hold", "Baby in May", "5/1/2027", ""],
        ["B", "On hold", "", "5/1/2027", ""],
        ["C", "On hold", "Baby in May", "5/1/2027", "hot"],
        headings=headings,
    )
    deal = only_deal()
    assert (deal.readiness, deal.hold.reason, deal.hold.follow_up_on) == ("organic", "Baby in May", date(2027, 5, 1))
    assert "needs its reason" in reasons()[0] and "never parked on hold" in reasons()[1]


def test_only_a_won_order_is_delivered(bring):
    bring(["A", "open", "1/2/2022"], headings="Customer Name,Status,Delivered on")
    assert reasons() == ["Only a won order is delivered."]


def test_what_a_state_has_no_place_for_is_kept_in_words(bring):
    bring(["A", "open", "1/2/2022", "competitor"], headings="Customer Name,Status,Close Date,Loss Reason")
    assert only_deal().details == "Sold or closed on: 1/2/2022\nWhy lost: competitor"


def test_columns_without_a_field_are_kept_in_words_and_left_out_ones_are_not(bring):
    headings = "Customer Name,Model,Shoe size,Color,Notes,Secret"
    columns = ["name", "vehicle_model", "detail", "colour", "notes", ""]
    bring(["A", "Focus", "DoubleÂ\xa0E", "Red", "one\ntwo", "x"], headings=headings, columns=columns)
    assert only_deal().details == "Shoe size: Double E\nColour: Red\nNotes: one\ntwo"


def test_the_kind_of_order_finds_its_pipeline(bring):
    bring(["A", "used"], ["B", "New"], ["C", "special order"], headings="Customer Name,Order type")
    assert [(deal.order_type, deal.pipeline_id) for deal in Deal.select().order_by(Deal.id)] == [
        ("used_vehicle", 2),
        ("new_vehicle", 1),
        ("special_sourcing", 3),
    ]


def test_a_pipeline_column_decides(bring):
    bring(["A", "Special sourcing", "Decision"], headings="Customer Name,Pipeline,Stage")
    assert only_deal().pipeline.slug == "special-sourcing" and only_deal().stage == Stage.get(
        Stage.pipeline == 3, Stage.name == "Decision"
    )


@pytest.mark.parametrize(("region", "e164"), [("GB", "+442079460958"), ("US", None)])
def test_phones_are_read_as_dialled_in_the_chosen_region(bring, region, e164):
    bring(["A", "020 7946 0958"], headings="Customer Name,Phone", phone_region=region)
    phone = Customer.get().phone
    assert (phone.typed, phone.e164) == ("020 7946 0958", e164)


def test_day_first_dates_show_themselves_and_can_be_corrected(bring):
    rows = [["A", "1", "2/1/2022"], ["B", "1", "25/1/2022"]]
    bring(*rows, headings="Customer Name,Price,Sale Date")
    assert [deal.agreement_on for deal in Deal.select().order_by(Deal.id)] == [date(2022, 1, 2), date(2022, 1, 25)]
    batch = bring(*rows, headings="Customer Name,Price,Sale Date", date_order="mdy")
    assert batch.refused == 1 and "when read as month / day / year" in reasons()[0]


def test_money_keeps_its_currency(bring):
    bring(
        ["A", "€26.000,50", ""],
        ["B", "5", "CAD"],
        ["C", "5", ""],
        ["D", "5", "XXX"],
        headings="Customer Name,Price,Currency",
        currency="MXN",
    )
    assert [(deal.value_cents, deal.currency) for deal in Deal.select().order_by(Deal.id)] == [
        (2_600_050, "EUR"),
        (500, "CAD"),
        (500, "MXN"),
    ]
    assert reasons() == ["Currency: “XXX” is not a currency that we take."]


def test_customers_alone(bring):
    batch = bring(["Gia", "2128264678", "EN", "yes"], headings="Name,Phone,Language,Do not call")
    assert (batch.deals_made, batch.customers_made) == (0, 1)
    customer = Customer.get()
    assert (customer.name, customer.language, customer.no_calls, customer.no_emails, Deal.select().count()) == (
        "Gia",
        "EN",
        True,
        False,
        0,
    )


def test_first_and_last_names_are_joined(bring):
    bring(["Gia", "Smith"], ["", "Jones"], headings="First Name,Last Name")
    assert [customer.name for customer in Customer.select().order_by(Customer.id)] == ["Gia Smith", "Jones"]


@pytest.mark.parametrize(
    ("text", "car"),
    [
        ("2019 Toyota Land Cruiser", (2019, "Toyota", "Land Cruiser")),
        ("BMW", (None, "BMW", "")),
        ("3008 Peugeot", (None, "3008", "Peugeot")),
        ("Ford F 150", (None, "Ford", "F 150")),
    ],
)
def test_a_vehicle_in_one_is_taken_apart(bring, text, car):
    bring(["A", text], headings="Customer Name,Vehicle")
    deal = only_deal()
    assert (deal.vehicle_year, deal.vehicle_make, deal.vehicle_model) == car


def test_state_is_texas_as_often_as_it_is_won(cast):
    batch = upload(csv_of(["Gia", "TX"], ["Ada", "FL"], headings="Customer Name,State"), "x.csv", cast.manager)
    assert Terms.of(batch.mapping).columns == ["name", "region"]


def test_what_must_be_mended_before_anything_is_read(cast):
    batch = upload(
        csv_of(*[[f"Client {n}", f"word {n}", "1"] for n in range(120)], headings="Customer Name,Status,Price"),
        "x.csv",
        cast.manager,
    )
    head, terms = stored_sheets.head(batch.stored), Terms.of(batch.mapping)
    terms.columns = ["name", "state", "value"]
    assert "more than 100 different words" in complaints(terms, head)[0]
    terms.columns = ["detail", "detail", "value"]
    assert complaints(terms, head) == ["Choose the column that holds the customer's name."]
    terms.columns = ["name", "name", "value"]
    assert complaints(terms, head) == ["“Customer name” is chosen for more than one column."]


def test_words_are_listed_with_how_often_they_stand_there(cast):
    batch = upload(
        csv_of(["A", "Open"], ["B", "Open"], ["C", "Lost"], headings="Customer Name,Status"), "x.csv", cast.manager
    )
    terms = Terms.of(batch.mapping)
    assert words_of(terms, stored_sheets.head(batch.stored), "state") == [("Open", 2), ("Lost", 1)]
    assert terms.values["state"] == {"open": "active", "lost": "lost"}
    assert {choice for choice, _ in Choices().options("state")} == {
        "active",
        "on_hold",
        "won",
        "lost",
        "cancelled_by_client",
    }


def test_the_line_of_sums_and_numbers_that_lost_digits_are_refused(bring):
    headings = "Customer Name,Phone,Deal ID,Make,Model,Price,Status"
    bring(
        ["Gia", "", "1.23457E+11", "Ford", "Focus", "26000", "open"],
        ["Ada", "", "D-2", "Ford", "Focus", "1.0E+06", "open"],
        ["Total:", "", "", "", "", "1026000", ""],
        ["Total", "2128264678", "", "Ford", "Focus", "1", "open"],
        headings=headings,
    )
    assert [customer.name for customer in Customer.select()] == ["Total"]
    told = (
        "Deal ID: “1.23457E+11” is how a spreadsheet",
        "Price: “1.0E+06” is how a spreadsheet",
        "“Total:” is the line",
    )
    assert [reason.startswith(start) for reason, start in zip(reasons(), told, strict=True)] == [True] * 3
