"""Static files: joined, compressed once, light enough for a first visit."""

import gzip
import re

import brotli
import pytest
from backports import zstd
from rjsmin import jsmin

from carmanana.config import ROOT
from carmanana.records.deals import Deal
from carmanana.web.http.assets import FOLDER, without_comments
from carmanana.web.pages import SCREEN_SCRIPTS, SCREEN_STYLES, SCRIPTS, STYLES, TOOL_SCRIPTS, TOOL_STYLES

FIRST_LOAD = 90_000
FULL_BOARD = 27_000  # what ten columns of twenty different cards weigh by themselves
PAGE_AFTER = 30_000
ONCE = re.compile(r'(?:value|content)="[^"]*"')
ADDRESS = re.compile(r'(?:href|src)="(/static/[^"#]+)')


@pytest.fixture
def page(cast, visit):
    for _ in range(60):
        cast.called(cast.deal(cast.agent))
    return visit("manager").get("/board/used-vehicle-orders").text


def addresses(page: str) -> set[str]:
    return {address.replace("&amp;", "&") for address in ADDRESS.findall(page)}


def compressed(text: str) -> int:
    return len(brotli.compress(text.encode(), quality=4))


def weight_of(files: set[str], browser) -> int:
    return sum(len(browser.get(file, headers={"Accept-Encoding": "gzip, br"}).data) for file in files)


def test_a_first_visit_is_light(page, visit):
    files = weight_of(addresses(page), visit("manager"))
    assert files < FIRST_LOAD - FULL_BOARD and len(addresses(page)) < 12
    assert files + compressed(page) < FIRST_LOAD


def test_a_page_after_it_is_light(page, cast, visit):
    browser, board = visit("manager"), addresses(page)
    for path in (f"/deals/{Deal.get().id}", "/today", "/leads/", f"/customers/{Deal.get().customer_id}"):
        text = browser.get(path).text
        assert compressed(text) + weight_of(addresses(text) - board, browser) < PAGE_AFTER, path


@pytest.mark.parametrize(
    ("name", "path", "styles", "scripts"),
    [
        ("carmanana", "/board/used-vehicle-orders", STYLES, SCRIPTS),
        ("screens", "/today", SCREEN_STYLES, SCREEN_SCRIPTS),
        ("tools", "/board/used-vehicle-orders/calendar", TOOL_STYLES, TOOL_SCRIPTS),
    ],
)
def test_a_sheet_and_a_script_hold_all_in_their_order(visit, name, path, styles, scripts):
    browser = visit("manager")
    text = browser.get(path).text
    sheets, (script,) = ([one for one in addresses(text) if f"/{name}.{kind}" in one] for kind in ("css", "js"))
    told = b"".join(without_comments((FOLDER / "css" / style).read_bytes()) for style in styles)
    assert [browser.get(sheet).data for sheet in sheets] == ([told] if styles else [])
    assert browser.get(script).text == "".join(
        "{\n" + jsmin((FOLDER / "js" / script).read_text()) + "}\n" for script in scripts
    )
    assert {browser.get(sheet).mimetype for sheet in sheets} <= {"text/css"}
    assert browser.get(script).mimetype == "text/javascript"


def test_a_sheet_is_sent_without_what_says_nothing():
    sheet = (
        b"/* of a\n card */\n.card {\n  color: red;\n  margin: 0\n    auto;\n}\n.card\n  > b,\n.card a { top: 0; }\n"
    )
    assert without_comments(sheet) == b".card {color: red;margin: 0 auto;}.card > b,.card a { top: 0; }"


def test_every_sheet_and_script_is_listed_once():
    styles, scripts = STYLES + SCREEN_STYLES + TOOL_STYLES, SCRIPTS + SCREEN_SCRIPTS + TOOL_SCRIPTS
    assert sorted(path.relative_to(FOLDER / "css").as_posix() for path in (FOLDER / "css").rglob("*.css")) == sorted(
        styles
    )
    assert sorted(path.name for path in (FOLDER / "js").rglob("*.js")) == sorted(scripts)
    assert not [
        name for name in scripts if re.search(r"^(import|export)\b", (FOLDER / "js" / name).read_text(), re.MULTILINE)
    ]


@pytest.mark.parametrize(
    ("accepted", "encoding", "undo"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_a_file_comes_as_the_browser_takes_it(app, accepted, encoding, undo):
    answer = app.test_client().get("/static/icons.svg?v=1", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert undo(answer.data) == (ROOT / "carmanana/static/icons.svg").read_bytes()
    assert "max-age=31536000" in answer.headers["Cache-Control"] and "Accept-Encoding" in answer.headers["Vary"]


def test_a_browser_that_has_it_is_told_so(app):
    browser = app.test_client()
    tag = browser.get("/static/icons.svg").headers["ETag"]
    assert browser.get("/static/icons.svg", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["nothing.css", "../app.py", "css/", "css", "%2e%2e/config.py", "css/..%2f..%2fdb.py"])
def test_nothing_else_is_served(app, path):
    assert app.test_client().get(f"/static/{path}").status_code in (404, 308)


def test_a_page_that_is_sent_compressed_is_the_page(cast, visit):
    """What compresses is kept from page to page, for browsers that weigh nothing against it."""
    cast.deal(cast.agent)
    browser = visit("manager")
    for page in ("/help/", "/board/used-vehicle-orders", "/customers/", "/help/"):
        plain = browser.get(page)
        sent = browser.get(page, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
        assert (sent.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("zstd", False)
        assert (
            ONCE.sub("", zstd.decompress(sent.data).decode()) == ONCE.sub("", plain.text)
            and "Accept-Encoding" in sent.headers["Vary"]
        )
    asked = {"br, zstd;q=0.5": "br", "gzip": "gzip", "": None}
    for accepted, encoding in asked.items():
        assert browser.get("/help/", headers={"Accept-Encoding": accepted}).headers.get("Content-Encoding") == encoding
