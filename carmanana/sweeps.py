"""Periodic duties."""

from datetime import datetime, timedelta

from carmanana.cases.escalating import escalate_late
from carmanana.compliance import raising, reminding, sampling
from carmanana.contacting.calling import region_holidays
from carmanana.contacting.mail import sending
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.idempotency import REMEMBERED, OneTimeKey
from carmanana.core.undo import KEPT, UndoStep
from carmanana.customers import unmerging
from carmanana.customers.privacy import erasing, finishing, ledger, replaying, storage_periods
from carmanana.expiries.becoming_due import make_leads
from carmanana.leads import inquiry_limits, lead_files
from carmanana.leads.unanswered import escalate_unanswered
from carmanana.notifying import pushing
from carmanana.notifying.late_follow_ups import escalate_follow_ups
from carmanana.records.people import PasswordReset, Session, SigninAttempt
from carmanana.records.presence import DealPresence
from carmanana.sales.assets.ceasing import cease_due
from carmanana.sales.quotations.expiring import expire
from carmanana.today.proof import prove_nightly

from .cancellations.escalation import escalate_overdue
from .importing.uploading import forget_abandoned

WEB, WORKER = 1, 2
BEAT = "INSERT INTO heartbeat (one, at) VALUES (?, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at"
SILENT = timedelta(minutes=3)


def beat(one: int = WORKER) -> None:
    """It lives."""
    database.execute_sql(BEAT, (one, clock.now().isoformat()))


def worker_is_away() -> bool:
    row = database.execute_sql("SELECT at FROM heartbeat WHERE one = ?", (WORKER,)).fetchone()
    return row is None or datetime.fromisoformat(row[0]) < clock.now() - SILENT


def look_after(as_of: datetime) -> int:
    """What is due every minute: overdue first contacts go to the next manager, and leads that nobody answered;
    follow-ups and cases that are late are told of, expiries whose day has come become leads, quotations and assets end
    on their days. How many did."""
    duties = (escalate_overdue, escalate_unanswered, escalate_follow_ups, escalate_late, make_leads, expire, cease_due)
    return sum(duty(as_of) for duty in duties)


def nightly(as_of: datetime) -> int | None:
    """Once a night, at the first hour that comes: how many deals and leads it found stuck."""
    proof = prove_nightly(as_of)
    return proof.stuck if proof else None


def tidy(as_of: datetime) -> None:
    """Throw away what has served its purpose."""
    Session.delete().where(Session.seen_at < as_of - timedelta(days=1)).execute()
    SigninAttempt.delete().where(SigninAttempt.at < as_of - timedelta(days=1)).execute()
    PasswordReset.delete().where(PasswordReset.expires_at < as_of - timedelta(days=7)).execute()
    OneTimeKey.delete().where(OneTimeKey.at < as_of - REMEMBERED).execute()
    DealPresence.delete().where(DealPresence.seen_at < as_of - timedelta(days=1)).execute()
    UndoStep.delete().where(UndoStep.at < as_of - KEPT).execute()
    forget_abandoned(as_of)
    region_holidays.load_ahead()
    inquiry_limits.forget(as_of)
    lead_files.forget_abandoned(as_of)
    ledger.write_all()
    replaying.replay()
    finishing.finish(as_of)
    erasing.forget_words(as_of)
    unmerging.forget(as_of)
    storage_periods.propose(as_of)
    pushing.forget(as_of)
    sending.forget_old(as_of)


def keep_compliance(as_of: datetime) -> None:
    """Every hour: findings that rules raise, calls and emails to review, and what of the ledger ends or is due."""
    raising.raise_all(as_of)
    sampling.flag_found(as_of)
    sampling.draw(as_of)
    reminding.end_what_is_over(as_of)
    reminding.remind(as_of)
