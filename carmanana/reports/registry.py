"""The reports there are, each described in a short file of its own under `pages`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from carmanana.records.people import AGENT, COMPLIANCE, CRM_ADMIN, MANAGER
from carmanana.reports.measures import Measure
from carmanana.reports.report_scope import ReportScope
from carmanana.reports.tables import Figures, Table

READERS = (AGENT, MANAGER, COMPLIANCE, CRM_ADMIN)
PERIOD, PIPELINE, PEOPLE, SOURCE = "period", "pipeline", "people", "source"


@dataclass(frozen=True)
class Report:
    """`about` says in a sentence what it tells; `filters` what one may choose. The first table is drawn large. `tiles`
    are the numbers that stand above all, each a table's and a measure's of it; `records` what it is about, one a line,
    below their heads."""

    key: str
    name: str
    about: str
    tables: tuple[Table, ...]
    filters: tuple[str, ...] = (PERIOD, PIPELINE, PEOPLE)
    tiles: tuple[tuple[str, str], ...] = ()
    records: Callable[[ReportScope], Iterator[list]] | None = None

    def figures(self, scope: ReportScope) -> list[Figures]:
        return [table.figures(scope) for table in self.tables]

    def tile_figures(self, figures: list[Figures]) -> list[tuple[Figures, Measure]]:
        """The tiles, each with the figures that its number stands in; none of a table that is empty."""
        by_table = {one.table.key: one for one in figures}
        tiles = [(by_table[table], measure) for table, measure in self.tiles]
        return [(one, one.table.measure(measure)) for one, measure in tiles if one.whole]

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)
