"""How much each person has open, for whoever gives work out."""

from dataclasses import dataclass

from carmanana.core.db import database
from carmanana.records.deal_codes import LOSING, OPEN
from carmanana.records.lead_codes import OPEN as OPEN_LEADS
from carmanana.schema.sqlite import as_literals


@dataclass(frozen=True)
class Load:
    deals: int = 0
    leads: int = 0

    @property
    def words(self) -> str:
        return f"{self.deals:,} deal{'s' * (self.deals != 1)}, {self.leads:,} lead{'s' * (self.leads != 1)}"

    @property
    def number(self) -> int:
        return self.deals + self.leads


def loads() -> dict[int, Load]:
    """By person: as the tallies know them."""
    deals, leads = open_deals(), open_leads()
    return {user: Load(deals.get(user, 0), leads.get(user, 0)) for user in deals.keys() | leads.keys()}


def open_deals() -> dict[int, int]:
    sql = "SELECT owner_id, SUM(deals) FROM deal_tally WHERE state IN (?, ?, ?) GROUP BY owner_id"
    return dict(database.execute_sql(sql, (*OPEN, LOSING)).fetchall())


def open_leads() -> dict[int, int]:
    sql = f"SELECT owner_id, SUM(leads) FROM lead_tally WHERE owner_id > 0 AND state IN ({as_literals(OPEN_LEADS)})"
    return dict(database.execute_sql(f"{sql} GROUP BY owner_id HAVING SUM(leads) > 0").fetchall())
