"""The table of a run, beside the budgets; as JSON, as text and as Markdown."""

import json
import os
import platform
from datetime import datetime
from pathlib import Path
from statistics import median

from .cases import Case
from .measure import Run, worst

FORMAT = 2  # of a kept result; one more when what is kept of a run changes
FIRST_LOAD = 90  # kilobytes
MOST_MEMORY = 350  # megabytes
BEYOND = 100_000  # deals; above, a case may take so many times its budget:
SLACK = 1.3
LONGEST_BEYOND = 2_000  # milliseconds that a report may take then
GROWTH = 1.1  # of the steps of a hot page, from the smallest world to this one
HEADS = [
    "",
    "CPU",
    "× hello",
    "budget",
    "",
    "steps",
    "in the smallest",
    "queries",
    "kB",
    "p99",
    "a second, 8 at once",
    "errors",
]


def row(case: Case, alone: Run, together: Run, deals: int) -> dict:
    slack, longest = (SLACK, LONGEST_BEYOND) if deals > BEYOND else (1, case.milliseconds)
    return {
        "name": case.name,
        "spent_ms": round(median(alone.spent), 2),
        "hello": alone.hello,
        "times_budget": case.times and round(case.times * slack, 1),
        "milliseconds_budget": case.milliseconds and longest,
        "steps": max(alone.steps, default=0),
        "hot": case.hot,
        "p99_ms": round(worst(alone.seconds), 2),
        "rate": round(together.rate, 1),
        "requests": len(alone.seconds) + len(together.seconds),
        "errors": len(together.failed),
        "failures": together.failed[:3],
        "queries": max(alone.queries),
        "queries_budget": case.queries,
        "kilobytes": round(median(alone.sizes) / 1000, 1),
        "kilobytes_budget": case.kilobytes,
    }


def settle(result: dict, smallest: dict | None) -> None:
    """Once all is measured: in hello-worlds of the whole run, and beside the smallest world's steps."""
    done = [found for found in result["cases"] if "skipped" not in found]
    hellos = [spent for found in done for spent in found.pop("hello")]
    result["hello_ms"] = round(median(hellos), 3) if hellos else 0
    before = {found["name"]: found.get("steps") for found in (smallest or {"cases": []})["cases"]}
    for found in done:
        found["times"] = round(found["spent_ms"] / result["hello_ms"], 1)
        found["few_steps"] = before.get(found["name"])
        found["missed"] = missed(found)


def missed(found: dict) -> str:
    """What is over its budget and by how much; nothing where all is kept."""
    over = []
    if found["times_budget"] and found["times"] > found["times_budget"]:
        over.append(f"{found['times'] / found['times_budget']:.1f} × over")
    if found["milliseconds_budget"] and found["spent_ms"] > found["milliseconds_budget"]:
        over.append(f"{found['spent_ms'] - found['milliseconds_budget']:.0f} ms over")
    for name, word in (("queries", " queries"), ("kilobytes", " kB")):
        budget = found[f"{name}_budget"]
        if budget and found[name] > budget:
            over.append(f"{found[name] - budget:.4g}{word} over")
    if found["hot"] and found["few_steps"] and found["steps"] > found["few_steps"] * GROWTH:
        over.append(f"{found['steps'] / found['few_steps']:.1f} × the steps")
    if found["errors"]:
        over.append(f"{found['errors']} failed")
    return ", ".join(over)


def machine() -> dict:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "load": round(load, 1),
        "at": f"{datetime.now():%Y-%m-%d %H:%M}",
    }


def cells(found: dict) -> list[str]:
    if "skipped" in found:
        return [found["name"], "", "", "", found["skipped"], *[""] * (len(HEADS) - 5)]
    budget = found["times_budget"] and f"{found['times_budget']:g}"
    budget = budget or (found["milliseconds_budget"] and f"{found['milliseconds_budget']:g} ms") or ""
    return [
        found["name"],
        f"{found['spent_ms']:.1f} ms",
        f"{found['times']:.1f}",
        budget,
        found["missed"] or ("met" if budget else ""),
        f"{found['steps']:,}",
        f"{found['few_steps']:,}" if found["few_steps"] else "",
        _beside(found, "queries"),
        _beside(found, "kilobytes"),
        f"{found['p99_ms']:.0f} ms",
        f"{found['rate']:,.0f}",
        str(found["errors"]),
    ]


def _beside(found: dict, name: str) -> str:
    return f"{found[name]} of {found[f'{name}_budget']}" if found[f"{name}_budget"] else str(found[name])


