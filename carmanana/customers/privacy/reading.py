"""What is held of a customer as somebody reads it: names for numbers, their times, money with its sign."""

from collections.abc import Callable
from datetime import date, datetime

from peewee import BooleanField, DateField

from carmanana.contacting.calling import places
from carmanana.core import clock, locales, money
from carmanana.core.db import UtcField
from carmanana.customers.languages import name_of as language_named
from carmanana.customers.privacy import held
from carmanana.records.people import User
from carmanana.schema import sqlite

TITLES = {
    "activity": "Activities", "asset": "Assets", "attachment": "Files", "audit_check": "Checks of the audit trail",
    "cancellation_request": "Requests to cancel an order", "case_check": "Checklists of cases", "consent": "Consents",
    "customer": "Who it is", "customer_case": "Cases", "customer_email": "Email addresses",
    "customer_phone": "Phone numbers", "deal": "Deals", "departure": "Cancellations of the customer",
    "departure_reason": "Reasons of a cancellation", "do_not_call_register": "Do-not-call registers",
    "do_not_contact": "Do not contact", "erasure": "Erasures", "event": "Audit trail", "expiry": "Expiries",
    "finding": "Findings", "hold": "Holds", "import_batch": "Imports", "import_row": "Rows of imports", "lead": "Leads",
    "lead_file": "Files of inquiries", "merged_customer": "Records that were merged into this one",
    "needs_assessment": "Needs assessments", "notification": "Notifications about them",
    "outgoing_mail": "Outgoing mail", "payment": "Payments", "person": "People", "quotation": "Quotations",
    "quotation_line": "Lines of quotations", "registered_number": "Numbers in a do-not-call register",
    "sales_order": "Sales orders", "sequence_call": "Calls of a sequence", "stage_visit": "Time in the stages",
    "suppressed_contact": "Who asked not to be contacted, after an erasure", "undo_step": "Steps that can be undone",
    "vehicle_offer": "Vehicles offered", "vehicle_option": "Vehicles wanted",
}  # fmt: skip
HIDDEN = frozenset("hash previous_hash version folded position customer_id national client shown size".split())
ENDINGS = ("_id", "_cents")


def title_of(table: str) -> str:
    return TITLES.get(table) or table.replace("_", " ").capitalize()


def readable(told: dict, by: User) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """For a page: each table under its name, and of each row what is filled in."""
    people = dict(User.select(User.id, User.name).tuples())
    return [
        (title_of(table), [_filled(row, _Reader(table, by, people)) for row in rows])
        for table, rows in told["held"].items()
    ]


def _filled(row: dict, reader: "_Reader") -> list[tuple[str, str]]:
    filled = [(name, value) for name, value in row.items() if value not in (None, "", "[]", "{}")]
    return [(_label(name), reader.told(name, value, row)) for name, value in filled if name not in HIDDEN]


def _label(name: str) -> str:
    bare = next((name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)), name)
    return "No." if name == "id" else bare.replace("_", " ").capitalize()


class _Reader:
    """Of one table."""

    def __init__(self, table: str, by: User, people: dict[int, str]):
        model = held.models().get(table)
        self.fields = {field.column_name: field for field in model._meta.sorted_fields} if model else {}
        self.refers, self.by, self.people = sqlite.references(table), by, people

    def told(self, name: str, value, row: dict) -> str:
        if self.refers.get(name) == "user":
            return self.people.get(value, str(value))
        if name.endswith("_cents"):
            return money.shown(value, row["currency"]) if row.get("currency") else f"{value / 100:,.2f}"
        return self._reads(name)(value)

    def _reads(self, name: str) -> Callable:
        kinds = {BooleanField: _yes_or_no, UtcField: self._time, DateField: _day}
        words = {"language": language_named, "region": _region, "summary": str, "subject": str}
        kind = next((told for kind, told in kinds.items() if isinstance(self.fields.get(name), kind)), None)
        return kind or words.get(name) or (_code if name in held.CODES else str)

    def _time(self, value) -> str:
        at = value if isinstance(value, datetime) else UtcField().python_value(value)
        return locales.exact(clock.local(at, self.by.timezone), self.by.locale)


def _yes_or_no(value) -> str:
    return "Yes" if value else "No"


def _day(value) -> str:
    return f"{date.fromisoformat(str(value)[:10]):%-d %b %Y}"


def _region(value: str) -> str:
    return places.name_of(value) if places.is_region(value) else value


def _code(value) -> str:
    return str(value).replace("_", " ")
