"""The index as tables of SQLite's full-text search; `id` is the id of the row that is found.

Another database would have its own of these three modules: here, words.py and index.py."""

from peewee import AutoField, Expression, TextField

from carmanana.core.db import Record


class Index(Record):
    id = AutoField(column_name="rowid")
    told = TextField()

    @classmethod
    def tells(cls, wanted: str):
        return Expression(cls.told, "MATCH", wanted)


class SearchName(Index):
    pass


class SearchAddress(Index):
    pass


class SearchNumber(Index):
    pass


class SearchOrder(Index):
    pass


class SearchConversation(Index):
    pass
