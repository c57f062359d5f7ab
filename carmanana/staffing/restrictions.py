"""A person loses access to a stage for a time, and gets it back (SOP 0, non-compliance)."""

from datetime import date, timedelta

from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage, StageRestriction
from carmanana.records.rights import leaders_only

SOP_CONDUCT = "Cancellation SOP, non-compliance"


def restrict(
    user: User, by: User, stage: Stage | None, starts_on: date | None, ends_on: date | None, reason: str
) -> StageRestriction:
    leaders_only(by)
    with transaction():
        _refuse(user, stage, starts_on, ends_on, reason)
        barred = StageRestriction.create(
            user=user, stage=stage, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), created_by=by
        )
        audit.record(
            "restrict",
            user,
            by,
            stage=stage.id,
            starts_on=starts_on.isoformat(),
            ends_on=ends_on and ends_on.isoformat(),
        )
        Notification.tell(user, f"You have no access to {stage.name} {_span(starts_on, ends_on)}", by, about=user)
    return barred


def _span(starts_on: date, ends_on: date | None) -> str:
    return f"from {starts_on:%-d %b} until {ends_on:%-d %b}" if ends_on else f"from {starts_on:%-d %b} on"


def _refuse(user: User, stage: Stage | None, starts_on: date | None, ends_on: date | None, reason: str) -> None:
    today = clock.today(user.timezone)
    broken = [
        ("stage", "Choose a stage.", stage is None or stage.archived),
        ("starts_on", "Choose the first day, from today on.", starts_on is None or starts_on < today),
        (
            "ends_on",
            "Choose a last day after the first one, or leave it open.",
            bool(starts_on and ends_on and ends_on < starts_on),
        ),
        ("reason", "Say why, in words.", not reason.strip()),
        (
            "stage",
            "They have lost access to this stage already.",
            bool(stage and starts_on) and _standing_on(user, stage, starts_on, ends_on),
        ),
    ]
    refusals = [
        Refusal("restriction", sentence, SOP_CONDUCT, field=field) for field, sentence, holds in broken if holds
    ]
    if refusals:
        raise Refused(refusals, user)


def _standing_on(user: User, stage: Stage, starts_on: date, ends_on: date | None) -> bool:
    R = StageRestriction
    same = R.select().where(R.user == user, R.stage == stage, R.ends_on.is_null() | (R.ends_on >= starts_on))
    return (same if ends_on is None else same.where(R.starts_on <= ends_on)).exists()


def lift(barred: StageRestriction, by: User) -> None:
    """Ended yesterday where it had begun, so that it stays on record; taken back where it had not."""
    leaders_only(by)
    if barred.user == by:
        raise Forbidden("lift one's own")
    today = clock.today(barred.user.timezone)
    with transaction():
        audit.record("lift_restriction", barred.user, by, restriction=barred.id, stage=barred.stage_id)
        if barred.starts_on >= today:
            StageRestriction.delete().where(StageRestriction.id == barred.id).execute()
        else:
            StageRestriction.update(ends_on=today - timedelta(days=1)).where(StageRestriction.id == barred.id).execute()
        Notification.tell(barred.user, f"You have access to {barred.stage.name} again", by, about=barred.user)


def restrictions(user: User) -> list[StageRestriction]:
    """Those that stand or are ahead, by their first day."""
    R = StageRestriction
    standing = R.ends_on.is_null() | (R.ends_on >= clock.today(user.timezone))
    return list(
        R.select(R, Stage, Pipeline, User)
        .join(Stage)
        .join(Pipeline)
        .switch(R)
        .join(User, on=R.created_by)
        .where(R.user == user, standing)
        .order_by(R.starts_on, R.id)
    )
