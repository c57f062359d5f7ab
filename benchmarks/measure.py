"""One after another between two hello-worlds, and many at once.

What a request takes of the processor is what its server's process has spent from its coming to that of a hello-world
behind it on the same connection: the web server's part and the compression are in it, and how busy the machine is
otherwise is not. A hello-world is measured likewise."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil
from statistics import median

from .browser import Browser, Unexpected
from .cases import Case, following
from .stock import Share, Stock
from .wire import Answer

WARM = 12
COUNTED = 8  # requests of which the steps are counted
LONGEST = 4  # times the seconds that a slow case may take
HELLO = b"GET /hello/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n"


@dataclass
class Run:
    """What was seen of one case, in the order of sending; `spent` and `hello` are milliseconds of the processor."""

    seconds: list[float] = field(default_factory=list)
    hello: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    lasted: float = 0.0

    def add(self, answer: Answer) -> None:
        self.seconds.append(answer.seconds)
        self.queries.append(answer.queries)
        self.sizes.append(len(answer.body))

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.lasted if self.lasted else 0.0


def middle(seconds: list[float]) -> float:
    return median(seconds) * 1000


def worst(seconds: list[float]) -> float:
    """The 99th of a hundred, in milliseconds."""
    return sorted(seconds)[ceil(len(seconds) * 0.99) - 1] * 1000


class Crowd:
    """Browsers that are signed in already, by who they are."""

    def __init__(self, port: int):
        self.port, self.browsers = port, {}

    def of(self, who: str, count: int) -> list[Browser]:
        there = self.browsers.setdefault(who, [])
        there += [Browser(self.port, who) for _ in range(count - len(there))]
        return there[:count]

    def close(self) -> None:
        for browser in (one for some in self.browsers.values() for one in some):
            browser.close()


def right(case: Case, answer: Answer) -> bool:
    return answer.status in case.status and (not case.says or case.says in answer.text)


def one_by_one(case: Case, crowd: Crowd, stock: Stock, seconds: float, least: int) -> Run:
    """A wrong answer ends everything."""
    (browser,), run = crowd.of(case.who, 1), Run()
    play, answer, began = case.play(browser, stock, Share()), None, time.monotonic()
    warm = min(WARM, least)
    while not _enough(len(run.seconds) - warm, time.monotonic() - began, seconds, least):
        answer = _measure(case, browser, _next(play, answer, case), run)
    for _ in range(COUNTED):
        answer = browser.ask(counting(_next(play, answer, case)))
        run.steps.append(answer.steps)
    return _without_the_first(run, warm)


def _measure(case: Case, browser: Browser, request: bytes, run: Run) -> Answer:
    before, answer, behind = browser.ask(HELLO), browser.ask(request), browser.ask(HELLO)
    if not right(case, answer):
        raise Unexpected(case.name, answer)
    run.add(answer)
    run.hello.append(answer.spent - before.spent)
    run.spent.append(behind.spent - answer.spent)
    return answer


def counting(request: bytes) -> bytes:
    """The same request, of which SQLite's steps are wanted; they take their time, so that it is not measured
    otherwise."""
    return request.replace(b"\r\n\r\n", b"\r\nX-Steps: 1\r\n\r\n", 1)


def _enough(done: int, passed: float, seconds: float, least: int) -> bool:
    return (done >= least and passed >= seconds) or (done >= max(1, least // 10) and passed >= seconds * LONGEST)


def _next(play, answer: Answer | None, case: Case) -> bytes:
    request = following(play, answer)
    if request is None:
        raise NothingToDo(case.name)
    return request


class NothingToDo(Exception):
    """The world has nothing that this could be done with."""


def _without_the_first(run: Run, warm: int) -> Run:
    kept = (run.seconds[warm:], run.hello[warm:], run.queries[warm:], run.sizes[warm:], run.spent[warm:])
    return Run(*kept, steps=run.steps)


def at_once(case: Case, crowd: Crowd, stock: Stock, connections: int, seconds: float) -> Run:
    """As many requests as fit into so many seconds, and one of each at least; wrong answers are counted."""
    run, browsers = Run(), crowd.of(case.who, connections)
    plays = [case.play(browser, stock, Share(number, connections)) for number, browser in enumerate(browsers)]
    ready = [(browser, play, following(play, None)) for browser, play in zip(browsers, plays, strict=True)]

    def work(browser: Browser, play, request: bytes | None, until: float) -> None:
        while request:
            request = _ask(case, browser, play, request, run)
            if time.monotonic() >= until:
                break

    return _all_together(work, ready, seconds, run)


def _ask(case: Case, browser: Browser, play, request: bytes, run: Run) -> bytes | None:
    """The next request, if anything is left to do; the same one again where no answer came."""
    try:
        answer = browser.ask(request)
    except OSError as error:
        run.failed.append(f"no answer: {error}")
        return request
    run.add(answer)
    if not right(case, answer):
        run.failed.append(f"{answer.status}: {answer.text[:200]}")
    return following(play, answer)


def _all_together(work, workers: list[tuple], seconds: float, run: Run) -> Run:
    """Each worker in a thread of its own; what goes wrong in one goes wrong here."""
    began = time.monotonic()
    with ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(work, *worker, began + seconds) for worker in workers]:
            done.result()
    run.lasted = time.monotonic() - began
    return run
