"""Files of every kind: read as they are meant, or refused with a sentence that says what to mend."""

import io
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from struct import pack

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from carmanana.core import uploads
from carmanana.importing.files import open_document, sheets
from carmanana.importing.files.sheets import open_sheet
from carmanana.importing.files.unreadable import Unreadable

from .importing_files import xlsx_of

HEAD = "Customer Name,Phone,Price\n"


def written(tmp_path, content: bytes | str, name: str = "file.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(path, name: str = "") -> list:
    return list(open_sheet(path, name).rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_that_we_know(tmp_path, encoding):
    path = written(tmp_path, (HEAD + "José Núñez,8264678,26000\n").encode(encoding))
    assert rows_of(path)[0].cells == ["José Núñez", "8264678", "26000"]


def test_text_that_is_not_utf8_is_told(tmp_path):
    sheet = open_sheet(written(tmp_path, (HEAD + "José,1234567,1\n").encode("cp1252")))
    assert "not in UTF-8" in sheet.notices[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path, delimiter, ending):
    text = HEAD.replace(",", delimiter) + delimiter.join(["Gia", "8264678", '"1,5;x"']) + "\n"
    assert rows_of(written(tmp_path, text.replace("\n", ending)))[0].cells == ["Gia", "8264678", "1,5;x"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Łukasz Żółkiewski\nŚwiętosława Ćwik", "cp1250"), ("Žluťoučký Kůň", "cp1250"), ("Szűcs Győző", "cp1250"), ("Иван Петров", "cp1251"), ("Сергей Иванов", "koi8-r"),
        ("Γιώργος Παπαδόπουλος", "cp1253"), ("Ayşe Yılmaz\nOğuz Çağrı", "cp1254"), ("佐藤健一", "cp932"), ("김철수\n이영희", "cp949"), ("陳大文\n林美玲", "big5"),
        ("José Núñez", "cp1252"), ("François Lefèvre", "cp1252"), ("João Conceição", "cp1252"), ("Søren Åse", "cp1252"), ("O’Brien – 5 €\nZoë", "cp1252"),
    ],
)  # fmt: skip
def test_older_encodings_are_told_apart_by_what_people_write(tmp_path, text, encoding):
    rows = "".join(f"{name},8264678,1\n" for name in text.split("\n"))
    sheet = open_sheet(written(tmp_path, (HEAD + rows).encode(encoding)))
    assert sheet.source.encoding == encoding and [row.cells[0] for row in sheet.rows()] == text.split("\n")
    assert "choose another encoding" in sheet.notices[0]


def test_an_encoding_can_be_chosen(tmp_path):
    path = written(tmp_path, (HEAD + "张伟,1234567,5\n").encode("gb18030"))
    assert [row.cells[0] for row in open_sheet(path, encoding="gb18030").rows()] == ["张伟"]
    for encoding in ("utf-8", "nonsense", "utf-16-le"):
        with pytest.raises(Unreadable):
            list(open_sheet(path, encoding=encoding).rows())


def test_excel_says_its_own_delimiter(tmp_path):
    path = written(tmp_path, "sep=;\nCustomer Name;Phone\nGia;8264678\n")
    assert rows_of(path)[0] == (3, ["Gia", "8264678"], "")


def test_blank_rows_are_passed_over_and_numbers_stay_those_of_the_spreadsheet(tmp_path):
    path = written(tmp_path, HEAD + "\n,,\nGia,1234567,1\n")
    assert [row.number for row in rows_of(path)] == [4]


def test_a_title_above_the_headings_is_passed_over(tmp_path):
    path = written(tmp_path, "Sales of 2022,,\n,,\n" + HEAD + "Gia,1234567,1\n")
    sheet = open_sheet(path)
    assert sheet.headings == ["Customer Name", "Phone", "Price"] and [row.number for row in sheet.rows()] == [4]


def test_headings_are_made_different(tmp_path):
    sheet = open_sheet(written(tmp_path, "Name,Phone,phone,,Price ($) ,\nGia,1,2,3,4,\n"))
    assert sheet.headings == ["Name", "Phone", "phone (2)", "Column D", "Price ($)"]
    assert sheet.notices[-1] == "Column D has no heading."
    assert list(sheet.rows())[0].fault == ""


def test_ragged_rows_are_told_row_by_row(tmp_path):
    rows = rows_of(written(tmp_path, HEAD + "Gia,1234567\nZoe,1234567,5,oops\nAda,1234567,5\n"))
    assert [
        "2 cells under 3 headings" in rows[0].fault,
        "4 cells under 3 headings" in rows[1].fault,
        rows[2].fault,
    ] == [True, True, ""]


def test_a_broken_quotation_is_told_and_the_next_row_is_read(tmp_path):
    rows = rows_of(written(tmp_path, HEAD + '"Gia"x,1234567,5\nAda,1234567,5\n'))
    assert "quotation marks" in rows[0].fault and rows[1].cells[0] == "Ada"


def test_lines_within_a_cell_are_one_row(tmp_path):
    assert rows_of(written(tmp_path, HEAD + '"Gia\nSmith",1234567,5\n'))[0].cells[0] == "Gia\nSmith"


def test_a_giant_cell_is_told(tmp_path):
    assert "longer than 32,767" in rows_of(written(tmp_path, HEAD + f"{'x' * 40_000},1234567,5\n"))[0].fault


def test_cells_that_were_guarded_come_back_as_they_were(tmp_path):
    assert rows_of(written(tmp_path, HEAD + '\'=Gia,\'+1 212 826 4678,"=""0012"""\n'))[0].cells == [
        "=Gia",
        "+1 212 826 4678",
        "0012",
    ]


REFUSED = {
    "empty": (b"", "is empty"),
    "only blanks": (b"\n\n , ,\n", "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not a spreadsheet"),
    "noise without a zero": (bytes(range(1, 32)) * 40, "not a spreadsheet"),
    "zero bytes": ((HEAD + "Gia\0,1234567,5\n").encode(), "not a spreadsheet"),
    "a web page": (b"<html><table><tr><td>Name</td></tr></table></html>", "a web page, whatever .*, not a spreadsheet"),
    "json": (b'{"name": "Gia"}', "a JSON file, not a spreadsheet"),
    "many in json": (b'\xef\xbb\xbf[\n {"name": "Gia"}]', "a JSON file, not a spreadsheet"),
    "a pdf": (b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n", "a PDF, not a spreadsheet"),
    "cards": (b"BEGIN:VCARD\nVERSION:3.0\nFN:Gia\nEND:VCARD\n", "address cards, not a spreadsheet"),
    "utf-16 cut off": (HEAD.encode("utf-16") + b"\xd8", "was cut off"),
    "damaged utf-8": (
        (HEAD + "José,1234567,5\nÅsa,1234567,5\n").encode() + b"Jos\xe9,1234567,5\n",
        "damaged in line 4",
    ),
    "no headings": (b"Geraldine,8264678,$26,000\nGia,6848189,$19,000\n", "not a row of headings"),
    "no headings, dates": (b"Geraldine,1/2/2022\n", "not a row of headings"),
    "prose": (b"Dear John,\nthis is a letter.\n", "not a row of headings|only one column"),
    "one column": (b"Thoughts\nmany\n", "only one column"),
    "an open quotation": ((HEAD + '"Gia,1234567,5\n' + "Ada,1234567,5\n" * 9).encode(), "quotation mark in row 2"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
    "a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "half a zip": (b"PK\x03\x04" + bytes(900), "damaged"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_sheet_is_refused_in_a_sentence(tmp_path, kind):
    content, sentence = REFUSED[kind]
    with pytest.raises(Unreadable, match=sentence):
        rows_of(written(tmp_path, content))


def test_a_file_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "megabytes", 1)
    with pytest.raises(Unreadable, match="the most is 1 MB"):
        open_sheet(written(tmp_path, HEAD + "Gia,1234567,5\n" * 100_000))


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 50)
    with pytest.raises(Unreadable, match="more than 50 rows"):
        rows_of(written(tmp_path, HEAD + "Gia,1234567,5\n" * 51))


def test_a_workbook(tmp_path):
    from datetime import date, datetime

    path = xlsx_of(
        tmp_path / "sales.xlsx",
        ["Customer Name", "Phone", "Price", "Date", "Won", "Rate"],
        ["José", 8264678, 26000.0, date(2022, 1, 2), True, 126.125],
        ["Gia", "006", None, datetime(2022, 1, 2, 9, 30), False, 0.5],
        [],
        ["Ada"],
    )
    sheet = open_sheet(path)
    assert sheet.source.names == ("Sales",)
    assert list(sheet.rows()) == [
        (2, ["José", "8264678", "26000", "2022-01-02", "TRUE", "126.1250"], ""),
        (3, ["Gia", "006", "", "2022-01-02 09:30:00", "FALSE", "0.5"], ""),
        (5, ["Ada", "", "", "", "", ""], ""),
    ]


def test_any_visible_sheet_of_a_workbook(tmp_path):
    path = xlsx_of(tmp_path / "x.xlsx", ["Name", "Phone"], ["Gia", 1], others={"2023": [["Name", "Phone"], ["Ada", 2]]})
    assert open_sheet(path).source.names == ("Sales", "2023")
    assert rows_of(path, "2023")[0].cells == ["Ada", "2"]
    assert rows_of(path, "gone")[0].cells == ["Gia", "1"]


CASES = Path(__file__).resolve().parents[1] / "data" / "import_cases"


def test_the_best_sheet_and_the_best_row_of_headings_are_proposed(tmp_path):
    sheet = open_sheet(CASES / "11-summary-sheet-first.xlsx")
    assert sheet.source.name == "Data" and len(sheet.source.names) > 1
    path = xlsx_of(
        tmp_path / "x.xlsx",
        ["Phone list", "Name", "of Notes"],
        ["Customer Name", "Mobile", "Email", "Price"],
        ["Gia", "1", "g@x.com", 5],
    )
    assert open_sheet(path).begins == 2 and open_sheet(path, heading_row=1).headings == [
        "Phone list",
        "Name",
        "of Notes",
    ]
    with pytest.raises(Unreadable, match="holds no headings"):
        open_sheet(path, heading_row=99)


def test_hidden_rows_are_told_and_can_stay_out():
    sheet = open_sheet(CASES / "13-hidden-rows.xlsx")
    every = [row.number for row in sheet.rows()]
    assert {3, 5} < set(
        every
    ) and "2 rows are hidden in the workbook, perhaps by a filter (3, 5): they come in" in " ".join(sheet.notices)
    sheet = open_sheet(CASES / "13-hidden-rows.xlsx", without_hidden=True)
    assert [row.number for row in sheet.rows()] == [number for number in every if number not in (3, 5)]
    assert "they stay out" in " ".join(sheet.notices)


def test_leading_zeros_and_formulas_without_a_value_and_hidden_columns(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (["Customer Name", "ZIP", "Price"], ["Gia", 2134, "=1+1"], ["Ada", 60504, 5]):
        book.active.append(row)
    for cell in book.active["B"]:
        cell.number_format = "00000"
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "x.xlsx")
    sheet = open_sheet(tmp_path / "x.xlsx")
    assert [row.cells for row in sheet.rows()] == [["Gia", "02134", ""], ["Ada", "60504", "5"]]
    told = " ".join(sheet.notices)
    assert "1 formula has no value in the file (C2)" in told and "1 column is hidden" in told


OPEN_DOCUMENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Buyers">
<table:table-row><table:table-cell office:value-type="string"><text:p>Customer Name</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Price</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Sale Date</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>José</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="26000.5"><text:p>26000.5</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2022-01-02"><text:p>2 Jan</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
 <manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def test_an_open_document_and_an_old_workbook(tmp_path):
    kind = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": OPEN_DOCUMENT.replace("\n", "").encode(),
        "META-INF/manifest.xml": MANIFEST.encode(),
    }
    for path in (zipped(tmp_path, kind, "x.ods"), CASES.parent / "old.xls"):
        sheet = open_sheet(path)
        assert sheet.source.names == ("Buyers",) and [row.cells for row in sheet.rows()] == [
            ["José", "26000.5", "2022-01-02"]
        ]


def test_what_is_merged_over_rows_counts_for_each_in_an_open_document_too(tmp_path):
    def cell(text, kind="string", **more):
        said = "".join(f' {name}="{value}"' for name, value in more.items())
        value = f' office:value="{text}"' if kind == "float" else ""
        return f'<table:table-cell office:value-type="{kind}"{value}{said}><text:p>{text}</text:p></table:table-cell>'

    down = {"table:number-rows-spanned": 2, "table:number-columns-spanned": 1}
    rows = [
        [cell("Name"), cell("Phone"), cell("Price"), cell("Notes")],
        [cell("Gia", **down), cell("3055550115", "float", **down), cell("26000", "float", **down), cell("red")],
        ['<table:covered-table-cell table:number-columns-repeated="3"/>', cell("blue")],
        [cell("Ada"), '<table:table-cell table:number-columns-repeated="2"/>', cell("none", **down)],
        [cell("Eve"), '<table:table-cell table:number-columns-repeated="2"/><table:covered-table-cell/>'],
    ]
    told = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    begins, ends = OPEN_DOCUMENT.index("<table:table-row>"), OPEN_DOCUMENT.rindex("</table:table>")
    content = (OPEN_DOCUMENT[:begins] + told + OPEN_DOCUMENT[ends:]).replace("\n", "").encode()
    kind = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": MANIFEST.encode(),
    }
    sheet = open_sheet(zipped(tmp_path, kind, "x.ods"))
    assert [row.cells for row in sheet.rows()] == [
        ["Gia", "3055550115", "26000", "red"],
        ["Gia", "3055550115", "", "blue"],
        ["Ada", "", "", "none"],
        ["Eve", "", "", "none"],
    ]
    assert "4 cells are merged over several rows (A2:A3, B2:B3, C2:C3, D4:D5)" in sheet.notices[-1]


