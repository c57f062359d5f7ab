"""The audit trail of copied customers, hashed in the chain behind what was played."""

import re

from carmanana.core import audit
from carmanana.core.db import as_json, database, insert_rows
from carmanana.demo.copies import SCALE, stand_ins
from carmanana.demo.tables import Table, run
from carmanana.schema import sqlite

COPIED = f"""
SELECT {sqlite.moment_after("t.second + c.seconds", "t.at")} AS at, t.actor_id, t.subject,
  t.subject_id + c.n * t.highest, t.verb, t.was, t.became, t.number, c.n, c.turn, c.scale
FROM temp.copy c CROSS JOIN temp.original_event t ON t.root = c.root ORDER BY 1
"""
PLACE = "\ue000"
PLACES = re.compile(f'"{PLACE}(\\d+){PLACE}"')


class Events:
    def __init__(self, dealership, tables: dict[str, Table]):
        self.stand_in = {(turn, old): new for turn, old, new in stand_ins(dealership)}
        self.tables = tables
        self.targets = {
            column.removesuffix("_id"): target
            for table in tables.values()
            for column, target in table.references.items()
        }
        self.originals = []
        self._keep_originals()

    def _keep_originals(self) -> None:
        facts = "actor_id", "subject", "subject_id", "verb", "was", "became"
        columns = ("root", "highest", "number", "at", "second", *facts)
        rows = []
        for event in audit.Event.select().order_by(audit.Event.id):
            table = self.tables.get(event.subject)
            if table and (root := table.roots.get(event.subject_id)):
                at = audit.Event.at.db_value(event.at), int(event.at.timestamp())
                told = (getattr(event, fact) for fact in facts)
                rows.append((root, table.highest, len(self.originals), *at, *told))
                self.originals.append(self._with_places(event.data))
        run(f"CREATE TEMP TABLE original_event ({', '.join(columns)})")
        insert_rows("original_event", columns, rows)
        run("CREATE INDEX temp.original_event_root ON original_event (root)")

    def _with_places(self, data: dict) -> tuple[str, list[tuple]]:
        """The text of an event's data with a place for each number that is another one in a copy, and these numbers
        with what they are."""
        moving = []

        def place(value, kind):
            if isinstance(value, list):
                return [place(each, kind) for each in value]
            if not isinstance(value, int):
                return value
            moving.append((value, *kind))
            return f"{PLACE}{len(moving) - 1}{PLACE}"

        kinds = {key: self._kind(key) for key in data}
        text = as_json({key: place(value, kinds[key]) if kinds[key] else value for key, value in data.items()})
        order = map(int, PLACES.findall(text))
        return (PLACES.sub("%d", text.replace("%", "%%")) if moving else text), [moving[number] for number in order]

    def _kind(self, key: str) -> tuple | None:
        """What a key of an event's data names: a row of a table that is copied, a user, or a sum."""
        if key.endswith("cents"):
            return "sum", 0
        single = key[:-3] + "y" if key.endswith("ies") else key.removeprefix("was_")
        target = self.targets.get(single)
        if target == "user":
            return "user", 0
        return ("row", self.tables[target].highest) if target in self.tables else None

    def write(self) -> None:
        """Those of the copies that stand in the temporary table."""
        audit.record_rows(self._told(row) for row in database.execute_sql(COPIED))

    def _told(self, row) -> tuple:
        at, actor, subject, subject_id, verb, was, became, number, n, turn, scale = row
        data, moving = self.originals[number]
        if moving:
            data %= tuple(self._moved(*each, n, turn, scale) for each in moving)
        return at, self.stand_in.get((turn, actor), actor), subject, subject_id, verb, was, became, data

    def _moved(self, value, kind, highest, n, turn, scale):
        if kind == "user":
            return self.stand_in.get((turn, value), value)
        return value * scale // SCALE if kind == "sum" else value + highest * n
