"""What SQLite does for a page does not grow with the world: its steps in a small one and in one ten times as large."""

import json
import os
import subprocess
import sys

from benchmarks.pages import REPORTS
from benchmarks.server import ROOT

from .demo_world import LARGE, NOW, SMALL, worlds

CHANCE = 1.25  # other records are on top, some with more to tell
LEEWAY = 10_000  # steps, which a look at every deal, lead or customer of the large world takes more than

NO_SUCH_RECORD = 0

DUE = "what is due of a person, or of all, is put in order"
GROWS = {
    "quotations of an agent": "their quotations are counted by chip",
    "today": DUE,
    "today of an agent": DUE,
    "check-in": DUE,
    "which deal a shared picture is for": "the open deals of an agent are put in order",
    "call review": "the open reviews are counted by why they are asked for",
    **{f"report of {one}": "what happened in its days is counted" for one in REPORTS if one != "dialing"},
}


def test_no_page_takes_more_steps_in_a_larger_world_that_is_not_named(tmp_path_factory):
    steps = measured(worlds(tmp_path_factory, "small", "large"))
    assert {name: status for name, (_, (_, status)) in steps.items() if status not in (200, NO_SUCH_RECORD)} == {}
    grown_too = {
        name: (few, many)
        for name, ((few, _), (many, _)) in steps.items()
        if many > few * CHANCE + LEEWAY and name not in GROWS
    }
    assert grown_too == {}
    with_the_world = {
        name: many / few for name, ((few, _), (many, _)) in steps.items() if many > few * 1.5 * LARGE / SMALL
    }
    assert with_the_world == {}, "grows faster than the world"


def measured(folder) -> dict:
    """Of each page its steps and status in both worlds; in a process of its own, which counts no farther than a
    little."""
    command = [sys.executable, "-m", "benchmarks.growth", folder / "small", folder / "large", NOW.isoformat()]
    environment = os.environ | {"CARMANANA_ENV": "test", "CARMANANA_DATA": str(folder)}
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
