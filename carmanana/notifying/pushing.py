"""Pushes: one a device for what came of a kind since the last look, kept until the push service has taken it. A locked
screen shows no customer's name unless its owner wants it to."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby

from carmanana.core import clock
from carmanana.core.db import transaction
from carmanana.notifying import devices
from carmanana.records.notification_kinds import kind_of
from carmanana.records.notification_settings import NotificationSettings
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.push import PushDevice, PushMessage

AT_ONCE, TOO_OLD, KEPT = 200, timedelta(days=1), timedelta(days=7)
AGAIN_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
GONE = (404, 410)
AGAIN = (408, 429)
LONGEST = 160
log = logging.getLogger("carmanana")

Sender = Callable[[PushDevice, str, bool], int]  # the device, the text, whether it is urgent: the status of the answer


class Unreached(Exception):
    """The push service did not answer."""


def write_messages(as_of: datetime) -> int:
    """One for each device of whoever is told; how many."""
    waiting = Notification.select(Notification, User).join(User, on=Notification.user).where(Notification.to_push)
    found = sorted(waiting.order_by(Notification.id).limit(AT_ONCE), key=_together)
    return sum(_write(list(alike), as_of) for _, alike in groupby(found, key=_together))


def _together(notification: Notification) -> tuple:
    alone = kind_of(notification.kind).urgent
    return notification.user_id, notification.kind, notification.id if alone else 0


def _write(alike: list[Notification], as_of: datetime) -> int:
    new = [one for one in alike if one.read_at is None and one.created_at > as_of - TOO_OLD]
    with transaction():
        owed = Notification.id.in_([one.id for one in alike]) & Notification.to_push
        if not Notification.update(to_push=False).where(owed).execute() or not new or not new[-1].user.active:
            return 0
        taking = devices.of(new[-1].user)
        for device in taking:
            PushMessage.create(device=device, notification=new[-1], size=len(new))
    return len(taking)


def some_wait() -> bool:
    return _due(clock.now()).exists()


def _due(now: datetime):
    waits = PushMessage.sent_at.is_null() & PushMessage.given_up_at.is_null()
    return PushMessage.select().where(waits, PushMessage.try_after.is_null() | (PushMessage.try_after <= now))


def send_waiting(send: Sender) -> int:
    """Try each message whose time has come; how many were taken."""
    now = clock.now()
    found = _due(now).select(PushMessage, PushDevice, Notification).join(PushDevice)
    found = found.join_from(PushMessage, Notification).order_by(PushMessage.id).limit(AT_ONCE)
    return sum(_try(message, send, now) for message in list(found))


def _try(message: PushMessage, send: Sender, now: datetime) -> bool:
    if message.notification.read_at or message.made_at < now - TOO_OLD:
        return _settle(message, given_up_at=now, trouble="It was read, or too old, before it was sent.")
    _settle(message, tries=message.tries + 1, try_after=now + AGAIN_AFTER[0])  # counted before it is made
    try:
        status = send(message.device, payload(message), kind_of(message.notification.kind).urgent)
    except Unreached as error:
        return _again(message, now, str(error))
    if status in GONE:
        PushDevice.delete().where(PushDevice.id == message.device_id).execute()
        return False
    if status in AGAIN or status >= 500:
        return _again(message, now, f"Answered {status}")
    if status >= 300:
        return _settle(message, given_up_at=now, trouble=f"Answered {status}")
    devices.used(message.device)
    return not _settle(message, sent_at=now, trouble="")


def _settle(message: PushMessage, **fields) -> bool:
    PushMessage.update(**fields).where(PushMessage.id == message.id).execute()
    return False


def _again(message: PushMessage, now: datetime, trouble: str) -> bool:
    log.warning("push not sent", extra={"told": {"message": message.id, "trouble": trouble}})
    if message.tries >= len(AGAIN_AFTER):
        return _settle(message, given_up_at=now, trouble=trouble)
    return _settle(message, trouble=trouble, try_after=now + AGAIN_AFTER[message.tries])


def payload(message: PushMessage) -> str:
    """What the service worker shows. Alike ones take the place of each other."""
    notification, kind = message.notification, kind_of(message.notification.kind)
    named = NotificationSettings.of(notification.user).push_names and message.size == 1
    words = notification.text[:LONGEST] if named else kind.told(message.size)
    one = message.size == 1
    where = f"/notifications/{notification.id}" if one else "/notifications/"
    tag = f"{kind.code}-{notification.id}" if kind.urgent else kind.code
    return json.dumps({"title": "CarManana", "body": words, "url": where, "tag": tag, "urgent": kind.urgent})


def forget(as_of: datetime) -> None:
    """What was sent, or given up, long ago."""
    PushMessage.delete().where(PushMessage.made_at < as_of - KEPT).execute()
