"""`flask import FILE`."""

from pathlib import Path

import pytest

from carmanana import create_app
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch

from .importing_files import csv_of, lookalike


@pytest.fixture
def command(cast, settings):
    app = create_app(settings)

    def say(*words):
        with app.app_context():
            return app.test_cli_runner().invoke(args=["import", *map(str, words)])

    return say


def written(tmp_path, *rows, headings: str = "Customer Name,Phone,Price,Sale Date"):
    path = tmp_path / "file.csv"
    path.write_bytes(csv_of(*rows, headings=headings).getvalue())
    return path


def test_a_file_of_sales_alone_is_enough(command, tmp_path):
    said = command(lookalike(tmp_path, 40))
    assert said.exit_code == 0, said.output
    assert "Price ($)                value" in said.output
    assert "40 deals, 40 new customers, 0 known, 0 rows refused." in said.output
    assert Deal.select().where(Deal.state == "won", Deal.owner.is_null()).count() == 40


def test_pipeline_and_state_are_chosen(command, tmp_path):
    path = written(tmp_path, ["Gia", "8264678", "5", ""])
    assert command(path, "--pipeline", "special-sourcing", "--state", "active").exit_code == 0
    assert (Deal.get().pipeline.slug, Deal.get().state) == ("special-sourcing", "active")


def test_refused_rows_are_told(command, tmp_path):
    said = command(written(tmp_path, ["Gia", "", "lots", "1/2/2022"], *[["", "", "5", "1/2/2022"]] * 25))
    assert said.exit_code == 0
    assert "row 2: Price: “lots” is not an amount" in said.output and "... and 6 more." in said.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--pipeline", "boats"], "There is no pipeline “boats”"),
        (["--state", "cancellation_requested"], "There is no state “cancellation_requested”"),
    ],
)
def test_what_there_is_not_cannot_be_chosen(command, tmp_path, words, sentence):
    said = command(written(tmp_path, ["Gia", "", "5", "1/2/2022"]), *words)
    assert said.exit_code != 0 and sentence in said.output
    assert ImportBatch.select().count() == 0


def test_what_cannot_be_read_ends_badly_and_changes_nothing(command, tmp_path):
    path = tmp_path / "cat.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    said = command(path)
    assert said.exit_code != 0 and "This is not a spreadsheet." in said.output
    assert command(tmp_path / "nowhere.csv").exit_code != 0
    assert command(written(tmp_path, ["1", "2"], headings="Shoe size,Hat size")).exit_code != 0
    assert ImportBatch.select().count() == Deal.select().count() == 0


def test_the_same_file_twice_is_refused(command, tmp_path):
    path = written(tmp_path, ["Gia", "(312) 555-0148", "5", "1/2/2022"])
    assert command(path).exit_code == 0
    said = command(path)
    assert said.exit_code != 0 and "brought in before. Add --again" in said.output
    assert Deal.select().count() == ImportBatch.select().count() == 1
    assert "Add --again" in command(path, "--dry-run").output
    assert command(path, "--again", "--known", "skip").exit_code == 0
    assert (Deal.select().count(), Customer.select().count(), ImportBatch.select().count()) == (1, 1, 2)


def test_what_the_page_asks_of_amounts_numbers_and_the_row_of_headings(command, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("of,last,month,\nCustomer Name,Phone,Price,Sale Date\nGia,020 7946 0958,9500,1/2/2022\n")
    said = command(path, "--heading-row", "2", "--currency", "GBP", "--phones", "GB")
    assert said.exit_code == 0 and "1 deal, 1 new customer, 0 known, 0 rows refused." in said.output, said.output
    assert (Deal.get().currency, Customer.get().phone.e164) == ("GBP", "+442079460958")


CASES = Path(__file__).resolve().parents[1] / "data" / "import_cases"


def test_it_says_what_the_file_is_and_shows_what_will_happen_without_doing_it(command, tmp_path):
    said = command(CASES / "09-shared-landline-customers.csv", "--dry-run")
    assert said.exit_code == 0, said.output
    for told in ("Contacts, as it has names", "Tomas Brandt, a new customer", "under another name", "dry run"):
        assert told in said.output, said.output
    assert Customer.select().count() == ImportBatch.select().count() == 0


def test_it_refuses_to_guess_where_the_page_would_ask(command):
    file = CASES / "03-stage-heading-unknown.csv"
    said = command(file)
    assert (
        said.exit_code != 0
        and 'Add --stage "Value Proposition=..."' in said.output
        and ImportBatch.select().count() == 0
    )
    assert command(file, "--stage", "Value Proposition=New Orders", "--stage", "Contacted").exit_code == 0
    assert sorted(deal.stage.name for deal in Deal.select().where(Deal.state == "active")) == [
        "Contacted",
        "New Orders",
    ]


def test_a_column_in_question_is_named_with_its_answer(command, tmp_path):
    path = written(
        tmp_path, ["Gia", "5", "1/2/2022", "Nearly there"], headings="Customer Name,Price,Sale Date,Phase of the Moon"
    )
    said = command(path)
    assert said.exit_code != 0 and '--map "Phase of the Moon=FIELD"' in said.output
    assert command(path, "--map", "Phase of the Moon=detail", "--as", "sales").exit_code == 0
    assert Deal.get().state == "won" and Deal.get().details == "Phase of the Moon: Nearly there"


def test_owners_are_matched_once_with_the_same_for_all(command, tmp_path, cast):
    rows = [["Gia", "J. Doe"], ["Ada", "J. Doe"], ["Zoe", "Somebody Else"], ["Eve", "Gone"]]
    path = written(tmp_path, *rows, headings="Customer Name,Owner")
    assert "What does “J. Doe” in “Owner” stand for here?" in command(path).output
    assert command(path, "--owner", f"J. Doe={cast.agent.email}", "--owner", "nobody").exit_code == 0
    assert [customer.owner for customer in Customer.select().order_by(Customer.id)] == [
        cast.agent,
        cast.agent,
        None,
        None,
    ]
    assert Customer.get(Customer.name == "Zoe").details == "Owner (email of a person here): Somebody Else"


def test_an_encoding_that_is_a_guess_must_be_said(command):
    file = CASES / "14-cp1250.csv"
    assert "Add --encoding cp1250" in command(file).output
    assert command(file, "--encoding", "cp1250").exit_code == 0
    assert [customer.name for customer in Customer.select().order_by(Customer.id)] == [
        "Łukasz Żółkiewski",
        "Świętosława Ćwik",
    ]


@pytest.mark.parametrize("words", [["--map", "Nonsense=name"], ["--map", "Price=nonsense"], ["--map", "Price"], ["--stage", "x=y"], ["--owner", "x"], ["--sheet", "x"], ["--encoding", "x"], ["--dates", "x"], ["--as", "x"], ["--currency", "x"], ["--phones", "x"], ["--loss-reason", "x"], ["--waits-for", "x"], ["--heading-row", "9"]])  # fmt: skip
def test_what_is_no_choice_is_refused(command, tmp_path, words):
    said = command(written(tmp_path, ["Gia", "", "5", "1/2/2022"]), *words)
    assert said.exit_code != 0 and "Traceback" not in said.output and ImportBatch.select().count() == 0
