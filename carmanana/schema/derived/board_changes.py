"""What happens on a board, in its order (`board_change`), so that whoever looks at it asks for what is new alone.
Columns are kept drawn until it tells of them: it tells of everything that a board shows.

A line names a deal and the column that it stands in, or stood in until then. Without a deal the whole board is meant;
without a pipeline, all of them. `event_id` is the last event before the change."""

from collections.abc import Iterator

from .declared import Part, changed, trigger

KEPT = 10_000
PRUNED_EVERY = 1_000

TELL = "INSERT INTO board_change (pipeline_id, deal_id, stage_id, state, event_id)"
BEFORE = "(SELECT COALESCE(MAX(id), 0) FROM event)"
ALL_BOARDS = f"{TELL} VALUES (NULL, NULL, NULL, NULL, {BEFORE});"
THE_BOARD = f"{TELL} VALUES (NEW.pipeline_id, NULL, NULL, NULL, {BEFORE});"


def the_deal(row: str) -> str:
    return f"{TELL} VALUES ({row}.pipeline_id, {row}.id, {row}.stage_id, {row}.state, {BEFORE});"


def deals(whose: str) -> str:
    return f"{TELL} SELECT pipeline_id, id, stage_id, state, {BEFORE} FROM deal WHERE {whose};"


def of_deal(row: str) -> str:
    return deals(f"id = {row}.deal_id")


def of_same_person(row: str) -> str:
    """All orders of one person, who may be several records that share a number or an address."""
    return deals(
        f"""id <> NEW.id AND customer_id IN (
  SELECT {row}.customer_id
  UNION SELECT same.customer_id FROM customer_phone AS theirs JOIN customer_phone AS same ON same.e164 = theirs.e164
  WHERE theirs.customer_id = {row}.customer_id
  UNION SELECT same.customer_id FROM customer_email AS theirs JOIN customer_email AS same ON LOWER(same.address) = LOWER(theirs.address)
  WHERE theirs.customer_id = {row}.customer_id)"""
    )


def sharing(table: str, row: str) -> str:
    word = {"customer_phone": "e164 = {row}.e164", "customer_email": "LOWER(address) = LOWER({row}.address)"}[table]
    same = f"SELECT customer_id FROM {table} WHERE {word.format(row=row)}"
    return deals(f"customer_id IN (SELECT {row}.customer_id UNION {same})")


COLUMN = ("pipeline_id", "state", "stage_id")
SHOWN = (  # and what its filter looks at
    *COLUMN, "version", "customer_id", "readiness", "owner_id", "currency", "value_cents", "vehicle_year", "vehicle_make",
    "vehicle_model", "loss_reason", "flagged_at", "retention_id", "in_stage_since", "state_since", "won_at", "eta_on", "delivered_on",
    "order_type", "external_id",
)  # fmt: skip
STAGE = (
    "version", "name", "position", "accent", "requires", "ageing_days", "archived", "probability", "most_deals"
)  # fmt: skip
REVIEW = ("state", "due_at", "attempted_at", "reviewer_id", "ended_at")
CONTACT = {
    "customer_phone": ("customer_id", "e164", "typed", "position", "wrong_at"),
    "customer_email": ("customer_id", "address"),
}


def told() -> Iterator[tuple[str, str, str]]:
    """A name, when it is, and what is told then."""
    yield "deal_new", "INSERT ON deal", the_deal("NEW")
    yield "deal_gone", "DELETE ON deal", the_deal("OLD")
    yield "deal", changed("deal", *SHOWN), the_deal("NEW")
    yield "deal_left", changed("deal", *COLUMN), the_deal("OLD")
    under_review = "(OLD.state = 'cancellation_requested') IS NOT (NEW.state = 'cancellation_requested')"
    yield "lock", f"UPDATE OF state ON deal WHEN {under_review}", of_same_person("NEW")
    yield "other_client", changed("deal", "customer_id"), of_same_person("OLD") + of_same_person("NEW")
    yield from of_steps()
    yield "hold_new", "INSERT ON hold", of_deal("NEW")
    yield "hold_gone", "DELETE ON hold", of_deal("OLD")
    yield "hold", changed("hold", "deal_id", "sub_status", "follow_up_on", "lifted_at"), of_deal("NEW")
    yield "review_new", "INSERT ON cancellation_request", of_deal("NEW")
    yield "review", changed("cancellation_request", *REVIEW), of_deal("NEW")
    yield "client", changed("customer", "name", "no_calls"), deals("customer_id = NEW.id")
    for table, shown in CONTACT.items():
        yield f"{table}_new", f"INSERT ON {table}", sharing(table, "NEW")
        yield f"{table}_gone", f"DELETE ON {table}", sharing(table, "OLD")
        yield table, changed(table, *shown), sharing(table, "OLD") + sharing(table, "NEW")
    yield "locked_new", "INSERT ON locked_customer", deals("customer_id = NEW.customer_id")
    yield "locked_gone", "DELETE ON locked_customer", deals("customer_id = OLD.customer_id")
    yield from of_all()


def of_steps() -> Iterator[tuple[str, str, str]]:
    is_open = "{row}.kind = 'task' AND {row}.done_at IS NULL AND {row}.deal_id IS NOT NULL"
    yield "step_new", f"INSERT ON activity WHEN {is_open.format(row='NEW')}", of_deal("NEW")
    yield "step_gone", f"DELETE ON activity WHEN {is_open.format(row='OLD')}", of_deal("OLD")
    moved = changed("activity", "deal_id", "kind", "subject", "due_at", "done_at")
    yield "step", f"{moved} AND 'task' IN (OLD.kind, NEW.kind)", of_deal("OLD") + of_deal("NEW")


def of_all() -> Iterator[tuple[str, str, str]]:
    yield "person", changed("user", "name", "email", "roles", "deactivated_at"), ALL_BOARDS
    yield "person_new", "INSERT ON user", ALL_BOARDS
    yield "pipeline", changed("pipeline", "name", "slug", "order_type", "position"), ALL_BOARDS
    yield "pipeline_new", "INSERT ON pipeline", ALL_BOARDS
    yield "stage_new", "INSERT ON stage", THE_BOARD
    yield "stage", changed("stage", *STAGE), THE_BOARD
    newest = "(SELECT MAX(id) FROM board_change WHERE deal_id IS NULL)"  # as long as nothing of the kind is told again
    pruned = f"DELETE FROM board_change WHERE id <= NEW.id - {KEPT} AND id IS NOT {newest};"
    yield "pruned", f"INSERT ON board_change WHEN NEW.id % {PRUNED_EVERY} = 0", pruned


PARTS = (
    Part(
        "board_changes",
        tuple(trigger(f"board_change_{name}", f"AFTER {when}", what) for name, when, what in told()),
    ),
)
