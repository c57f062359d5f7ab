"""What a duty of the day is told by: a few of many, with all that their rows show, in one query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from inspect import signature

from peewee import SQL, Select, Value, fn

from carmanana.core.db import database
from carmanana.core.limits import COUNTED
from carmanana.core.query import Parameter, Prepared
from carmanana.records.activities import Activity

DEAL, LEAD = "deal", "lead"

# `found` is the number, kind, step and moment of each that there is; the rest is looked up for those that are shown
# alone
TOLD = """
WITH found (kind, id, step_id, due) AS ({branches}),
     shown AS (SELECT kind, id, step_id, due, COUNT(*) OVER () AS many FROM found ORDER BY due{down}, kind, id LIMIT ? OFFSET ?)
SELECT shown.kind, shown.id, shown.step_id, shown.due, shown.many, customer.name,
       COALESCE(deal.vehicle_year || ' ', '') || COALESCE(deal.vehicle_make || ' ' || deal.vehicle_model, lead.vehicle) AS vehicle,
       COALESCE(stage.name, ''), COALESCE(deal.state, lead.state),
       COALESCE(deal.owner_id, lead.owner_id), COALESCE(deal.version, lead.version),
       activity.subject, activity.version, COALESCE(hold.reason, lead.hold_reason, ''), COALESCE(lead.message, ''),
       COALESCE(deal.flagged_at, lead.flagged_at), COALESCE(deal.currency, ''), deal.value_cents,
       CASE WHEN person.no_calls OR EXISTS (SELECT 1 FROM locked_customer WHERE customer_id = customer.id) THEN NULL ELSE (
         SELECT e164 FROM customer_phone WHERE customer_id = customer.id AND e164 IS NOT NULL AND wrong_at IS NULL
          ORDER BY position, id LIMIT 1) END
  FROM shown
  LEFT JOIN deal ON shown.kind = 'deal' AND deal.id = shown.id
  LEFT JOIN lead ON shown.kind = 'lead' AND lead.id = shown.id
  LEFT JOIN stage ON stage.id = deal.stage_id
  LEFT JOIN hold ON hold.deal_id = deal.id AND hold.lifted_at IS NULL
  LEFT JOIN activity ON activity.id = shown.step_id
  JOIN customer ON customer.id = COALESCE(deal.customer_id, lead.customer_id)
  LEFT JOIN person ON person.id = COALESCE(lead.person_id, (
         SELECT id FROM person WHERE customer_id = customer.id ORDER BY position, id LIMIT 1))
 ORDER BY shown.due{down}, shown.kind, shown.id
"""


@dataclass(frozen=True)
class Row:
    """A deal or a lead that asks for something, with the step that it is about, where there is one. `due` is the moment
    or the day that it is sorted by."""

    kind: str
    id: int
    step_id: int | None
    due: datetime | date | None
    many: int
    name: str
    vehicle: str
    stage: str
    state: str
    owner_id: int | None
    version: int
    subject: str | None
    step_version: int | None
    reason: str
    message: str
    flagged_at: str | None
    currency: str
    value_cents: int | None
    phone: str | None

    @property
    def is_deal(self) -> bool:
        return self.kind == DEAL


@dataclass(frozen=True)
class Found:
    """The rows that are shown, and how many there are; counted no further than COUNTED."""

    rows: list
    many: int = 0

    def __bool__(self) -> bool:
        return bool(self.many)


def branch(kind: str, found: Select, due, model, step=None) -> Select:
    """One kind of what a section shows, no more of it than is counted."""
    return (
        found.select(Value(kind), model.id, Value(None) if step is None else step, due).order_by(due).limit(COUNTED + 1)
    )


def steps(kind: str, found: Select) -> Select:
    """Next steps of deals or of leads."""
    about = Activity.deal if kind == DEAL else Activity.lead
    return found.select(Value(kind), about, Activity.id, Activity.due_at).order_by(Activity.due_at).limit(COUNTED + 1)


def up_to_counted(found: Select) -> Select:
    """The number of these ids, counted no further than a page says."""
    return Select([found.limit(COUNTED + 1)], [fn.COUNT(SQL("1"))])


class Told(Prepared):
    """The branches of a section, as a function of the values that they are asked with: their SQL is written once."""

    def __init__(self, write: Callable, newest_first: bool = False):
        super().__init__(write)
        self.newest_first = newest_first

    def _write(self) -> None:
        number = len(signature(self.write).parameters)
        union, values = _union(self.write(*map(Parameter, range(number))))
        self.given = [*values, Parameter(number), Parameter(number + 1)]
        self.sql = TOLD.format(branches=union, down=" DESC" if self.newest_first else "")

    def found(self, *values, limit: int, offset: int = 0) -> Found:
        """The first of them by when they are due."""
        rows = [_row(row) for row in self._run((*values, limit, offset)).fetchall()]
        return Found(rows, rows[0].many if rows else 0)


class Dues(Told):
    """When the first of them are due, as many as are counted, as it is stored, and nothing else of them."""

    def _write(self) -> None:
        union, values = _union(self.write(*map(Parameter, range(len(signature(self.write).parameters)))))
        self.given = [*values, COUNTED]
        self.sql = f"WITH found (kind, id, step_id, due) AS ({union}) SELECT due FROM found ORDER BY due LIMIT ?"

    def __call__(self, *values) -> list[str]:
        return [due for (due,) in self._run(values).fetchall()]


def _union(branches: list[Select]) -> tuple[str, list]:
    parts = [database.get_sql_context().sql(one).query() for one in branches]
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql, _ in parts)
    return sql, [value for _, given in parts for value in given]


def _row(row: tuple) -> Row:
    kind, number, step, due, *rest = row
    return Row(kind, number, step, _moment(due), *rest)


def _moment(due: str | None) -> datetime | date | None:
    if not due:
        return None
    return date.fromisoformat(due) if len(due) == 10 else Activity.due_at.python_value(due)
