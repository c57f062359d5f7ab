"""What people did: contacts by whoever made them, and next steps by whoever took them (SOP 1, section H)."""

from dataclasses import replace

from peewee import Node, fn

from carmanana.core.db import Record
from carmanana.records.activities import CONNECTED, CONTACTS, DROPPED, KINDS, OUTCOMES, Activity
from carmanana.records.activity_days import ContactDay, StepDay
from carmanana.reports.measures import Measure, count, share
from carmanana.reports.registry import PEOPLE, PERIOD, Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table

A, C, S = Activity, ContactDay, StepDay


def contacts(scope: ReportScope):
    return A.select().where(A.direction.is_null(False), scope.within(A.at), *scope.of_people(A.author))


def contacts_by_day(scope: ReportScope):
    return C.select().where(scope.of_whole_days(C.day), C.contacts > 0, *scope.of_people(C.author))


def ours(rows):
    return lambda scope: rows(scope).where((C if rows is contacts_by_day else A).direction == "out")


def _steps(scope: ReportScope):
    done = A.select().where(A.kind == "task", scope.within(A.done_at))
    return done.where(*scope.of_people(A.done_by))


def _steps_by_day(scope: ReportScope):
    return S.select().where(scope.of_whole_days(S.day), S.steps > 0, *scope.of_people(S.done_by))


def _who(of: type[Record]) -> tuple[Measure, ...]:
    """Of contacts, or of the days of them."""

    def out(kind: str):
        return lambda scope: (of.kind == kind) & (of.direction == "out")

    return (
        count("contacts", "Contacts",
            "Calls, voicemails, emails and texts that happened in these days, by whoever made or logged them."),
        *(count(kind, f"{KINDS[kind]}s out", f"{KINDS[kind]}s of ours.", out(kind)) for kind in CONTACTS),
        count("in", "From them", "They called or wrote.", lambda scope: of.direction == "in"),
        count(
            "spoken", "Answered", "They called or wrote, or the outcome is connected.",
            lambda scope: (of.direction == "in") | of.outcome.in_(CONNECTED),
        ),
    )  # fmt: skip


def _ended(done: Node, in_time: Node, dropped: Node) -> tuple[Measure, ...]:
    return (
        count("done", "Done", "Next steps done in these days, by whoever did them.", lambda scope: done),
        count("in_time", "In time", "Done before they were due.", lambda scope: done & in_time),
        share("rate", "Share", "In time, of those done.", "in_time", "done"),
        count("dropped", "Dropped", "Dropped, because the deal or lead ended.", lambda scope: dropped),
    )


WHO = Table(
    "who", "Contacts", "By whom", "contact", contacts, A.id, by=A.author, names=people,
    otherwise="Nobody: imported or automatic",
    measures=_who(A), chart="contacts", empty="No contact happened in these days.",
)  # fmt: skip
RESULTS = Table(
    "results", "How contacts of ours ended", "Outcome", "contact", ours(contacts), A.id,
    by=A.outcome, names=lambda scope: OUTCOMES,
    measures=(count("contacts", "Contacts", "Contacts of ours in these days."),),
    chart="contacts", empty="Nobody was contacted in these days.",
)  # fmt: skip
STEPS = Table(
    "steps", "Next steps", "By whom", "step", _steps, A.id, by=A.done_by, names=people,
    measures=_ended(A.closed_as.is_null() | (A.closed_as != DROPPED), A.done_at <= A.due_at, A.closed_as == DROPPED),
    chart="done", empty="No next step was done in these days.",
)  # fmt: skip

WHO_BY_DAY = replace(WHO, rows=contacts_by_day, by=fn.NULLIF(C.author, 0), measures=_who(C), weight=C.contacts)
RESULTS_BY_DAY = replace(RESULTS, rows=ours(contacts_by_day), by=fn.NULLIF(C.outcome, ""), weight=C.contacts)
STEPS_BY_DAY = replace(
    STEPS, rows=_steps_by_day, by=fn.NULLIF(S.done_by, 0),
    measures=_ended(S.dropped == 0, S.in_time == 1, S.dropped == 1), weight=S.steps
)  # fmt: skip
BY_DAY = (replace(WHO, by_day=WHO_BY_DAY), replace(RESULTS, by_day=RESULTS_BY_DAY), replace(STEPS, by_day=STEPS_BY_DAY))

ACTIVITY = Report("activity", "Activity", "What people did in these days", BY_DAY, (PERIOD, PEOPLE))
