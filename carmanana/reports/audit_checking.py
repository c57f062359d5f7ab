"""Checking the audit trail from end to end, beside the web: a little at a time, with the result kept."""

from collections.abc import Iterator

from peewee import fn

from carmanana.core import audit, clock
from carmanana.core.audit import Event
from carmanana.core.db import transaction
from carmanana.core.jobs import Job
from carmanana.core.workflow import Forbidden
from carmanana.records.audit_checks import BROKEN, WAITING, WHOLE, AuditCheck
from carmanana.records.notifications import Notification
from carmanana.records.people import User

AT_ONCE = 2_000


def begin(by: User) -> AuditCheck:
    """One at a time: who asks while one is under way is led to it."""
    if not by.sees_all:
        raise Forbidden("audit_check")
    with transaction():
        if under_way := AuditCheck.waiting().first():
            return under_way
        total = Event.select(fn.COUNT(Event.id)).scalar()
        check = AuditCheck.create(user=by, total=total)
        audit.record("check_audit", check, by, events=total)
    return check


def _steps(check: AuditCheck) -> Iterator[None]:
    while events := list(Event.select().where(Event.id > check.last_event_id).order_by(Event.id).limit(AT_ONCE)):
        broken = _follow(check, events)
        _keep(check, broken_id=broken and broken.id)
        yield
        if broken:
            return


def _follow(check: AuditCheck, events: list[Event]) -> Event | None:
    """The first that does not follow from its content and the one before."""
    for event in events:
        if event.hash != event.digest(check.last_hash):
            return event
        check.last_event_id, check.last_hash, check.settled = event.id, event.hash, check.settled + 1
    return None


def _keep(check: AuditCheck, broken_id: int | None) -> None:
    """Where it has come to; another run may have gone on from the same place."""
    kept = {name: getattr(check, name) for name in ("last_event_id", "last_hash", "settled")}
    if broken_id:
        kept |= {"state": BROKEN, "broken_id": broken_id, "finished_at": clock.now()}
    check.broken_id = broken_id
    AuditCheck.update(**kept).where(AuditCheck.id == check.id, AuditCheck.state == WAITING).execute()


def _finish(check: AuditCheck) -> bool:
    """What came while it was checked is checked as well."""
    if check.broken_id:
        Notification.tell(check.user, "house", f"The audit trail is broken at event {check.broken_id}")
        return True
    done = {"state": WHOLE, "total": check.settled, "finished_at": clock.now()}
    return bool(AuditCheck.update(**done).where(AuditCheck.id == check.id, AuditCheck.state == WAITING).execute())


AUDIT_CHECKS = Job(AuditCheck, _steps, _finish)
