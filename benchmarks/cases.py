"""What is measured: who asks, what they ask, what a right answer says, and the budget for it (quality.md 20-24).

A play yields one request after another and is sent each answer; what it asks by itself is not measured."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from carmanana.core import clock

from .browser import Browser
from .dialing import next_lead
from .pages import PAGES, REPORT_PAGES, Page
from .stock import BOARD, CLAIMABLE, ELSEWHERE, HOLDABLE, MOVABLE, Share, Stock

Play = Callable[[Browser, Stock, Share], Iterator[bytes]]

SESSION = 2  # queries for the session and what the bar shows


@dataclass(frozen=True)
class Case:
    name: str
    who: str
    play: Play
    says: str = ""
    times: float | None = None  # at most so much of the processor as so many hello-worlds
    milliseconds: float | None = None  # of the processor, or so many
    queries: int | None = None
    kilobytes: float | None = None
    status: tuple[int, ...] = (200,)
    hot: bool = False  # takes as many steps in a large world as in a small one


def following(play: Iterator[bytes], answer) -> bytes | None:
    """What a play asks next, its first request where there is no answer yet; None where nothing is left to do."""
    try:
        return play.send(answer)
    except StopIteration:
        return None


def page(page: Page) -> Play:
    def play(browser, stock, share):
        addresses, headers = page.addresses(stock), browser.htmx(BOARD) if page.fragment else {}
        while addresses:
            yield from (browser.get(address, **headers) for address in addresses)

    return play


def board_with_new_versions(browser, stock, share):
    """Every card shown has changed since the last look, so that none can come from a cache."""
    answer = browser.read(BOARD)
    while True:
        stock.renew([int(deal) for deal in re.findall(r'data-card="(\d+)"', answer.text)])
        answer = yield browser.get(BOARD)


def next_cards(browser, stock, share):
    """What scrolling to a column's end brings."""
    addresses = re.findall(r'hx-get="(/board/[^"]+/columns/[^"]+)"', browser.read(BOARD).text)
    while addresses:
        yield from (browser.get(address.replace("&amp;", "&"), **browser.htmx(BOARD)) for address in addresses)


def move_across(browser, stock, share):
    """To the column on the left and back, on top or below one of its first cards."""
    for deal, home, version in _dealt(stock, share):
        away = stock.beside(home)
        uppermost = {stage: stock.uppermost(stage) for stage in (home, away)}
        for stage in (away, home):
            after = random.choice(["", *uppermost[stage]])
            form = {"column": f"s{stage}", "after": "" if after == deal else after, "version": version}
            answer = yield browser.post(f"/deals/{deal}/column", form, BOARD)
            version = _version(answer.text, deal) or stock.place(deal)[1]


def move_within(browser, stock, share):
    for deal, home, version in _dealt(stock, share):
        after = random.choice([card for card in stock.uppermost(home) if card != deal] or [""])
        yield browser.post(f"/deals/{deal}/column", {"column": f"s{home}", "after": after, "version": version}, BOARD)


def _dealt(stock: Stock, share: Share) -> Iterator[tuple[int, int, int]]:
    """Deal, its column and its version, for ever."""
    deals = share.part(stock.ids(MOVABLE))
    while deals:
        for deal in deals:
            yield deal, *stock.place(deal)


def _version(text: str, deal: int) -> str:
    """As the card says that came with the answer."""
    found = re.search(rf'data-card="{deal}"\s+data-version="(\d+)"', text)
    return found.group(1) if found else ""


def claim(browser, stock, share):
    deals = share.part(stock.ids(CLAIMABLE))[:40]
    while deals:
        stock.take_from_owners(deals)
        yield from (browser.post(f"/deals/{deal}/claim", {}, BOARD) for deal in deals)


def hold(browser, stock, share):
    """Held again, until a later day, after a call that was logged just now."""
    deals = share.part(stock.ids(HOLDABLE))
    for deal in deals:
        browser.ask(browser.post(f"/deals/{deal}/activities/new", _call()))
    days = 20
    while deals:
        days = 20 + days % 300
        until = (clock.now() + timedelta(days=days)).date().isoformat()
        for deal in deals:
            form = {
                "sub_status": "financing",
                "reason": "The bank decides then",
                "follow_up_on": until,
                "version": stock.place(deal)[1],
            }
            yield browser.post(f"/deals/{deal}/hold", form, BOARD)


def log_note(browser, stock, share):
    """On deals of other boards, so that nobody moves one that has changed meanwhile."""
    deals = share.part(stock.ids(ELSEWHERE))
    while deals:
        for deal in deals:
            yield browser.post(f"/deals/{deal}/activities/new", {"kind": "note", "summary": "Waits for the bank"})


def _call() -> dict:
    due = f"{clock.now() + timedelta(days=2):%Y-%m-%dT10:00}"
    spoken = {
        "kind": "call",
        "direction": "out",
        "outcome": "connected_follow_up",
        "summary": "Waits for the bank",
        "objections": "None",
    }
    return spoken | {"next_step": "Ask the bank", "due_at": due}


def unchanged_poll(browser, stock, share):
    """What the board asks every few seconds, when nothing has happened."""
    found = re.search(r'data-live="([^"]+)"\s+data-version="(\d+)"', browser.read(BOARD).text)
    while found:
        yield browser.get(
            f"{found.group(1).replace('&amp;', '&')}?since={found.group(2)}", **browser.htmx(BOARD), **{"X-Poll": "1"}
        )


def board_after_a_change(browser, stock, share):
    """Somebody else has moved a deal since."""
    moves = move_across(browser, stock, share)
    answer = None
    while request := following(moves, answer):
        answer = browser.ask(request)
        yield browser.get(BOARD)


def calendar_feed(browser, stock, share):
    """What a calendar program reads every few hours, by the secret address of the agent's own page."""
    found = re.search(r'readonly value="https?://[^/]+(/calendar/[^"]+)"', browser.read("/me").text)
    while found:
        yield browser.get(found.group(1))


MOVED = "hx-partial"
CASES = [
    *(Case(one.name, one.who, page(one), times=one.times, queries=one.queries, hot=one.hot) for one in PAGES),
    Case("board, no card cached", "manager", board_with_new_versions, "data-card=", times=25, queries=6 + SESSION),
    Case("board after another's change", "manager", board_after_a_change, "data-card=", times=15),
    Case("next cards of a column", "manager", next_cards, "data-card="),
    Case("move to another column", "manager", move_across, MOVED, times=8, queries=12 + SESSION, kilobytes=3, hot=True),
    Case("move within a column", "manager", move_within, MOVED, times=8, queries=12 + SESSION, kilobytes=3, hot=True),
    Case("unchanged poll", "manager", unchanged_poll, times=2, status=(204,), hot=True),
    Case("calendar feed", "agent", calendar_feed, "BEGIN:VCALENDAR", times=150),
    Case("log a note", "manager", log_note, status=(200, 303)),
    Case("hold", "manager", hold, MOVED),
    Case("claim", "agent", claim, MOVED),
    Case("next lead", "agent", next_lead, MOVED, times=20, hot=True),
    *(Case(one.name, one.who, page(one), milliseconds=300) for one in REPORT_PAGES),
]
