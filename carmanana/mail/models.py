"""Mail that the worker owes somebody; written in the transaction that promised it."""

from peewee import AutoField, CharField, IntegerField, TextField

from carmanana import clock
from carmanana.db import Record, UtcField


class OutgoingMail(Record):
    id = AutoField()
    to = CharField()
    subject = CharField()
    body = TextField()
    created_at = UtcField(default=clock.now)
    sent_at = UtcField(null=True)
    tries = IntegerField(default=0)
    trouble = TextField(default="")
