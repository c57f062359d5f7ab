"""`flask import FILE`."""

import pytest

from carmanana import create_app
from carmanana.deals.models import Deal
from carmanana.importing.models import ImportBatch

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
    [(["--pipeline", "boats"], "There is no pipeline “boats”"), (["--state", "cancellation_requested"], "There is no state “cancellation_requested”")],
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
    path = written(tmp_path, ["Gia", "", "5", "1/2/2022"])
    assert command(path).exit_code == 0
    said = command(path)
    assert said.exit_code != 0 and "has been brought in before" in said.output
    assert Deal.select().count() == ImportBatch.select().count() == 1