def test_a_merged_cell_of_which_the_parser_tells_only_at_the_end_is_found(tmp_path, monkeypatch):
    """Expat 2.6 and newer puts a long element off until there is more to read, or nothing."""
    cell = f'<table:table-cell table:number-rows-spanned="2" table:style-name="{"x" * 400}"/>'
    table = f'<table:table table:name="S"><table:table-row>{cell}</table:table-row></table:table>'
    path = zipped(tmp_path, {"content.xml": f'<office xmlns:table="t">{table}</office>'.encode()}, "x.ods")
    monkeypatch.setattr(open_document, "BLOCK", 100)
    assert list(open_document.merged(path, "S")) == [((0, 0), (1, 0))]


def test_what_is_merged_over_rows_counts_for_each_in_an_old_workbook_too(tmp_path):
    """A third row with a name alone is written into it, beneath a price and a day that are merged with it."""
    sound, ends = (CASES.parent / "old.xls").read_bytes(), 0x7C2
    assert sound[ends : ends + 4] == pack("<HH", 0x0A, 0)
    name = pack("<HHHHHI", 0xFD, 10, 2, 0, 0x11, 3)
    merged = pack("<HHH8H", 0xE5, 18, 2, 1, 2, 1, 1, 1, 2, 2, 2)
    written = name + merged + pack("<HH", 0x0A, 0)
    path = tmp_path / "x.xls"
    path.write_bytes(sound[:ends] + written + sound[ends + len(written) :])
    sheet = open_sheet(path)
    assert [row.cells for row in sheet.rows()] == [["José", "26000.5", "2022-01-02"], ["José", "", "2022-01-02"]]
    assert "2 cells are merged over several rows (B2:B3, C2:C3)" in sheet.notices[-1]


