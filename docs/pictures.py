"""The README's pictures, taken from a demo world made for it: `make pictures`, or some of them by their names."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.server import serving
from benchmarks.worlds import folder as worlds
from benchmarks.worlds import make
from carmanana.demo.staff import PASSWORD
from tests.find_browser import find

HERE = Path(__file__).resolve().parent
DEALS = 300
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
BOARD = "/board/used-vehicle-orders"


def a_deal_of(page: Page) -> str:
    """One in the middle of the board, where most has happened."""
    page.goto(BOARD)
    return page.locator(".column").nth(3).locator(".card-open").first.get_attribute("href")


def a_paused_call(page: Page) -> str:
    """In the call sequence that the demo leaves in the middle."""
    page.goto("/leads/sequences/")
    return page.get_by_role("link", name="Before lunch").first.get_attribute("href")


def a_customer_to_cancel(page: Page) -> str:
    """The one whose cancellation the demo leaves half done."""
    page.goto("/customer-cancellations/")
    return page.locator("tbody a").first.get_attribute("href")


def a_flagged_call(page: Page) -> str:
    """The first of the queue of call review."""
    page.goto("/compliance/")
    return page.locator("tbody a").first.get_attribute("href")


def without_a_signal(page: Page) -> str:
    """What waits after two steps were done and one call was logged, where another page is opened then."""
    page.goto("/today")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
    page.reload()
    page.context.set_offline(True)
    for many in range(2):
        page.get_by_role("button", name="Done").first.click()
        page.get_by_text("Waiting", exact=True).nth(many).wait_for()
    page.get_by_role("link", name="Log").first.click()
    dialog = page.locator("#dialog")
    dialog.get_by_text("Connected – follow-up required").click()
    dialog.get_by_label("What the customer wants").fill("A hybrid with seven seats, before the winter")
    dialog.get_by_label("Next", exact=True).fill("Send 3 options")
    dialog.get_by_role("button", name="Save call").click()
    dialog.wait_for(state="hidden")
    return BOARD


# file, who looks (nobody is signed in where it is empty), in what light, at what size, and what they open
PICTURES = [
    ("board-light", "manager", "light", DESKTOP, BOARD),
    ("board-dark", "manager", "dark", DESKTOP, BOARD),
    ("board-phone", "agent", "light", PHONE, BOARD),
    ("list-light", "manager", "light", DESKTOP, f"{BOARD}/list"),
    ("deal-light", "manager", "light", DESKTOP, a_deal_of),
    ("leads-light", "manager", "light", DESKTOP, "/leads/"),
    ("dialer-dark", "agent", "dark", DESKTOP, a_paused_call),
    ("today-light", "agent", "light", DESKTOP, "/today"),
    ("check-in-phone", "agent", "light", PHONE, "/check-in"),
    ("without-a-signal-phone", "agent", "light", PHONE, without_a_signal),
    ("buyers-light", "manager", "light", DESKTOP, "/buyers/"),
    ("match-light", "manager", "light", DESKTOP, "/match/?make=Toyota&model=RAV4&year=2026&price_cents=29000"),
    ("cancelling-light", "cancellations", "light", DESKTOP, a_customer_to_cancel),
    ("scorecard-light", "compliance", "light", DESKTOP, a_flagged_call),
    ("reports-light", "manager", "light", DESKTOP, "/reports/pipeline"),
    ("inquiry-phone", "", "light", PHONE, "/inquire"),
]


def main() -> None:
    worlds().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=worlds()) as folder, sync_playwright() as playwright:
        world = Path(folder) / "world"
        make(DEALS, world)
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        with serving(world) as served:
            for picture in PICTURES:
                if picture[0] in (sys.argv[1:] or [picture[0]]):
                    take(browser, f"http://127.0.0.1:{served.port}", *picture)
        browser.close()


def take(
    browser: Browser, site: str, name: str, who: str, light: str, size: dict, path: str | Callable[[Page], str]
) -> None:
    context = browser.new_context(
        base_url=site, viewport=size, color_scheme=light, reduced_motion="reduce", timezone_id="America/New_York"
    )
    page = context.new_page()
    if who:
        sign_in(page, who)
    page.goto(path(page) if callable(path) else path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.png")
    print(name)
    context.close()


def sign_in(page: Page, who: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(f"{who}@carmanana.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "sign-in" not in address)


if __name__ == "__main__":
    main()
