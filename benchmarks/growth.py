"""Do SQLite's steps for a page grow with the world? `python -m benchmarks.growth SMALL LARGE` takes two demo databases
of the same dealership, and tells of each page its dearest address in each of them, warm: steps and status, as JSON.

What a page counts as far as a limit is counted here as far as a lower one, which both worlds have."""

import json
import os
import sys
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

from carmanana.core import limits

limits.COUNTED = limits.AT_A_GLANCE = LIMIT = 60

from carmanana import create_app  # noqa: E402
from carmanana.config import Settings  # noqa: E402
from carmanana.core import clock  # noqa: E402
from carmanana.core.db import database  # noqa: E402

from . import cases, dialing  # noqa: E402
from .browser import PASSWORD  # noqa: E402
from .pages import PAGES, REPORT_PAGES  # noqa: E402
from .steps import Steps  # noqa: E402
from .stock import Share, Stock  # noqa: E402
from .wire import Answer  # noqa: E402

ADDRESSES = 8  # of a page that has many
CALLS, dialing.A_SEQUENCE = 5, 6
WRITES = (
    ("next lead", "agent", dialing.next_lead),
    ("move", "manager", cases.move_across),
    ("hold", "manager", cases.hold),
    ("claim", "agent", cases.claim),
)


def main(folders: list[str], at: str) -> None:
    with clock.set_to(datetime.fromisoformat(at)):
        small, large = (measured(Path(folder)) for folder in folders)
    print(json.dumps({name: [small[name], large[name]] for name in large}))


def measured(folder: Path) -> dict[str, tuple[int, int]]:
    app = create_app(Settings(env="test", data=folder, secret_key="s" * 64, trusted_hosts=["localhost"]))
    app.config["WTF_CSRF_ENABLED"] = False
    stock, browsers = Stock(folder), {}
    asked = {page: page.addresses(stock)[:ADDRESSES] for page in (*PAGES, *REPORT_PAGES)}
    found = {page.name: _dearest(app, browsers, page.who, addresses) for page, addresses in asked.items()}
    for name, who, play in WRITES:
        browser = InProcess(browsers.get(who) or _signed_in(app, browsers, who))
        found[name] = _in_the_middle(browser, play(browser, stock, Share()))
    database.close()
    return found


class InProcess:
    """Asks as a `Browser` does, without a server between."""

    def __init__(self, client):
        self.client = client

    def post(self, path: str, form: dict, page: str = "") -> dict:
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{page}"} if page else {}
        return {"path": path, "data": form, "headers": headers}

    def ask(self, request: dict) -> Answer:
        answer = self.client.post(**request)
        head = "\r\n".join(["", *(f"{name}: {value}" for name, value in answer.headers)])
        return Answer(answer.status_code, head, answer.data)


def _in_the_middle(browser: InProcess, calls: Generator) -> tuple[int, int]:
    """Of several writes, as some people have more to tell; of calls in sequences of the same length."""
    steps, answer = [], None
    while len(steps) < CALLS and (request := cases.following(calls, answer)):
        counted = Steps(database)
        answer = browser.ask(request)
        steps.append(counted.end())
    return sorted(steps)[len(steps) // 2], answer.status


def _dearest(app, browsers: dict, who: str, addresses: list[str]) -> tuple[int, int]:
    browser = browsers.get(who) or _signed_in(app, browsers, who)
    return max((_steps(browser, address) for address in addresses), default=(0, 0))


def _signed_in(app, browsers: dict, who: str):
    browsers[who] = browser = app.test_client()
    browser.post("/sign-in", data={"email": f"{who}@carmanana.example", "password": PASSWORD})
    return browser


def _steps(browser, address: str) -> tuple[int, int]:
    browser.get(address)
    counted = Steps(database)
    answer = browser.get(address)
    return counted.end(), answer.status_code


if __name__ == "__main__":
    os.environ["CARMANANA_ENV"] = "test"
    main(sys.argv[1:3], sys.argv[3])