def test_a_damaged_workbook_costs_neither_memory_nor_the_server(tmp_path):
    """A little too much in its table of sectors, and the reader asks for 20 GB."""
    sound, path = (CASES.parent / "old.xls").read_bytes(), tmp_path / "x.xls"
    for damaged in (
        sound[:2913] + b"Content-Type: multipart/mixed; boundary=" + sound[2913:],
        sound[:700],
        sound[:520],
    ):
        path.write_bytes(damaged)
        with pytest.raises(Unreadable, match="damaged"):
            list(open_sheet(path).rows())


def test_a_byte_that_no_encoding_has_breaks_nothing(tmp_path):
    """Also far behind all that is looked at to tell the encoding."""
    for before, byte in (("", b"\x81"), ("", b"\x9d"), ("José,1234567,1\n" * 30_000, b"\x90"), ("", b"\x90")):
        path = written(tmp_path, (HEAD + before).encode("cp1252") + b"Gia" + byte + b"Li,1234567,5\n")
        with suppress(Unreadable):
            assert list(open_sheet(path).rows())
    with pytest.raises(Unreadable, match="damaged in line 2"):
        open_sheet(path)


def test_a_workbook_whose_parts_are_packed_in_a_way_that_fails(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("xl/workbook.xml", b"<workbook/>" * 50)
        packed.writestr("xl/_rels/workbook.xml.rels", b"<x/>")
    content = path.read_bytes()
    path.write_bytes(content[:54] + b"\xff" * 12 + content[66:])
    with pytest.raises(Unreadable, match="damaged"):
        open_sheet(path)


def zipped(tmp_path, members: dict[str, bytes], name: str = "x.xlsx"):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, content in members.items():
            packed.writestr(member, content)
    return path


def test_a_zip_bomb_is_not_opened(tmp_path):
    path = zipped(tmp_path, {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
    tracemalloc.start()
    with pytest.raises(Unreadable, match="unpack to far more"):
        open_sheet(path)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_zip_of_very_many_members_is_not_listed(tmp_path):
    with pytest.raises(Unreadable, match="unpack to far more"):
        open_sheet(zipped(tmp_path, {f"xl/{number:06}": b"" for number in range(30_000)}))


OTHER_ZIPS = {
    "an archive": ({"letter.txt": b"hello"}, "zip archive, not a spreadsheet"),
    "binary excel": ({"xl/workbook.bin": b"x"}, "damaged"),
    "open document": ({"mimetype": b"x", "content.xml": b"<x/>"}, "damaged|no visible sheet"),
    "broken inside": ({"xl/workbook.xml": b"<workbook>", "xl/_rels/workbook.xml.rels": b"<x/>"}, "damaged"),
    "no sheets": ({"xl/workbook.xml": b"<workbook/>", "xl/_rels/workbook.xml.rels": b"<x/>"}, "no visible sheet"),
    "entities": (
        {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "xl/_rels/workbook.xml.rels": b"<x/>"},
        "damaged",
    ),
}


@pytest.mark.parametrize("kind", OTHER_ZIPS)
def test_other_zips_are_told_apart(tmp_path, kind):
    members, sentence = OTHER_ZIPS[kind]
    with pytest.raises(Unreadable, match=sentence):
        open_sheet(zipped(tmp_path, members))


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>', "damaged"),
        (b"<worksheet><sheetData><row", "damaged"),
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row><c '
            b't="str"><v>&a;</v></c></row></sheetData></worksheet>',
            "damaged",
        ),
        (b'<worksheet><sheetData><row r="x"><c r="A1"><v>1</v></c></row></sheetData></worksheet>', "damaged"),
        (b'<worksheet><sheetData><row r="1"><c r="1A!"><v>1</v></c></row></sheetData></worksheet>', "damaged"),
        (b"<worksheet/>", "is empty"),
    ],
)
def test_a_workbook_with_a_broken_sheet(tmp_path, sheet, sentence):
    whole = xlsx_of(tmp_path / "whole.xlsx", ["Name", "Phone"], ["Gia", 1])
    with zipfile.ZipFile(whole) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    with pytest.raises(Unreadable, match=sentence):
        rows_of(zipped(tmp_path, members | {"xl/worksheets/sheet1.xml": sheet}))


