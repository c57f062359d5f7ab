"""A file goes in by hand: chosen, corrected, looked at, brought in while one watches, taken back."""

import pytest
from playwright.sync_api import expect

from carmanana.core.db import database
from carmanana.importing import running, stored_sheets
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch
from tests.domain.importing_files import HEADINGS, csv_of, lookalike

WIDTH = "document.documentElement.scrollWidth"
ROW = [
    "C1",
    "1/2/2022",
    "1",
    "Gia",
    "Male",
    "1",
    "U-Haul CO",
    "Ford",
    "Focus",
    "DoubleÂ\xa0Overhead",
    "Auto",
    "Red",
    "lots",
    "1",
    "SUV",
    "8264678",
    "Aurora",
]


@pytest.fixture
def fresh(scene):
    database.execute_sql("DELETE FROM import_batch")
    yield scene
    for batch in ImportBatch.select():
        stored_sheets.discard(batch.stored)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_from_the_file_to_the_report_and_back(visitor, fresh, tmp_path, phone):
    path = tmp_path / "sales of 2022.csv"
    path.write_bytes(
        lookalike(tmp_path, 25).read_bytes() + csv_of(ROW, headings=",".join(HEADINGS)).getvalue().split(b"\r\n", 1)[1]
    )
    one = visitor("manager", phone=phone)
    page = one.go("/imports/").page
    assert one.faults() == []
    page.set_input_files("#file", path)
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/columns")
    assert one.faults() == []
    page.get_by_label("Pipeline", exact=True).select_option(label="Special sourcing")
    page.get_by_label("Month", exact=True).select_option(label="Left out")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/preview")
    assert page.get_by_text("Of the first 26 rows, 1 will be refused").is_visible()
    assert one.faults() == []
    page.get_by_role("button", name="Import 26 rows").click()
    page.get_by_text("Waiting to start").wait_for()
    assert one.faults() == []
    assert running.run_waiting() == 1
    page.get_by_text("1 row was refused").wait_for()
    assert page.evaluate(WIDTH) <= (390 if phone else 1440)
    assert "“lots” is not an amount of money" in page.get_by_role("table").inner_text()
    assert one.faults() == []
    assert Deal.select().where(Deal.state == "won", Deal.pipeline == 3).count() == 25
    with page.expect_download() as download:
        page.get_by_role("link", name="Download to fix").click()
    assert "Why it was refused" in download.value.path().read_text()
    page.get_by_role("link", name="Undo the import").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo the import").click()
    page.get_by_role("heading", name="Being undone").wait_for()
    assert running.run_waiting() == 1
    page.get_by_text("Nothing of it is left").wait_for()
    assert one.faults() == [] and Deal.select().count() == 0


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_words_and_a_file_that_is_none(visitor, fresh, tmp_path, phone):
    one = visitor("admin", phone=phone)
    page = one.go("/imports/").page
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(40 * 1024 * 1024)
    page.set_input_files("#file", large)
    page.get_by_role("button", name="Upload").click()
    page.get_by_text("large.csv is larger than 20 MB").wait_for()
    assert page.url.endswith("/imports/"), "the server would have cut the connection"
    bad = tmp_path / "cat.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(900))
    page.set_input_files("#file", bad)
    page.get_by_role("button", name="Upload").click()
    page.get_by_text("This is not a spreadsheet").wait_for()
    expect(page.locator("#file")).to_be_focused()
    assert one.faults() == []
    good = tmp_path / "deals.csv"
    good.write_bytes(
        csv_of(["Gia", "5", "Florble"], ["Ada", "5", "Open"], headings="Customer Name,Price,Deal Stage").getvalue()
    )
    page.set_input_files("#file", good)
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/columns")
    page.get_by_label("Deal Stage", exact=True).select_option(label="State")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/words")
    assert one.faults() == []
    page.get_by_label("Florble").select_option(label="Lost – Cancelled by Client")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/preview")
    assert page.get_by_text("deal Lost – Cancelled by Client in New vehicle orders").is_visible()
    assert one.faults() == []
