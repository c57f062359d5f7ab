"""What became of the leads that came in: how soon they were answered, and how far they came, by source and by
person."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from peewee import SQL, Case, fn

from carmanana.records.lead_codes import ASSESSED, CLOSED, CONVERTED, KINDS, SOURCES
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.stage_visits import LeadReach
from carmanana.reports.contact_times import in_words
from carmanana.reports.lead_scope import LeadScope
from carmanana.reports.pivot import pivot
from carmanana.reports.tally import percent

WITHIN = (5, 15, 60)  # minutes of business
BY = ("everything", "source", "owner", "kind")


@dataclass(frozen=True)
class LeadTally:
    """`attempts` are contacts of ours, `conversations` those in which they answered, had with `talked` of the leads.
    `waits` is how many were first answered after so many minutes of business."""

    name: str
    leads: int = 0
    attempts: int = 0
    conversations: int = 0
    talked: int = 0
    assessed: int = 0
    converted: int = 0
    waits: Counter = field(default_factory=Counter)

    @cached_property
    def answered(self) -> int:
        return self.waits.total()

    @property
    def middle(self) -> str:
        return self._waited(0.5) if self.answered else ""

    @property
    def nine_in_ten(self) -> str:
        """The wait that nine in ten did not exceed; empty where there are too few to say."""
        return "" if percent(0, self.answered) is None else self._waited(0.9)

    def _waited(self, share: float) -> str:
        left = ceil(share * self.answered)
        for minutes in sorted(self.waits):
            left -= self.waits[minutes]
            if left <= 0:
                return in_words(minutes)
        return ""

    def within(self, minutes: int) -> int:
        return sum(number for waited, number in self.waits.items() if waited <= minutes)

    def percent_within(self, minutes: int) -> int | None:
        """Of all that came in: what nobody has answered was not answered in time."""
        return percent(self.within(minutes), self.leads)

    @property
    def percent_converted(self) -> int | None:
        return percent(self.converted, self.leads)


@dataclass(frozen=True)
class LeadReport:
    total: LeadTally
    groups: list[tuple[str, str, list[LeadTally]]]

    @property
    def funnel(self) -> list[tuple[str, int]]:
        """How many came how far."""
        total = self.total
        steps = (total.leads, total.answered, total.talked, total.assessed, total.converted)
        return list(zip(("Came in", "Answered", "Spoken with", "Assessed", "Converted"), steps, strict=True))


def lead_numbers(scope: LeadScope) -> LeadReport:
    keys = _keys() | facts()
    found = pivot(scope.leads_with_reach().select(*(value.alias(name) for name, value in keys.items())), BY, _measures)
    waits = _waits(scope)
    owners = dict(User.select(User.id, User.name).tuples())
    tallies = {name: _tallies(found[name], waits[name], names, otherwise) for name, names, otherwise in (
        ("everything", {}, "All"),
        ("source", SOURCES, "Not known"),
        ("owner", owners, "Nobody owns it"),
        ("kind", KINDS, ""),
    )}  # fmt: skip
    groups = [("By source", "Source"), ("By person", "Owner now"), ("By kind", "What they asked")]
    named = zip(groups, ("source", "owner", "kind"), strict=True)
    return LeadReport(
        next(iter(tallies["everything"]), LeadTally("All")), [(*group, tallies[name]) for group, name in named]
    )


def _keys() -> dict:
    owner = Case(None, [(Lead.owner == HOUSE_ID, None)], Lead.owner)
    return {"everything": SQL("1"), "source": Lead.source, "owner": owner, "kind": Lead.kind}


def facts() -> dict:
    """What is counted of each lead, by name; LeadReach is joined."""
    return {
        "attempts": LeadReach.attempts,
        "conversations": LeadReach.conversations,
        "assessed": _was_assessed(),
        "converted": Lead.state == CONVERTED,
    }


def _was_assessed():
    """Now, or before it was held; of what was closed, as its trail tells. What was reopened counts when it is again."""
    now = Lead.state.in_((ASSESSED, CONVERTED)) | (Lead.held_from == ASSESSED)
    return Case(None, [(now, 1), (Lead.state == CLOSED, LeadReach.assessed)], 0)


def _measures(row) -> list:
    summed = (row.attempts, row.conversations, row.conversations > 0, row.assessed, row.converted)
    return [fn.COUNT(1), *map(fn.SUM, summed)]


def _waits(scope: LeadScope) -> dict[str, dict]:
    """By each key and value, how many waited how long."""
    keys = _keys()
    waits = {name: {} for name in keys}
    columns = [*keys.values(), Lead.first_answer_minutes, fn.COUNT(Lead.id)]
    answered = scope.leads().where(Lead.first_answer_minutes.is_null(False)).select(*columns)
    for *values, minutes, number in answered.group_by(*columns[1:-1]).tuples():
        for name, value in zip(keys, values, strict=True):
            waits[name].setdefault(value, Counter())[minutes] += number
    return waits


def _tallies(found: dict, waits: dict, names: dict, otherwise: str) -> list[LeadTally]:
    """The most first."""
    told = [
        LeadTally(names.get(value, otherwise), *numbers, waits.get(value, Counter()))
        for value, numbers in found.items()
    ]
    return sorted(told, key=lambda tally: (-tally.leads, tally.name))