def test_a_workbook_that_lies_about_its_size(tmp_path):
    """Cells at the far end of the sheet cost nothing."""
    row = b'<row r="%d"><c r="A%d" t="str"><v>Gia</v></c><c r="XFD%d"><v>1</v></c></row>'
    head = b'<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Phone</v></c></row>'
    sheet = (
        b'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>'
        + head
        + row.replace(b"%d", b"900000000")
        + b"</sheetData></worksheet>"
    )
    whole = xlsx_of(tmp_path / "whole.xlsx", ["Name", "Phone"], ["Gia", 1])
    with zipfile.ZipFile(whole) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    assert rows_of(zipped(tmp_path, members | {"xl/worksheets/sheet1.xml": sheet})) == [(900000000, ["Gia", ""], "")]


def test_a_large_workbook_stays_out_of_memory(tmp_path):
    path = xlsx_of(tmp_path / "x.xlsx", ["Name", "Phone", "Price"], *[[f"Gia {n}", n, n] for n in range(5_000)])
    tracemalloc.start()
    assert sum(1 for _ in open_sheet(path).rows()) == 5_000
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_the_stream_may_be_anything_but_the_answer_is_always_a_sentence(tmp_path):
    whole = io.BytesIO(xlsx_of(tmp_path / "x.xlsx", ["Name", "Phone"], ["Gia", 1]).read_bytes()).getvalue()
    for cut in range(4, len(whole), max(1, len(whole) // 60)):
        for content in (whole[:cut], whole[:cut] + b"\xff" + whole[cut + 1 :]):
            try:
                rows_of(written(tmp_path, content, "cut.xlsx"))
            except Unreadable as unreadable:
                assert unreadable.sentence


def test_what_a_workbook_shows_and_its_cells_do_not_hold(tmp_path):
    """£26,000 is 26000 in a cell that shows pounds."""
    book = Workbook()
    sheet = book.active
    for row in (["Name", "Phone", "Price"], ["Gia", "8264678", 26000], ["Ada", "8264679", 9500.5], ["Eve", "", 5]):
        sheet.append(row)
    for cell, shown in (("C2", "[$£-809]#,##0.00"), ("C3", "#,##0.00\\ [$kr-41D]"), ("C4", '"$"#,##0.00')):
        sheet[cell].number_format = shown
    sheet.merge_cells("B3:B4")
    sheet["A2"].comment = Comment("do not call", "me")
    book.save(tmp_path / "file.xlsx")
    read = open_sheet(tmp_path / "file.xlsx")
    assert [row.cells[2] for row in read.rows()] == ["GBP 26000", "SEK 9500.5", "5"]
    assert "merged over several rows (B3:B4)" in read.notices[0] and "Comments" in read.notices[1]


def test_what_is_merged_over_rows_is_meant_for_all_of_them(tmp_path):
    """But not an amount, which may be for all of them together; and rows with nothing of their own stay blank."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["Name", "Phone", None, "Price", "Sold on"],
        [None, "Mobile", "Home phone", None, None],
        ["Gia", 3055550115, "", 26000, date(2026, 1, 5)],
        ["", "", "8264678", "", ""],
        ["", "", "", "", ""],
        ["Ada", "", "", 5, ""],
    ):
        sheet.append(row)
    for area in ("A1:A2", "B1:C1", "D1:D2", "E1:E2", "A3:A5", "B3:B5", "D3:D4", "E3:E4"):
        sheet.merge_cells(area)
    book.save(tmp_path / "file.xlsx")
    read = open_sheet(tmp_path / "file.xlsx")
    assert (read.begins, read.headings) == (2, ["Name", "Mobile", "Home phone", "Price", "Sold on"])
    assert [(row.number, row.cells) for row in read.rows()] == [
        (3, ["Gia", "3055550115", "", "26000", "2026-01-05"]),
        (4, ["Gia", "3055550115", "8264678", "", "2026-01-05"]),
        (6, ["Ada", "", "", "5", ""]),
    ]
