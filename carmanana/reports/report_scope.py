"""What a report is about: days, a pipeline, a team, a person; and of these, what the viewer may see."""

from dataclasses import dataclass
from functools import cached_property

from peewee import OP, SQL, Cast, Expression, Select, fn

from carmanana.core import clock
from carmanana.core.workflow import Refusal
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline
from carmanana.reports.lead_scope import choices_for, person_of
from carmanana.reports.period import Period

EVERYTHING = SQL("1")


@dataclass(frozen=True)
class ReportScope(Period):
    """`team` is the manager whose people are meant."""

    viewer: User | None = None
    pipeline: Pipeline | None = None
    team: User | None = None
    owner: User | None = None

    @classmethod
    def choose(cls, args, refusals: list, viewer: User) -> dict:
        people = choices_for(viewer)
        chosen = {name: person_of(args, name, people[name], refusals) for name in people}
        return {"pipeline": _pipeline_of(args, refusals)} | chosen

    @property
    def chosen(self) -> dict:
        told = {"team": self.team and str(self.team.id), "owner": self.owner and str(self.owner.id)}
        told["pipeline"] = self.pipeline and self.pipeline.slug
        return {name: value for name, value in told.items() if value}

    @cached_property
    def now(self):
        return clock.now()

    @property
    def today(self):
        return clock.today(self.zone)

    def of_people(self, column) -> list:
        """The conditions that choose a team or a person by a column; who sees their own alone sees what is theirs
        there."""
        found = [] if self.viewer.sees_all else [Expression(column, OP.EQ, self.viewer.id)]
        if self.team:
            found.append(Expression(column, OP.IN, User.select(User.id).where(User.manager == self.team)))
        if self.owner:
            found.append(Expression(column, OP.EQ, self.owner.id))
        return found or [EVERYTHING]

    def _chosen_people(self, column) -> list:
        return self.of_people(column) if self.viewer.sees_all else [EVERYTHING]

    def deals(self, *conditions) -> Select:
        """Deals that the viewer may see, by their owner of today."""
        seen = [] if self.viewer.sees_all else [Deal.visible(self.viewer)]
        return Deal.select().where(*seen, *self._chosen_people(Deal.owner), *self.of_pipeline(), *conditions)

    def of_pipeline(self) -> list:
        return [Deal.pipeline == self.pipeline.id if self.pipeline else EVERYTHING]

    def leads(self, *conditions) -> Select:
        seen = [] if self.viewer.sees_all else [Lead.visible(self.viewer)]
        return Lead.select().where(*seen, *self._chosen_people(Lead.owner), *conditions)


def people(scope: ReportScope) -> dict:
    return dict(User.select(User.id, User.name).where(~User.house).tuples())


def text_of(column):
    """A value as it stands in an address; empty for none."""
    return fn.COALESCE(Cast(column, "TEXT"), "")


def _pipeline_of(args, refusals: list) -> Pipeline | None:
    slug = args.get("pipeline") or ""
    pipeline = Pipeline.get_or_none(Pipeline.slug == slug) if slug else None
    if slug and pipeline is None:
        refusals.append(Refusal("pipeline", "Choose a pipeline from the list.", field="pipeline"))
    return pipeline
