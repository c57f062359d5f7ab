"""What is new on a board since somebody looked: from a log that the database keeps (board_change), whoever writes."""

from dataclasses import dataclass

from carmanana.boards.board import KEY_OF_STATE
from carmanana.core.db import database
from carmanana.records.deal_codes import ACTIVE
from carmanana.schema.sqlite import last_id

# from there on nothing is forgotten
OLDEST = """COALESCE(
  (SELECT MIN(id) FROM board_change WHERE deal_id IS NOT NULL), (SELECT MIN(id) FROM board_change))"""
NEWS = f"""
SELECT {last_id("board_change")}, {OLDEST},
  (SELECT MAX(id) FROM board_change WHERE deal_id IS NULL),
  told.deal_id, told.stage_id, told.state, told.event_id, told.id
FROM pipeline
LEFT JOIN board_change AS told ON told.id > ? AND (told.pipeline_id = pipeline.id OR told.pipeline_id IS NULL)
WHERE pipeline.slug = ? LIMIT ?
"""
OF_ALL = f"SELECT COALESCE((SELECT MAX(id) FROM board_change WHERE deal_id IS NULL), {OLDEST})"
STILL = f"SELECT 1 FROM pipeline WHERE slug = ? AND {last_id('board_change')} = ?"
MOST = 500
NEVER = 2**62  # "since" of who has seen nothing yet


@dataclass(frozen=True)
class News:
    """`version` is what to ask from next time. `whole` where single columns would not do: the stages themselves have
    changed, there are too many, or the log does not reach back that far. `after` is the last event before the first of
    the changes. What is of no single deal (people, pipelines, stages) is as it was since the change `of_all`."""

    version: int
    whole: bool = False
    keys: tuple[str, ...] = ()
    deals: tuple[int, ...] = ()
    after: int = 0
    of_all: int = 0

    def __bool__(self) -> bool:
        return self.whole or bool(self.keys)


def is_still(slug: str, version: int) -> bool:
    """Has nothing happened since on any board?"""
    return database.execute_sql(STILL, (slug, version)).fetchone() is not None


def last_of_all() -> int:
    """The last change that was of no single deal (News.of_all)."""
    return database.execute_sql(OF_ALL).fetchone()[0] or 0


def news(slug: str, since: int) -> News | None:
    """One query; None where there is no such board."""
    rows = database.execute_sql(NEWS, (since, slug, MOST)).fetchall()
    if not rows:
        return None
    version, oldest, of_all = rows[0][0] or 0, rows[0][1] or 0, rows[0][2]
    of_all = of_all or oldest  # the log has forgotten when it was
    told = [row[3:] for row in rows if row[-1] is not None]
    if (
        since > version
        or (oldest or version + 1) > since + 1
        or len(rows) == MOST
        or any(deal_id is None for deal_id, *_ in told)
    ):
        return News(version, whole=True, of_all=of_all)
    keys = dict.fromkeys(f"s{stage_id}" if state == ACTIVE else KEY_OF_STATE[state] for _, stage_id, state, *_ in told)
    return News(
        version,
        False,
        tuple(keys),
        tuple(dict.fromkeys(row[0] for row in told)),
        min((row[3] for row in told), default=0),
        of_all,
    )
