"""`python -m benchmarks 1000 100000`: make or find the worlds, measure each, say what was found."""

import argparse
import re
import signal
import sys
from subprocess import CalledProcessError

from . import worlds
from .browser import Unexpected
from .cases import CASES, Case
from .columns import widen
from .load import mixed
from .loading import first_load
from .measure import Crowd, NothingToDo, at_once, one_by_one
from .memory import every_page
from .report import as_markdown, as_text, failures, keep, kept, machine, row, sentences, settle
from .server import NotServing, serving
from .soak import soak
from .stock import BOARD, MOVABLE, Stock

CONNECTIONS = 8
SOAKED_AT = (8, 64)


def main() -> int:
    asked = arguments()
    if asked.readme:
        results, skipped = kept(worlds.folder())
        print("\n".join(skipped), end="\n" if skipped else "", file=sys.stderr)
        print("\n\n".join(map(as_markdown, results)))
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        failed, smallest = 0, None
        for deals in asked.sizes:
            result = bench(deals, asked, smallest)
            failed, smallest = failed + failures(result), smallest or result
    except (Unexpected, NotServing, CalledProcessError) as trouble:
        print(f"\n{type(trouble).__name__}: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 1 if failed else 0


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 100_000], help="deals in the database")
    parser.add_argument("--every-page", type=float, default=40, help="seconds of every page, for what memory it takes")
    parser.add_argument("--load", type=float, default=40, help="seconds of the mixed work of 64 people")
    parser.add_argument("--seconds", type=float, default=1, help="for each case, one by one and again at once")
    parser.add_argument(
        "--requests", type=int, default=40, help="at least so many one by one, where they are not too slow"
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
    parser.add_argument("--fresh", action="store_true", help="make the demo databases anew")
    parser.add_argument("--readme", action="store_true", help="print the last results as Markdown")
    return parser.parse_args(given)


def bench(deals: int, asked: argparse.Namespace, smallest: dict | None) -> dict:
    kept_world, made = worlds.world(deals, asked.fresh)
    print(f"\n{deals:,} deals, made on {worlds.made_on(kept_world)} in {made:.0f} s", flush=True)
    with worlds.copy_of(kept_world) as data, serving(data, worker=True) as served:
        stock, crowd = Stock(data), Crowd(served.port)
        widen(served.port, stock)
        result = {"deals": deals, "made_seconds": made, "machine": machine(), **look(crowd)}
        result["cases"] = [said(measured(case, crowd, stock, asked, deals)) for case in chosen(asked.cases)]
        settle(result, smallest)
        result["memory"] = asked.every_page and every_page(served, crowd, stock, asked.every_page)
        result["load"] = asked.load and mixed(crowd, stock, asked.load)
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


def chosen(words: str) -> list[Case]:
    wanted = [word.strip() for word in words.split(",") if word.strip()]
    return [case for case in CASES if not wanted or any(word in case.name for word in wanted)]


def measured(case: Case, crowd: Crowd, stock: Stock, asked: argparse.Namespace, deals: int) -> dict:
    try:
        alone = one_by_one(case, crowd, stock, asked.seconds, asked.requests)
        together = at_once(case, crowd, stock, CONNECTIONS, asked.seconds)
    except NothingToDo:
        return {"name": case.name, "skipped": "this world has nothing to do it with"}
    return row(case, alone, together, deals)


def said(found: dict) -> dict:
    """As it goes; the whole table comes at the end."""
    figures = found.get("skipped") or "CPU {spent_ms:.1f} ms, {steps:,} steps, {queries} queries".format(**found)
    print(f"  {found['name']}: {figures}", flush=True)
    return found


def tell(result: dict, whole: bool) -> None:
    print(f"\n{as_text(result['cases'])}\n")
    print(f"A hello-world takes {result['hello_ms']:.2f} ms of the processor.")
    print("\n".join(sentences(result)))
    print(
        f"Load of the machine when it began: {result['machine']['load']}. Kept in {keep(result, worlds.folder(), whole)}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
