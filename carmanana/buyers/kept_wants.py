"""The wants of the buyers of a make, kept in memory until a log that the database keeps (`wanted_change`) tells of
them: those that changed since are read anew, and where they are many, all."""

from dataclasses import dataclass, field

from carmanana.buyers.wants import MOST, Wants, read
from carmanana.core.cache import Cache
from carmanana.core.db import database
from carmanana.records.wanted import ANY_MODEL
from carmanana.schema.sqlite import last_id

FEW, A_SHARE = 10, 50  # changes that are read by themselves: so many, or one of so many buyers
MOST_ELSEWHERE = 3_000  # of the buyers of other makes, who are only counted
SINCE = """SELECT wanted_id FROM wanted_change WHERE id > :until{0}
UNION SELECT NULL WHERE (SELECT MIN(id) FROM wanted_change) > :until + 1 LIMIT :most"""
OF_MAKE, ANYWHERE = SINCE.format(" AND make IN (:make, '')"), SINCE.format("")


@dataclass(frozen=True)
class Kept:
    """`until` is the change up to which they are told."""

    wants: Wants
    until: int


@dataclass(frozen=True)
class Part:
    """Some of the buyers, but for those of these rows."""

    wants: Wants
    without: list[int] = field(default_factory=list)


KEPT = Cache(4, lambda kept: kept.wants.size)


def of_make(make: str) -> list[Part]:
    return _parts(make, "make = :make", OF_MAKE, MOST)


def elsewhere(make: str) -> list[Part]:
    """Who wants another make, and leaves the model open."""
    return _parts(make, f"{ANY_MODEL} AND make <> :make", ANYWHERE, MOST_ELSEWHERE)


def _parts(make: str, where: str, since: str, most: int) -> list[Part]:
    kept = KEPT.get((since, make))
    few = max(FEW, len(kept.wants.ids) // A_SHARE) if kept else 0
    changed = _changed(since, make, kept.until, few) if kept else [None]
    if None in changed or len(changed) > few:
        return [Part(_anew((since, make), where, most))]
    if not changed:
        return [Part(kept.wants)]
    these = f"{where} AND id IN ({', '.join(map(str, changed))})"
    return [Part(kept.wants, kept.wants.rows_of(changed)), Part(read(these, {"make": make}))]


def _changed(since: str, make: str, until: int, few: int) -> list[int | None]:
    """With None among them where all is another, or the log does not reach back that far."""
    asked = {"make": make, "until": until, "most": few + 1}
    return [one for (one,) in database.execute_sql(since, asked).fetchall()]


def _anew(key: tuple[str, str], where: str, most: int) -> Wants:
    until = database.execute_sql(f"SELECT {last_id('wanted_change')}").fetchone()[0] or 0
    wants = read(where, {"make": key[1]}, most)
    if not database.in_transaction():  # what is written there may be taken back
        KEPT.put(key, Kept(wants, until))
    return wants
