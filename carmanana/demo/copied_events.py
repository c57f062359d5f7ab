"""The audit trail of copied customers, hashed in the chain behind what was played."""

import re

from carmanana.core import audit
from carmanana.core.db import as_json, database, insert_rows
from carmanana.demo.copies import SCALE
from carmanana.demo.tables import Table, run
from carmanana.schema import sqlite

PLACE = "\ue000"
PLACES = re.compile(f'"{PLACE}(\\d+){PLACE}"')
FACTS = "subject", "verb", "was", "became"
STAND_IN = "(SELECT new_id FROM temp.stand_in WHERE turn = c.turn AND old_id = {0})"
MOVED = {
    "row": "t.value_{0} + t.step_{0} * c.n",
    "user": f"COALESCE({STAND_IN.format('t.value_{0}')}, t.value_{{0}})",
    "sum": f"t.value_{{0}} * c.scale / {SCALE}",
}
# in the order of their moments, with an id of the temporary table
COPIED = f"""
INSERT INTO temp.copied_event SELECT NULL, {sqlite.moment_after("t.second + c.seconds", "t.at")} AS at,
  COALESCE({STAND_IN.format("t.actor_id")}, t.actor_id), t.subject, t.subject_id + c.n * t.highest, t.verb, t.was, t.became,
  {{data}}, t.about, t.what
FROM temp.copy c CROSS JOIN temp.original_event t ON t.root = c.root ORDER BY at
"""
CHAINED = """
INSERT INTO event (at, actor_id, subject, subject_id, verb, was, became, data, hash)
SELECT at, actor_id, subject, subject_id, verb, was, became, data,
  chained('["' || at || '", ' || COALESCE(actor_id, 'null') || about || subject_id || what || data)
FROM temp.copied_event ORDER BY id
"""


class Events:
    def __init__(self, tables: dict[str, Table]):
        self.tables = tables
        self.targets = {
            column.removesuffix("_id"): target
            for table in tables.values()
            for column, target in table.references.items()
        }
        self.shapes = {}  # what the numbers of an event are, and the place of these kinds
        self._keep_originals()

    def _keep_originals(self) -> None:
        """Those that tell of a copied row, with what stands between the numbers of the text that is hashed."""
        rows = []
        for event in audit.Event.select().order_by(audit.Event.id):
            table = self.tables.get(event.subject)
            if table and (root := table.roots.get(event.subject_id)):
                at = audit.Event.at.db_value(event.at), int(event.at.timestamp())
                facts = [getattr(event, fact) for fact in FACTS]
                about, *what = map(as_json, facts)
                between = f", {about}, ", f", {', '.join(what)}, "
                data, moving = self._with_places(event.data)
                shape = self.shapes.setdefault(tuple(kind for _, kind, _ in moving), len(self.shapes))
                numbers = [number for value, _, step in moving for number in (value, step)]
                rows.append(
                    (
                        root,
                        table.highest,
                        *at,
                        event.actor_id,
                        event.subject_id,
                        *facts,
                        *between,
                        data,
                        shape,
                        *numbers,
                    )
                )
        self._enter(rows)

    def _enter(self, rows: list[tuple]) -> None:
        most = max(map(len, self.shapes))
        numbers = [f"{name}_{place}" for place in range(most) for name in ("value", "step")]
        columns = [
            "root",
            "highest",
            "at",
            "second",
            "actor_id",
            "subject_id",
            *FACTS,
            "about",
            "what",
            "data",
            "shape",
        ]
        columns += numbers
        run(f"CREATE TEMP TABLE original_event ({', '.join(columns)})")
        insert_rows("original_event", columns, (row + (None,) * (len(columns) - len(row)) for row in rows))
        run("CREATE INDEX temp.original_event_root ON original_event (root)")
        run(
            "CREATE TEMP TABLE copied_event (id INTEGER PRIMARY KEY, at, actor_id, subject, subject_id, verb, was, "
            "became, data, about, what)"
        )

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
        run("DELETE FROM temp.copied_event")
        run(COPIED.format(data=self._data()))
        database.register_function(audit.Chain(), "chained", 1)
        run(CHAINED)
        database.unregister_function("chained")

    def _data(self) -> str:
        """The expression for the data of a copied event."""
        filled = "".join(f" WHEN {shape} THEN {_filled(kinds)}" for kinds, shape in self.shapes.items() if kinds)
        return f"CASE t.shape{filled} ELSE t.data END" if filled else "t.data"


def _filled(kinds: tuple[str, ...]) -> str:
    numbers = ", ".join(MOVED[kind].format(place) for place, kind in enumerate(kinds))
    return f"printf(t.data, {numbers})"
