"""The ledger of erasures, a file beside the database: a backup that is put back knows nothing of what was erased after
it was made, so that it is erased again from here. It holds numbers, days, codes and hashes, no name and no words."""

import json
import os
from pathlib import Path

from carmanana.core.db import UtcField
from carmanana.records.privacy import Erasure
from carmanana.schema import suppressed

NAME = "erasures.jsonl"


def path() -> Path:
    return suppressed.folder() / NAME


def entries() -> list[dict]:
    if not path().exists():
        return []
    return [json.loads(line) for line in path().read_text().splitlines() if line.strip()]


def write_all() -> None:
    """Every erasure that the ledger does not have yet; called after each, and by the hour, in case one was cut off."""
    known = {(entry["customer"], entry["made"]) for entry in entries()}
    new = [
        row for row in Erasure.select().order_by(Erasure.id) if (row.customer_number, row.customer_made) not in known
    ]
    if not new:
        return
    with open(os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.writelines(json.dumps(_entry(row), sort_keys=True) + "\n" for row in new)
        file.flush()
        os.fsync(file.fileno())


def _entry(row: Erasure) -> dict:
    return {
        "customer": row.customer_number,
        "made": row.customer_made,
        "at": UtcField().db_value(row.at),
        "by": row.by_id,
        "reason": row.reason,
        "digests": sorted(row.digests),
    }


def missing() -> list[dict]:
    """What the ledger says was erased and this database does not know of."""
    told = entries()
    if not told:
        return []
    known = set(Erasure.select(Erasure.customer_number, Erasure.customer_made).tuples())
    return [entry for entry in told if (entry["customer"], entry["made"]) not in known]
