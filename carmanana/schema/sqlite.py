"""What is SQLite's own in the SQL that we write, by names that another database's module of the same names could
answer. How it is opened stands in `core/connection.py`; triggers, in its dialect too, in `derived`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from peewee import (
    OP,
    SQL,
    AutoField,
    EnclosedNodeList,
    Expression,
    NodeList,
    Select,
    TextField,
    fn,
    sqlite3,
)

from carmanana.core import text
from carmanana.core.connection import LAST_ID, database
from carmanana.core.db import Record, as_json
from carmanana.core.query import Prepared

database.register_function(text.fold, "fold")
database.register_function(text.digits, "digits")

DamagedFile = sqlite3.DatabaseError

# full-text search

WORDS = """CREATE VIRTUAL TABLE {index} USING fts5 (
  told, content='', contentless_delete=1, prefix='1 2 3 4 5 6', tokenize="unicode61 remove_diacritics 2"
)"""
MEGABYTE = 1024 * 1024
LONG_WORDS = WORDS.replace("1 2 3", "3")
DIGITS = """CREATE VIRTUAL TABLE {index} USING fts5 (told, content='', contentless_delete=1, tokenize='trigram')"""


class SearchIndex(Record):
    """Its `id` is the id of the row that is found."""

    id = AutoField(column_name="rowid")
    told = TextField()

    @classmethod
    def tells(cls, wanted: str):
        return Expression(cls.told, "MATCH", wanted)


def search_table(name: str, kind: str) -> str:
    return kind.format(index=name)


def index_rows(index: str, condition: str) -> str:
    """The statement that indexes the rows of its table for which a condition holds."""
    return f"INSERT INTO {index} (rowid, told) SELECT id, told FROM {index}_told WHERE {condition}"


def before_filling(index: str) -> tuple[str]:
    """Words are gathered in much memory, where they would be written, and put together again, every few thousand rows
    that are indexed."""
    return (_setting(index, hashsize=64 * MEGABYTE, automerge=0),)


def after_filling(index: str) -> tuple[str]:
    """As is usual; and all is put together, so that it is found quickest."""
    return (_setting(index, hashsize=MEGABYTE, automerge=4, optimize=0),)


def _setting(index: str, **told: int) -> str:
    return f"INSERT INTO {index} ({index}, rank) VALUES {', '.join(map(str, told.items()))}"


def all_beginnings(words: Iterable[str]) -> str:
    """What an index of words is asked for. Each word is quoted, so that none is an operator."""
    return " ".join(f'"{word}"*' for word in words)


def any_part(numbers: Iterable[str]) -> str:
    """What an index of digits is asked for."""
    return " OR ".join(f'"{number}"' for number in numbers)


# parts of queries


def members(listed) -> Select:
    """The members of a JSON list, as rows."""
    return Select([fn.json_each(listed)], [SQL("value")])


def members_named(*names: str) -> str:
    """The text of a query of the members of a JSON list that are lists themselves, each place of them by a name."""
    places = ", ".join(f"value ->> {place} AS {name}" for place, name in enumerate(names))
    return f"SELECT {places} FROM json_each(?)"


def listed(column):
    """The values of a group, with commas between."""
    return fn.GROUP_CONCAT(column)


class OfIds(Prepared):
    """A query of the rows with these ids, however many they are, whose SQL is written once; it is given what to look
    among."""

    def __init__(self, write: Callable):
        super().__init__(lambda ids: write(members(ids)))

    def __call__(self, ids: Iterable[int]) -> list:
        return super().__call__(as_json(list(ids)))


of_ids = OfIds


def unindexed(column) -> NodeList:
    """The column, where an index that begins with it would lead the planner astray."""
    return NodeList((SQL("+"), column))


def literally(column, *codes: str) -> Expression:
    """The column has one of these codes, which stand in the statement itself: so it is seen that a partial index holds
    its rows."""
    listed = as_literals(codes)
    return Expression(column, OP.EQ, SQL(listed)) if len(codes) == 1 else Expression(column, OP.IN, SQL(f"({listed})"))


def as_literals(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def unindexed_condition(condition) -> NodeList:
    """The same condition, which no index is looked up for."""
    return NodeList((SQL("+"), EnclosedNodeList((condition,))))


DISTINCT = """WITH RECURSIVE found ({names}) AS (
  SELECT * FROM (SELECT {names} FROM {table} INDEXED BY {index} WHERE {rows} ORDER BY {names} LIMIT 1)
  UNION ALL
  SELECT {behind} FROM found JOIN {table} AS behind ON behind.id = COALESCE({next})
) SELECT {names} FROM found"""
# the next within the same beginning, the longest one first
NEXT = "(SELECT id FROM {table} INDEXED BY {index} WHERE {rows} AND {same} ORDER BY {names} LIMIT 1)"


def distinct(table: str, columns: Sequence[str], rows: str, index: str, **asked) -> list[tuple]:
    """What these columns say together in some rows; the index of them is followed from each to the next. `asked` are
    the values that `rows` names."""
    given = {"table": table, "index": index, "rows": rows, "names": ", ".join(columns)}
    following = []
    for place in reversed(range(len(columns))):
        same = [f"{name} = found.{name}" for name in columns[:place]]
        more = f"{columns[place]} > found.{columns[place]}"
        following.append(NEXT.format(same=" AND ".join([*same, more]), **given))
    behind = ", ".join(f"behind.{name}" for name in columns)
    sql = DISTINCT.format(next=", ".join([*following, "NULL"]), behind=behind, **given)
    return database.execute_sql(sql, asked).fetchall()


def unindexed_name(column: str) -> str:
    return f"+{column}"


def by_index(name: str) -> str:
    return f"INDEXED BY {name}"


def days_from(moment, days: int):
    """A stored moment, so many days later, or earlier."""
    return fn.strftime("%Y-%m-%d %H:%M:%f", moment, f"{days:+d} days").concat("000")


def moment_after(seconds: str, column: str) -> str:
    """A stored moment: of so many seconds since 1970, with the fraction of another; quicker than to add to a text."""
    return f"datetime({seconds}, 'unixepoch') || substr({column}, 20)"


def day_moved(column: str, days: str) -> str:
    return f"date({column}, {days} || ' days')"


def last_id(table: str) -> str:
    """The highest id that a table ever gave."""
    return LAST_ID.format(table=table)


# what there is


def objects() -> dict[str, str]:
    """Tables, views and triggers by their name, and the kind of each."""
    found = "SELECT name, UPPER(type) FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')"
    return dict(database.execute_sql(found).fetchall())


def tables() -> list[str]:
    """Without those of an index."""
    real = "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in database.execute_sql(f"SELECT name FROM sqlite_master WHERE {real}").fetchall()]


def columns(table: str, schema: str = "main") -> list[tuple[str, bool, bool]]:
    """Name, whether it is required, and whether it is of the primary key."""
    told = database.execute_sql(f'PRAGMA {schema}.table_info("{table}")').fetchall()
    return [(name, bool(required), bool(primary)) for _, name, _, required, _, primary in told]


def typed_columns(table: str) -> list[tuple[str, bool, str]]:
    """Name, whether it is required, and its type as it was declared."""
    told = database.execute_sql(f'PRAGMA table_info("{table}")').fetchall()
    return [(name, bool(required), kind) for _, name, kind, required, *_ in told]


def row_key(table: str) -> str:
    """The column that tells its rows apart: some are known by something else than a number of their own."""
    primary = [name for name, _, is_primary in columns(table) if is_primary]
    return primary[0] if len(primary) == 1 else "deal_id" if "deal_id" in primary else "rowid"


def references(table: str) -> dict[str, str]:
    """The table that a column refers to."""
    return {key[3]: key[2] for key in database.execute_sql(f'PRAGMA foreign_key_list("{table}")').fetchall()}


def references_to(table: str) -> list[tuple[str, str]]:
    """Tables and their columns that refer to it."""
    return sorted((name, column) for name in tables() for column, target in references(name).items() if target == table)


def unique_columns(table: str) -> set[str]:
    """Columns that are unique by themselves, in every row."""
    indexes = [
        index for index in database.execute_sql(f'PRAGMA index_list("{table}")').fetchall() if index[2] and not index[4]
    ]
    covered = [database.execute_sql(f'PRAGMA index_info("{index[1]}")').fetchall() for index in indexes]
    return {named[0][2] for named in covered if len(named) == 1}


# files


def copy_into(path: Path) -> None:
    """A copy of the database as it stands now, while others work; into an empty file, which keeps who may read it."""
    path.touch(mode=0o600)
    database.execute_sql("VACUUM INTO ?", (str(path),))


@contextmanager
def reading_file(path: Path) -> Iterator[sqlite3.Connection]:
    """With the log beside it, where there is one; without it nothing is written beside it."""
    fixed = "" if Path(f"{path}-wal").exists() else "&immutable=1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{fixed}", uri=True)) as connection:
        yield connection


@contextmanager
def writing_file(path: Path) -> Iterator[sqlite3.Connection]:
    """One file, without a log beside it; all of it is written or nothing."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        with connection:
            yield connection


def copy_file(source: Path, to: Path) -> None:
    with reading_file(source) as reading, closing(sqlite3.connect(to)) as writing:
        reading.backup(writing)


def is_whole(connection) -> bool:
    return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def leads_nowhere(connection) -> bool:
    """Does a row refer to one that is not there?"""
    return connection.execute("PRAGMA foreign_key_check").fetchone() is not None


def tables_in(connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
