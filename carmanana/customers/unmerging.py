"""Parting two records that were merged by mistake, within a day: what hung on each hangs there again. What was done
with the customer since stays with the one who stayed, and so does what either asked not to be done."""

from datetime import datetime, timedelta

from peewee import fn

from carmanana.core import audit, clock
from carmanana.core.db import database, transaction
from carmanana.core.query import again, prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, MergedCustomer, Person
from carmanana.records.departures import PENDING, PROCESSED, Departure
from carmanana.records.people import User
from carmanana.schema import locked_people
from carmanana.schema.sqlite import references_to, row_key

MERGED = "Merged with another record of theirs"
LASTS = timedelta(days=1)
FACTS = ("name", "folded", "region", "timezone", "language", "owner_id", "mood", "details", "status")
WISHES = ("no_calls", "no_emails", "no_texts")
STANDS = {PENDING: "pending_cancellation", PROCESSED: "cancelled"}
MOVED = ("customer_phone", "customer_email", "person")


def before(kept: Customer, gone: Customer) -> dict:
    """As both stand before they are merged: the rows of the one that goes, what refers to it, and the facts of the
    other."""
    one, other = Person.first_of(kept), Person.first_of(gone)
    return {
        "gone": _row("customer", gone.id),
        "rows": {table: _rows(table, gone.id) for table in MOVED},
        "kept": {name: value for name, value in _row("customer", kept.id).items() if name in (*FACTS, *WISHES)},
        "people": [one.id, other.id],
        "refer": {**_refer("customer", gone.id), **_refer("person", other.id)},
    }


def after(stood: dict, kept: Customer) -> dict:
    """With what became of the one that stays, so that only what the merge changed comes back."""
    row = _row("customer", kept.id)
    return stood | {"became": {name: row[name] for name in stood["kept"]}}


def _row(table: str, id: int) -> dict:
    return _dicts(f'SELECT * FROM "{table}" WHERE id = ?', id)[0]


def _rows(table: str, customer_id: int) -> list[dict]:
    return _dicts(f'SELECT * FROM "{table}" WHERE customer_id = ? ORDER BY id', customer_id)


def _dicts(sql: str, *values) -> list[dict]:
    cursor = database.execute_sql(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _refer(target: str, id: int) -> dict[str, list[int]]:
    """By "table.column", the rows that refer to it."""
    found = {}
    for table, column in references_to(target):
        key = row_key(table)
        rows = database.execute_sql(f'SELECT "{key}" FROM "{table}" WHERE "{column}" = ?', (id,)).fetchall()
        if rows and table not in MOVED:
            found[f"{table}.{column}"] = [number for (number,) in rows]
    return found


def newest(customer: Customer) -> MergedCustomer | None:
    """The last merge into this record that can be undone still."""
    return _newest.first(customer.id, clock.now() - LASTS)


@prepared
def _newest(customer_id, since):
    into = MergedCustomer.into == customer_id
    found = MergedCustomer.select().where(into, MergedCustomer.undo.is_null(False), MergedCustomer.at > since)
    return found.order_by(MergedCustomer.at.desc(), MergedCustomer.id.desc()).limit(1)


def part(customer: Customer, by: User) -> Customer:
    """The record that went, as it stands again."""
    if not by.is_manager:
        raise Forbidden("unmerge")
    with transaction():
        kept = again(customer)
        merged = newest(kept)
        if merged is None:
            raise Refused([Refusal("too_late", "A merge is undone within a day, the last one first.")], kept)
        stood, gone_id = merged.undo, merged.id
        merged.delete_instance()
        _bring_back(stood)
        _send_back(stood, kept.id)
        _restore(stood, kept)
        for one in (kept, gone := Customer.get_by_id(gone_id)):
            _follow_departures(one)
        locked_people.refresh(kept.id, gone.id)
        _forget_what_was_not_kept(kept)
        _write_down(kept, gone, by)
    return gone


def _bring_back(stood: dict) -> None:
    """The customer, their people, numbers and addresses, under the ids that they had."""
    gone = stood["gone"]
    _insert("customer", gone)
    database.execute_sql(
        "DELETE FROM person WHERE customer_id = ?", (gone["id"],)
    )  # the one that a new customer begins with
    for table in ("person", "customer_phone", "customer_email"):
        for row in stood["rows"][table]:
            database.execute_sql(f'DELETE FROM "{table}" WHERE id = ?', (row["id"],))
            _insert(table, row)


def _insert(table: str, row: dict) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    database.execute_sql(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', list(row.values()))


def _send_back(stood: dict, kept_id: int) -> None:
    """What referred to the one that went, as far as it still is with the one that stayed."""
    one, other = stood["people"]
    for where, keys in stood["refer"].items():
        table, column = where.split(".")
        was, back = (one, other) if column == "person_id" else (kept_id, stood["gone"]["id"])
        counted = ', "version" = "version" + 1' if table == "deal" else ""
        for number in keys:
            database.execute_sql(
                f'UPDATE "{table}" SET "{column}" = ?{counted} WHERE "{row_key(table)}" = ? AND "{column}" = ?',
                (back, number, was),
            )


def _restore(stood: dict, kept: Customer) -> None:
    """Facts that nobody has changed since the merge."""
    now = _row("customer", kept.id)
    back = {
        name: value
        for name, value in stood["kept"].items()
        if name not in WISHES and now[name] == stood["became"][name]
    }
    sets = ", ".join(f'"{name}" = ?' for name in back)
    database.execute_sql(
        f"UPDATE customer SET {sets + ', ' if sets else ''}version = version + 1 WHERE id = ?",
        [*back.values(), kept.id],
    )


def _follow_departures(customer: Customer) -> None:
    """A cancellation that was begun, processed or removed since the merge holds for whose it is now."""
    newest = Departure.newest(customer)
    status = STANDS.get(newest.state, "live") if newest else "live"
    Customer.update(status=status).where(Customer.id == customer.id, Customer.status != status).execute()


def _forget_what_was_not_kept(kept: Customer) -> None:
    """The note of the merge tells facts of the other one, who is nobody's part any more."""
    notes = Activity.select(fn.MAX(Activity.id)).where(Activity.customer == kept, Activity.subject == MERGED)
    told = {"subject": f"{MERGED}, undone since", "summary": "", "version": Activity.version + 1}
    Activity.update(told).where(Activity.id.in_(notes), Activity.kind == "note").execute()


def _write_down(kept: Customer, gone: Customer, by: User) -> None:
    Activity.create(customer=kept, kind="note", subject="Parted again from another record", summary="", author=by)
    audit.record("unmerge", kept, by, parted=gone.id)
    audit.record("unmerged", gone, by, was_merged_into=kept.id)


def forget(as_of: datetime) -> None:
    """After a day what it took to undo a merge is thrown away."""
    MergedCustomer.update(undo=None).where(
        MergedCustomer.undo.is_null(False), MergedCustomer.at < as_of - LASTS
    ).execute()
