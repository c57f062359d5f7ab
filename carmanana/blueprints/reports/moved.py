"""The addresses that reports had before: *Save rate* and *Lead response* are parts of other pages."""

from urllib.parse import urlencode

from flask import abort, redirect, request, url_for

from carmanana.blueprints.reports.base import blueprint
from carmanana.reports.registry import READERS
from carmanana.web.access import allow

MOVED = {"saving": "cancellations", "lead-response": "leads"}


@blueprint.get(f"/<any({', '.join(map(repr, MOVED))}):old>")
@allow(*READERS)
def moved(old: str):
    return _to(url_for(f"reports.{MOVED[old]}"))


def lead_on(key: str) -> None:
    """To the same part of the page that a report is on now."""
    if key in MOVED:
        abort(_to(url_for(request.endpoint, report=MOVED[key])))


def _to(address: str):
    asked = urlencode(list(request.args.items(multi=True)))
    return redirect(f"{address}?{asked}" if asked else address, 301)
