"""Mixed work of 64 people at once: one action of each every few seconds, the polls of their boards, and a report now
and then."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Lock

from .browser import Browser
from .cases import log_note, move_across, page, unchanged_poll
from .measure import Crowd, worst
from .pages import LIST, PAGES, REPORT_PAGES, Page
from .stock import BOARD, Share, Stock

PEOPLE = 64
PAUSE = (5.0, 10.0)  # seconds
MOST = {"move": 500, "log": 500}  # milliseconds of the slowest in a hundred, and of any page:
MOST_OF_A_PAGE = 2_000


def reports(browser, stock, share):
    """Another one each time; not all begin with the same."""
    begin = share.number % len(REPORT_PAGES)
    yield from (browser.get(one.path) for one in cycle(REPORT_PAGES[begin:] + REPORT_PAGES[:begin]))


DOES = {
    "move": (3, move_across),
    "log": (2, log_note),
    "poll": (6, unchanged_poll),
    "search": (3, page(next(one for one in PAGES if one.name == "search as one types"))),
    "board": (3, page(Page("", "", BOARD))),
    "list": (2, page(Page("", "", LIST))),
    "report": (1, reports),
}


def mixed(crowd: Crowd, stock: Stock, seconds: float) -> dict:
    seen, failed, lock = {name: [] for name in DOES}, [], Lock()

    def work(number: int, browser: Browser) -> None:
        chance = random.Random(number)
        plays = {name: play(browser, stock, Share(number, PEOPLE)) for name, (_, play) in DOES.items()}
        answers = dict.fromkeys(DOES)
        time.sleep(chance.uniform(0, PAUSE[0]))
        while time.monotonic() < until:
            (name,) = chance.choices(list(DOES), [weight for weight, _ in DOES.values()])
            answer = answers[name] = _act(browser, plays[name], answers[name])
            with lock:
                if answer and answer.status < 400:
                    seen[name].append(answer.seconds)
                else:
                    failed.append(f"{name}: {answer and answer.status}")
            time.sleep(chance.uniform(*PAUSE))

    browsers = crowd.of("manager", PEOPLE)
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(PEOPLE) as pool:
        for done in [pool.submit(work, number, browser) for number, browser in enumerate(browsers)]:
            done.result()
    return {
        "people": PEOPLE,
        "seconds": seconds,
        "done": sum(map(len, seen.values())),
        "failed": len(failed),
        "failures": failed[:5],
        "slow": [name for name, found in seen.items() if found and worst(found) > MOST.get(name, MOST_OF_A_PAGE)],
        "p99_ms": {name: round(worst(found)) for name, found in seen.items() if found},
    }


def _act(browser: Browser, play, before):
    request = next(play, None) if before is None else play.send(before)
    return request and browser.ask(request)
