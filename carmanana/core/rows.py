"""Records made of rows. peewee's own cursor sets every column by itself, which takes longer than the query."""

from collections.abc import Callable
from dataclasses import dataclass

from peewee import AutoField, CharField, Field, FieldAlias, ForeignKeyField, IntegerField, TextField
from peewee import ModelCursorWrapper as Joined
from peewee import ModelObjectCursorWrapper as Single

from carmanana.core.db import Record

AS_THEY_ARE = (AutoField, IntegerField, CharField, TextField, ForeignKeyField)


def reader_of(cursor: Joined | Single) -> Callable:
    """What makes a record of a row, with the records that were joined; peewee's own way where more than that is selected."""
    cursor.initialize()
    if not _only_records(cursor):
        return cursor.process_row
    parts = {model: Part.of(cursor, model) for model in dict.fromkeys(field.model for field in cursor.fields)}
    links = (
        [(source, name, joined) for source, name, joined, *_ in cursor.src_to_dest] if type(cursor) is Joined else []
    )
    if len(parts) == 1 and not links:
        return parts[cursor.model].record

    def read(row: tuple) -> Record:
        made = {model: part.record(row) for model, part in parts.items()}
        for source, name, joined in links:
            made[source].__rel__[name] = None if parts[joined].absent(row) else made[joined]
        return made[cursor.model]

    return read


def _only_records(cursor) -> bool:
    """Columns of models under their own names, side by side for each of them, that hang together by foreign keys."""
    if type(cursor) not in (Joined, Single) or not all(
        map(_is_its_own, cursor.fields, cursor.columns, cursor.converters)
    ):
        return False
    models = [field.model for field in cursor.fields]
    runs = [model for model, before in zip(models, [None, *models], strict=False) if model is not before]
    joins = cursor.src_to_dest if type(cursor) is Joined else []
    return (
        len(runs) == len(set(runs))
        and cursor.model in runs
        and all(is_fk and source in runs and joined in runs for source, _, joined, _, _, is_fk in joins)
    )


def _is_its_own(field: Field | None, column: str, convert: Callable | None) -> bool:
    return (
        isinstance(field, Field) and not isinstance(field, FieldAlias) and field.name == column and convert is not None
    )


@dataclass(frozen=True)
class Part:
    """The columns of one model in the row."""

    model: type[Record]
    columns: slice
    names: tuple[str, ...]
    converted: tuple[tuple[str, Callable], ...]

    @classmethod
    def of(cls, cursor, model: type[Record]) -> "Part":
        first = next(i for i, field in enumerate(cursor.fields) if field.model is model)
        fields = [field for field in cursor.fields if field.model is model]
        converted = tuple((field.name, field.python_value) for field in fields if type(field) not in AS_THEY_ARE)
        return cls(model, slice(first, first + len(fields)), tuple(field.name for field in fields), converted)

    def record(self, row: tuple) -> Record:
        record = self.model.__new__(self.model)
        record.__data__ = values = dict(zip(self.names, row[self.columns], strict=True))
        for name, convert in self.converted:
            values[name] = convert(values[name])
        record._dirty, record.__rel__ = set(), {}
        return record

    def absent(self, row: tuple) -> bool:
        """Nothing stands at the other end of an outer join."""
        return all(value is None for value in row[self.columns])
