"""What every step of a review leaves behind: a note, the next task, word to whom it concerns."""

from datetime import datetime

from carmanana.core.workflow import Attempt
from carmanana.records.activities import Activity
from carmanana.records.notifications import Notification
from carmanana.records.people import User


def write_note(attempt: Attempt, title: str, words: str) -> Activity:
    deal = attempt.record.deal
    return Activity.create(
        customer=deal.customer_id,
        deal=deal,
        kind="note",
        subject=title,
        summary=words,
        author=attempt.by,
        at=attempt.at,
    )


def next_task(attempt: Attempt, subject: str, due_at: datetime, assignee: User, words: str = "") -> Activity:
    """The one open task of the case; the one before is done."""
    close_task(attempt)
    return new_task(attempt, subject, due_at, assignee, words)


def new_task(attempt: Attempt, subject: str, due_at: datetime, assignee: User, words: str = "") -> Activity:
    deal = attempt.record.deal
    return Activity.create(
        customer=deal.customer_id,
        deal=deal,
        kind="task",
        subject=subject,
        summary=words,
        due_at=due_at,
        author=attempt.by,
        assignee=assignee,
        at=attempt.at,
    )


def close_task(attempt: Attempt) -> None:
    task = attempt.record.task_id
    if task:
        Activity.update(done_at=attempt.at, done_by=attempt.by, version=Activity.version + 1).where(
            Activity.id == task, Activity.done_at.is_null()
        ).execute()


def tell(attempt: Attempt, person: User | None, text: str, kind: str = "cancellation_news") -> None:
    if person is not None and not person.house:
        Notification.tell(person, kind, text, attempt.by, deal=attempt.record.deal)
