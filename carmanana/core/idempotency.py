"""One-time keys: a form that creates something creates it once, however often it arrives."""

from collections.abc import Callable
from datetime import timedelta

from peewee import CharField, IntegerField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField, transaction
from carmanana.core.workflow import Refusal, Refused

REMEMBERED = timedelta(days=60)  # a phone may be without a signal for long


class OneTimeKey(Record):
    """Each form that creates carries one, so that a double click or a retry creates once."""

    key = CharField(primary_key=True)
    user = IntegerField(column_name="user_id")
    made = CharField(default="")
    made_id = IntegerField(null=True)
    at = UtcField(default=clock.now)


def once(key: str, by: Record, make: Callable[[], Record]) -> Record:
    """What `make` makes, or what an earlier arrival of the same form has made. A key counts for
    one person and one form, which is known by where `make` is written. Either way it is made whole or not at all."""
    kept = f"{by.id}:{make.__module__}.{make.__qualname__}:{key[:64]}"
    with transaction():
        if not key:
            return make()
        earlier = OneTimeKey.get_or_none(OneTimeKey.key == kept)
        if earlier:
            return _made(earlier)
        record = make()
        OneTimeKey.create(key=kept, user=by.id, made=type(record)._meta.table_name, made_id=record.id)
    return record


def first(key: str, by: Record, form: str) -> bool:
    """Of a form that makes many things, each by itself: is this its first arrival?"""
    kept = f"{by.id}:{form}:{key[:64]}"
    with transaction():
        seen = bool(key) and OneTimeKey.get_or_none(OneTimeKey.key == kept) is not None
        if key and not seen:
            OneTimeKey.create(key=kept, user=by.id)
    return not seen


def arrived(key: str, by: Record) -> bool:
    """Has a form of theirs with this key made something already? Then what stands in its way by now is its own
    doing."""
    return (
        bool(key)
        and OneTimeKey.select().where(OneTimeKey.user == by.id, OneTimeKey.key.endswith(f":{key[:64]}")).exists()
    )


def _made(earlier: OneTimeKey) -> Record:
    model = next(model for model in Record.__subclasses__() if model._meta.table_name == earlier.made)
    record = model.get_or_none(model.id == earlier.made_id)
    if record is None:
        raise Refused([Refusal("sent", "This form was sent already, and what it made is gone. Open it anew.")])
    return record
