"""Taking back one's own last step (domain 3): what stood before it is kept for a day, and comes back as a step of its own."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal, Refused
from carmanana.deals.changes_told import from_to
from carmanana.deals.positions import put_back
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOSING, LOST, ON_HOLD, WON
from carmanana.records.deals import Deal, Hold, balance
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.records.sellers import sold_it

SOP_FLOW = "Lead & deal SOP, section I"
SOP_CANCEL = "Cancellation SOP"

KEPT = timedelta(days=1)
TOLD_THE_MANAGER = {"hold": "the hold", "extend_hold": "the longer hold", "mark_organic": "making it organic"}
FINAL = {
    WON: "Winning is not undone. A manager reopens it.",
    LOST: "Losing is not undone. A manager reopens it.",
    LOSING: "A cancellation is not undone. A manager reviews this order first.",
    CANCELLED: "The client cancelled this order, and that is final.",
}


class UndoStep(Record):
    """What a step changed, as it stood before. `version` is the deal's right after the step: while the deal has
    it, nothing has changed since. Words are in here, which may not be in the audit trail."""

    id = AutoField()
    deal = ForeignKeyField(Deal, on_delete="CASCADE")
    version = IntegerField()
    by = ForeignKeyField(User)
    verb = CharField()
    was = CharField()
    before = JsonField()
    at = UtcField()
    undone_at = UtcField(null=True)

    @classmethod
    def last(cls, deal: Deal) -> "UndoStep | None":
        """The step that brought the deal where it is, if it can be taken back."""
        return _step_to.first(deal.id, deal.version)

    @property
    def fields(self) -> dict:
        """By name, the values of the deal that come back."""
        return {name: Deal._meta.fields[name].python_value(value) for name, value in self.before["fields"].items()}


@prepared
def _step_to(deal_id, version):
    return UndoStep.select().where(UndoStep.deal == deal_id, UndoStep.version == version).limit(1)


# keeping


def undoable(effect: Callable[[Attempt], dict], beside: bool = False) -> Callable[[Attempt], dict]:
    """The effect of a step that can be taken back; `beside` where it touches holds or tasks too."""

    def kept(attempt: Attempt) -> dict:
        deal = attempt.record
        stood = standing(deal) if beside else None
        fields = effect(attempt)
        names = [*fields, "state_since"] if deal.state != attempt.was else fields
        keep(deal, attempt.by, attempt.trigger, attempt.was, names, stood, attempt.at)
        return fields

    return kept


def keep(
    deal: Deal,
    by: User,
    verb: str,
    was: str,
    names: Iterable[str],
    stood: dict | None = None,
    at: datetime | None = None,
) -> None:
    """Call it in the step's transaction, before the deal's fields change."""
    before = {"fields": {name: _stored(deal, name) for name in names}, "beside": stood}
    UndoStep.create(deal=deal, version=deal.version + 1, by=by, verb=verb, was=was, before=before, at=at or clock.now())


def standing(deal: Deal) -> dict:
    """The hold and the open tasks of a deal, with whose they are and when they are due."""
    tasks = {
        str(task.id): {"assignee": task.assignee_id, "due_at": Activity.due_at.db_value(task.due_at)}
        for task in _tasks(deal)
    }
    return {"holds": [hold.id for hold in _holds(deal)], "tasks": tasks}


@prepared
def _holds(deal):
    return Hold.select(Hold.id).where(Hold.deal == deal, Hold.lifted_at.is_null())


@prepared
def _tasks(deal):
    return Activity.open_steps(deal).select(Activity.id, Activity.assignee, Activity.due_at)


def _stored(deal: Deal, name: str):
    value = Deal._meta.fields[name].db_value(deal.__data__.get(name))
    return value.isoformat() if isinstance(value, date) else value


# may it be taken back?


def trigger(deal: Deal, step: UndoStep | None = None) -> str:
    """Which step of the machine it is to take back the deal's last one."""
    step = step or UndoStep.last(deal)
    back_to = step.was if step else deal.state
    return {(ON_HOLD, ACTIVE): "undo_hold", (ACTIVE, ON_HOLD): "undo_resume"}.get((deal.state, back_to), "undo")


def taken_by(deal: Deal, by: User) -> UndoStep | None:
    """The last step, where it was theirs and can be taken back."""
    attempt = Attempt(deal, by, "undo")
    step = _last(attempt)
    if step is None or step.by_id != by.id:
        return None
    return None if its_column_is_there(attempt) or agreement_stays(attempt) else step


def is_the_last_step(attempt: Attempt):
    deal = attempt.record
    if _last(attempt) is None or trigger(deal, _last(attempt)) != attempt.trigger:
        return moved_on(deal, deal.version - 1)


def moved_on(deal: Deal, version: int) -> Refusal:
    """Why the step that led to this version of the deal is not taken back any more."""
    undone = UndoStep.select().where(
        UndoStep.deal == deal, UndoStep.version == version, UndoStep.undone_at.is_null(False)
    )
    if undone.exists():
        return Refusal("undone", "This is undone already.", SOP_FLOW)
    sentence = FINAL.get(deal.state, "Something has changed since. Only the very last step is undone.")
    return Refusal("not_undone", sentence, SOP_CANCEL if deal.state in (LOSING, CANCELLED) else SOP_FLOW)


