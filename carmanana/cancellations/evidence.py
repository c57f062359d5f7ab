"""Calls and emails of the order are attached to it, or somebody says why not (SOP 0, step 7)."""

from peewee import fn

from carmanana.contacting.attachments import attach
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.cancellations import CancellationRequest, EvidenceGap
from carmanana.records.deals import Deal
from carmanana.records.sops import SOP_OUTCOME

from .rules import whose

EVIDENCED = ("call", "email")


def contacts(deal: Deal) -> list[Activity]:
    """Every call and email of the order, the oldest first."""
    return _contacts(deal.id)


def missing(deal: Deal) -> list[Activity]:
    """Those with neither a file nor a stated reason."""
    return _bare(deal.id)


def gaps(deal: Deal) -> dict[int, EvidenceGap]:
    """The stated reasons, by activity."""
    return {gap.activity_id: gap for gap in _gaps(deal.id)}


@prepared
def _contacts(deal_id):
    those = Activity.select().where(Activity.deal == deal_id, Activity.kind.in_(EVIDENCED))
    return those.order_by(Activity.at, Activity.id)


@prepared
def _bare(deal_id):
    filed = Attachment.select(Attachment.id).where(Attachment.activity == Activity.id)
    told = EvidenceGap.select(EvidenceGap.activity).where(EvidenceGap.activity == Activity.id)
    bare = Activity.select().where(Activity.deal == deal_id, Activity.kind.in_(EVIDENCED))
    return bare.where(~fn.EXISTS(filed), ~fn.EXISTS(told)).order_by(Activity.at, Activity.id)


@prepared
def _gaps(deal_id):
    return EvidenceGap.select().join(Activity).where(Activity.deal == deal_id)


def evidence_complete(attempt: Attempt):
    bare = missing(attempt.record.deal)
    if bare:
        count = f"{len(bare)} calls and emails have" if len(bare) > 1 else f"One {bare[0].kind_name.lower()} has"
        return Refusal(
            "evidence",
            f"{count} no recording or file. Attach it, or say why there is none.",
            SOP_OUTCOME,
            field="evidence",
        )


def may_complete(request: CancellationRequest, by) -> bool:
    return by.is_manager and request.reviewer_id == by.id and request.open


def explain(request: CancellationRequest, by, activities: list[Activity], reason: str) -> None:
    """The reviewer says why these calls and emails have no file."""
    if not may_complete(request, by):
        raise Forbidden("evidence", whose(request, by))
    _refuse(request, activities, reason)
    with transaction():
        for activity in activities:
            EvidenceGap.insert(activity=activity, reason=reason.strip(), told_by=by).on_conflict_replace().execute()
        audit.record("evidence_gap", request, by, activities=[activity.id for activity in activities])


def supply(request: CancellationRequest, by, activity: Activity, files: list) -> Activity:
    """The reviewer attaches the recording or the email that a contact had not."""
    if not may_complete(request, by):
        raise Forbidden("evidence", whose(request, by))
    with transaction():
        attach(activity, files, by)
        audit.record("evidence", request, by, activity=activity.id, files=len(files))
    return activity


def _refuse(request: CancellationRequest, activities: list[Activity], reason: str) -> None:
    refusals = []
    if not activities or any(
        activity.deal_id != request.deal_id or activity.kind not in EVIDENCED for activity in activities
    ):
        refusals.append(
            Refusal("which", "Choose the calls and emails that it is about.", SOP_OUTCOME, field="activities")
        )
    if not (reason or "").strip():
        refusals.append(Refusal("reason", "Say why there is no recording or file.", SOP_OUTCOME, field="gap_reason"))
    if refusals:
        raise Refused(refusals, request, "evidence")
