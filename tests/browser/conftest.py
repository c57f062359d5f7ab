"""A real server in a process of its own, and Chromium before it."""

import http.client
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from benchmarks.server import free_port
from carmanana.contacting.attachments import keep_in
from carmanana.core import clock
from carmanana.core.db import database, open_database
from carmanana.records.people import Session, User
from carmanana.schema.migrate import migrate
from carmanana.web.http.sessions import hashed
from tests.cast import Cast
from tests.conftest import settings_in
from tests.find_browser import find

from .contexts import PATIENCE, Contexts
from .served_ahead import until_wednesday_noon

expect.set_options(timeout=PATIENCE)

AHEAD = until_wednesday_noon()
ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
AXE_AS_FUNCTION = "() => {" + AXE + "; return true}"
TAB_OUT_OF_VIEW = """() => [...document.querySelectorAll(".tabs > [aria-current]")].some((tab) => {
  const box = tab.getBoundingClientRect()
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)
})"""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--process-per-site",
]


@pytest.fixture(scope="session")
def site_settings(tmp_path_factory):
    return settings_in(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def site(site_settings):
    """The address of a running CarManana."""
    settings = site_settings
    open_site(settings)
    with clock.running_ahead(AHEAD):
        migrate(settings)
        Cast.hire()
    port = free_port()
    server = subprocess.Popen(_command(), cwd=ROOT, env=_environment(port, settings))
    _wait_for(port, server)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(60)


def _command() -> list[str]:
    return [sys.executable, "-m", "tests.browser.served_ahead", str(AHEAD.total_seconds()), "app:app"]


def _environment(port: int, settings) -> dict[str, str]:
    told = {
        "CARMANANA_ENV": "development",
        "CARMANANA_DATA": str(settings.data),
        "PORT": str(port),
        "POLL_SECONDS": "1",
        "PUSH_CONTACT": "mailto:crm@cars.example",
    }
    return os.environ | told


def _wait_for(port: int, server: subprocess.Popen) -> None:
    """It is asked itself, whatever proxy the machine goes through."""
    ends = time.monotonic() + 180
    while time.monotonic() < ends and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    raise RuntimeError("the server did not come up")


@pytest.fixture(scope="session")
def chromium():
    path = find()
    assert path, "no Chromium: run tests/find_browser.py"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET, timeout=3 * PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def scene(site, site_settings):
    """The cast on an empty board. The site's database is open here too, so that tests can set the scene."""
    open_site(site_settings)
    for table in (
        "sequence_call",
        "call_sequence",
        "notification",
        "consequence",
        "finding",
        "attachment",
        "activity",
        "hold",
        "payment",
        "vehicle_option",
        "needs_assessment",
        "lead",
        "do_not_contact",
        "deal",
        "customer_phone",
        "customer_email",
        "customer",
        "one_time_key",
        "check_in",
        "session",
    ):
        database.execute_sql(f"DELETE FROM {table}")
    User.update(locale="").execute()  # who signs in by the form takes that of their browser on
    with clock.running_ahead(AHEAD):
        yield Cast()


def open_site(settings) -> None:
    """Other tests have worked on other files meanwhile."""
    open_database(settings)
    keep_in(settings.uploads)
    database.connect()


# it looks for its attributes in a timer of its own, which may come after everything is loaded
HTMX_IS_READY = "() => new Promise((done) => setTimeout(done))"


class Visitor:
    """Somebody at a browser, which runs `scripts` or none; keeps what the console said."""

    def __init__(self, page, site: str, scripts: bool = True):
        self.page, self.site, self.scripts, self.trouble = page, site, scripts, []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def _heard(self, message) -> None:
        expected = (
            message.type == "error" and "Failed to load resource" in message.text and "status of 4" in message.text
        )
        expected = expected or message.text == "Service Worker registration blocked by Playwright"
        if message.type in ("error", "warning") and not expected:
            self.trouble.append(message.text)

    def sign_in(self, who: str) -> "Visitor":
        """As the form does it, which tests of its own go through."""
        token, person = "s." + secrets.token_urlsafe(32), getattr(Cast(), who)
        Session.create(id=hashed(token), user=person, data={"_user_id": person.get_id(), "_fresh": True})
        self.page.context.add_cookies(
            [{"name": "session", "value": token, "url": self.site, "httpOnly": True, "sameSite": "Lax"}]
        )
        return self

    def go(self, path: str) -> "Visitor":
        self.page.goto(self.site + path)
        self.page.wait_for_load_state("load")
        if self.scripts:
            self.page.evaluate(HTMX_IS_READY)
        return self

    def faults(self) -> list[str]:
        """What axe finds in the light and in the dark, what the console said, whether the page is wider than its
        window, and whether its tab is out of view. A page that a form has just led to may still wait for its styles."""
        self.page.wait_for_load_state("load")
        told = self._axe("runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']")
        self.page.emulate_media(color_scheme="dark")
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        told += [f"in the dark, {fault}" for fault in self._axe("runOnly: {type: 'rule', values: ['color-contrast']}")]
        self.page.emulate_media(color_scheme="light")
        wide = self.page.evaluate("document.documentElement.scrollWidth") > self.page.viewport_size["width"] + 1
        told += ["the page is wider than its window"] * wide
        told += ["the tab of the open page is out of view"] * self.page.evaluate(TAB_OUT_OF_VIEW)
        return told + self.trouble

    def _axe(self, options: str) -> list[str]:
        """Only what is wrong is worked out in detail, and no sheet fetched anew."""
        quick = f"{{resultTypes: ['violations'], preload: false, {options}}}"
        if not self.page.evaluate("!!window.axe"):
            self.page.evaluate(AXE_AS_FUNCTION)
        found = self.page.evaluate(f"axe.run(document, {quick}).then(({{violations}}) => ({{violations}}))")
        return [
            f"{v['id']}: {v['nodes'][0]['html'][:160]} ({v['nodes'][0].get('failureSummary', '')[:200]})"
            for v in found["violations"]
        ]


@pytest.fixture(scope="session")
def contexts(chromium, site):
    return Contexts(chromium, site)


@pytest.fixture
def visitor(contexts, scene):
    """visitor("agent") is at a desktop; visitor("agent", phone=True) on a phone; dark=True likes it dark. What a
    service worker sends is not seen by `page.route`: only who comes with `service_workers="allow"` has one. Who comes
    with `own=True` leaves something that can't be taken back, such as another clock."""
    lent, owned = [], []

    def come(who: str | None = None, phone: bool = False, dark: bool = False, own: bool = False, **options) -> Visitor:
        kind = {"phone": phone, "dark": dark} | options
        if own or options.keys() & {"service_workers", "permissions"}:
            owned.append(context := contexts.new(**kind))
        else:
            lent.append((context := contexts.lend(**kind), kind))
        one = Visitor(context.new_page(), contexts.site, options.get("java_script_enabled", True))
        return one.sign_in(who) if who else one

    yield come
    for context in owned:
        context.close()
    for context, kind in lent:
        contexts.take_back(context, **kind)
