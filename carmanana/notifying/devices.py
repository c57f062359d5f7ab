"""The browsers on which a person takes pushes."""

import base64
import binascii
import re
from urllib.parse import urlsplit

from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.people import User
from carmanana.records.push import PushDevice

MOST, LONGEST = 20, 1_000
SERVICES = re.compile(
    r"fcm\.googleapis\.com|([a-z0-9-]+\.)*push\.services\.mozilla\.com|([a-z0-9-]+\.)*push\.apple\.com"
    r"|([a-z0-9-]+\.)*notify\.windows\.com"
)
UNKNOWN_SERVICE = "This browser’s push service is not one that we send to."
UNREADABLE = "This browser sent no subscription that we can use."


def enter(user: User, endpoint: str, p256dh: str, auth: str, name: str) -> PushDevice:
    """A browser that somebody else used before is this person's now. The server sends only to the known services, so
    that nobody makes it ask for an address inside the house."""
    if not is_service(endpoint):
        raise Refused([Refusal("endpoint", UNKNOWN_SERVICE)], user)
    if _length(p256dh) != 65 or _length(auth) != 16:
        raise Refused([Refusal("keys", UNREADABLE)], user)
    with transaction():
        known = PushDevice.get_or_none(PushDevice.endpoint == endpoint)
        if known and known.user_id == user.id and (known.p256dh, known.auth) == (p256dh, auth):
            return known
        if known:
            known.delete_instance()
        if PushDevice.select().where(PushDevice.user == user).count() >= MOST:
            raise Refused([Refusal("devices", f"At most {MOST} devices. Remove one first.")], user)
        made = PushDevice.create(user=user, endpoint=endpoint, p256dh=p256dh, auth=auth, name=name[:120])
        audit.record("push_on", user, user, device=made.id)
    return made


def is_service(endpoint: str) -> bool:
    """One of the known push services, by https on its usual port."""
    try:
        parts = urlsplit(endpoint)
        usual = parts.port in (None, 443) and parts.username is None and parts.password is None
    except ValueError:
        return False
    plain = len(endpoint) <= LONGEST and re.fullmatch(r"[!-~]+", endpoint) and "\\" not in endpoint
    return bool(plain and usual and parts.scheme == "https" and SERVICES.fullmatch(parts.hostname or ""))


def _length(text: str) -> int:
    try:
        return len(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        return 0


def of(user: User) -> list[PushDevice]:
    return list(PushDevice.select().where(PushDevice.user == user).order_by(PushDevice.id))


def remove(user: User, device_id: int) -> bool:
    """One of one's own."""
    with transaction():
        gone = PushDevice.delete().where(PushDevice.user == user, PushDevice.id == device_id).execute()
        if gone:
            audit.record("push_off", user, user, device=device_id)
    return bool(gone)


def remove_this(user: User, endpoint: str) -> bool:
    """The browser that asks."""
    known = PushDevice.get_or_none(PushDevice.user == user, PushDevice.endpoint == endpoint)
    return bool(known and remove(user, known.id))


def used(device: PushDevice) -> None:
    PushDevice.update(used_at=clock.now()).where(PushDevice.id == device.id).execute()
