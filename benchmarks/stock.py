"""What there is in the working copy to move, claim, hold and look at; each connection gets its own share.

Everything that a person does goes over HTTP. Written straight into the copy is only what lets a step be measured
again and again: a claimed deal is nobody's once more, a card has a version that no cache has seen."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from peewee import sqlite3

SLUG = "used-vehicle-orders"
BOARD = f"/board/{SLUG}"
COLUMNS, CARDS = 10, 20

OWNED = """
    SELECT deal.id FROM deal JOIN pipeline ON pipeline.id = deal.pipeline_id
    JOIN stage ON stage.id = deal.stage_id JOIN customer ON customer.id = deal.customer_id
    JOIN user ON user.id = deal.owner_id AND NOT user.house
    WHERE slug = :slug AND NOT EXISTS (SELECT 1 FROM deal AS other
      WHERE other.customer_id = deal.customer_id AND other.state = 'cancellation_requested')
"""
ACTIVE = f"{OWNED} AND deal.state = 'active'"
MOVABLE = f"{ACTIVE} AND stage.position BETWEEN 2048 AND 5120 ORDER BY deal.id LIMIT 640"
CLAIMABLE = f"{ACTIVE} AND stage.position <= 2048 ORDER BY deal.id LIMIT 640"
HOLDABLE = f"""
    {OWNED} AND deal.state = 'on_hold' AND NOT no_calls
    AND EXISTS (SELECT 1 FROM customer_phone WHERE customer_phone.customer_id = customer.id) ORDER BY deal.id LIMIT 64
"""
ELSEWHERE = """
    SELECT deal.id FROM deal JOIN pipeline ON pipeline.id = deal.pipeline_id
    WHERE slug <> :slug AND deal.state = 'active' ORDER BY deal.id LIMIT 640
"""
ANY = "SELECT id FROM deal ORDER BY abs(id * 7919 % 104729)"
STAGES = """
    SELECT stage.id FROM stage JOIN pipeline ON pipeline.id = stage.pipeline_id
    WHERE slug = :slug AND NOT archived ORDER BY stage.position
"""
BESIDE = """
    SELECT other.id FROM stage AS other JOIN stage AS this ON this.pipeline_id = other.pipeline_id
    WHERE this.id = ? AND other.id <> this.id AND NOT other.archived
    ORDER BY other.position > this.position, ABS(other.position - this.position) LIMIT 1
"""


@dataclass(frozen=True)
class Share:
    """One of so many connections, and the deals that it has to itself."""

    number: int = 0
    of: int = 1

    def part(self, rows: list[int]) -> list[int]:
        """By their ids, so that nobody else has them, whenever they are looked for."""
        return [id for id in rows if id % self.of == self.number]


class Stock:
    def __init__(self, data: Path):
        self.path = data / "carmanana.sqlite3"

    def ids(self, sql: str, **given) -> list[int]:
        return [row[0] for row in self.run(sql, {"slug": SLUG} | given)]

    def column(self, sql: str) -> list:
        return [row[0] for row in self.run(sql)]

    def run(self, sql: str, given=()) -> list[tuple]:
        with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as database:
            return database.execute(sql, given).fetchall()

    def stages(self) -> list[int]:
        """The columns of the board, in their order."""
        return self.ids(STAGES)

    def place(self, deal: int) -> tuple[int, int]:
        """A deal's stage and version."""
        return self.run("SELECT stage_id, version FROM deal WHERE id = ?", (deal,))[0]

    def beside(self, stage: int) -> int:
        """The column to the left, of the first one that to the right."""
        return self.run(BESIDE, (stage,))[0][0]

    def uppermost(self, stage: int) -> list[int]:
        return self.ids(
            "SELECT id FROM deal WHERE stage_id = :stage AND state = 'active' ORDER BY position LIMIT 20", stage=stage
        )

    def take_from_owners(self, deals: list[int]) -> None:
        self._write("UPDATE deal SET owner_id = NULL, version = version + 1 WHERE id IN", deals)

    def renew(self, deals: list[int]) -> None:
        self._write("UPDATE deal SET version = version + 1 WHERE id IN", deals)

    def _write(self, sql: str, deals: list[int]) -> None:
        self.run(f"{sql} ({', '.join(map(str, deals))})")
