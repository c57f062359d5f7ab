"""The log of board changes tells of everything that a board shows, since columns are kept drawn until it tells of them:
a lock that comes with a number or an address that two clients share, people who come, go or change their roles, pipelines."""

from collections.abc import Iterator

TELL = "INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id)"
BEFORE = "(SELECT COALESCE(MAX(id), 0) FROM event)"
DEALS = f"{TELL} SELECT pipeline_id, id, stage_id, state, {BEFORE} FROM deal WHERE {{whose}};"
ALL_BOARDS = f"{TELL} VALUES (NULL, NULL, NULL, NULL, {BEFORE});"

SHARES = {
    "customer_phone": "SELECT {row}.customer_id UNION SELECT customer_id FROM customer_phone WHERE e164 = {row}.e164",
    "customer_email": "SELECT {row}.customer_id UNION SELECT customer_id FROM customer_email WHERE LOWER(address) = LOWER({row}.address)",
}
SHOWN = {"customer_phone": ("customer_id", "e164", "typed", "position"), "customer_email": ("customer_id", "address")}
OF_SAME_PERSON = DEALS.format(
    whose="""id <> NEW.id AND customer_id IN (
  SELECT NEW.customer_id
  UNION SELECT same.customer_id FROM customer_phone AS theirs JOIN customer_phone AS same ON same.e164 = theirs.e164
  WHERE theirs.customer_id = NEW.customer_id
  UNION SELECT same.customer_id FROM customer_email AS theirs JOIN customer_email AS same ON LOWER(same.address) = LOWER(theirs.address)
  WHERE theirs.customer_id = NEW.customer_id)"""
)
PERSON = ("name", "email", "roles", "deactivated_at")
PIPELINE = ("name", "slug", "position")


def differs(*columns: str) -> str:
    return f"({', '.join(f'OLD.{name}' for name in columns)}) IS NOT ({', '.join(f'NEW.{name}' for name in columns)})"


def changed(table: str, *columns: str) -> str:
    return f"UPDATE OF {', '.join(columns)} ON {table} WHEN {differs(*columns)}"


def triggers() -> Iterator[tuple[str, str, str]]:
    """A name, when it is, and what is told then; those of a name that there is already are replaced."""
    under_review = "(OLD.state = 'cancellation_requested') IS NOT (NEW.state = 'cancellation_requested')"
    yield "lock", f"UPDATE OF state ON deal WHEN {under_review}", OF_SAME_PERSON
    yield (
        "other_client",
        changed("deal", "customer_id"),
        OF_SAME_PERSON.replace("NEW.customer_id", "OLD.customer_id") + OF_SAME_PERSON,
    )
    for table in SHARES:
        old, new = (DEALS.format(whose=f"customer_id IN ({SHARES[table].format(row=row)})") for row in ("OLD", "NEW"))
        yield f"{table}_new", f"INSERT ON {table}", new
        yield f"{table}_gone", f"DELETE ON {table}", old
        yield table, changed(table, *SHOWN[table]), old + new
    yield "person", changed("user", *PERSON), ALL_BOARDS
    yield "person_new", "INSERT ON user", ALL_BOARDS
    yield "pipeline", changed("pipeline", *PIPELINE), ALL_BOARDS
    yield "pipeline_new", "INSERT ON pipeline", ALL_BOARDS


def up(migrator, db):
    for name, when, told in triggers():
        db.execute_sql(f"DROP TRIGGER IF EXISTS board_change_{name}")
        db.execute_sql(f"CREATE TRIGGER board_change_{name} AFTER {_unless_in_bulk(when)} BEGIN {told} END")


def _unless_in_bulk(when: str) -> str:
    """Whatever is written in bulk is told of once, at its end."""
    event, _, holds = when.partition(" WHEN ")
    return f"{event} WHEN NOT EXISTS (SELECT 1 FROM search_paused)" + (f" AND ({holds})" if holds else "")
