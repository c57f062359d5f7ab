"""What a step of the machine does to a deal's open next steps (domain 3, *Next steps*)."""

from carmanana.contacting import next_steps
from carmanana.core import audit
from carmanana.core.db import change
from carmanana.core.workflow import Attempt
from carmanana.records.activities import Activity
from carmanana.records.customers import WISHES, Customer


def drop_all(attempt: Attempt) -> None:
    """Lost or cancelled: nobody is to do them any more, the promises among them."""
    _drop(attempt, list(Activity.open_steps(attempt.record)))


def keep_for_delivery(attempt: Attempt) -> None:
    """Won: what serves delivery stays, as whoever won it chose; else what its words say. Promises stay."""
    kept = attempt.given.get("keep_steps")
    ends = next_steps.free(attempt.record)
    if kept is None:
        _drop(attempt, [step for step in ends if not next_steps.serves_delivery(step)])
    else:
        _drop(attempt, [step for step in ends if step.id not in kept])


def replace(attempt: Attempt) -> None:
    """Worked again, with a next step of its own: what was open before gives way to it. Promises stay."""
    _drop(attempt, next_steps.free(attempt.record))


def add_step(attempt: Attempt) -> None:
    deal = attempt.record
    Activity.create(
        customer=deal.customer_id,
        deal=deal,
        kind="task",
        subject=attempt.given["next_step"].strip(),
        due_at=attempt.given["due_at"],
        author=attempt.by,
        assignee=next_steps.belongs_to(deal, attempt.by),
        at=attempt.at,
    )


def _drop(attempt: Attempt, ends: list[Activity]) -> None:
    next_steps.drop(ends, attempt.by, attempt.at)
    if ends:
        attempt.event_data["dropped"] = [step.id for step in ends]


def move_to_follow_up(attempt: Attempt) -> None:
    """On hold: nothing is due before the follow-up."""
    next_steps.move_to(next_steps.free(attempt.record), attempt.given["follow_up_on"], attempt.by.timezone)


def stop_contact(attempt: Attempt) -> None:
    """They asked not to be contacted: on the channels that they named, on all where they named none."""
    customer = Customer.get_by_id(attempt.record.customer_id)
    named = [wish for wish in WISHES if wish in (attempt.given.get("channels") or ())]
    closed = [wish for wish in named or WISHES if not getattr(customer, wish)]
    if closed:
        change(customer, **dict.fromkeys(closed, True))
        audit.record("correct", customer, attempt.by, fields=sorted(closed))
