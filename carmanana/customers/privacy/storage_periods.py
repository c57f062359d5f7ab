"""How long each kind of record is kept, as an admin has set it: the sweep proposes what has been kept long enough, an
admin decides (domain 10, *Privacy*)."""

from datetime import datetime, timedelta

from peewee import fn

from carmanana.contacting import attachments
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.query import again
from carmanana.core.text import several
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.customers.privacy import erasing
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.departures import PROCESSED, Departure
from carmanana.records.lead_codes import CLOSED
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import CRM_ADMIN, User
from carmanana.records.privacy import CANCELLED, ERASED, KEPT, LEADS, OPEN, RECORDINGS, ErasureProposal, PrivacySettings

MONTH = timedelta(days=365.25 / 12)
MOST_AT_ONCE = 200
MONTHS = ("leads_months", "cancelled_months", "recordings_months")
MOST_MONTHS = 240
KEPT_FOR = timedelta(days=365)
NOT_SO_ANY_MORE = "It is not so any more: they are a customer again, or have come back. Keep it."


def propose(as_of: datetime) -> int:
    """What has been kept long enough and is not proposed yet; how many are new."""
    settings, new = PrivacySettings.now(), []
    for kind, find in FINDS.items():
        if months := getattr(settings, f"{kind}_months"):
            new += [(kind, id, since) for id, since in find(as_of - months * MONTH) if _is_new(kind, id, as_of)]
    with transaction():
        for kind, customer, since in new[:MOST_AT_ONCE]:
            ErasureProposal.create(kind=kind, customer=customer, since=since, proposed_at=as_of)
        if new:
            for admin in User.working(CRM_ADMIN):
                kept = several(len(new), "record has", "records have")
                Notification.tell(admin, "house", f"{kept} been kept long enough: decide under Privacy")
    return len(new)


def _is_new(kind: str, customer_id: int, as_of: datetime) -> bool:
    same = (ErasureProposal.customer == customer_id) & (ErasureProposal.kind == kind)
    stands = (ErasureProposal.decision == OPEN) | (ErasureProposal.keep_until > as_of)
    return not ErasureProposal.select().where(same, stands).exists()


def _leads(before: datetime):
    """Customers of closed leads alone."""
    theirs = Lead.select(
        Lead.customer, fn.MAX(Lead.state_since).alias("since"), fn.MIN(Lead.state == CLOSED).alias("over")
    )
    theirs = theirs.group_by(Lead.customer).having(
        fn.MAX(Lead.state_since) < Lead.state_since.db_value(before), fn.MIN(Lead.state == CLOSED) == 1
    )
    deals = Deal.select(Deal.id).where(Deal.customer == Lead.customer)
    erased = Customer.select(Customer.id).where(Customer.id == Lead.customer, Customer.name == erasing.NAME)
    found = theirs.where(~fn.EXISTS(deals), ~fn.EXISTS(erased)).limit(MOST_AT_ONCE)
    return [(row.customer_id, row.since) for row in found]


def _cancelled(before: datetime):
    found = Departure.select(Departure, Customer).join(Customer)
    found = found.where(
        Departure.state == PROCESSED,
        Departure.state_since < before,
        Customer.status == "cancelled",
        Customer.name != erasing.NAME,
    )
    return [(departure.customer_id, departure.state_since) for departure in found.limit(MOST_AT_ONCE)]


def _recordings(before: datetime):
    found = _old_recordings(before).select(Activity.customer, fn.MIN(Attachment.created_at)).group_by(Activity.customer)
    return list(found.limit(MOST_AT_ONCE).tuples())


def _old_recordings(before: datetime):
    is_old = (Attachment.kind == "recording") & (Attachment.created_at < before)
    return Attachment.select(Attachment).join(Activity).where(is_old)


FINDS = {LEADS: _leads, CANCELLED: _cancelled, RECORDINGS: _recordings}


def settle(by: User, version: int, **months: int) -> PrivacySettings:
    if not by.has(CRM_ADMIN):
        raise Forbidden("privacy")
    wrong = [name for name in MONTHS if not isinstance(months.get(name), int) or not 0 <= months[name] <= MOST_MONTHS]
    with transaction():
        settings = PrivacySettings.now()
        if settings.version != version:
            raise Stale(settings)
        if wrong:
            sentence = f"A whole number of months up to {MOST_MONTHS}; 0 keeps them."
            raise Refused([Refusal("months", sentence, field=name) for name in wrong], settings)
        change(settings, **{name: months[name] for name in MONTHS})
        audit.record("privacy_settings", settings, by, **months)
    return settings


def decide(proposal: ErasureProposal, by: User, erase: bool, version: int) -> ErasureProposal:
    """Erase what was proposed, or keep it for another year."""
    if not by.has(CRM_ADMIN):
        raise Forbidden("decide")
    with transaction():
        fresh = again(proposal)
        if fresh.version != version:
            raise Stale(fresh)
        if fresh.decision != OPEN:
            raise Refused([Refusal("decided", "This is decided already.")], fresh)
        if erase and not _holds(fresh):
            raise Refused([Refusal("not_so_any_more", NOT_SO_ANY_MORE)], fresh)
        told = {"decided_by": by, "decided_at": clock.now()}
        if not erase:
            _write_down(fresh, KEPT, told | {"keep_until": clock.now() + KEPT_FOR})
            return fresh
        files = _erase(fresh, by)
        _write_down(fresh, ERASED, told)
    for path in files:
        path.unlink(missing_ok=True)
    return fresh


def _holds(proposal: ErasureProposal) -> bool:
    """Whoever is a customer again, or has bought since, is not erased for what was."""
    if proposal.kind == CANCELLED:
        return proposal.customer.cancelled
    theirs, leads = Deal.customer == proposal.customer, Lead.customer == proposal.customer
    is_more = Deal.select().where(theirs).exists() or Lead.select().where(leads, Lead.state != CLOSED).exists()
    return proposal.kind != LEADS or not is_more


def _write_down(proposal: ErasureProposal, decision: str, told: dict) -> None:
    was = proposal.decision
    change(proposal, decision=decision, **told)
    audit.record("decide", proposal, told["decided_by"], was, decision, customer=proposal.customer_id)


def _erase(proposal: ErasureProposal, by: User) -> list:
    if proposal.kind != RECORDINGS:
        customer = proposal.customer
        erasing.erase(customer, by, "period", customer.version)
        return []
    before = clock.now() - PrivacySettings.now().recordings_months * MONTH
    old = list(_old_recordings(before).where(Activity.customer == proposal.customer))
    Attachment.delete().where(Attachment.id.in_([one.id for one in old])).execute()
    return [attachments.path_of(one) for one in old]
