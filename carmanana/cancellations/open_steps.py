"""The next steps that were open when a cancellation was requested: whoever may contact the customer has them until it
ends, then they return to whose they were (domain 3, *Next steps*)."""

from carmanana.contacting import next_steps
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.people import User


def take_over(deal: Deal, reviewer: User) -> list[int]:
    """The reviewer's from now on; the ids of those that were somebody else's."""
    lent = [step for step in next_steps.free(deal) if step.assignee_id != reviewer.id]
    for step in lent:
        _give(step, reviewer, step.assignee)
    return [step.id for step in lent]


def pass_on(deal: Deal, to: User) -> None:
    """Another reviewer has the case, or the retention member."""
    for step in _lent(deal):
        _give(step, to, step.returns_to)


def give_back(deal: Deal) -> None:
    """Whose they were has them again; whoever works the deal, where those are no longer here."""
    deal = Deal.get_by_id(deal.id)
    for step in _lent(deal):
        was = step.returns_to
        here = was.active and was.works_deals
        _give(step, was if here or deal.unowned else deal.owner, None)


def _lent(deal: Deal) -> list[Activity]:
    return list(Activity.open_steps(deal).where(Activity.returns_to.is_null(False)))


def _give(step: Activity, to: User, returns_to: User | None) -> None:
    fields = {"assignee": to, "returns_to": returns_to, "version": Activity.version + 1}
    Activity.update(**fields).where(Activity.id == step.id, Activity.done_at.is_null()).execute()
