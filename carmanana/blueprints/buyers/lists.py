"""The buyers list: one row per wanted vehicle."""

from peewee import SQL

from carmanana.buyers import rows
from carmanana.buyers.editing import may_work
from carmanana.buyers.rows import Row
from carmanana.records.wanted import IN_REVIEW, Wanted
from carmanana.web.current_user import me
from carmanana.web.filters import distance_unit, region_name
from carmanana.web.lists import Chip, Choice, Column, Editing, Kept, List, Shown

MOST_CHOICES = 60
YEARS = {str(year): f"From {year}" for year in (2025, 2024, 2023, 2022, 2021, 2020, 2018, 2015)}
STANDS = {"lead": "Leads", "deal": "Deals"}


def _told(key: str):
    return lambda row: row.told(key, "en-US")


def _offered(values: list[str]) -> dict[str, str]:
    return {value: value for value in values[:MOST_CHOICES] if value}


def _regions() -> dict[str, str]:
    offered = _offered(Wanted.regions())
    return dict(sorted(((code, region_name(code)) for code in offered), key=lambda each: each[1].casefold()))


def _shows(row: Row, seen) -> tuple:
    by = me()
    return *row.facts, distance_unit(), by.works_deals, by.sight != "own", by.works_deals and may_work(row.subject, by)


def _counts(shown: Shown) -> dict[str, int]:
    counts = rows.counts(shown.by)
    every = counts.pop("")
    return counts if shown.on else counts | {"": every}


BUYERS = List(
    name="buyers",
    title="Buyers list",
    endpoint="buyers.index",
    one="wanted vehicle",
    many="wanted vehicles",
    columns=(
        Column("number", "No.", lambda row: row.id),
        Column("buyer", "Buyer", lambda row: row.customer.name, Wanted.folded, always=True),
        Column("make", "Make", _told("make"), Wanted.make, edited=True),
        Column("model", "Model", _told("model"), edited=True),
        Column("years", "Years", _told("years"), Wanted.year_from, edited=True),
        Column("mileage", "Mileage up to", _told("mileage"), Wanted.most_metres, number=True, edited=True),
        Column("colours", "Colors", _told("colours"), edited=True, wide=True),
        Column("budget", "Budget", _told("budget"), Wanted.budget_to_cents, number=True, edited=True),
        Column("timeline", "Timeline", _told("timeline"), edited=True, wide=True),
        Column("region", "Region", lambda row: region_name(row.customer.region), wide=True),
        Column("location", "Location", _told("location"), edited=True, wide=True),
        Column("special", "Special preferences", _told("special"), edited=True, wide=True),
        Column("musts", "Must have", _told("musts"), edited=True, wide=True),
        Column("stands", "Stands at", lambda row: row.stands_at),
        Column("owner", "Owner", lambda row: row.owner.name if row.owner else ""),
    ),
    usual=(
        "buyer",
        "make",
        "model",
        "years",
        "mileage",
        "colours",
        "budget",
        "timeline",
        "region",
        "stands",
        "owner",
    ),
    scope=Wanted.visible_to,
    load=rows.listed,
    cells="buyers/_cells.html",
    id=Wanted.id,
    sort="buyer",
    chips=(
        Chip("mine", "Mine", lambda by: Wanted.owner_id == by.id, shown=lambda by: by.works_deals),
        Chip("unowned", "Unowned", lambda by: Wanted.owner_id == 0, "unowned"),
        Chip("review", "Under review", lambda by: SQL(IN_REVIEW), "lock"),
    ),
    choices=(
        Choice("make", "Make", lambda by: _offered(Wanted.makes()), lambda code, by: Wanted.make == code, True),
        Choice("from", "Year", lambda by: YEARS, lambda code, by: Wanted.year_from >= int(code), True),
        Choice("region", "Region", lambda by: _regions(), lambda code, by: Wanted.region == code, True),
        Choice(
            "stands",
            "Stands at",
            lambda by: STANDS,
            lambda code, by: Wanted.deal.is_null() if code == "lead" else Wanted.deal.is_null(False),
            True,
        ),
    ),
    text=rows.found,
    parts=rows.parts,
    known_counts=lambda shown: {} if shown.chosen else _counts(shown),
    placeholder="Name, phone, email or model",
    empty=(
        "car",
        "Nobody is looking for a vehicle",
        "What leads and deals want comes here as soon as it is written down.",
    ),
    template="buyers/index.html",
    editing=Editing(
        save="buyers.cell",
        paste="buyers.paste",
        may=lambda row, seen: me().works_deals and may_work(row.subject, me()),
        version=lambda row: row.needs.version,
        text=lambda row, key: row.told(key, me().locale),
    ),
    kept=Kept(_shows),
    views=True,
    workbook=True,
)


def row_of(number: int) -> Row | None:
    return next(iter(rows.load([number])), None)
