"""Columns of a deal that follow other rows, so that boards and lists find and sort by them: its soonest open step, its
standing hold, and its customer's name as it is sorted. A lead has its soonest open step too, and whether its person
has a number that works and was not closed to calls."""

from .declared import Fill, Part, changed, trigger

SOONEST = "(SELECT MIN(due_at) FROM activity WHERE deal_id = {deal} AND kind = 'task' AND done_at IS NULL)"
HELD = "(SELECT follow_up_on FROM hold WHERE deal_id = {deal} AND lifted_at IS NULL)"
NAME = "(SELECT folded FROM customer WHERE id = {customer})"


def filled(column: str, value: str, table: str = "deal") -> tuple[Fill, ...]:
    """Only where it is something else: most rows of an older database are right."""
    return (
        Fill(
            table,
            f"UPDATE {table} SET {column} = {value} WHERE id > :after AND id <= :until AND {column} IS NOT {value}",
        ),
    )


def follow(column: str, value: str, row: str) -> str:
    return f"UPDATE deal SET {column} = {value.format(deal=f'{row}.deal_id')} WHERE id = {row}.deal_id;"


def open_step(row: str) -> str:
    return f"{row}.deal_id IS NOT NULL AND {row}.kind = 'task' AND {row}.done_at IS NULL"


DUE_OLD, DUE_NEW = follow("next_due_at", SOONEST, "OLD"), follow("next_due_at", SOONEST, "NEW")
DUE = Part(
    "next_due_at",
    (
        trigger("deal_due_of_step", f"AFTER INSERT ON activity WHEN {open_step('NEW')}", DUE_NEW),
        trigger(
            "deal_due_of_changed",
            "AFTER UPDATE OF deal_id, kind, due_at, done_at ON activity WHEN OLD.kind = 'task' OR NEW.kind = 'task'",
            DUE_OLD,
            DUE_NEW,
        ),
        trigger("deal_due_of_gone", f"AFTER DELETE ON activity WHEN {open_step('OLD')}", DUE_OLD),
    ),
    filled("next_due_at", SOONEST.format(deal="deal.id")),
)

OF_LEAD = "(SELECT MIN(due_at) FROM activity WHERE lead_id = {lead} AND kind = 'task' AND done_at IS NULL)"
LEAD_OLD, LEAD_NEW = (
    f"UPDATE lead SET next_due_at = {OF_LEAD.format(lead=f'{row}.lead_id')} WHERE id = {row}.lead_id;"
    for row in ("OLD", "NEW")
)
LEAD_DUE = Part(
    "next_due_at_of_lead",
    (
        trigger(
            "lead_due_of_step",
            "AFTER INSERT ON activity WHEN NEW.lead_id IS NOT NULL AND NEW.kind = 'task' AND NEW.done_at IS NULL",
            LEAD_NEW,
        ),
        trigger(
            "lead_due_of_changed",
            "AFTER UPDATE OF lead_id, kind, due_at, done_at ON activity WHEN OLD.kind = 'task'"
            " AND (OLD.lead_id IS NOT NULL OR NEW.lead_id IS NOT NULL)",
            LEAD_OLD,
            LEAD_NEW,
        ),
        trigger(
            "lead_due_of_gone",
            "AFTER DELETE ON activity WHEN OLD.lead_id IS NOT NULL AND OLD.kind = 'task' AND OLD.done_at IS NULL",
            LEAD_OLD,
        ),
    ),
    filled("next_due_at", OF_LEAD.format(lead="lead.id"), "lead"),
)

CALLABLE = """(NOT EXISTS (SELECT 1 FROM person WHERE id = {person} AND no_calls)
  AND EXISTS (SELECT 1 FROM customer_phone WHERE person_id = {person} AND wrong_at IS NULL AND e164 IS NOT NULL))"""
CALLED_OLD, CALLED_NEW = (
    f"UPDATE lead SET callable = {CALLABLE.format(person=person)} WHERE person_id = {person};"
    for person in ("OLD.person_id", "NEW.person_id")
)
CALLED = f"UPDATE lead SET callable = {CALLABLE.format(person='NEW.person_id')} WHERE id = NEW.id;"
LEAD_CALLABLE = Part(
    "callable_of_lead",
    (
        trigger("lead_callable", "AFTER INSERT ON lead", CALLED),
        trigger("lead_callable_other", f"AFTER {changed('lead', 'person_id')}", CALLED),
        trigger(
            "lead_callable_wish",
            f"AFTER {changed('person', 'no_calls')}",
            f"UPDATE lead SET callable = {CALLABLE.format(person='NEW.id')} WHERE person_id = NEW.id;",
        ),
        trigger("lead_callable_number", "AFTER INSERT ON customer_phone WHEN NEW.e164 IS NOT NULL", CALLED_NEW),
        trigger(
            "lead_callable_number_changed",
            f"AFTER {changed('customer_phone', 'person_id', 'e164', 'wrong_at')}",
            CALLED_OLD,
            CALLED_NEW,
        ),
        trigger("lead_callable_number_gone", "AFTER DELETE ON customer_phone WHEN OLD.e164 IS NOT NULL", CALLED_OLD),
    ),
    filled("callable", CALLABLE.format(person="lead.person_id"), "lead"),
)

HELD_OLD, HELD_NEW = follow("held_until", HELD, "OLD"), follow("held_until", HELD, "NEW")
HOLD = Part(
    "held_until",
    (
        trigger("deal_held", "AFTER INSERT ON hold", HELD_NEW),
        trigger("deal_held_changed", "AFTER UPDATE OF deal_id, follow_up_on, lifted_at ON hold", HELD_OLD, HELD_NEW),
        trigger("deal_held_gone", "AFTER DELETE ON hold", HELD_OLD),
    ),
    filled("held_until", HELD.format(deal="deal.id")),
)

NAMED = f"UPDATE deal SET client = {NAME.format(customer='NEW.customer_id')} WHERE id = NEW.id;"
CUSTOMER = Part(
    "sorted_by_customer",
    (
        trigger("deal_client", "AFTER INSERT ON deal", NAMED),
        trigger("deal_client_other", "AFTER UPDATE OF customer_id ON deal", NAMED),
        trigger(
            "deal_client_renamed",
            "AFTER UPDATE OF folded ON customer WHEN OLD.folded <> NEW.folded",
            "UPDATE deal SET client = NEW.folded WHERE customer_id = NEW.id;",
        ),
    ),
    filled("client", NAME.format(customer="deal.customer_id")),
)

PARTS = (DUE, LEAD_DUE, LEAD_CALLABLE, HOLD, CUSTOMER)
