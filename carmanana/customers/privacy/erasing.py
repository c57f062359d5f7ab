"""Erasing what is held of a customer (domain 10, *Privacy*): the words and the ways to reach them go, the figures stay;
the audit trail stays whole; who asked not to be contacted is kept as a keyed hash. An admin does it, after a look at
what goes."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from peewee import IntegrityError

from carmanana.contacting import attachments, next_steps
from carmanana.contacting.calling import places
from carmanana.contacting.calling.regions import region_of_words
from carmanana.core import audit, clock
from carmanana.core.db import JsonField, Stale, UtcField, database, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.customers.privacy import held, ledger
from carmanana.customers.privacy.held import Part
from carmanana.customers.privacy.reading import title_of
from carmanana.records.activities import Activity
from carmanana.records.consents import DoNotContact
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import WISHES, Customer, CustomerEmail, CustomerPhone
from carmanana.records.deal_codes import ENDED
from carmanana.records.deals import Deal
from carmanana.records.lead_codes import OPEN
from carmanana.records.leads import Lead
from carmanana.records.mail import OutgoingMail
from carmanana.records.people import CRM_ADMIN, User
from carmanana.records.privacy import REASONS, Erasure
from carmanana.records.sales_orders import SalesOrder
from carmanana.records.search import INDEXES
from carmanana.schema import suppressed
from carmanana.schema.leftovers import overwriting, put_together

SINCE = timedelta(hours=2)  # the sweep comes every hour
NAME, BLANK = "Erased customer", "Erased"
SOP = "Privacy"


@dataclass(frozen=True)
class Line:
    """What becomes of one table, for the preview."""

    part: Part
    rows: int

    @property
    def name(self) -> str:
        return title_of(self.part.table)


def preview(customer: Customer) -> list[Line]:
    lines = [Line(part, held.count(part, customer.id)) for part in held.parts()]
    return [line for line in lines if line.rows]


def why_not(customer: Customer) -> list[Refusal]:
    """What is still under way has to end first."""
    found = [
        (Deal, Deal.state.not_in(ENDED), "deal", "An open deal of theirs has to end first."),
        (SalesOrder, SalesOrder.is_open(), "order", "A sales order of theirs has to be delivered or cancelled first."),
        (Lead, Lead.state.in_(OPEN), "lead", "An open lead of theirs has to be closed first."),
        (CustomerCase, CustomerCase.is_open(), "case", "An open case of theirs has to be closed first."),
    ]
    told = [
        Refusal(f"open_{code}", sentence, SOP)
        for model, is_open, code, sentence in found
        if model.select().where(model.customer == customer, is_open).exists()
    ]
    if customer.leaving:
        told.append(Refusal("leaving", "Their cancellation has to be processed or removed first.", SOP))
    return told


def erase(customer: Customer, by: User, reason: str, version: int) -> Erasure:
    if not by.has(CRM_ADMIN):
        raise Forbidden("erase")
    with transaction():
        fresh = Customer.get_or_none(Customer.id == customer.id)
        if fresh is None or fresh.version != version:
            raise Stale(fresh or customer)
        if reason not in REASONS:
            raise Refused([Refusal("reason", "Say why they are erased.", SOP, field="reason")], fresh)
        if refusals := why_not(fresh):
            raise Refused(refusals, fresh)
        files = _files(fresh.id)
        digests = _suppress(fresh)
        erasure = _carry_out(fresh, by, reason, digests, len(files))
    _unlink(files)
    ledger.write_all()
    return erasure


def erase_again(entry: dict) -> bool:
    """What the ledger says was erased before, found again in a database that was restored."""
    with transaction():
        suppressed.keep(entry["digests"], entry["at"])
        customer = Customer.get_or_none(Customer.id == entry["customer"])
        if customer is None or made(customer) != entry["made"]:
            return False
        files = _files(customer.id)
        by = User.get_or_none(User.id == entry["by"])
        _carry_out(customer, by, entry["reason"], _suppress(customer) | set(entry["digests"]), len(files))
    _unlink(files)
    return True


def made(customer: Customer) -> str:
    return Customer.created_at.db_value(customer.created_at)


def _carry_out(customer: Customer, by: User | None, reason: str, digests: set[str], files: int) -> Erasure:
    next_steps.drop(still_to_do(customer), by, clock.now())
    with overwriting():
        rows = _erase_mail(customer) + _erase_rows(customer.id)
    told = {"name": NAME, "details": "", "mood": "", "language": "", "region": region_code(customer.region)}
    facts = dict.fromkeys(WISHES, True) | told | {"version": customer.version + 1}
    Customer.update(**facts).where(Customer.id == customer.id).execute()
    audit.record("erase", customer, by, reason=reason, rows=rows, files=files)
    return Erasure.create(
        customer_number=customer.id,
        customer_made=made(customer),
        reason=reason,
        by=by,
        rows_erased=rows,
        files_erased=files,
        digests=digests,
    )


def still_to_do(customer: Customer):
    return Activity.select().where(Activity.customer == customer, Activity.kind == "task", Activity.done_at.is_null())


def region_code(region: str) -> str:
    """Of what was typed, which may be more than a region."""
    return region if places.is_region(region) else region_of_words(region)


# what they asked for lives on


def _suppress(customer: Customer) -> set[str]:
    """Their wishes as hashes; the plain rows go, unless somebody else has the same number."""
    asked = {(channel, value) for channel, value in _ways(customer) if _asked(customer, channel, value)}
    kept = suppressed.suppress(asked, UtcField().db_value(clock.now())) if asked else set()
    for channel, value in asked:
        if not _somebody_elses(customer, channel, value):
            DoNotContact.delete().where(DoNotContact.channel == channel, DoNotContact.value == value).execute()
    return kept


def _ways(customer: Customer) -> Iterable[tuple[str, str]]:
    phones = [phone.e164 for phone in customer.phones if phone.e164]
    emails = [email.address.lower() for email in customer.emails]
    for channel, kind in suppressed.CHANNELS.items():
        yield from ((channel, value) for value in (phones if kind == "phone" else emails))


def _asked(customer: Customer, channel: str, value: str) -> bool:
    standing = DoNotContact.select().where(
        DoNotContact.channel == channel, DoNotContact.value == value, DoNotContact.lifted_at.is_null()
    )
    return getattr(customer, channel) or standing.exists()


def _somebody_elses(customer: Customer, channel: str, value: str) -> bool:
    model, same = (
        (CustomerEmail, CustomerEmail.same(value))
        if channel == "no_emails"
        else (CustomerPhone, CustomerPhone.e164 == value)
    )
    return model.select().where(same, model.customer != customer).exists()


# rows and files


def _erase_mail(customer: Customer) -> int:
    """What the house has sent to their addresses, but what somebody else has at the same one."""
    own = [email.address for email in customer.emails if not _somebody_elses(customer, "no_emails", email.address)]
    return OutgoingMail.delete().where(OutgoingMail.is_to(own)).execute()


def _erase_rows(customer_id: int) -> int:
    parts = held.parts()
    rows = _drop_steps(parts, customer_id)
    _retire_stories(parts, customer_id)
    for part in reversed(parts):
        if part.table != "customer" and not part.why_kept:
            rows += _drop(part, customer_id) if part.goes else _blank(part, customer_id)
    return rows


def _drop_steps(parts: list[Part], customer_id: int) -> int:
    """What stood before a step, kept to be undone."""
    rows = database.execute_sql("DELETE FROM wants_change").rowcount
    for part in parts:
        if part.table not in held.KEPT_TABLES and "id" in _columns(part.table):
            sql = (
                f'DELETE FROM undo_step WHERE subject = ? AND subject_id IN (SELECT id FROM "{part.table}" WHERE '
                f"{part.of(customer_id)})"
            )
            rows += database.execute_sql(sql, (part.table,)).rowcount
    return rows


def _retire_stories(parts: list[Part], customer_id: int) -> None:
    story = next(part for part in parts if part.table == "story")
    sql = f"UPDATE story SET retired_at = ? WHERE retired_at IS NULL AND ({story.of(customer_id)})"
    database.execute_sql(sql, (UtcField().db_value(clock.now()),))


def _drop(part: Part, customer_id: int) -> int:
    return database.execute_sql(f'DELETE FROM "{part.table}" WHERE {part.of(customer_id)}').rowcount


def _blank(part: Part, customer_id: int) -> int:
    """All its text; where the database wants some, a word."""
    if not part.erased:
        return 0
    where, columns = part.of(customer_id), _columns(part.table)
    counted = ['"version" = "version" + 1'] if "version" in columns else []
    blanks = [f'"{name}" = {_nothing(part.table, name, columns[name])}' for name in part.erased]
    try:
        return _update(part.table, [*blanks, *counted], where)
    except IntegrityError:
        return max(_blank_one(part.table, name, columns[name], where) for name in part.erased)


def _blank_one(table: str, name: str, required: bool, where: str) -> int:
    """A column that takes neither nothing nor a word holds codes, and stays."""
    for value in (_nothing(table, name, required), f"'{BLANK}'", f"'{BLANK} ' || id"):
        with contextlib.suppress(IntegrityError):
            return _update(table, [f'"{name}" = {value}'], where)
    return 0


def _update(table: str, sets: list[str], where: str) -> int:
    with transaction():
        return database.execute_sql(f'UPDATE "{table}" SET {", ".join(sets)} WHERE {where}').rowcount


def forget_words(as_of: datetime) -> None:
    """After an erasure, what the indexes of words still hold of it."""
    if Erasure.select().where(Erasure.at > as_of - SINCE).exists():
        for index in INDEXES:
            put_together(index._meta.table_name)


def _nothing(table: str, name: str, required: bool) -> str:
    model = held.models().get(table)
    field = model and next((one for one in model._meta.sorted_fields if one.column_name == name), None)
    empty = "'[]'" if isinstance(field, JsonField) else "''"
    return empty if required else "NULL"


def _columns(table: str) -> dict[str, bool]:
    return {name: required for name, required, _ in held.sqlite.typed_columns(table)}


def _files(customer_id: int) -> list[str]:
    """Stored names of files that nobody else has."""
    found: set[str] = set()
    for part in held.parts():
        if "stored" in part.erased:
            rows = database.execute_sql(f'SELECT stored FROM "{part.table}" WHERE {part.of(customer_id)}').fetchall()
            found |= {stored for (stored,) in rows if stored}
    return sorted(found)


def _unlink(files: list[str]) -> None:
    for stored in files:
        Path(attachments.folder / stored).unlink(missing_ok=True)
