"""Static files: joined, compressed once, light enough for a first visit."""

import gzip
import re

import brotli
import pytest
from rjsmin import jsmin

from carmanana.config import ROOT
from carmanana.web.assets import FOLDER
from carmanana.web.pages import SCRIPTS, STYLES

FIRST_LOAD = 90_000
ADDRESS = re.compile(r'(?:href|src)="(/static/[^"#]+)')


@pytest.fixture
def page(cast, visit):
    for _ in range(60):
        cast.called(cast.deal(cast.agent))
    return visit("manager").get("/board/used-vehicle-orders").text


def addresses(page: str) -> set[str]:
    return {address.replace("&amp;", "&") for address in ADDRESS.findall(page)}


def test_a_first_visit_is_light(page, visit):
    browser, weight = visit("manager"), len(brotli.compress(page.encode(), quality=4))
    for address in addresses(page):
        weight += len(browser.get(address, headers={"Accept-Encoding": "gzip, br"}).data)
    assert weight < FIRST_LOAD and len(addresses(page)) < 12


def test_one_sheet_and_one_script_hold_all_in_their_order(page, visit):
    browser = visit("manager")
    (sheet,), (script,) = ([one for one in addresses(page) if f"/carmanana.{kind}" in one] for kind in ("css", "js"))
    styles = [(FOLDER / "css" / name).read_text() for name in STYLES]
    assert browser.get(sheet).text == "".join(styles)
    assert browser.get(script).text == "".join(
        "{\n" + jsmin((FOLDER / "js" / name).read_text()) + "}\n" for name in SCRIPTS
    )
    assert browser.get(sheet).mimetype == "text/css" and browser.get(script).mimetype == "text/javascript"


def test_every_sheet_and_script_is_listed():
    assert {path.relative_to(FOLDER / "css").as_posix() for path in (FOLDER / "css").rglob("*.css")} == set(STYLES)
    assert {path.name for path in (FOLDER / "js").rglob("*.js")} == set(SCRIPTS)
    assert not [
        name for name in SCRIPTS if re.search(r"^(import|export)\b", (FOLDER / "js" / name).read_text(), re.MULTILINE)
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
