"""The open next steps of a deal or a lead as they stood before a step of its own, and back again."""

from collections.abc import Iterable

from carmanana.core.query import prepared
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead


def standing(record: Deal | Lead) -> dict[str, dict]:
    """Whose each is, and when it is due."""
    steps = _of_lead(record) if isinstance(record, Lead) else _of_deal(record)
    return {
        str(step.id): {"assignee": step.assignee_id, "due_at": Activity.due_at.db_value(step.due_at)} for step in steps
    }


_of_deal = prepared(lambda deal: _told(Activity.deal == deal))
_of_lead = prepared(lambda lead: _told(Activity.lead == lead))


def _told(about):
    return Activity.open_steps().select(Activity.id, Activity.assignee, Activity.due_at).where(about)


def restore(record: Deal | Lead, stood: dict[str, dict | int | None]) -> None:
    """What was made since goes; what was done, dropped, moved or given away comes back."""
    now = standing(record)
    _take_off(int(step) for step in now if step not in stood)
    for step, was in stood.items():
        if now.get(step) != was:
            _open_again(int(step), was)


def _take_off(steps: Iterable[int]) -> None:
    Activity.delete().where(Activity.id.in_(list(steps))).execute()


def _open_again(step: int, was: dict | int | None) -> None:
    """Before due dates were kept, `was` was the assignee alone."""
    fields = was if isinstance(was, dict) else {"assignee": was}
    opened = {"done_at": None, "done_by": None, "closed_as": None, "answered_by": None}
    Activity.update(version=Activity.version + 1, **opened | fields).where(Activity.id == step).execute()
