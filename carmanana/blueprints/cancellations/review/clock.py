"""What a request waits for and until when, in words: the pill of the review and of the queue's rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from carmanana.core import clock
from carmanana.records.cancellations import CANCELLED, RETAINED, RETENTION, CancellationRequest
from carmanana.web.filters import due_hour, due_words, hour, when

SOON, DAY = timedelta(hours=12), timedelta(days=1)


@dataclass(frozen=True)
class Pill:
    """`look` is late, soon, calm or good; `at` the moment that the words are about."""

    words: str
    look: str
    mark: str
    at: datetime | None


def pill_of(request: CancellationRequest) -> Pill:
    if not request.open:
        mark = {RETAINED: "won", CANCELLED: "lost"}.get(request.state, "undo")
        return Pill(
            f"{request.state_name} {when(request.ended_at)}",
            "good" if request.state == RETAINED else "calm",
            mark,
            request.ended_at,
        )
    if request.clock_runs:
        return _until("First contact", request.due_at, "soon")
    if request.awaits_contact:
        return _until("Attempted · next", request.next_attempt_at, "calm")
    due = request.task.due_at if request.task else request.state_since
    return _until("With retention ·" if request.state == RETENTION else "Decision", due, "good")


def _until(what: str, at: datetime, look: str) -> Pill:
    late = at < clock.now()
    return Pill(f"{what} {span(at)}", "late" if late else look, "alert" if late else "clock", at)


def span(at: datetime) -> str:
    """due in 18 min, 2 h overdue; further away the day and its time."""
    gap = at - clock.now()
    if -DAY < gap < timedelta(0):
        return f"{length(-gap)} overdue"
    if timedelta(0) <= gap <= SOON:
        return f"due in {length(gap)}"
    words = due_words(at)
    if words == "Tomorrow":
        return f"due tomorrow {hour(at)}"
    return words if gap < timedelta(0) else f"due {due_hour(at)}"


def length(gap: timedelta) -> str:
    minutes = max(1, round(gap.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    return f"{rest} min" if not hours else f"{hours} h {rest} min" if rest and hours < 3 else f"{hours} h"
