"""How much each person has open, for whoever gives work out."""

from dataclasses import dataclass

from peewee import fn

from carmanana.core.db import database
from carmanana.records.deal_codes import LOSING, OPEN
from carmanana.records.lead_codes import OPEN as OPEN_LEADS
from carmanana.records.leads import Lead
from carmanana.schema.sqlite import literally


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
    """By person: deals as the tallies of the boards know them, leads as they are counted along their owners."""
    deals, leads = open_deals(), open_leads()
    return {user: Load(deals.get(user, 0), leads.get(user, 0)) for user in deals.keys() | leads.keys()}


def open_deals() -> dict[int, int]:
    sql = "SELECT owner_id, SUM(deals) FROM deal_tally WHERE state IN (?, ?, ?) GROUP BY owner_id"
    return dict(database.execute_sql(sql, (*OPEN, LOSING)).fetchall())


def open_leads() -> dict[int, int]:
    counted = Lead.select(Lead.owner, fn.COUNT(Lead.id)).where(
        Lead.owner.is_null(False), literally(Lead.state, *OPEN_LEADS)
    )
    return dict(counted.group_by(Lead.owner).tuples())
