"""Handing a push to its service by Web Push, signed with our keys (VAPID); read by the browser alone."""

from carmanana.config import Settings
from carmanana.core import clock
from carmanana.notifying import push_keys
from carmanana.notifying.devices import is_service
from carmanana.notifying.pushing import GONE, Sender, Unreached
from carmanana.records.push import PushDevice

SIGNED_FOR, KEPT_FOR, PATIENCE = 12 * 60 * 60, 12 * 60 * 60, 10  # seconds; a signature may hold for a day at most


def sender(settings: Settings) -> Sender:
    """What it needs is brought in where a push is sent: the web processes stay small."""
    import requests
    from pywebpush import WebPushException, webpush

    keys, session = push_keys.made(settings.data), requests.Session()
    session.trust_env = False
    session.max_redirects = 0  # an answer must not lead us elsewhere

    def send(device: PushDevice, text: str, urgent: bool) -> int:
        if not is_service(device.endpoint):
            return GONE[0]
        until = int(clock.now().timestamp()) + SIGNED_FOR
        try:
            return webpush(
                {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}},
                text,
                vapid_private_key=keys.private,
                vapid_claims={"sub": settings.push_contact, "exp": until},
                timeout=PATIENCE,
                ttl=KEPT_FOR,
                headers={"Urgency": "high" if urgent else "normal"},
                requests_session=session,
            ).status_code
        except WebPushException as error:
            if error.status_code is None:
                raise Unreached("The push service can't be used") from error
            return error.status_code
        except requests.RequestException as error:
            raise Unreached(type(error).__name__) from error
        except ValueError:  # its keys are no point of the curve
            return GONE[0]

    return send
