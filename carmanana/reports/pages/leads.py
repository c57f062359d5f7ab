"""How soon those who asked were answered, and what became of them (SOP 1, sections F and G)."""

from collections import Counter
from dataclasses import dataclass, replace

from carmanana.records.lead_codes import CONVERTED, KINDS, SOURCES
from carmanana.records.leads import Lead
from carmanana.records.stage_visits import LeadReach
from carmanana.reports.lead_rows import came_in, lead_file, was_assessed
from carmanana.reports.measures import FIRST, MINUTES, PREVIOUS, added, count, middle, share
from carmanana.reports.registry import PEOPLE, PERIOD, SOURCE, Report
from carmanana.reports.report_scope import ReportScope, people
from carmanana.reports.tables import Line, Row, Table

from .workload import NOBODY, owned

WAITED = Lead.first_answer_minutes
ANSWERED = WAITED.is_null(False)
SPOKEN = LeadReach.conversations > 0
BECAME = Lead.state == CONVERTED
EMPTY = "No lead came in in these days."


def _within(minutes: int, key: str, label: str):
    told = f"First answered within {minutes} minutes of business time."
    return count(key, label, told, lambda scope: WAITED <= minutes)


def _waited(scope: ReportScope):
    return WAITED


def _steps(scope: ReportScope) -> list[Line]:
    return [
        Line("in", "Came in", Lead.id.is_null(False)),
        Line("answered", "Answered", ANSWERED),
        Line("spoken", "Spoken with", SPOKEN),
        Line("assessed", "Assessed", was_assessed()),
        Line("deals", "Became a deal", BECAME),
    ]


MEASURES = (
    count("leads", "Leads", "Leads that came in in these days."),
    count("waiting", "Not answered", "Nobody has reached out to them.", lambda scope: WAITED.is_null()),
    middle("median", "Median wait", "Business minutes to the first answer of a person that half of those answered did not "
        "exceed.", _waited, unit=MINUTES),
    middle("nine", "Nine in ten", "Business minutes that nine in ten of them did not exceed.", _waited, at=0.9,
        unit=MINUTES),
    _within(5, "five", "Within 5 min"),
    _within(15, "quarter", "Within 15 min"),
    _within(60, "hour", "Within 1 h"),
    share("rate", "Answered in 1 h", "Answered within 1 h, of all that came in; not told of fewer than five.", "hour",
        "leads"),
    added("attempts", "Attempts", "Calls, voicemails, emails and texts of ours to them.", LeadReach.attempts),
    count("spoken", "Spoken with", "They called or wrote, or a contact of ours was connected.", lambda scope: SPOKEN),
    count("assessed", "Assessed", "Their needs are, or were, assessed.", lambda scope: was_assessed()),
    count("converted", "Became a deal", "They are a deal by now.", lambda scope: BECAME),
    share("conversion", "Conversion", "Became a deal, of all that came in; not told of fewer than five.", "converted",
        "leads"),
)  # fmt: skip


OWNERS = Table(
    "owners", "By owner", "Owner now", "lead", came_in, Lead.id, by=owned(Lead.owner), names=people, otherwise=NOBODY,
    measures=MEASURES, chart="leads", empty=EMPTY,
)  # fmt: skip
BOTH = replace(OWNERS, by=Lead.source.concat(" ").concat(Lead.kind))


def _of_both(scope: ReportScope) -> list[tuple]:
    """By source and kind: the leads are read once for all that is told by one of them."""
    if "leads" not in scope.looks:
        scope.looks["leads"] = list(BOTH._counted(scope))
    return scope.looks["leads"]


@dataclass(frozen=True)
class Half(Table):
    """By the source or by the kind: `place` is which of the two."""

    place: int = 0

    def _counted(self, scope: ReportScope):
        for both, currency, long, counted, summed in _of_both(scope):
            yield both.split(" ")[self.place], currency, long, dict(counted), summed


FROM = Half(
    "sources", "By source", "Source", "lead", came_in, Lead.id, by=Lead.source, names=lambda scope: SOURCES,
    measures=MEASURES, chart="leads", empty=EMPTY,
)  # fmt: skip
ASKED = Half(
    "kinds", "By kind", "What they asked", "lead", came_in, Lead.id, by=Lead.kind, names=lambda scope: KINDS,
    measures=MEASURES, chart="leads", empty=EMPTY, place=1,
)  # fmt: skip


@dataclass(frozen=True)
class Funnel(Table):
    """Its steps are counts of the other tables."""

    def _by_line(self, scope: ReportScope) -> list[Row]:
        total = Counter()
        for _, _, _, counted, _ in _of_both(scope):
            total.update(counted)
        reached = total["leads"], total["leads"] - total["waiting"], *(total[key] for key in ("spoken", "assessed"))
        lines = zip(self.lines(scope), (*reached, total["converted"]), strict=True)
        return [Row(line.key, line.name, {"leads": number}) for line, number in lines]


FUNNEL = Funnel(
    "funnel", "How far leads came", "Step", "lead", came_in, Lead.id, lines=_steps, total=False, chart="leads",
    measures=(
        count("leads", "Leads", "Leads that came in in these days, by how far they have come by now."),
        share("of_all", "Of all", "Of those that came in.", "leads", "leads", FIRST),
        share("go_on", "Go on", "Of those of the step before; a step may be passed over.", "leads", "leads", PREVIOUS),
    ),
    empty=EMPTY,
)  # fmt: skip

LEADS = Report(
    "leads", "Leads", "How soon those who asked were answered, and what became of them",
    (FUNNEL, OWNERS, FROM, ASKED), (PERIOD, PEOPLE, SOURCE),
    tiles=tuple(("owners", measure) for measure in
        ("leads", "waiting", "median", "rate", "spoken", "assessed", "conversion")),
    records=lead_file,
)  # fmt: skip
