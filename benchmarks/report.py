"""The table of a run, beside the budgets; as JSON, as text and as Markdown."""

import json
import os
import platform
from datetime import datetime
from pathlib import Path
from statistics import median

from .cases import Case
from .measure import Run, middle, worst

FIRST_LOAD = 90  # kilobytes
BEYOND = 100_000  # deals; above, a case may take so many times its budget:
SLACK = 1.3
HEADS = ["", "median", "p99", "CPU", "× hello", "budget", "", "a second, 8 at once", "errors", "queries", "kB"]


def row(case: Case, alone: Run, together: Run, hello_rate: float, deals: int) -> dict:
    times = case.times and round(case.times * (SLACK if deals > BEYOND else 1), 1)
    found = {
        "name": case.name,
        "median_ms": round(middle(alone.seconds), 2),
        "p99_ms": round(worst(alone.seconds), 2),
        "spent_ms": round(median(alone.spent), 2),
        "hello_ms": round(middle(alone.hello), 2),
        "times": round(middle(alone.seconds) / middle(alone.hello), 1),
        "times_budget": times,
        "rate": round(together.rate, 1),
        "hello_rate": round(hello_rate, 1),
        "requests": len(alone.seconds) + len(together.seconds),
        "errors": len(together.failed),
        "failures": together.failed[:3],
        "queries": max(alone.queries),
        "queries_budget": case.queries,
        "kilobytes": round(median(alone.sizes) / 1000, 1),
        "kilobytes_budget": case.kilobytes,
    }
    return found | {"missed": missed(found)}


def missed(found: dict) -> str:
    """What is over its budget and by how much; nothing where all is kept."""
    over = []
    for name, word in (("times", ""), ("queries", " queries"), ("kilobytes", " kB")):
        budget = found[f"{name}_budget"]
        if budget and found[name] > budget:
            over.append(
                f"{found[name] / budget:.1f} × over{word}" if not word else f"{found[name] - budget:.4g}{word} over"
            )
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
        return [found["name"], *[""] * 5, found["skipped"], *[""] * (len(HEADS) - 7)]
    budget = found["times_budget"]
    verdict = found["missed"] or ("met" if budget else "")
    return [
        found["name"],
        f"{found['median_ms']:.1f} ms",
        f"{found['p99_ms']:.1f} ms",
        f"{found['spent_ms']:.1f} ms",
        f"{found['times']:.1f}",
        f"{budget:g}" if budget else "",
        verdict,
        f"{found['rate']:,.0f}",
        str(found["errors"]),
        _beside(found, "queries"),
        _beside(found, "kilobytes"),
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
    lines = [f"{_introduced(result)}\n", _shown(HEADS), _line(["---", *["---:"] * 8])]
    for found in (found for found in result["cases"] if "skipped" not in found):
        row = cells(found)
        row[4] = f"**{row[4]}**" if found["missed"] else row[4]
        lines.append(_shown(row))
    return "\n".join([*lines, "", *(f"- {sentence}" for sentence in sentences(result))])


def _shown(row: list[str]) -> str:
    """Without the verdict and the errors, which are told in bold and below."""
    return _line([cell for number, cell in enumerate(row) if number not in (6, 8)])


def _line(shown: list[str]) -> str:
    return f"| {' | '.join(shown)} |"


def _introduced(result: dict) -> str:
    on = result["machine"]
    return f"{result['deals']:,} deals, {on['at'][:10]}, {on['cores']} cores, Python {on['python']}; hello-world {result['hello_ms']:.1f} ms and {result['hello_rate']:,.0f} a second."


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
    return told + [
        f"{soak['seconds']:g} s of moves at {soak['connections']} connections: {soak['moves']:,} moves ({soak['rate']:.0f} a second), "
        f"{soak['failed']} failed, {soak['lost']} lost, p99 {soak['p99_ms']:.0f} ms, longest {soak['longest_ms']:.0f} ms."
        for soak in result["soak"]
    ]


def keep(result: dict, folder: Path, whole: bool = True) -> Path:
    """A run of some cases alone does not take the place of a whole one."""
    path = folder / f"{'result' if whole else 'part'}-{result['deals']}.json"
    path.write_text(json.dumps(result, indent=1))
    return path


def failures(result: dict) -> int:
    return sum(found.get("errors", 0) for found in result["cases"]) + sum(
        soak["failed"] + soak["lost"] for soak in result["soak"]
    )


def kept(folder: Path) -> list[dict]:
    found = [json.loads(path.read_text()) for path in folder.glob("result-*.json")]
    return sorted(found, key=lambda result: result["deals"])