def as_text(found: list[dict]) -> str:
    lines = [HEADS, *map(cells, found)]
    widths = [max(len(line[number]) for line in lines) for number in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def as_markdown(result: dict) -> str:
    lines = [f"{_introduced(result)}\n", _shown(HEADS), _line(["---", *["---:"] * 9])]
    for found in (found for found in result["cases"] if "skipped" not in found):
        row = cells(found)
        row[2] = f"**{row[2]}**" if found["missed"] else row[2]
        lines.append(_shown(row))
    return "\n".join([*lines, "", *(f"- {sentence}" for sentence in sentences(result))])


def _shown(row: list[str]) -> str:
    """Without the verdict and the errors, which are told in bold and below."""
    return _line([cell for number, cell in enumerate(row) if number not in (4, 11)])


def _line(shown: list[str]) -> str:
    return f"| {' | '.join(shown)} |"


def _introduced(result: dict) -> str:
    on = result["machine"]
    return f"{result['deals']:,} deals, {on['at'][:10]}, {on['cores']} cores, Python {on['python']}; a hello-world takes {result['hello_ms']:.2f} ms of the processor."


def sentences(result: dict) -> list[str]:
    """What no table row says: the world, the first load, the soak."""
    weights = dict(result["first_load"])
    requests, whole = weights.pop("requests"), sum(weights.values()) / 1000
    parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in weights.items())
    whole_or_over = "met" if whole <= FIRST_LOAD else f"{whole - FIRST_LOAD:.1f} kB over"
    told = [
        f"The board shows {result['columns']} columns and {result['cards']} cards.",
        f"First load of the board: {whole:.1f} kB in {requests} requests ({parts}); budget {FIRST_LOAD} kB, {whole_or_over}.",
        f"The demo of {result['deals']:,} deals took {result['made_seconds']:.0f} s to make.",
    ]
    return told + [*_memory(result), *_load(result), *_soaked(result)]


def _memory(result: dict) -> list[str]:
    told = result.get("memory")
    if not told:
        return []
    verdict = "met" if told["after"] <= MOST_MEMORY else f"**{told['after'] - MOST_MEMORY:.0f} MB over**"
    return [
        f"Memory of the web server's processes and the worker: {told['before']:.0f} MB before and {told['after']:.0f} MB after "
        f"{told['pages']:,} pages at 8 connections in {told['seconds']:g} s ({told['half_way']:.0f} MB half way); "
        f"budget {MOST_MEMORY} MB, {verdict}."
    ]


def _load(result: dict) -> list[str]:
    told = result.get("load")
    if not told:
        return []
    failed = _bold(f"{told['failed']} failed", told["failed"])
    slow = ", ".join(_bold(f"{name} {took} ms", name in told["slow"]) for name, took in told["p99_ms"].items())
    return [
        f"{told['people']} people at once for {told['seconds']:g} s, each with an action every 5 to 10 s: {told['done']:,} done, "
        f"{failed}; p99 {slow}."
    ]


def _bold(words: str, over) -> str:
    return f"**{words}**" if over else words


def _soaked(result: dict) -> list[str]:
    return [
        f"{soak['seconds']:g} s of moves at {soak['connections']} connections: {soak['moves']:,} moves ({soak['rate']:.0f} a second), "
        f"{soak['failed']} failed, {soak['lost']} lost, p99 {soak['p99_ms']:.0f} ms, longest {soak['longest_ms']:.0f} ms."
        for soak in result["soak"]
    ]


def keep(result: dict, folder: Path, whole: bool = True) -> Path:
    """A run of some cases alone does not take the place of a whole one."""
    path = folder / f"{'result' if whole else 'part'}-{result['deals']}.json"
    path.write_text(json.dumps({"format": FORMAT} | result, indent=1))
    return path


def failures(result: dict) -> int:
    return sum(found.get("errors", 0) for found in result["cases"]) + sum(
        soak["failed"] + soak["lost"] for soak in result["soak"]
    )


def kept(folder: Path) -> tuple[list[dict], list[str]]:
    """The results by the size of their worlds, and a sentence on each file that holds none of this format."""
    results, skipped = [], []
    for path in sorted(folder.glob("result-*.json")):
        found = _result_in(path)
        if found is None:
            skipped.append(f"{path} is skipped: it holds no result, or one of another version of the benchmark.")
        else:
            results.append(found)
    return sorted(results, key=lambda result: result["deals"]), skipped


def _result_in(path: Path) -> dict | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("format") == FORMAT else None
