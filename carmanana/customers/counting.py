"""How many customers each chip of their list finds, as contact.visible has it, counted no further than is said: whom a
person sees is gone through from what makes them seen, the same one not twice."""

from carmanana.core.db import database
from carmanana.core.limits import COUNTED, counted
from carmanana.customers.contact import sees_everybody
from carmanana.records.people import AGENT, HOUSE_ID, User
from carmanana.schema.sqlite import by_index

UNOWNED = ("owner_id IS NULL", f"owner_id = {HOUSE_ID}")
OWN = "owner_id = :by"
NOBODYS_WORK = f"COALESCE(owner_id, {HOUSE_ID}) = {HOUSE_ID}"  # as the indexes of nobody's leads and deals are written
WITHOUT_ANY = """SELECT id FROM customer WHERE {whose}
AND NOT EXISTS (SELECT 1 FROM deal WHERE customer_id = customer.id)
  AND NOT EXISTS (SELECT 1 FROM lead WHERE customer_id = customer.id)"""
DIFFERENT = "(SELECT COUNT(*) FROM (SELECT DISTINCT seen.id FROM ({seen}) AS seen WHERE {where} LIMIT {most}))"
NOBODYS = f"EXISTS (SELECT 1 FROM customer {by_index('customer_owner')} WHERE {{whose}} AND id = seen.id)"


def counts(by: User) -> dict[str, int]:
    every = [f"SELECT id FROM customer WHERE {whose}" for whose in ("1", OWN, *UNOWNED)]
    asked = {"": counted(every[0]), "mine": counted(every[1]), "unowned": counted(*every[2:])}
    if not sees_everybody(by):
        seen, nobodys = _seen(by), " OR ".join(NOBODYS.format(whose=whose) for whose in UNOWNED)
        asked[""] = DIFFERENT.format(seen=" UNION ALL ".join([every[1], *seen]), where="1", most=COUNTED + 1)
        asked["unowned"] = DIFFERENT.format(seen=" UNION ALL ".join(seen), where=nobodys, most=COUNTED + 1)
    row = database.execute_sql(f"SELECT {', '.join(asked.values())}", {"by": by.id}).fetchone()
    return dict(zip(asked, row, strict=True))


def _seen(by: User) -> list[str]:
    """The customers of the deals and leads that they see, and those of nobody who have none: first where nobody's are
    found soonest."""
    deals, leads = ("owner_id = :by", "retention_id = :by"), ("owner_id = :by",)
    of_theirs = [f"SELECT customer_id AS id FROM deal WHERE {whose}" for whose in deals]
    of_theirs += [f"SELECT customer_id AS id FROM lead WHERE {whose}" for whose in leads]
    if not by.has(AGENT):
        return of_theirs
    of_nobody = [f"SELECT customer_id AS id FROM {table} WHERE {NOBODYS_WORK}" for table in ("lead", "deal")]
    return [*of_nobody, *of_theirs, *(WITHOUT_ANY.format(whose=whose) for whose in UNOWNED)]
