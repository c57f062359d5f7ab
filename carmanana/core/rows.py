"""Records made of rows: peewee's own cursor sets every column by itself, which takes longer than the query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    Field,
    FieldAlias,
    ForeignKeyField,
    IntegerField,
    Model,
    ModelAlias,
    TextField,
)
from peewee import ModelCursorWrapper as Joined
from peewee import ModelObjectCursorWrapper as Single
from peewee import ModelTupleCursorWrapper as Rows

STORED_AS_THEY_ARE = (AutoField, IntegerField, CharField, TextField, ForeignKeyField)
# peewee's own ways look for many forms of what is always stored in one
READ = {
    BooleanField: lambda value: None if value is None else value != 0,
    DateField: lambda value: value and date.fromisoformat(value),
}


def reader_of(cursor: Joined | Single) -> Callable:
    """What makes a record of a row, with the records that were joined; peewee's own way where more than that is
    selected."""
    cursor.initialize()
    if type(cursor) is Rows:
        return _row_reader(cursor)
    if not _only_records(cursor):
        return cursor.process_row
    parts = {model: RecordColumns.of(cursor, model) for model in dict.fromkeys(field.model for field in cursor.fields)}
    links = (
        [(source, name, joined) for source, name, joined, *_ in cursor.src_to_dest] if type(cursor) is Joined else []
    )
    if len(parts) == 1 and not links:
        return parts[cursor.model].maker()
    makers = [(model, part.maker(), part.absent) for model, part in parts.items()]

    def read(row: tuple) -> Model:
        made = {
            model: None if model is not cursor.model and absent(row) else make(row) for model, make, absent in makers
        }
        for source, name, joined in links:
            if made[source] is not None:
                made[source].__rel__[name] = made[joined]
        return made[cursor.model]

    return read


def _row_reader(cursor: Rows) -> Callable[[tuple], tuple]:
    """Where no value is stored otherwise than it is read, a row is as it comes."""
    told = enumerate(zip(cursor.fields, cursor.converters, strict=True))
    reading = {place: _reading(field, convert) for place, (field, convert) in told if convert}
    reading = {place: read for place, read in reading.items() if read}
    if not reading:
        return tuple

    def read(row: tuple) -> tuple:
        values = list(row)
        for place, convert in reading.items():
            values[place] = convert(values[place])
        return tuple(values)

    return read


def _reading(field, convert: Callable) -> Callable | None:
    """How a column is read; None where it is stored as it is."""
    stored = field.field if isinstance(field, FieldAlias) else field
    return None if type(stored) in STORED_AS_THEY_ARE else READ.get(type(stored), convert)


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
        and all(
            source in runs and joined in runs and (is_fk or _is_reference(source, name))
            for source, name, joined, _, _, is_fk in joins
        )
    )


def _is_reference(model, name: str) -> bool:
    """Is what was joined under this name what a foreign key leads to?"""
    return isinstance(model._meta.fields.get(name), ForeignKeyField)


def _is_its_own(field: Field | None, column: str, convert: Callable | None) -> bool:
    return isinstance(field, Field) and field.name == column and convert is not None


@dataclass(frozen=True)
class RecordColumns:
    """The columns of one model in the row."""

    model: type[Model]
    columns: slice
    names: tuple[str, ...]
    converted: tuple[tuple[str, Callable], ...]

    @classmethod
    def of(cls, cursor, model: type[Model]) -> "RecordColumns":
        first = next(i for i, field in enumerate(cursor.fields) if field.model is model)
        fields = [field for field in cursor.fields if field.model is model]
        reading = ((field.name, _reading(field, field.python_value)) for field in fields)
        converted = tuple((name, read) for name, read in reading if read)
        model = model.model if isinstance(model, ModelAlias) else model
        return cls(model, slice(first, first + len(fields)), tuple(field.name for field in fields), converted)

    def maker(self) -> Callable[[tuple], Model]:
        model, new, columns, names, converted = self.model, self.model.__new__, self.columns, self.names, self.converted

        def record(row: tuple) -> Model:
            made = new(model)
            made.__data__ = values = dict(zip(names, row[columns], strict=True))
            for name, convert in converted:
                values[name] = convert(values[name])
            made._dirty, made.__rel__ = set(), {}
            return made

        return record

    def absent(self, row: tuple) -> bool:
        """Nothing stands at the other end of an outer join."""
        return row[self.columns].count(None) == len(self.names)


def maker_of(row: type[tuple], model: type[Model], told: dict[str, str]) -> Callable:
    """What makes a record of a row of a page, which knows what the row tells and no more; `told` are the names of its
    fields, and of theirs in the row."""
    plain = (*STORED_AS_THEY_ARE, BooleanField)
    fields = {name: model._meta.fields[name] for name in told}
    parts = [
        (name, row._fields.index(told[name]), None if type(field) in plain else field.python_value)
        for name, field in fields.items()
    ]

    def make(told: tuple) -> Model:
        record = model(__no_default__=True)
        for name, place, convert in parts:
            record.__data__[name] = convert(told[place]) if convert and told[place] is not None else told[place]
        return record

    return make
