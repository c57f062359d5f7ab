"""Importing by the page, with forms that work without JavaScript."""

import io
import re

import pytest

from carmanana.core import clock, uploads
from carmanana.core.db import database
from carmanana.importing import stored_sheets
from carmanana.importing.files import sheets
from carmanana.importing.running import run_waiting
from carmanana.importing.terms import Terms
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch, ImportRow

from ..domain.importing_files import csv_of, lookalike, xlsx_of

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def manager(visit):
    return visit("manager")


def upload(browser, content, name: str = "sales.csv", **fields):
    stream = content if hasattr(content, "read") else io.BytesIO(content)
    return browser.post("/imports/", data={"file": (stream, name)} | fields, content_type="multipart/form-data")


def form_of(page: str) -> dict:
    """What a browser would send of the page's last form: hidden fields, chosen options, ticked choices."""
    sent = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    sent |= dict(re.findall(r'<input checked[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option[^>]*value="([^"]*)" selected|<option selected[^>]*value="([^"]*)"', options)
        sent[name] = next((value for value in (chosen.groups() if chosen else ()) if value is not None), "")
    return sent


def test_a_file_of_sales_from_the_upload_to_the_report_and_back(manager, tmp_path):
    assert "No imports yet" in manager.get("/imports/").text
    there = upload(manager, lookalike(tmp_path, 30).open("rb"))
    assert there.status_code == 303 and there.location.endswith("/imports/1/columns")
    columns = manager.get(there.location).text
    for shown in ("Price ($)", "Double Overhead Camshaft", "New vehicle orders", "Sold or closed on"):
        assert shown in columns
    sent = form_of(columns)
    assert (
        sent["column-1"] == "closed_on"
        and sent["column-7"] == "vehicle_make"
        and sent["usual_state"] == ""
        and sent["kind"] == "sales"
    )
    there = manager.post("/imports/1/columns", data=sent | {"pipeline": "2"})
    assert there.location.endswith("/imports/1/preview")
    preview = manager.get(there.location).text
    assert "All 30 rows can come in as they are" in preview and "deal Won in Used vehicle orders" in preview
    there = manager.post("/imports/1/start", data=form_of(preview))
    assert there.location.endswith("/imports/1")
    assert "Waiting to start" in manager.get("/imports/1").text
    assert run_waiting() == 1
    assert Deal.select().where(Deal.state == "won", Deal.pipeline == 2).count() == 30
    report = manager.get("/imports/1").text
    assert "Every row came in" in report and "Undo the import" in report
    assert "sales.csv" in manager.get("/imports/").text
    assert "What somebody has worked on since stays" in manager.get("/imports/1/undoing").text
    manager.post("/imports/1/undoing")
    assert "Being undone" in manager.get("/imports/1").text
    assert run_waiting() == 1 and Deal.select().count() == Customer.select().count() == 0
    assert "Nothing of it is left" in manager.get("/imports/1").text


def started(browser, *rows, headings: str = "Customer Name,Price,Status") -> str:
    path = upload(browser, csv_of(*rows, headings=headings)).location.removesuffix("/columns")
    there = browser.post(f"{path}/columns", data=form_of(browser.get(f"{path}/columns").text))
    if there.location.endswith("/words"):
        browser.post(f"{path}/words", data=form_of(browser.get(f"{path}/words").text))
    assert browser.post(f"{path}/start", data=form_of(browser.get(f"{path}/preview").text)).status_code == 303
    return path


def test_words_are_matched_by_hand(manager):
    upload(manager, csv_of(["Gia", "1", "Florble"], ["Ada", "1", "Open"], headings="Customer Name,Price,Status"))
    sent = form_of(manager.get("/imports/1/columns").text)
    assert sent["column-2"] == "state"
    assert manager.post("/imports/1/columns", data=sent).location.endswith("/imports/1/words")
    words = manager.get("/imports/1/words").text
    assert "Florble" in words and "Refuse these rows" in words
    assert form_of(words)["state-0"] == "" and form_of(words)["state-1"] == "active"
    assert "Refused. State: “Florble” is matched to nothing here." in manager.get("/imports/1/preview").text
    assert manager.post("/imports/1/words", data=form_of(words) | {"state-0": "cancelled_by_client"}).status_code == 303
    assert "deal Lost – Cancelled by Client in" in manager.get("/imports/1/preview").text


def test_the_preview_says_who_is_met_again(manager, cast):
    here = cast.client("Gia Here")
    address = here.email.address
    upload(manager, csv_of(["Gia", address], headings="Customer Name,Email"))
    assert "is here already, as Gia Here" in manager.get("/imports/1/preview").text


def test_what_becomes_of_who_is_here_already_is_chosen_in_the_preview(manager, cast):
    address = cast.client("Gia Here").email.address
    upload(manager, csv_of(["Gia", address], ["Ada", "ada@example.com"], headings="Customer Name,Email"))
    preview = manager.get("/imports/1/preview").text
    assert (
        "1 row has a number or an address" in preview and "Leave the row out" in preview and 'name="row-2"' in preview
    )
    for forged in ({"known": "everything"}, {"row-2": "999"}, {"row-2": "x"}):
        answer = manager.post("/imports/1/start", data=form_of(preview) | forged)
        assert answer.status_code == 422 and "Choose from the list what becomes" in answer.text
    manager.post("/imports/1/start", data=form_of(preview) | {"known": "skip"})
    assert run_waiting() == 1
    assert "Left out, as was chosen: Gia Here is here already." in manager.get("/imports/1").text
    assert Customer.select().count() == 2


def test_the_preview_says_who_is_the_same_within_the_file_and_what_is_here(manager):
    rows = [["Gia", "g@example.com", "X1"], ["Gia Smith", "G@example.com", "X2"], ["Zoe", "", "X1"]]
    started(manager, *rows[:1], headings="Customer Name,Email,Order ID")
    run_waiting()
    upload(
        manager,
        csv_of(*rows[1:], ["Eve", "e@x.com", "X3"], ["Eve", "e@x.com", "X4"], headings="Customer Name,Email,Order ID"),
    )
    page = manager.get("/imports/2/preview").text
    for said in ("is here already, as Gia", "“X1” is here already, on another deal.", "is the same as in row 4"):
        assert said in page


def test_a_full_disk_is_told(manager, monkeypatch):
    def full(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored_sheets, "keep", full)
    assert upload(manager, b"Customer Name,Phone\nGia,1\n").status_code == 503


def test_refused_rows_are_listed_and_downloaded(manager):
    path = started(manager, ["Gia", "26000", "open"], ["=1+1", "lots", "open"], ["", "1", "open"])
    run_waiting()
    page = manager.get(path).text
    assert "2 rows were refused" in page and "“lots” is not an amount" in page and "=1+1 · lots · open" in page
    file = manager.get(f"{path}/refused.csv")
    assert file.mimetype == "text/csv" and "attachment" in file.headers["Content-Disposition"]
    lines = file.get_data(as_text=True).splitlines()
    assert lines[0].endswith("Customer Name,Price,Status,Row in the file,Why it was refused")
    assert lines[1].startswith("'=1+1,lots,open,3,") and lines[2].startswith(",1,open,4,")


def test_the_progress_polls_itself_and_ends_in_the_report(manager):
    path = started(manager, ["Gia", "26000", "open"])
    fragment = manager.get(f"{path}/progress", headers=HTMX | {"X-Poll": "1"})
    assert 'hx-trigger="every 1s"' in fragment.text and "<html" not in fragment.text and "0</b> of 1" in fragment.text
    assert "The background worker is not running" in fragment.text
    run_waiting()
    assert manager.get(f"{path}/progress", headers=HTMX).headers["HX-Redirect"].endswith(path)
    assert manager.get(f"{path}/progress").status_code == 303


BAD_FILES = {
    "nothing": (b"", "", "Choose a file first."),
    "empty": (b"", "x.csv", "The file is empty."),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(5000), "cat.png", "not a spreadsheet"),
    "no headings": (b"Gia,8264678,$5\nAda,8264679,$6\n", "x.csv", "not a row of headings"),
    "headings only": (b"Customer Name,Phone\n", "x.csv", "no rows beneath"),
    "half a workbook": (b"PK\x03\x04" + bytes(999), "x.xlsx", "damaged"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "x.xls", "damaged"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_what_is_no_sheet_gets_a_sentence_and_changes_nothing(manager, kind):
    content, name, sentence = BAD_FILES[kind]
    answer = upload(manager, content, name)
    assert answer.status_code == 422 and sentence in answer.text.replace("&#39;", "'")
    assert ImportBatch.select().count() == 0 and not list(stored_sheets.folder().iterdir())


def test_a_file_too_large_is_refused_before_it_is_read(manager, monkeypatch):
    assert upload(manager, b"x" * (22 * 1024 * 1024)).status_code == 413
    monkeypatch.setattr(uploads, "most_bytes", lambda: 1000)
    answer = upload(manager, b"Customer Name,Phone\n" * 100)
    assert answer.status_code == 422 and "Split it and upload the parts" in answer.text
    monkeypatch.undo()
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    assert "more than 5 rows" in upload(manager, b"Customer Name,Phone\n" + b"Gia,1\n" * 9).text
    assert ImportBatch.select().count() == 0 and not list(stored_sheets.folder().iterdir())


def test_a_post_without_a_file_is_told(manager):
    assert manager.post("/imports/").status_code == 422


def test_names_with_any_letters_work_and_stay_text(manager):
    upload(manager, csv_of(["Gia", "1"], headings="Customer Name,Price"), "продажи <b>&\x00.csv")
    assert "продажи &lt;b&gt;&amp;" in manager.get("/imports/").text
    page = upload(manager, csv_of(['<img src=x onerror="x">', "{{7*7}}"], headings="Customer Name,<script>")).location
    columns = manager.get(page).text
    assert (
        "&lt;img src=x" in columns
        and "<img src=x" not in columns
        and "&lt;script&gt;" in columns
        and "{{7*7}}" in columns
    )


def test_columns_that_cannot_be_come_back_with_what_was_chosen(manager):
    upload(manager, csv_of(["Gia", "1", "x"], headings="Customer Name,Price,Thoughts"))
    sent = form_of(manager.get("/imports/1/columns").text)
    answer = manager.post("/imports/1/columns", data=sent | {"column-0": "detail", "column-2": "source"})
    assert answer.status_code == 422 and "Choose the column that holds the customer&#39;s name." in answer.text
    assert form_of(answer.text)["column-0"] == "detail" and form_of(answer.text)["column-2"] == "source"
    assert Terms.of(ImportBatch.get().mapping).columns[0] == "name"


def test_settings_are_chosen_from_their_lists(manager):
    upload(manager, csv_of(["Gia", "1"], headings="Customer Name,Price"))
    sent = form_of(manager.get("/imports/1/columns").text)
    for field in (
        "pipeline",
        "usual_state",
        "kind",
        "same_name",
        "date_order",
        "phone_region",
        "currency",
        "readiness",
        "loss_reason",
        "sub_status",
    ):
        for value in ("99999999999999999999", "nonsense", "cancellation_requested", "\x00"):
            answer = manager.post("/imports/1/columns", data=sent | {field: value})
            assert answer.status_code == 422 and "Choose from the list." in answer.text, (field, value)


def test_what_is_no_choice_for_a_column_or_a_word_is_ignored(manager):
    upload(manager, csv_of(["Gia", "1", "Open"], headings="Customer Name,Price,Status"))
    sent = form_of(manager.get("/imports/1/columns").text)
    manager.post("/imports/1/columns", data=sent | {"column-1": "password_hash", "column-99": "name"})
    assert Terms.of(ImportBatch.get().mapping).columns == ["name", "value", "state"]
    manager.post(
        "/imports/1/words",
        data=form_of(manager.get("/imports/1/words").text) | {"state-0": "cancellation_requested", "state-7": "won"},
    )
    assert Terms.of(ImportBatch.get().mapping).values == {"state": {"open": "active"}}


def test_the_same_file_again_is_warned_of_and_needs_a_word(manager):
    started(manager, ["Gia", "26000", "open"])
    upload(manager, csv_of(["Gia", "26000", "open"], headings="Customer Name,Price,Status"), "other.csv")
    preview = manager.get("/imports/2/preview").text
    assert "This file was imported before" in preview
    answer = manager.post("/imports/2/start", data=form_of(preview))
    assert answer.status_code == 422 and "Say that you mean it to come in again" in answer.text
    assert manager.post("/imports/2/start", data=form_of(preview) | {"again": "yes"}).status_code == 303


def test_somebody_elses_change_in_between_is_told(manager, visit):
    upload(manager, csv_of(["Gia", "1"], headings="Customer Name,Price"))
    sent, preview = form_of(manager.get("/imports/1/columns").text), form_of(manager.get("/imports/1/preview").text)
    assert visit("admin").post("/imports/1/columns", data=sent).status_code == 303
    assert manager.post("/imports/1/columns", data=sent).status_code == 409
    assert manager.post("/imports/1/start", data=preview).status_code == 409
    assert ImportBatch.get().state == "uploaded"


def test_a_double_click_uploads_once(manager):
    rows = (["Gia", "1"],)
    first = upload(manager, csv_of(*rows, headings="Customer Name,Price"), once="abc")
    again = upload(manager, csv_of(*rows, headings="Customer Name,Price"), once="abc")
    assert first.location == again.location and ImportBatch.select().count() == 1
    assert len(list(stored_sheets.folder().iterdir())) == 3


def test_a_double_click_starts_once(manager):
    path = started(manager, ["Gia", "26000", "open"])
    assert manager.post(f"{path}/start").status_code == 404
    run_waiting()
    assert Deal.select().count() == 1 and manager.post(f"{path}/start").status_code == 404


@pytest.mark.parametrize("deed", ["undoing", "go-on"])
def test_what_does_not_lead_on_from_here_is_refused(manager, deed):
    path = started(manager, ["Gia", "26000", "open"])
    answer = manager.post(f"{path}/{deed}")
    assert answer.status_code == 422 and "in another state now" in answer.text


def test_another_sheet_of_a_workbook(manager, tmp_path):
    book = xlsx_of(
        tmp_path / "x.xlsx",
        ["Notes", "More"],
        ["a", "b"],
        others={"Buyers": [["Name", "Phone"], ["Gia", 8264678]], "Void": [["Name", "Phone"]]},
    )
    there = upload(manager, book.open("rb"), "x.xlsx").location
    assert "Read again" in manager.get(there).text
    manager.post("/imports/1/sheet", data={"sheet": "Buyers"})
    assert form_of(manager.get(there).text)["column-1"] == "phone"
    answer = manager.post("/imports/1/sheet", data={"sheet": "Void"})
    assert answer.status_code == 422 and "no rows beneath" in answer.text
    assert form_of(manager.get(there).text)["column-1"] == "phone"


def test_an_upload_is_thrown_away(manager):
    upload(manager, csv_of(["Gia", "1"], headings="Customer Name,Price"))
    assert manager.post("/imports/1/throw-away").status_code == 303
    assert ImportBatch.select().count() == 0 and manager.get("/imports/1").status_code == 404


def test_an_upload_whose_file_is_gone_is_nowhere(manager):
    upload(manager, csv_of(["Gia", "1"], headings="Customer Name,Price"))
    stored_sheets.discard(ImportBatch.get().stored)
    for page in ("columns", "words", "preview"):
        assert manager.get(f"/imports/1/{page}").status_code == 404


@pytest.mark.parametrize("who", ["agent", "retention", "cancellations", "compliance"])
def test_only_managers_and_admins_import(visit, manager, who):
    path = started(manager, ["Gia", "26000", "open"], ["", "1", "open"])
    run_waiting()
    other = visit(who)
    for page in ("", "/progress", "/refused.csv", "/undoing", "/columns", "/preview"):
        assert other.get(path + page).status_code == 403
    assert upload(other, b"x").status_code == other.post(f"{path}/undoing").status_code == 403
    assert visit("admin").get(path).status_code == 200


def test_pages_look_at_the_database_a_fixed_number_of_times(manager, cast):
    path = started(manager, *[[f"Client {n}", "lots", "open"] for n in range(150)])
    run_waiting()
    assert ImportRow.select().count() == 150
    few, many = queries(manager, "/imports/"), queries(manager, path)
    for _ in range(3):
        started(manager, [f"Once {clock.now()}", "1", "open"], [str(ImportBatch.select().count()), "1", "open"])
    assert queries(manager, "/imports/") == few and queries(manager, path) == many <= 12


def queries(browser, path: str) -> int:
    seen = []
    database.connection().set_trace_callback(seen.append)
    browser.get(path)
    database.connection().set_trace_callback(None)
    return len(seen)


def test_what_the_file_is_stands_on_the_page_and_can_be_changed(manager):
    upload(manager, csv_of(["Gia", "26000", "1/2/2022"], headings="Customer Name,Price,Sale Date"))
    page = manager.get("/imports/1/columns").text
    assert (
        "<b>Sales</b>, as it has “Price” (value) and “Sale Date” (sold or closed on)" in page
        and "comes in as a Won deal" in page
    )
    assert (
        "deal Won in" in manager.get("/imports/1/preview").text
        and "comes in as a Won deal" in manager.get("/imports/1/preview").text
    )
    manager.post("/imports/1/columns", data=form_of(page) | {"kind": "contacts"})
    preview = manager.get("/imports/1/preview").text
    assert "<b>Contacts</b>" in preview and "deal Won" not in preview


def test_a_column_in_question_must_be_decided(manager):
    upload(manager, csv_of(["Gia", "26000", "1/2/2022", "soon"], headings="Customer Name,Price,Sale Date,Phase"))
    page = manager.get("/imports/1/columns").text
    assert "1 column needs your decision" in page and form_of(page)["column-3"] == "ask"
    answer = manager.post("/imports/1/columns", data=form_of(page))
    assert answer.status_code == 422 and "Say what “Phase” is." in answer.text
    assert manager.post("/imports/1/start", data={"version": "1"}).status_code == 422
    assert manager.post("/imports/1/columns", data=form_of(page) | {"column-3": "stage"}).location.endswith("/words")


def test_dates_and_amounts_are_shown_as_they_are_read_and_turned(manager):
    upload(manager, csv_of(["Gia", "28.500", "3/4/2022"], headings="Customer Name,Price,Sale Date"))
    page = manager.get("/imports/1/columns").text
    assert "28.500 is $28,500. Nothing in the column proves it" in page and "3/4/2022 is 4 Mar 2022" in page
    manager.post("/imports/1/columns", data=form_of(page) | {"order-2": "dmy", "numbers-1": "point"})
    page = manager.get("/imports/1/columns").text
    assert "28.500 is $28.50" in page and "3/4/2022 is 3 Apr 2022" in page
    manager.post("/imports/1/columns", data=form_of(page) | {"order-2": "nonsense", "numbers-1": "nonsense"})
    assert "3/4/2022 is 3 Apr 2022" in manager.get("/imports/1/columns").text


def test_an_encoding_and_a_row_of_headings_are_chosen(manager):
    upload(manager, "Customer Name,Phone\n张伟,8264678\nName,Number\n王芳,8264679\n".encode("gb18030"))
    assert manager.post("/imports/1/sheet", data={"encoding": "gb18030"}).status_code == 303
    assert "张伟" in manager.get("/imports/1/columns").text
    answer = manager.post("/imports/1/sheet", data={"encoding": "koi8-r", "heading_row": "3"})
    assert answer.status_code == 303
    manager.post("/imports/1/sheet", data={"encoding": "gb18030"})
    assert manager.post("/imports/1/sheet", data={"encoding": "gb18030", "heading_row": "3"}).status_code == 303
    page = manager.get("/imports/1/columns").text
    assert "王芳" in page and "张伟,8" not in page
    assert manager.post("/imports/1/sheet", data={"encoding": "gb18030", "heading_row": "99999"}).status_code == 422
    for forged in ({"encoding": "x" * 500}, {"heading_row": "²"}, {"heading_row": "-1"}, {"sheet": "\x00"}):
        assert manager.post("/imports/1/sheet", data=forged).status_code in (303, 422)


def test_the_same_for_all_that_are_still_to_be_matched(manager, cast):
    upload(manager, csv_of(["Gia", "J. Doe"], ["Ada", "Somebody"], headings="Customer Name,Owner"))
    manager.post("/imports/1/columns", data=form_of(manager.get("/imports/1/columns").text))
    page = manager.get("/imports/1/words").text
    assert "All that are still to be matched" in page
    manager.post("/imports/1/words", data=form_of(page) | {"owner-0": "nobody", "owner-all": str(cast.agent.id)})
    assert Terms.of(ImportBatch.get().mapping).values["owner"] == {"j. doe": "nobody", "somebody": str(cast.agent.id)}


def test_which_import_goes_first_is_said(manager):
    first = started(manager, ["Gia", "g@x.com", "open"], headings="Customer Name,Email,Status")
    run_waiting()
    second = started(manager, ["Gia", "g@x.com", "won over"], headings="Customer Name,Email,Notes")
    run_waiting()
    answer = manager.post(f"{first}/undoing")
    assert answer.status_code == 422 and "first: it stands on customers that came in with this one" in answer.text
    for path in (second, first):
        assert manager.post(f"{path}/undoing").status_code == 303 and run_waiting() == 1
    assert Customer.select().count() == Deal.select().count() == 0
