"""Whom the contact lock means: every record that shares a number or an address, in whatever form, with what an order
under cancellation review remembers (domain 4, *Contact lock*).

`locked_key` holds what was remembered, `locked_customer` the records that it makes one. Both end with the review: the
database clears them when the order leaves Losing Order. Rows are read as they are, since a migration reads them too."""

from collections.abc import Iterable, Iterator

from carmanana.core.contact_keys import ADDRESS, DIGITS, NATIONAL, WHOLE, Key, asked_keys, kept_keys, meet
from carmanana.core.db import database
from carmanana.schema import suppressed

MOST_RECORDS = 50  # of one person; beyond, a number is shared by a whole firm
AT_ONCE = 500
LONG_LINE = 24  # characters: more than one number may stand in it


def remember(deal_id: int, customer_ids: Iterable[int]) -> None:
    """These records are the locked person: so are all that share something with them."""
    found, waiting = set(), set(customer_ids)
    while waiting and len(found) < MOST_RECORDS:
        customer_id = waiting.pop()
        found.add(customer_id)
        kept = {key for reach in _reach_of([customer_id]).values() for key in kept_keys(*reach)}
        insert_ignoring("locked_key", ("deal_id", "form", "extension"), [(deal_id, *key) for key in sorted(kept)])
        waiting |= sharing(kept) - found
    insert_ignoring(
        "locked_customer", ("deal_id", "customer_id"), [(deal_id, customer_id) for customer_id in sorted(found)]
    )


def refresh(*customer_ids: int) -> None:
    """After numbers or addresses were written: who shares one with a locked person is locked, and what they have is
    remembered; what was asked of us before they were erased holds again."""
    suppressed.awaken(customer_ids)
    for customer_id, deal_ids in _locking(customer_ids).items() if _anybody_locked() else ():
        for deal_id in sorted(deal_ids):
            remember(deal_id, [customer_id])


def begin(deal_id: int, customer_id: int) -> None:
    """What their other open reviews remember is remembered by this one too."""
    remember(deal_id, [customer_id])
    rows = database.execute_sql(
        "SELECT DISTINCT form, extension FROM locked_key WHERE deal_id IN (SELECT deal_id FROM locked_customer WHERE "
        "customer_id = ?)",
        (customer_id,),
    )
    insert_ignoring("locked_key", ("deal_id", "form", "extension"), [(deal_id, *key) for key in rows.fetchall()])


def fill() -> None:
    """Every order that is under review now."""
    for deal_id, customer_id in database.execute_sql(
        "SELECT id, customer_id FROM deal WHERE state = 'cancellation_requested'"
    ).fetchall():
        begin(deal_id, customer_id)


def _anybody_locked() -> bool:
    return database.execute_sql("SELECT 1 FROM locked_key LIMIT 1").fetchone() is not None


def _locking(customer_ids: Iterable[int]) -> dict[int, set[int]]:
    """By record, the orders under review whose memory it meets."""
    asked = {customer_id: asked_keys(*reach) for customer_id, reach in _reach_of(customer_ids).items()}
    kept: dict[str, set[tuple[int, Key]]] = {}
    for deal_id, *key in _in_parts(
        "SELECT deal_id, form, extension FROM locked_key WHERE form IN ({})",
        {form for keys in asked.values() for form, _ in keys},
    ):
        kept.setdefault(key[0], set()).add((deal_id, tuple(key)))
    found = {
        id: {deal_id for one in keys for deal_id, key in kept.get(one[0], ()) if meet(one, key)}
        for id, keys in asked.items()
    }
    for customer_id, deal_id in _in_parts(
        "SELECT customer_id, deal_id FROM locked_customer WHERE customer_id IN ({})", asked
    ):
        found[customer_id].add(deal_id)
    return {customer_id: deal_ids for customer_id, deal_ids in found.items() if deal_ids}


def _reach_of(customer_ids: Iterable[int]) -> dict[int, tuple[list, list, str]]:
    """By record: its numbers, its addresses and its region."""
    reach = {
        id: ([], [], region)
        for id, region in _in_parts("SELECT id, region FROM customer WHERE id IN ({})", customer_ids)
    }
    for customer_id, typed, whole in _in_parts(
        "SELECT customer_id, typed, e164 FROM customer_phone WHERE customer_id IN ({})", reach
    ):
        reach[customer_id][0].append((typed, whole))
    for customer_id, address in _in_parts(
        "SELECT customer_id, address FROM customer_email WHERE customer_id IN ({})", reach
    ):
        reach[customer_id][1].append(address)
    return reach


def _in_parts(sql: str, given: Iterable) -> Iterator[tuple]:
    given = list(given)
    for start in range(0, len(given), AT_ONCE):
        part = given[start : start + AT_ONCE]
        yield from database.execute_sql(sql.format(", ".join("?" * len(part))), part).fetchall()


# who else has it


def sharing(kept: set[Key]) -> set[int]:
    """The records that one of these numbers or addresses belongs to."""
    perhaps = _reach_of(_with_numbers(kept) | _with_addresses(kept))
    return {
        customer_id
        for customer_id, reach in perhaps.items()
        if any(meet(one, key) for one in asked_keys(*reach) for key in kept)
    }


def _with_numbers(kept: set[Key]) -> set[int]:
    """By the international form; numbers that have none, and lines of several, by the digits in them."""
    wholes = {form.removeprefix(WHOLE) for form, _ in kept if form.startswith(WHOLE)}
    digits = {form.partition(":")[2] for form, _ in kept if form.startswith((NATIONAL, DIGITS))}
    found = _ids(
        "SELECT customer_id FROM customer_phone WHERE e164 IN ({})", [*wholes, *(f"+1{form}" for form in digits)]
    )
    loose = (
        f"SELECT customer_id, digits(typed) AS typed FROM customer_phone WHERE e164 IS NULL OR length(typed) "
        f"> {LONG_LINE}"
    )
    for form in digits:
        found |= _ids(f"SELECT customer_id FROM ({loose}) WHERE instr(typed, {{}})", [form])
    return found


def _with_addresses(kept: set[Key]) -> set[int]:
    found = set()
    for address in (form.removeprefix(ADDRESS) for form, _ in kept if form.startswith(ADDRESS)):
        name, _, domain = address.rpartition("@")
        found |= _ids("SELECT customer_id FROM customer_email WHERE LOWER(address) IN ({})", [address])
        found |= _ids(
            "SELECT customer_id FROM customer_email WHERE address LIKE {} ESCAPE '!'",
            [f"{_literal(name)}+%@{_literal(domain)}"],
        )
    return found


def _literal(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _ids(sql: str, given: list) -> set[int]:
    return {customer_id for (customer_id,) in _in_parts(sql, given)}


def insert_ignoring(table: str, columns: tuple[str, ...], rows: list[tuple]) -> None:
    """Those that are not there yet."""
    places = ", ".join("?" * len(columns))
    for row in rows:
        database.execute_sql(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) ON CONFLICT DO NOTHING", row
        )
