"""What is to reach somebody by email at once: written by the worker, one of a kind a minute however many came, and not
at all where it was read meanwhile. It names nobody: whoever opens it signs in."""

from datetime import datetime, timedelta
from itertools import groupby

from carmanana.core.db import transaction
from carmanana.records.mail import OutgoingMail
from carmanana.records.notification_kinds import kind_of
from carmanana.records.notifications import Notification
from carmanana.records.people import User

AT_ONCE, TOO_OLD = 500, timedelta(days=1)


def write_emails(as_of: datetime, public_url: str) -> int:
    """How many were written."""
    waiting = Notification.select(Notification, User).join(User, on=Notification.user).where(Notification.to_email)
    found = sorted(waiting.order_by(Notification.id).limit(AT_ONCE), key=_together)
    return sum(_write(list(alike), as_of, public_url) for _, alike in groupby(found, key=_together))


def _together(notification: Notification) -> tuple:
    alone = kind_of(notification.kind).urgent
    return notification.user_id, notification.kind, notification.id if alone else 0


def _write(alike: list[Notification], as_of: datetime, public_url: str) -> bool:
    user, kind = alike[0].user, kind_of(alike[0].kind)
    new = [one for one in alike if one.read_at is None and one.created_at > as_of - TOO_OLD]
    with transaction():
        owed = Notification.id.in_([one.id for one in alike]) & Notification.to_email
        if not Notification.update(to_email=False).where(owed).execute() or not new or not user.active:
            return False
        told, where = kind.told(len(new)), f"/notifications/{new[-1].id}" if len(new) == 1 else "/notifications/"
        body = f"Hello {user.first_name},\n\n{told}.\n\nOpen it:\n{public_url}{where}\n\n"
        body += f"What you hear of by email:\n{public_url}/me/notifications\n"
        OutgoingMail.create(to=user.email, subject=told, body=body)
    return True
