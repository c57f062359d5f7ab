"""What a change of an order tells the audit trail, which holds amounts, dates and codes, and no words."""

from datetime import date

WORDS = ("vehicle_make", "vehicle_model", "details", "source", "no_deposit_reason")


def from_to(before: dict, facts: dict) -> dict:
    names = [name for name in sorted(facts) if name not in WORDS]
    return {
        "from": {name: _plain(before.get(name)) for name in names},
        "to": {name: _plain(facts[name]) for name in names},
    }


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def new_value(attempt) -> dict:
    """What a step makes the order worth, where that is another amount than before."""
    was, value = attempt.record.value_cents, attempt.get("value_cents")
    return {"from": {"value_cents": was}, "to": {"value_cents": value}} if value != was else {}
