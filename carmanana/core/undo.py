"""What stood before a step that its taker may take back, of any record: kept for a day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from peewee import AutoField, CharField, IntegerField

from carmanana.core import clock
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.core.query import prepared

KEPT = timedelta(days=1)


class UndoStep(Record):
    """What a step changed, as it stood before. `version` is the record's right after the step: while the record has
    it, nothing has changed since. Words are in here, which may not be in the audit trail."""

    id = AutoField()
    subject = CharField()
    subject_id = IntegerField()
    version = IntegerField()
    by_id = IntegerField()
    verb = CharField()
    was = CharField()
    before = JsonField()
    at = UtcField()
    undone_at = UtcField(null=True)

    @classmethod
    def last(cls, record: Record) -> "UndoStep | None":
        """The step that brought the record where it is, if it can be taken back."""
        found = step_to.first(subject_of(record), record.id, record.version)
        return found if found and found.at >= clock.now() - KEPT else None

    @classmethod
    def too_old(cls, record: Record) -> bool:
        """A step brought the record where it is, more than a day ago."""
        return cls.of(record, record.version).where(cls.at < clock.now() - KEPT).exists()

    @classmethod
    def newest_of(cls, by: Record, model: type[Record]) -> "UndoStep | None":
        """The last step of theirs, on any record of a model, that may still be taken back."""
        return _newest_of.first(model._meta.table_name, by.id, clock.now() - KEPT)

    @classmethod
    def of(cls, record: Record, version: int):
        return cls.select().where(
            cls.subject == subject_of(record), cls.subject_id == record.id, cls.version == version
        )

    def stood(self, beside: dict) -> None:
        """What else comes back, where the step is the last of several that are taken as one."""
        self.before = self.before | {"beside": beside}
        self.save(only=[UndoStep.before])

    def fields_of(self, model: type[Record]) -> dict:
        """By name, the values of the record that come back."""
        return {name: model._meta.fields[name].python_value(value) for name, value in self.before["fields"].items()}


def subject_of(record: Record) -> str:
    return type(record)._meta.table_name


@prepared
def step_to(subject, subject_id, version):
    same = (UndoStep.subject == subject) & (UndoStep.subject_id == subject_id)
    return UndoStep.select().where(same, UndoStep.version == version).limit(1)


@prepared
def _newest_of(subject, user_id, since):
    mine = (UndoStep.by_id == user_id) & (UndoStep.at >= since) & UndoStep.undone_at.is_null()
    return UndoStep.select().where(mine, UndoStep.subject == subject).order_by(UndoStep.id.desc()).limit(1)


def keep(
    record: Record,
    by: Record,
    verb: str,
    was: str,
    names: Iterable[str],
    stood: dict | None = None,
    at: datetime | None = None,
) -> None:
    """Call it in the step's transaction, before the record's fields change. `stood` is what else the step touches."""
    before = {"fields": {name: _stored(record, name) for name in names}, "beside": stood}
    step = subject_of(record), record.id, record.version + 1, by.id, verb, was, before, at or clock.now()
    _keep.rows(*step)


@prepared
def _keep(subject, subject_id, version, by_id, verb, was, before, at):
    return UndoStep.insert(
        subject=subject,
        subject_id=subject_id,
        version=version,
        by_id=by_id,
        verb=verb,
        was=was,
        before=before.to(UndoStep.before),
        at=at.to(UndoStep.at),
    )


def _stored(record: Record, name: str):
    value = type(record)._meta.fields[name].db_value(record.__data__.get(name))
    return value.isoformat() if isinstance(value, date) else value
