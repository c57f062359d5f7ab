"""Everything that is held of one customer, as data; `reading` tells it to a reader."""

from collections.abc import Iterator

from carmanana.core import audit, clock
from carmanana.core.db import database
from carmanana.core.workflow import Forbidden
from carmanana.customers.privacy import held
from carmanana.records.consents import DoNotContact
from carmanana.records.customers import Customer
from carmanana.records.people import COMPLIANCE, CRM_ADMIN, User


def may_read(by: User) -> bool:
    return by.has(CRM_ADMIN, COMPLIANCE)


def everything(customer: Customer, by: User) -> dict:
    """By table, every row of theirs. That it was asked for is written in the audit trail."""
    if not may_read(by):
        raise Forbidden("export")
    tables = dict(_tables(customer))
    audit.record("export_person", customer, by, rows=sum(map(len, tables.values())))
    return {"customer": customer.id, "taken_at": clock.now().isoformat(timespec="seconds"), "held": tables}


def _tables(customer: Customer) -> Iterator[tuple[str, list[dict]]]:
    ids: dict[str, list[int]] = {}
    for part in held.parts():
        if rows := _rows(f'SELECT * FROM "{part.table}" WHERE {part.of(customer.id)}'):
            ids[part.table] = [row["id"] for row in rows if "id" in row]
            yield part.table, rows
    for table in ("undo_step", "event"):
        if rows := [row for subject, numbers in ids.items() for row in _about(table, subject, numbers)]:
            yield table, rows
    if wishes := _wishes(customer):
        yield "do_not_contact", wishes


def _about(table: str, subject: str, numbers: list[int]) -> list[dict]:
    listed = ", ".join(f"{number:d}" for number in numbers)
    return _rows(f"SELECT * FROM {table} WHERE subject = ? AND subject_id IN ({listed})", (subject,))


def _wishes(customer: Customer) -> list[dict]:
    values = [phone.e164 for phone in customer.phones if phone.e164]
    values += [email.address.lower() for email in customer.emails]
    return list(DoNotContact.select().where(DoNotContact.value.in_(values)).dicts()) if values else []


def _rows(sql: str, values: tuple = ()) -> list[dict]:
    cursor = database.execute_sql(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
