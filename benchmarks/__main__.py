"""`python -m benchmarks 1000 100000`: make or find the worlds, measure each, say what was found."""

import argparse
import re
import signal
import sys
from json import loads
from subprocess import CalledProcessError

from . import worlds
from .browser import Unexpected
from .cases import CASES, Case
from .columns import widen
from .loading import first_load
from .measure import HELLO, Crowd, NothingToDo, Run, at_once, hello_at_once, middle, one_by_one, worst
from .report import as_markdown, as_text, failures, keep, kept, machine, row, sentences
from .server import NotServing, serving
from .soak import soak
from .stock import BOARD, MOVABLE, Stock
from .wire import Wire

CONNECTIONS = 8
SOAKED_AT = (8, 64)


def main() -> int:
    asked = arguments()
    if asked.readme:
        print("\n\n".join(as_markdown(result) for result in kept(worlds.folder())))
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        failed = sum(failures(bench(deals, asked)) for deals in asked.sizes)
    except (Unexpected, NotServing, CalledProcessError) as trouble:
        print(f"\n{type(trouble).__name__}: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 1 if failed else 0


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 100_000], help="deals in the database")
    parser.add_argument("--seconds", type=float, default=5, help="for each case, one by one and again at once")
    parser.add_argument(
        "--requests", type=int, default=100, help="at least so many one by one, where they are not too slow"
    )
    parser.add_argument("--cases", default="", help="only those with one of these words in their name, by commas")
    parser.add_argument(
        "--soak",
        type=float,
        nargs="?",
        const=60,
        default=0,
        metavar="SECONDS",
        help="moves without a pause, at 8 and at 64 connections",
    )
    parser.add_argument("--worker", action="store_true", help="with the worker beside the web server")
    parser.add_argument("--fresh", action="store_true", help="make the demo databases anew")
    parser.add_argument("--readme", action="store_true", help="print the last results as Markdown")
    return parser.parse_args(given)


def bench(deals: int, asked: argparse.Namespace) -> dict:
    kept_world, made = worlds.world(deals, asked.fresh)
    print(
        f"\n{deals:,} deals, made on {worlds.made_on(kept_world)} in {made:.0f} s; worker {'on' if asked.worker else 'off'}",
        flush=True,
    )
    with worlds.copy_of(kept_world) as data, serving(data, asked.worker) as port:
        stock, crowd = Stock(data), Crowd(port)
        widen(port, stock)
        result = {"deals": deals, "made_seconds": made, "machine": machine(), **look(crowd)}
        result |= hello(port, asked.seconds)
        result["cases"] = [said(measured(case, crowd, stock, result, asked)) for case in chosen(asked.cases)]
        result["soak"] = [
            soak(crowd, stock, connections, asked.soak)
            for connections in SOAKED_AT
            if asked.soak and stock.ids(MOVABLE)
        ]
        crowd.close()
    tell(result, not asked.cases)
    return result


def look(crowd: Crowd) -> dict:
    (manager,) = crowd.of("manager", 1)
    text = manager.read(BOARD).text
    cards = len(re.findall(r'class="card ', text))
    return {"columns": text.count('class="column"'), "cards": cards, "first_load": first_load(manager, BOARD)}


def hello(port: int, seconds: float) -> dict:
    hello_at_once(port, CONNECTIONS, min(1, seconds))
    run, wire = Run(), Wire(port)
    for _ in range(200):
        run.add(wire.ask(HELLO))
    wire.close()
    found = {"hello_ms": round(middle(run.seconds), 2), "hello_p99_ms": round(worst(run.seconds), 2)}
    return found | {"hello_rate": round(hello_at_once(port, CONNECTIONS, seconds).rate, 1)}


def chosen(words: str) -> list[Case]:
    wanted = [word.strip() for word in words.split(",") if word.strip()]
    return [case for case in CASES if not wanted or any(word in case.name for word in wanted)]


def measured(case: Case, crowd: Crowd, stock: Stock, result: dict, asked: argparse.Namespace) -> dict:
    if case.needs and not any(endpoint.startswith(case.needs) for endpoint in endpoints(crowd.port)):
        return {"name": case.name, "skipped": f"no {case.needs} here yet"}
    try:
        at_once(case, crowd, stock, CONNECTIONS, min(1, asked.seconds))
        alone = one_by_one(case, crowd, stock, asked.seconds, asked.requests)
    except NothingToDo:
        return {"name": case.name, "skipped": "this world has nothing to do it with"}
    together = at_once(case, crowd, stock, CONNECTIONS, asked.seconds)
    return row(case, alone, together, result["hello_rate"], result["deals"])


def said(found: dict) -> dict:
    """As it goes; the whole table comes at the end."""
    figures = found.get(
        "skipped"
    ) or "{median_ms:.1f} ms, CPU {spent_ms:.1f} ms, {times:.1f} × hello, {queries} queries {missed}".format(**found)
    print(f"  {found['name']}: {figures}", flush=True)
    return found


def endpoints(port: int) -> list[str]:
    wire = Wire(port)
    told = wire.ask(HELLO.replace(b"/hello/", b"/hello/addresses")).text
    wire.close()
    return list(loads(told))


def tell(result: dict, whole: bool) -> None:
    print(f"\n{as_text(result['cases'])}\n")
    print(
        f"hello-world: {result['hello_ms']:.2f} ms, p99 {result['hello_p99_ms']:.2f} ms, {result['hello_rate']:,.0f} a second at {CONNECTIONS} connections"
    )
    print("\n".join(sentences(result)))
    print(
        f"Load of the machine when it began: {result['machine']['load']}. Kept in {keep(result, worlds.folder(), whole)}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
