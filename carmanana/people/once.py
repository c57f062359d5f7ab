"""One-time keys: a form that creates something creates it once, however often it arrives."""

from collections.abc import Callable

from carmanana.db import Record, transaction

from .models import OneTimeKey, User


def once(key: str, by: User, make: Callable[[], Record]) -> Record:
    """What `make` makes, or what an earlier arrival of the same form has made."""
    if not key:
        return make()
    with transaction():
        earlier = OneTimeKey.get_or_none(OneTimeKey.key == key[:64], OneTimeKey.user == by)
        if earlier:
            return _made(earlier)
        record = make()
        OneTimeKey.create(key=key[:64], user=by, made=type(record)._meta.table_name, made_id=record.id)
    return record


def _made(earlier: OneTimeKey) -> Record:
    model = next(model for model in Record.__subclasses__() if model._meta.table_name == earlier.made)
    return model.get_by_id(earlier.made_id)
