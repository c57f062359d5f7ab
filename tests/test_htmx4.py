"""htmx 4 is served; what was written for htmx 2 does nothing in it, or what our policy blocks."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "carmanana"
WRITTEN = sorted(
    [
        *(HOUSE / "templates").rglob("*.html"),
        *(HOUSE / "static/js").rglob("*.js"),
        *(HOUSE / "web").rglob("*.py"),
        *(HOUSE / "blueprints").rglob("*.py"),
    ]
)
OF_HTMX_2 = {
    "hx-on, which the policy blocks": r"\bhx-on\b|\bhx-on[:-]",
    "hx-ext": r"\bhx-ext\b",
    "hx-disabled-elt, now hx-disable": r"\bhx-disabled-elt\b",
    "hx-vars": r"\bhx-vars\b",
    "hx-params": r"\bhx-params\b",
    "hx-prompt": r"\bhx-prompt\b",
    "values that are code": r"hx-(vals|headers)\s*=\s*[\"']\s*(js|javascript):",
    "a trigger filter, which is code": r"hx-trigger\s*=\s*[\"'][^\"']*\w\[",
    "events in camel case": r"htmx:(after|before|config|response|send|swap|timeout|xhr|oob|history|load|no)[A-Z]\w*",
    "events of htmx 2": r"htmx:(responseError|sendError|afterSwap|beforeSwap|configRequest|afterRequest|load\b)",
    "the headers of htmx 2": r"HX-Trigger-Name|HX-Trigger-After-(Swap|Settle)",
}


def old(text: str) -> set[str]:
    return {what for what, pattern in OF_HTMX_2.items() if re.search(pattern, text)}


def test_nothing_is_written_for_htmx_2():
    assert len(WRITTEN) > 50
    assert {str(path.relative_to(HOUSE)): found for path in WRITTEN if (found := old(path.read_text()))} == {}


@pytest.mark.parametrize(
    "line",
    [
        '<button hx-on:click="go()">',
        '<a hx-on="click: go()">',
        '<div hx-ext="morph">',
        '<form hx-disabled-elt="this">',
        "<p hx-vals='js:{a: b()}'>",
        '<p hx-trigger="keyup[target.value]">',
        'document.addEventListener("htmx:afterSwap", go)',
        'on("htmx:configRequest", go)',
        'on("htmx:responseError", go)',
        '<p hx-prompt="Why?">',
        'headers["HX-Trigger-After-Swap"]',
    ],
)
def test_an_old_idiom_would_be_found(line):
    assert old(line)


@pytest.mark.parametrize(
    "line",
    [
        '<div hx-get="/" hx-trigger="every 5s" hx-target:inherited="#board">',
        'on("htmx:after:swap", go)',
        'on("htmx:config:request", go)',
        """<p hx-vals='{"js": 1}'>""",
        '<input hx-trigger="input changed delay:300ms">',
        '<form hx-disable="this">',
    ],
)
def test_the_new_ones_pass(line):
    assert not old(line)


def test_the_htmx_that_is_served_is_4():
    assert re.search(r'version\s*[:=]\s*["\']4\.', (HOUSE / "static/vendor/htmx.min.js").read_text())
