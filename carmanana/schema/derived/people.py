"""The people of a customer: each customer has a first one, numbers, addresses and leads without a person are that
one's. What a customer asks for holds for all of their people, and what every one of them asks for is the customer's. A
wish not to be contacted is taken back of a person, never by way of the others; it is remembered for each number and
address that it was said of, wherever it comes again."""

from collections.abc import Iterator

from .declared import Part, trigger

CHANNELS = {"no_calls": "phone", "no_texts": "phone", "no_emails": "email"}
VALUE = {"phone": "e164", "email": "LOWER(address)"}
NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
FIRST = "(SELECT id FROM person WHERE customer_id = NEW.customer_id ORDER BY position, id LIMIT 1)"


def kept() -> Iterator[tuple[str, str, str]]:
    """A name, when it is, and what is done then."""
    wishes = ", ".join(CHANNELS)
    values = ", ".join(f"NEW.{wish}" for wish in CHANNELS)
    first = f"INSERT INTO person (customer_id, {wishes}) VALUES (NEW.id, {values});"
    yield "customer_person", "INSERT ON customer", first
    for table in ("customer_phone", "customer_email", "lead"):
        whose = f"UPDATE {table} SET person_id = {FIRST} WHERE id = NEW.id;"
        yield f"{table}_of_person", f"INSERT ON {table} WHEN NEW.person_id IS NULL", whose
    for wish, reach in CHANNELS.items():
        yield from in_step(wish)
        yield from remembered(wish, reach)


def in_step(wish: str) -> Iterator[tuple[str, str, str]]:
    """Of customer and people, whichever is written."""
    all_of_them = f"COALESCE((SELECT MIN({wish}) FROM person WHERE customer_id = NEW.customer_id), {wish})"
    changed = f"NEW.{wish} IS NOT OLD.{wish}"
    alone = "(SELECT COUNT(*) FROM person WHERE customer_id = NEW.id) = 1"
    down = f"UPDATE person SET {wish} = NEW.{wish} WHERE customer_id = NEW.id;"
    up = f"UPDATE customer SET {wish} = {all_of_them} WHERE id = NEW.customer_id AND {wish} IS NOT {all_of_them};"
    yield f"customer_{wish}_of_people", f"UPDATE OF {wish} ON customer WHEN {changed} AND (NEW.{wish} OR {alone})", down
    yield f"person_{wish}_of_customer", f"UPDATE OF {wish} ON person WHEN {changed}", up
    yield f"person_{wish}_of_another", "INSERT ON person", up
    yield f"person_{wish}_of_fewer", "DELETE ON person", up.replace("NEW.", "OLD.")


def remembered(wish: str, reach: str) -> Iterator[tuple[str, str, str]]:
    asked = f"(SELECT {wish} FROM person WHERE id = NEW.person_id)"
    table, word = f"customer_{reach}", "e164" if reach == "phone" else "address"
    one = _remember(wish, reach, "id = NEW.id")
    said = f"UPDATE OF {wish} ON person WHEN NEW.{wish} AND NOT OLD.{wish}"
    yield f"person_{wish}_remembered", said, _remember(wish, reach, "person_id = NEW.id")
    yield f"{reach}_{wish}_remembered", f"UPDATE OF person_id, {word} ON {table} WHEN {asked}", one
    yield f"{reach}_{wish}_remembered_new", f"INSERT ON {table} WHEN {asked}", one


def _remember(wish: str, reach: str, whose: str) -> str:
    value = VALUE[reach]
    found = f"SELECT '{wish}', {value}, {NOW} FROM customer_{reach} WHERE {whose} AND {value} <> ''"
    return f"INSERT OR IGNORE INTO do_not_contact (channel, value, since) {found};"


PARTS = (Part("people", tuple(trigger(name, f"AFTER {when}", done) for name, when, done in kept())),)
