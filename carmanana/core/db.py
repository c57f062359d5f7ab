"""Tables as records: their fields, writing them, and transactions."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from peewee import (
    OP,
    SQL,
    AutoField,
    CharField,
    DatabaseError,
    Expression,
    ForeignKeyField,
    IntegerField,
    Model,
    NodeList,
    OperationalError,
    TextField,
    __exception_wrapper__,
)

from carmanana.config import Misconfigured, Settings
from carmanana.core import cache, connection, full_disk
from carmanana.core.connection import BESIDE, NULL, database
from carmanana.core.query import by_id

of_json = json.JSONDecoder().raw_decode  # knows what we have written, and looks for no blanks around it
as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

ROWS_AT_ONCE = 100
COMPARED = {bool, int, str, date, datetime, type(None)}  # values that are stored alike where they are alike


class UtcField(TextField):
    """Aware values in, UTC stored as sortable text, aware values out."""

    def db_value(self, value):
        if value is None or isinstance(value, str):
            return value
        if value.tzinfo is UTC:
            return value.isoformat(" ", "microseconds")[:-6]
        if value.tzinfo is None:
            raise ValueError(f"{value} could be any zone's")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")

    def python_value(self, value):
        return value and datetime.fromisoformat(value + "+00:00")


class JsonField(TextField):
    def db_value(self, value):
        return None if value is None else as_json(value)

    def python_value(self, value):
        return None if value is None else of_json(value)[0]

    def named(self, name: str) -> NodeList:
        """What stands under this name, in a query."""
        return NodeList((self, SQL(f"->> '{name}'")))


class WordsField(TextField):
    """A small set of words, stored as ' agent manager ' so that one can be searched."""

    def db_value(self, value):
        return value if isinstance(value, str) else " " + " ".join(sorted(value)) + " " if value else ""

    def python_value(self, value):
        return _words(value or "")


@lru_cache(1_000)
def _words(stored: str) -> frozenset[str]:
    return frozenset(stored.split())


class Record(Model):
    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def get(cls, *query, **filters):
        """A row by its id, which is what every foreign key asks that is followed, is read by SQL that is written
        once."""
        asked = _id_in(query[0], cls) if len(query) == 1 and not filters else None
        return super().get(*query, **filters) if asked is None else by_id(cls, asked)

    @classmethod
    def with_what_follows(cls, fields: dict) -> dict:
        """Fields that are to be written, and those of the same row that follow from them."""
        return fields

    @classmethod
    def update(cls, *args, **fields):
        return super().update(*args, **cls.with_what_follows(fields))

    @classmethod
    def create(cls, **values):
        """As peewee does it, with SQL that is written once."""
        if not cls._meta.auto_increment:
            return super().create(**values)
        record = cls(**values)
        written = record.__data__
        record.id = database.execute_sql(_inserting(cls, tuple(written)), _stored(cls, written)).lastrowid
        record._dirty.clear()
        return record


def _id_in(condition, model: type[Record]) -> int | None:
    """The number where this says that the id is it, and no more."""
    if type(condition) is not Expression or condition.op != OP.EQ or condition.lhs is not model._meta.primary_key:
        return None
    return condition.rhs if type(condition.rhs) is int else None


class Stale(Exception):
    """Somebody changed the row since it was read; `record` is how it stands now."""

    def __init__(self, record):
        super().__init__(f"{type(record).__name__} {record.id} has changed")
        self.record = record


def transaction():
    return database.atomic()


def reading():
    """Several reads that see one and the same state; it locks nothing."""
    return database.atomic("DEFERRED")


def change(record: Record, **fields) -> None:
    """Write fields of a versioned row, or raise Stale when its version has moved on."""
    model = type(record)
    _change(record, fields, model.with_what_follows(fields))


def change_what_differs(record: Record, **fields) -> None:
    """As `change`, of a record as it stands: a field that has this value already is not written, for whatever is
    written is put in its place anew in every index, and wakes the triggers that look at it."""
    model = type(record)
    told = model.with_what_follows(fields)
    _change(record, fields, {name: value for name, value in told.items() if not _stands(record, name, value)})


def _stands(record: Record, name: str, value) -> bool:
    value = value.id if isinstance(value, Model) else value
    kind, known = type(value), record.__data__
    if kind not in COMPARED or name not in known:
        return False
    return type(known[name]) is kind and known[name] == value


def _change(record: Record, fields: dict, told: dict) -> None:
    model, version = type(record), record.version
    written = {"version": version + 1} | {model._meta.combined[name].name: value for name, value in told.items()}
    values = [*_stored(model, written), record.id, version]
    if database.execute_sql(_changing(model, tuple(written)), values).rowcount != 1:
        raise Stale(model.get_by_id(record.id))
    for name, value in fields.items():
        setattr(record, name, value)
    record.version = version + 1


# peewee takes longer to write the SQL of a row than the database to store it


@lru_cache(maxsize=1_000)
def _inserting(model: type[Record], names: tuple[str, ...]) -> str:
    return _insertion(model._meta.table_name, tuple(_columns(model, names)), 1)


@lru_cache(maxsize=1_000)
def _changing(model: type[Record], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{column}" = ?' for column in _columns(model, names))
    return f'UPDATE "{model._meta.table_name}" SET {columns} WHERE "id" = ? AND "version" = ?'


def _columns(model: type[Record], names: Iterable[str]) -> list[str]:
    return [model._meta.fields[name].column_name for name in names]


def _stored(model: type[Record], values: dict) -> list:
    """Each as its column wants it."""
    return [model._meta.fields[name].db_value(value) for name, value in values.items()]


def insert_all(records: list[Record]) -> None:
    """Many rows of one table at once, ten times as fast as `bulk_create`; the records are not given their ids."""
    if not records:
        return
    meta = type(records[0])._meta
    fields = meta.sorted_fields
    as_it_is = {
        field.name
        for field in fields
        if type(field) in (AutoField, IntegerField, CharField, TextField, ForeignKeyField)
    }
    rows = [
        [
            value
            if (value := record.__data__.get(field.name)) is None or field.name in as_it_is
            else field.db_value(value)
            for field in fields
        ]
        for record in records
    ]
    insert_rows(meta.table_name, [field.column_name for field in fields], rows)


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Iterable]) -> None:
    """Rows as the database keeps them, a hundred in one statement: three times as fast as one by one."""
    rows = iter(rows)
    while together := list(islice(rows, ROWS_AT_ONCE)):
        values = [NULL if value is None else value for row in together for value in row]
        with __exception_wrapper__:
            database.cursor().execute(_insertion(table, tuple(columns), len(together)), values)


@lru_cache
def _insertion(table: str, columns: tuple[str, ...], rows: int) -> str:
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join([database.param] * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([f"({places})"] * rows)}'


def open_database(settings: Settings) -> None:
    """Raises Misconfigured for one whose making was cut off."""
    if unfinished(settings.database).exists():
        raise Misconfigured(f"The demo world was cut off while it was made. Delete {settings.data} and make it anew.")
    cache.clear_all()
    keep_private(settings)
    connection.point_at(settings.database)


def unfinished(path: Path) -> Path:
    """The file that stands beside a database while it is filled without a journal: who is cut off leaves it there."""
    return path.with_name(f"{path.name}-unfinished")


def trouble(error: DatabaseError) -> str:
    """What keeps the database from being used, for whoever starts the server or runs a command."""
    if str(error).startswith(("no such table", "no such column")):
        return "The database waits for a migration: run `flask --app app migrate` first."
    if full_disk.is_meant(error, folder := Path(database.database).parent):
        return full_disk.told(folder)
    if isinstance(error, OperationalError):
        return f"The database can't be used now: {error}."
    return f"The database is damaged ({error}). Put a backup in place: `flask --app app restore PATH`."


def private_folder(path: Path) -> None:
    """Nobody else on the machine may look in; one that others could look into is closed to them."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close_to_others(path, 0o700)


def keep_private(settings: Settings) -> None:
    """Before the database would be made readable for everybody; its log and its memory are as it is."""
    private_folder(settings.data)
    settings.database.touch(mode=0o600)
    for path in (settings.database, settings.queue, *(Path(f"{settings.database}{end}") for end in BESIDE)):
        if path.exists():
            _close_to_others(path, 0o600)


def _close_to_others(path: Path, mode: int) -> None:
    with suppress(PermissionError):  # somebody else's, who has let us in
        if path.stat().st_mode & 0o077:
            path.chmod(mode)


def next_id(model: type[Record]) -> int:
    """The id that the table gives next; call it inside the transaction that inserts."""
    return connection.next_id(model._meta.table_name)
