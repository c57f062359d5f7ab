"""What findings tell over time: by rule, by team and by person."""

from datetime import date, timedelta

from flask import render_template, request

from carmanana.reports.findings import FindingScope, FindingTally, finding_numbers, managers
from carmanana.reports.period import PERIODS
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.files.csv_files import sheet

from .base import READERS, blueprint

GROUPS = (
    ("sort", "By rule", "Rule"),
    ("team", "By team", "Manager"),
    ("person", "By person", "Person"),
    ("month", "By month", "Month"),
)


@blueprint.get("/trends")
@allow(*READERS)
def trends():
    scope, refusals = FindingScope.understood(request.args, me().timezone)
    errors = {refusal.field: refusal.sentence for refusal in refusals}
    numbers = None if errors else finding_numbers(scope, me().locale)
    page = render_template(
        "compliance/trends.html",
        scope=scope,
        periods=PERIODS,
        errors=errors,
        numbers=numbers,
        groups=GROUPS,
        people=managers(),
        query=lambda key, one, more: chosen | more if (chosen := _query(scope, key, one)) else None,
    )
    return page, 422 if errors else 200


def _query(scope: FindingScope, key: str, one: FindingTally) -> dict | None:
    """What chooses the findings that a row counts; None where nothing does."""
    if key == "month":
        return scope.chosen | _month(scope, date.fromisoformat(f"{one.key}-01"))
    if key == "team":
        return scope.query | {"team": one.key} if int(one.key) else None
    return scope.query | {{"sort": "sort", "person": "by"}[key]: one.key}


def _month(scope: FindingScope, first: date) -> dict:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    begins, ends = max(first, scope.first or first), min(last, scope.last or last)
    return {"from": begins.isoformat(), "to": ends.isoformat()}


@blueprint.get("/trends.csv")
@allow(*READERS)
def trend_file():
    scope = FindingScope.read(request.args, me().timezone)
    numbers = finding_numbers(scope, me().locale)
    rows = [
        [title, one.name, one.found, one.open, one.stood, one.dropped, one.disputed]
        for key, title, _ in GROUPS
        for one in numbers[key]
    ]
    return sheet(
        f"findings-{scope.name}", [["Group", "Name", "Found", "To review", "Stands", "Fell", "Disputed"], *rows]
    )
