"""The devices on which somebody wants pushes, and what waits to be sent to them."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.db import Record, UtcField
from carmanana.records.notifications import Notification
from carmanana.records.people import User


class PushDevice(Record):
    """A browser's subscription: the address of its push service, and the keys that only the browser can read with."""

    id = AutoField()
    user = ForeignKeyField(User, backref="push_devices")
    endpoint = CharField(unique=True)
    p256dh = CharField()
    auth = CharField()
    name = CharField()
    made_at = UtcField(default=clock.now)
    used_at = UtcField(null=True)


class PushMessage(Record):
    """One of a notification and a device; `size` is for how many it speaks."""

    id = AutoField()
    device = ForeignKeyField(PushDevice, on_delete="CASCADE")
    notification = ForeignKeyField(Notification, on_delete="CASCADE")
    size = IntegerField(default=1)
    made_at = UtcField(default=clock.now)
    sent_at = UtcField(null=True)
    given_up_at = UtcField(null=True)
    tries = IntegerField(default=0)
    try_after = UtcField(null=True)
    trouble = TextField(default="")
