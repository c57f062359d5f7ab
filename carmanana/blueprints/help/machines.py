"""Every machine of the house, as its page of help shows it: drawn from its table and named by its catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass

from carmanana.cancellations.lifecycle import review
from carmanana.cases.lifecycle import casework
from carmanana.compliance.judging import findings
from carmanana.compliance.ledger import ledger
from carmanana.compliance.scorecards import versions
from carmanana.compliance.scoring import scoring
from carmanana.core.verbs import CATALOGUES
from carmanana.core.workflow import Workflow
from carmanana.deals.lifecycle import order
from carmanana.departures.lifecycle import leaving
from carmanana.expiries.lifecycle import expiring
from carmanana.importing.lifecycle import import_steps
from carmanana.leads.lifecycle import inquiry
from carmanana.records import (
    assets,
    cancellations,
    compliance,
    customer_cases,
    deal_codes,
    departures,
    expiries,
    imports,
    lead_codes,
    quotations,
    sales_orders,
    scorecards,
)
from carmanana.sales.assets.lifecycle import holding
from carmanana.sales.orders.lifecycle import ordering
from carmanana.sales.quotations.lifecycle import quoting


@dataclass(frozen=True)
class Step:
    """What leads from one state into another, or stays in it: its name and where it leads."""

    name: str
    source: str
    dest: str


@dataclass(frozen=True)
class Known:
    """A machine and what its states are called, in their order; `sop` is the page that asks for it."""

    slug: str
    title: str
    workflow: Workflow
    states: dict[str, str]
    sop: str = ""

    @property
    def steps(self) -> list[Step]:
        """Each once, in the order of the table; steps that take another back are not told."""
        rows = self.workflow.table.values()
        return list(
            dict.fromkeys(Step(self._name(t.trigger), t.source, t.dest) for t in rows if not _takes_back(t.trigger))
        )

    def leading_on(self, state: str) -> list[Step]:
        return [step for step in self.steps if step.source == state != step.dest]

    def staying(self, state: str) -> list[str]:
        return list(dict.fromkeys(step.name for step in self.steps if step.source == step.dest == state))

    def ways(self) -> Iterator[tuple[str, str]]:
        """From which state into which other."""
        return iter(dict.fromkeys((step.source, step.dest) for step in self.steps if step.source != step.dest))

    def _name(self, trigger: str) -> str:
        """As its button says it, where that is the same for every record."""
        catalogue = CATALOGUES.get(self.workflow.model)
        verb = catalogue.get(trigger) if catalogue else None
        label = verb.label if verb and isinstance(verb.label, str) else ""
        return label.rstrip("…") or trigger.replace("_", " ").capitalize()


def _takes_back(trigger: str) -> bool:
    return trigger == "undo" or trigger.startswith("undo_")


MACHINES = {
    known.slug: known
    for known in (
        Known("deals", "Deals", order, deal_codes.STATES, "lead-and-deal"),
        Known("leads", "Leads", inquiry, lead_codes.STATES, "lead-and-deal"),
        Known("cancellations", "Cancellation requests", review, cancellations.STATES, "cancellation"),
        Known("quotations", "Quotations", quoting, quotations.STATES, "lead-and-deal"),
        Known("sales-orders", "Sales orders", ordering, sales_orders.STATES, "cancelling-a-customer"),
        Known("assets", "Assets", holding, assets.STATES, "cancelling-a-customer"),
        Known("cases", "Cases", casework, customer_cases.STATES, "cancelling-a-customer"),
        Known("expiries", "Expiries", expiring, expiries.STATES, "cancelling-a-customer"),
        Known("customer-cancellations", "Customer cancellations", leaving, departures.STATES, "cancelling-a-customer"),
        Known("findings", "Findings", findings, compliance.FINDING_STATES, "cancellation"),
        Known("consequences", "Consequences", ledger, compliance.CONSEQUENCE_STATES, "cancellation"),
        Known("scores", "Scores of a review", scoring, scorecards.SCORE_STATES, "cancellation"),
        Known("scorecards", "Versions of the scorecard", versions, scorecards.SCORECARD_STATES, "cancellation"),
        Known("imports", "Imports", import_steps, imports.STATES),
    )
}
