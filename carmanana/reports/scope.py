"""Which cancellation cases a report is about: days and a pipeline."""

from dataclasses import dataclass

from carmanana.core.workflow import Refusal
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Pipeline
from carmanana.reports.period import Period


@dataclass(frozen=True)
class Scope(Period):
    pipeline: Pipeline | None = None

    @classmethod
    def choose(cls, args, refusals: list) -> dict:
        return {"pipeline": _pipeline_of(args, refusals)}

    @property
    def chosen(self) -> dict:
        return {"pipeline": self.pipeline.slug} if self.pipeline else {}

    def requests(self, *conditions):
        """Cancellation requests of the pipeline, with their orders joined."""
        chosen = [Deal.pipeline == self.pipeline] if self.pipeline else []
        return CancellationRequest.select().join(Deal).where(*conditions, *chosen)

    def ended(self):
        """But for those that ended by a right to cancel: they were not ours to decide."""
        return self.requests(self.within(CancellationRequest.ended_at), CancellationRequest.acknowledged_at.is_null())

    def by_right(self) -> int:
        return self.requests(
            self.within(CancellationRequest.ended_at), CancellationRequest.acknowledged_at.is_null(False)
        ).count()

    def ended_or_came_in(self):
        """Ended within these days; or still open and came in within them."""
        still_open = CancellationRequest.ended_at.is_null() & self.within(CancellationRequest.requested_at)
        return self.requests(self.within(CancellationRequest.ended_at) | still_open)


def _pipeline_of(args, refusals: list) -> Pipeline | None:
    slug = args.get("pipeline") or ""
    pipeline = Pipeline.get_or_none(Pipeline.slug == slug) if slug else None
    if slug and pipeline is None:
        refusals.append(Refusal("pipeline", "Choose a pipeline from the list.", field="pipeline"))
    return pipeline