def _last(attempt: Attempt) -> UndoStep | None:
    if "step" not in attempt.read:
        attempt.read["step"] = UndoStep.last(attempt.record)
    return attempt.read["step"]


def its_column_is_there(attempt: Attempt):
    step = _last(attempt)
    stage = step and step.was == ACTIVE and _stage.first(step.fields.get("stage", attempt.record.stage_id))
    if stage and stage.archived:
        return Refusal("stage", f"{stage.name} is no stage any more. Move the deal to another one.", SOP_FLOW)


@prepared
def _stage(stage_id):
    return Stage.select().where(Stage.id == stage_id)


def agreement_stays(attempt: Attempt):
    """Else what was signed could be taken back and the order closed as lost, past the cancellation review."""
    step, by, deal = _last(attempt), attempt.by, attempt.record
    if step is None or deal.agreement_on is None or step.fields.get("agreement_on", "kept") is not None:
        return None
    if not by.is_manager or sold_it(deal, by) or balance(deal) > 0:
        return Refusal("signed", "A signed agreement is taken back by a manager who did not sell it.", SOP_CANCEL)


UNDO = (is_the_last_step, its_column_is_there, agreement_stays)


def newest_of(by: User) -> UndoStep:
    """The last step of theirs that may still be taken back; Refused where there is none."""
    step = _newest_of.first(by.id, clock.now() - KEPT)
    if step is None:
        sentence = "There is nothing to undo: none of your steps of the last day can be taken back."
        raise Refused([Refusal("nothing_to_undo", sentence, SOP_FLOW)], None, "undo")
    return step


@prepared
def _newest_of(user_id, since):
    mine = (UndoStep.by == user_id) & (UndoStep.at >= since) & UndoStep.undone_at.is_null()
    return UndoStep.select().where(mine).order_by(UndoStep.id.desc()).limit(1)


# taking it back


def take_back(attempt: Attempt) -> dict:
    deal, step = attempt.record, _last(attempt)
    fields = step.fields
    attempt.told |= {"undid": step.verb} | _told(deal, fields, step.verb)
    if attempt.record.state == ACTIVE and ("position" in fields or attempt.was != ACTIVE):
        stage = Stage.get_by_id(fields.get("stage", deal.stage_id))
        fields["position"] = put_back(deal, stage, fields.get("position", deal.position))
    if stood := step.before["beside"]:
        _take_back_beside(deal, stood)
    if step.verb in TOLD_THE_MANAGER:
        _tell_manager(attempt, attempt.by, TOLD_THE_MANAGER[step.verb])
    elif step.verb == "correct" and deal.state == WON:
        _tell_manager(attempt, attempt.by if deal.unowned else deal.owner, "the change of the won order")
    UndoStep.update(undone_at=attempt.at).where(UndoStep.id == step.id).execute()
    return fields


def _tell_manager(attempt: Attempt, of: User, what: str) -> None:
    deal = attempt.record
    Notification.tell_manager_of(of, f"{deal.customer.name}: {what} is undone", attempt.by, deal=deal)


def _told(deal: Deal, fields: dict, verb: str) -> dict:
    """Ids and codes of what comes back, for the audit trail."""
    told = {"fields": sorted(fields)} | (from_to(deal.__data__, fields) if verb == "correct" else {})
    for name in ("stage", "pipeline"):
        if name in fields and fields[name] != deal.__data__[name]:
            told |= {f"from_{name}": deal.__data__[name], f"to_{name}": fields[name]}
    if "owner" in fields:
        told |= {"was_owner": deal.owner_id, "owner": fields["owner"]}
    return told | ({"readiness": fields["readiness"]} if "readiness" in fields else {})


def _take_back_beside(deal: Deal, stood: dict) -> None:
    """The hold and the tasks as they stood: what the step made goes, what it lifted or gave away comes back."""
    now = standing(deal)
    Hold.delete().where(Hold.id.in_([hold for hold in now["holds"] if hold not in stood["holds"]])).execute()
    Hold.update(lifted_at=None).where(Hold.id.in_(stood["holds"])).execute()
    Activity.delete().where(
        Activity.id.in_([int(task) for task in now["tasks"] if task not in stood["tasks"]])
    ).execute()
    for task, was in stood["tasks"].items():
        if now["tasks"].get(task) != was:
            _restore_task(int(task), was)


def _restore_task(task: int, was: dict | int | None) -> None:
    """Open again, and whose and when it was; before due dates were kept, `was` was the assignee alone."""
    fields = was if isinstance(was, dict) else {"assignee": was}
    opened = {"done_at": None, "done_by": None, "closed_as": None, "answered_by": None}
    Activity.update(version=Activity.version + 1, **opened | fields).where(Activity.id == task).execute()
