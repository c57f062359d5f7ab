"""What the server's processes and the worker hold in memory: the proportional set size, which counts a shared page
once."""

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

from .measure import Crowd
from .pages import PAGES, REPORT_PAGES
from .server import Served
from .stock import Stock

CONNECTIONS = 8
MOST = 350  # megabytes


def held(served: Served) -> float:
    """Megabytes of all of them."""
    return round(sum(_held(pid) for process in served.processes for pid in _family(process)) / 1024, 1)


def _family(process: subprocess.Popen) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="utf-8").split()
    return [process.pid, *map(int, children)]


def _held(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def every_page(served: Served, crowd: Crowd, stock: Stock, seconds: float) -> dict:
    """Every page again and again at so many connections; what was held before, half way and at the end."""
    before, over = held(served), threading.Event()
    for who in {page.who for page in PAGES}:
        crowd.of(who, CONNECTIONS)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        done = [pool.submit(_look_around, crowd, stock, number, over) for number in range(CONNECTIONS)]
        over.wait(seconds / 2)
        half_way = held(served)
        over.wait(seconds / 2)
        over.set()
        looked = sum(one.result() for one in done)
    return {"seconds": seconds, "pages": looked, "before": before, "half_way": half_way, "after": held(served)}


def _look_around(crowd: Crowd, stock: Stock, number: int, over: threading.Event) -> int:
    asked = [(page.who, address) for page in (*PAGES, *REPORT_PAGES) for address in page.addresses(stock)]
    looked = 0
    for who, address in cycle(asked[number * 7 % len(asked) :] + asked):
        if over.is_set():
            return looked
        browser = crowd.browsers[who][number]
        browser.ask(browser.get(address))
        looked += 1
    return looked
