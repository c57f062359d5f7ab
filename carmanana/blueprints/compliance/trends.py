"""What findings tell over time: by rule, by team and by person."""

from flask import render_template, request

from carmanana.reports.findings import FindingScope, finding_numbers, managers
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
    numbers = None if errors else finding_numbers(scope)
    page = render_template(
        "compliance/trends.html",
        scope=scope,
        periods=PERIODS,
        errors=errors,
        numbers=numbers,
        groups=GROUPS,
        people=managers(),
    )
    return page, 422 if errors else 200


@blueprint.get("/trends.csv")
@allow(*READERS)
def trend_file():
    scope = FindingScope.read(request.args, me().timezone)
    numbers = finding_numbers(scope)
    rows = [
        [title, one.name, one.found, one.open, one.stood, one.dropped, one.disputed]
        for key, title, _ in GROUPS
        for one in numbers[key]
    ]
    return sheet(
        f"findings-{scope.name}", [["Group", "Name", "Found", "To review", "Stands", "Fell", "Disputed"], *rows]
    )
