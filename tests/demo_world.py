"""Demo worlds for tests, and what no lawful world holds."""

import fcntl
import os
import shutil
from datetime import UTC, datetime

from carmanana.core import clock
from carmanana.core.db import database
from carmanana.demo import build
from carmanana.demo.multiply import multiply
from carmanana.demo.world import World
from carmanana.opening import open_with
from carmanana.schema.migrate import migrate

from .conftest import settings_in
from .soaking import SOAK

NOW = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)


def build_in(folder, deals, seed=1, as_of=NOW):
    opened_new(folder, as_of)
    return build(deals, seed, as_of)


PLAYED = 300  # deals of the world that `make run` starts with
SMALL, LARGE = (1_000, 20_000) if SOAK else (600, 4_000)


def worlds(tmp_path_factory, *names):
    """A folder of one's own with "demo", the world that `make run` starts with, or with "small" and "large", which are
    that one multiplied. They are made once for all processes of this run: whoever comes first makes them."""
    own, run = tmp_path_factory.mktemp("worlds"), tmp_path_factory.getbasetemp()
    made = (run.parent if os.environ.get("PYTEST_XDIST_WORKER") else run) / "shared-worlds"
    with open(f"{made}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = made.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            _make(making)
            making.rename(made)
    for name in names:
        shutil.copytree(made / name, own / name)
    return own


def _make(folder):
    opened_new(folder / "demo", NOW)
    world = World(PLAYED, 1, NOW, staff_for=PLAYED)
    assert world.play() == []  # no verb refused what somebody did
    _close()
    for name, deals in (("small", SMALL), ("large", LARGE)):
        shutil.copytree(folder / "demo", folder / name)
        opened(folder / name)
        multiply(world, deals)
        _close()


def _close():
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def opened_new(folder, as_of):
    settings = opened(folder)
    with clock.set_to(as_of):
        migrate(settings)


def opened(folder):
    settings = settings_in(folder)
    open_with(settings)
    database.connect(reuse_if_open=True)
    return settings


def found(sql, *values):
    return database.execute_sql(sql, values).fetchall()


RECEIVED = "(SELECT COALESCE(SUM(amount_cents), 0) FROM payment WHERE deal_id = deal.id AND kind = 'received')"
SPENT = "(SELECT COALESCE(SUM(amount_cents), 0) FROM payment WHERE deal_id = deal.id AND kind <> 'received')"
STANDING = "(SELECT COUNT(*) FROM hold WHERE deal_id = deal.id AND lifted_at IS NULL)"
OPEN_STEPS = "(SELECT COUNT(*) FROM activity WHERE deal_id = deal.id AND kind = 'task' AND done_at IS NULL)"
OWED = "SELECT return_task_id FROM cancellation_request WHERE return_task_id IS NOT NULL"
UNPROMISED = OPEN_STEPS[:-1] + f" AND id NOT IN (SELECT task_id FROM commitment) AND id NOT IN ({OWED}))"
OPEN_CASE = "(SELECT COUNT(*) FROM cancellation_request WHERE deal_id = deal.id AND ended_at IS NULL)"
PENDING = "(SELECT COALESCE(SUM(pending_cents), 0) FROM cancellation_request WHERE deal_id = deal.id)"
BARE = (
    "kind IN ('call', 'email') AND id NOT IN (SELECT activity_id FROM attachment) AND id NOT IN (SELECT activity_id "
    "FROM evidence_gap)"
)
IMPOSSIBLE = {
    "live and on hold": "SELECT id FROM deal WHERE state = 'on_hold' AND readiness = 'live'",
    "on hold without its reason": f"SELECT id FROM deal WHERE state = 'on_hold' AND {STANDING} <> 1",
    "a hold on a deal that goes on": (
        f"SELECT id FROM deal WHERE state NOT IN ('on_hold', 'cancellation_requested') AND {STANDING} > 0"
    ),
    "a hold that looks back": "SELECT id FROM hold WHERE follow_up_on <= DATE(placed_at)",
    "won without value or agreement": (
        "SELECT id FROM deal WHERE state = 'won' AND (value_cents IS NULL OR agreement_on IS NULL)"
    ),
    "won without a deposit": f"SELECT id FROM deal WHERE state = 'won' AND no_deposit_reason = '' AND {RECEIVED} = 0",
    "won by nobody": "SELECT id FROM deal WHERE state = 'won' AND owner_id IS NULL",
    "lost with an agreement or money": (
        f"SELECT id FROM deal WHERE state = 'lost' AND (agreement_on IS NOT NULL OR {RECEIVED} > 0)"
    ),
    "lost without a reason": "SELECT id FROM deal WHERE state = 'lost' AND (loss_reason IS NULL OR loss_words = '')",
    "a loss on what is not lost": "SELECT id FROM deal WHERE state <> 'lost' AND loss_reason IS NOT NULL",
    "more returned than received": f"SELECT id FROM deal WHERE {SPENT} > {RECEIVED}",
    "cancelled with money unaccounted": (
        f"SELECT id FROM deal WHERE state = 'cancelled_by_client' AND {SPENT} + {PENDING} <> {RECEIVED}"
    ),
    ("losing without one review, or reviewed without losing"): (
        f"SELECT id FROM deal WHERE (state = 'cancellation_requested') <> ({OPEN_CASE} = 1)"
    ),
    "cancelled with a call or email unaccounted": f"""
        SELECT d.id FROM deal d WHERE d.state = 'cancelled_by_client' AND EXISTS (SELECT 1 FROM activity WHERE deal_id = d.id AND {BARE})""",
    "reviewed by the owner, or saved by them": """
        SELECT r.id FROM cancellation_request r JOIN deal d ON d.id = r.deal_id LEFT JOIN retention_plan p ON p.request_id = r.id
        WHERE d.owner_id IN (r.reviewer_id, p.assignee_id)""",
    "saved by somebody else than the deal says": """
        SELECT d.id FROM deal d LEFT JOIN cancellation_request r ON r.deal_id = d.id AND r.ended_at IS NULL
        LEFT JOIN retention_plan p ON p.request_id = r.id AND p.ended_at IS NULL WHERE d.retention_id IS NOT p.assignee_id""",
    "promised and not owed": (
        "SELECT c.id FROM commitment c JOIN activity a ON a.id = c.task_id WHERE a.assignee_id IS NULL OR "
        "a.due_at IS NULL"
    ),
    "delivered and not won": (
        "SELECT id FROM deal WHERE delivered_on IS NOT NULL AND state NOT IN ('won', 'cancellation_requested')"
    ),
    "ended with a step to do": (
        f"SELECT id FROM deal WHERE state IN ('won', 'lost', 'cancelled_by_client') AND {UNPROMISED} > 0"
    ),
    "losing without the manager's task": (
        f"SELECT id FROM deal WHERE state = 'cancellation_requested' AND {OPEN_STEPS} = 0"
    ),
    "owned and open without a step, but one": f"""
        SELECT owner_id FROM deal WHERE state = 'active' AND owner_id > 1 AND {OPEN_STEPS} = 0
        AND (SELECT COUNT(*) FROM deal WHERE state = 'active' AND owner_id > 1 AND {OPEN_STEPS} = 0) > 5""",
    "a step due before it was set": "SELECT id FROM activity WHERE due_at <= at",
    "done before it was set": "SELECT id FROM activity WHERE done_at < at",
    "an activity before its deal": (
        "SELECT a.id FROM activity a JOIN deal d ON d.id = a.deal_id WHERE a.at < d.created_at AND a.lead_id IS NULL"
    ),
    "two boards": "SELECT d.id FROM deal d JOIN stage s ON s.id = d.stage_id WHERE s.pipeline_id <> d.pipeline_id",
    "two cards in one place": (
        "SELECT stage_id FROM deal WHERE state = 'active' GROUP BY stage_id, position HAVING COUNT(*) > 1"
    ),
}
