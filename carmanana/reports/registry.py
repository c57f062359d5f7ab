"""The reports there are, each described in a short file of its own under `pages`."""

from dataclasses import dataclass

from carmanana.records.people import AGENT, COMPLIANCE, CRM_ADMIN, MANAGER
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.tables import Figures, Table

READERS = (AGENT, MANAGER, COMPLIANCE, CRM_ADMIN)
PERIOD, PIPELINE, PEOPLE = "period", "pipeline", "people"


@dataclass(frozen=True)
class Report:
    """`about` says in a sentence what it tells; `filters` what one may choose. The first table is drawn large."""

    key: str
    name: str
    about: str
    tables: tuple[Table, ...]
    filters: tuple[str, ...] = (PERIOD, PIPELINE, PEOPLE)

    def figures(self, scope: ReportScope) -> list[Figures]:
        return [table.figures(scope) for table in self.tables]

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)
