"""How soon those who asked were answered (SOP 1, sections F and G)."""

from carmanana.records.lead_codes import CONVERTED, KINDS, SOURCES
from carmanana.records.leads import Lead
from carmanana.reports.measures import MINUTES, count, middle, share
from carmanana.reports.registry import PEOPLE, PERIOD, Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Table

from .workload import NOBODY, owned

WAITED = Lead.first_answer_minutes


def _came_in(scope: ReportScope):
    return scope.leads(scope.within(Lead.received_at))


def _within(minutes: int, key: str, label: str):
    told = f"First answered within {minutes} minutes of business time."
    return count(key, label, told, lambda scope: WAITED <= minutes)


def _waited(scope: ReportScope):
    return WAITED


MEASURES = (
    count("leads", "Leads", "Leads that came in in these days."),
    count("answered", "Answered", "We have reached out to them.", lambda scope: WAITED.is_null(False)),
    count("waiting", "Not yet", "Nobody has reached out to them.", lambda scope: WAITED.is_null()),
    middle("median", "Median", "Business minutes to the first answer that half of those answered did not exceed.",
        _waited, unit=MINUTES),
    middle("nine", "Nine in ten", "Business minutes that nine in ten of them did not exceed.", _waited, at=0.9,
        unit=MINUTES),
    _within(5, "five", "Within 5 min"),
    _within(60, "hour", "Within 1 h"),
    share("rate", "Share", "Answered within 1 h, of all that came in; not told of fewer than five.", "hour", "leads"),
    count("converted", "Became a deal", "They are a deal by now.", lambda scope: Lead.state == CONVERTED),
)  # fmt: skip
OWNERS = Table(
    "owners", "By owner", "Owner now", "lead", _came_in, Lead.id, by=owned(Lead.owner), names=people,
    otherwise=NOBODY, measures=MEASURES, chart="leads", empty="No lead came in in these days.",
)  # fmt: skip
FROM = Table(
    "sources", "By source", "Source", "lead", _came_in, Lead.id, by=Lead.source, names=lambda scope: SOURCES,
    measures=MEASURES, chart="leads", empty="No lead came in in these days.",
)  # fmt: skip
ASKED = Table(
    "kinds", "By kind", "Kind", "lead", _came_in, Lead.id, by=Lead.kind, names=lambda scope: KINDS,
    measures=MEASURES, chart="leads", empty="No lead came in in these days.",
)  # fmt: skip

LEAD_RESPONSE = Report(
    "lead-response", "Lead response", "How soon those who asked were answered", (OWNERS, FROM, ASKED),
    (PERIOD, PEOPLE),
)  # fmt: skip
