"""A report as the rows of a file. What a spreadsheet would run is made harmless by whoever writes the file."""

from collections.abc import Iterator
from decimal import Decimal

from carmanana.reports.measures import DAYS, MIDDLE, SHARE, SUM, Measure
from carmanana.reports.tables import Figures, Row

DAY = 86_400


def rows(figures: Figures) -> Iterator[list]:
    """The heads, each line, and the one of all; money in a column for each of its currencies."""
    columns = list(_columns(figures))
    yield [figures.table.what, *(_head(measure, currency) for measure, currency in columns)]
    for row in [*figures.rows, *filter(None, [figures.total])]:
        yield [row.name, *(_value(row, measure, currency) for measure, currency in columns)]


def _columns(figures: Figures) -> Iterator[tuple[Measure, str]]:
    for measure in figures.table.measures:
        if measure.kind == SUM:
            yield from ((measure, currency) for currency in currencies(figures, measure.key))
        else:
            yield measure, ""


def currencies(figures: Figures, key: str) -> list[str]:
    return sorted({currency for row in figures.rows for currency in row.cells[key]})


def _head(measure: Measure, currency: str) -> str:
    unit = currency or {SHARE: "%", MIDDLE: "days" if measure.unit == DAYS else "minutes"}.get(measure.kind, "")
    return f"{measure.label} ({unit})" if unit else measure.label


def _value(row: Row, measure: Measure, currency: str):
    value = row.cells[measure.key]
    if measure.kind == SUM:
        return Decimal(value.get(currency, 0)).scaleb(-2)
    if value is None:
        return ""
    return in_days(value) if measure.kind == MIDDLE and measure.unit == DAYS else value


def in_days(seconds: int) -> float:
    return round(seconds / DAY, 1)
