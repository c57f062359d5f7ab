"""What people did: contacts by whoever made them, and next steps by whoever took them (SOP 1, section H)."""

from carmanana.records.activities import CONNECTED, CONTACTS, DROPPED, KINDS, OUTCOMES, Activity
from carmanana.reports.measures import count, share
from carmanana.reports.registry import PEOPLE, PERIOD, Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table

A = Activity


def contacts(scope: ReportScope):
    return A.select().where(A.direction.is_null(False), scope.within(A.at), *scope.of_people(A.author))


def _steps(scope: ReportScope):
    done = A.select().where(A.kind == "task", scope.within(A.done_at))
    return done.where(*scope.of_people(A.done_by))


def _out(kind: str):
    return lambda scope: (A.kind == kind) & (A.direction == "out")


def _answered(scope: ReportScope):
    return (A.direction == "in") | A.outcome.in_(CONNECTED)


CONTACT = count(
    "contacts",
    "Contacts",
    "Calls, voicemails, emails and texts that happened in these days, by whoever made or logged them.",
)
SPOKEN = count("spoken", "Answered", "They called or wrote, or the outcome is connected.", _answered)
WHO = Table(
    "who", "Contacts", "By whom", "contact", contacts, A.id, by=A.author, names=people, otherwise="Nobody: imported or automatic",
    measures=(
        CONTACT,
        *(count(kind, f"{KINDS[kind]}s out", f"{KINDS[kind]}s of ours.", _out(kind)) for kind in CONTACTS),
        count("in", "From them", "They called or wrote.", lambda scope: A.direction == "in"),
        SPOKEN,
    ),
    chart="contacts", empty="No contact happened in these days.",
)  # fmt: skip
RESULTS = Table(
    "results", "How contacts of ours ended", "Outcome", "contact", lambda scope: contacts(scope).where(A.direction == "out"), A.id,
    by=A.outcome, names=lambda scope: OUTCOMES, measures=(count("contacts", "Contacts", "Contacts of ours in these days."),),
    chart="contacts", empty="Nobody was contacted in these days.",
)  # fmt: skip
STEPS = Table(
    "steps", "Next steps", "By whom", "step", _steps, A.id, by=A.done_by, names=people,
    measures=(
        count("done", "Done", "Next steps done in these days, by whoever did them.", lambda scope: A.closed_as.is_null() | (A.closed_as != DROPPED)),
        count("in_time", "In time", "Done before they were due.", lambda scope: (A.closed_as.is_null() | (A.closed_as != DROPPED)) & (A.done_at <= A.due_at)),
        share("rate", "Share", "In time, of those done.", "in_time", "done"),
        count("dropped", "Dropped", "Dropped, because the deal or lead ended.", lambda scope: A.closed_as == DROPPED),
    ),
    chart="done", empty="No next step was done in these days.",
)  # fmt: skip

ACTIVITY = Report("activity", "Activity", "What people did in these days", (WHO, RESULTS, STEPS), (PERIOD, PEOPLE))
