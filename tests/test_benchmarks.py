"""`make bench` in small: it serves a world (which it makes itself in `make soak`), measures it, and says so when an
answer is wrong."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from benchmarks import report, worlds
from benchmarks.browser import Unexpected
from benchmarks.cases import Case
from benchmarks.measure import Run, right, worst
from benchmarks.server import ROOT
from benchmarks.wire import Answer

from .demo_world import SMALL
from .demo_world import worlds as made
from .soaking import SOAK

DEALS = 60 if SOAK else SMALL
HEAD = "HTTP/1.1 200 OK\r\nX-Queries: 9"


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A run over a few deals, as from the command line."""
    folder = tmp_path_factory.mktemp("bench")
    if not SOAK:
        kept = folder / f"deals-{DEALS}-{worlds.schema()}"
        kept.mkdir()
        shutil.copy(made(tmp_path_factory, "small") / "small" / worlds.NAME, kept)
        (kept / "seconds").write_text("1")

    def run(*flags: str) -> subprocess.CompletedProcess:
        command, environment = [sys.executable, "-m", "benchmarks", *flags], os.environ | {"BENCH_DATA": str(folder)}
        return subprocess.run(
            command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400
        )

    run.folder = folder
    return run


def test_it_measures_the_server_beside_hello_world_and_leaves_nothing_running(bench):
    few = ["--seconds", "0.1", "--requests", "2", "--cases", "move to,deal page,poll", "--soak", "0.3"]
    done = bench(str(DEALS), *few, "--every-page", "0", "--load", "0")
    assert done.returncode == 0, done.stderr
    result = json.loads((bench.folder / f"part-{DEALS}.json").read_text())
    move, page = (
        next(found for found in result["cases"] if found["name"] == name)
        for name in ("move to another column", "deal page")
    )
    assert (
        move["errors"] == page["errors"] == 0
        and move["queries"] > 5
        and page["times"] > 0
        and page["spent_ms"] > 1
        and page["steps"] > 100
    )
    assert result["columns"] == 10 and result["first_load"]["JS"] > 10_000
    assert [(soak["failed"], soak["lost"]) for soak in result["soak"]] == [(0, 0), (0, 0)] and result["soak"][0][
        "moves"
    ] > 1
    assert sorted(path.name.split("-")[0] for path in bench.folder.iterdir()) == ["deals", "part"], (
        "a working copy was left behind"
    )
    assert "| move to another column |" in report.as_markdown(result)


def test_what_is_over_its_budget_is_said_with_by_how_much():
    case = Case("board", "manager", None, times=12, queries=8, kilobytes=3, hot=True)
    few = [1_000] * 5
    alone = Run(seconds=[0.036] * 5, hello=[2.0] * 5, queries=[9] * 5, sizes=few, spent=[36.0] * 5, steps=[600])
    found = report.row(case, alone, Run(failed=["500: sorry"]), deals=100_000)
    report.settle({"cases": [found]}, {"cases": [{"name": "board", "steps": 500}]})
    assert (found["times"], found["missed"]) == (18, "1.5 × over, 1 queries over, 1.2 × the steps, 1 failed")
    assert report.row(case, alone, Run(), deals=1_000_000)["times_budget"] == 15.6


def test_the_results_that_are_kept_are_shown_and_what_is_none_of_them_is_skipped_with_a_sentence(tmp_path):
    report.keep({"deals": 1_000, "cases": []}, tmp_path)
    older = {"deals": 300, "cases": [{"name": "board", "ms": 4}]}
    for name, text in (("older", json.dumps(older)), ("foreign", "[1, 2]"), ("broken", "{")):
        (tmp_path / f"result-{name}.json").write_text(text)
    results, skipped = report.kept(tmp_path)
    assert [result["deals"] for result in results] == [1_000]
    assert [words.split("result-")[1].split(".")[0] for words in skipped] == ["broken", "foreign", "older"]


def test_an_answer_without_the_expected_words_is_wrong():
    case = Case("board", "manager", None, says="data-card=")
    assert right(case, Answer(200, HEAD, b"<i data-card=7>")) and Answer(200, HEAD, b"").queries == 9
    assert not right(case, Answer(200, HEAD, b"Nothing here"))
    assert not right(case, Answer(500, HEAD, b"<i data-card=7>"))
    assert "500" in str(Unexpected("board", Answer(500, HEAD, b"sorry")))


def test_the_99th_of_a_hundred():
    assert worst([number / 1000 for number in range(1, 101)]) == 99
