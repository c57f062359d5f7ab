"""Calls and emails of the order are attached to it, or somebody says why not (SOP 0, step 7)."""

from carmanana.contacting.attachments import attach
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.cancellations import CancellationRequest, EvidenceGap
from carmanana.records.deals import Deal

SOP_EVIDENCE = "Cancellation SOP, step 7"
EVIDENCED = ("call", "email")


def contacts(deal: Deal) -> list[Activity]:
    """Every call and email of the order, the oldest first."""
    return list(
        Activity.select().where(Activity.deal == deal, Activity.kind.in_(EVIDENCED)).order_by(Activity.at, Activity.id)
    )


def missing(deal: Deal) -> list[Activity]:
    """Those with neither a file nor a stated reason."""
    filed = Attachment.select(Attachment.activity)
    told = EvidenceGap.select(EvidenceGap.activity)
    bare = Activity.select().where(
        Activity.deal == deal, Activity.kind.in_(EVIDENCED), Activity.id.not_in(filed), Activity.id.not_in(told)
    )
    return list(bare.order_by(Activity.at, Activity.id))


def gaps(deal: Deal) -> dict[int, EvidenceGap]:
    """The stated reasons, by activity."""
    rows = EvidenceGap.select().join(Activity).where(Activity.deal == deal)
    return {gap.activity_id: gap for gap in rows}


def evidence_complete(attempt: Attempt):
    bare = missing(attempt.record.deal)
    if bare:
        count = f"{len(bare)} calls and emails have" if len(bare) > 1 else f"One {bare[0].kind_name.lower()} has"
        return Refusal(
            "evidence",
            f"{count} no recording or file. Attach it, or say why there is none.",
            SOP_EVIDENCE,
            field="evidence",
        )


def may_complete(request: CancellationRequest, by) -> bool:
    return by.is_manager and request.reviewer_id == by.id and request.open


def explain(request: CancellationRequest, by, activities: list[Activity], reason: str) -> None:
    """The reviewer says why these calls and emails have no file."""
    if not may_complete(request, by):
        raise Forbidden("evidence")
    _refuse(request, activities, reason)
    with transaction():
        for activity in activities:
            EvidenceGap.insert(activity=activity, reason=reason.strip(), told_by=by).on_conflict_replace().execute()
        audit.record("evidence_gap", request, by, activities=[activity.id for activity in activities])


def supply(request: CancellationRequest, by, activity: Activity, files: list) -> Activity:
    """The reviewer attaches the recording or the email that a contact had not."""
    if not may_complete(request, by):
        raise Forbidden("evidence")
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
            Refusal("which", "Choose the calls and emails that it is about.", SOP_EVIDENCE, field="activities")
        )
    if not (reason or "").strip():
        refusals.append(Refusal("reason", "Say why there is no recording or file.", SOP_EVIDENCE, field="gap_reason"))
    if refusals:
        raise Refused(refusals, request, "evidence")
