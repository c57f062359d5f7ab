"""The calling rules and rights that the product begins with, as rows."""

import csv
from datetime import date
from pathlib import Path

from carmanana.config import ROOT
from carmanana.contacting.calling.hours import weekdays_of
from carmanana.records.calling import CallingRule

FILE = Path(ROOT) / "data" / "reference" / "calling_rules.csv"
NUMBERS = (
    "cap", "cap_hours", "relationship_purchase_months", "relationship_inquiry_months", "register_days", "optout_days",
    "identify_within_s", "end_within_s",
)  # fmt: skip
WORDS = ("region", "kind", "opens", "closes", "clock", "consent", "source", "confidence", "note")


def rules() -> list[CallingRule]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [_rule(row) for row in csv.DictReader(file)]


def _rule(row: dict[str, str]) -> CallingRule:
    return CallingRule(
        weekdays=weekdays_of(row["weekdays"]),
        holidays_allowed=row["holidays"] == "allowed",
        inquiry_excuses=row["inquiry_excuses"] == "yes",
        effective_from=date.fromisoformat(row["effective_from"]) if row["effective_from"] else None,
        **{name: row[name] for name in WORDS},
        **{name: int(row[name]) if row[name] else None for name in NUMBERS},
    )
