"""What a report is about: days, a pipeline, a team, a person, a source of leads; and of these, what the viewer may
see."""

from dataclasses import dataclass
from functools import cached_property

from peewee import OP, SQL, Cast, Expression, Select, fn

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal
from carmanana.records.deals import Deal
from carmanana.records.lead_codes import SOURCES
from carmanana.records.leads import Lead
from carmanana.records.people import MANAGER, User
from carmanana.records.pipelines import Pipeline
from carmanana.reports.period import Period

EVERYTHING = SQL("1")


@dataclass(frozen=True)
class ReportScope(Period):
    """`team` is the manager whose people are meant."""

    viewer: User | None = None
    pipeline: Pipeline | None = None
    team: User | None = None
    owner: User | None = None
    source: str = ""

    @classmethod
    def choose(cls, args, refusals: list, viewer: User) -> dict:
        people = choices_for(viewer)
        chosen = {name: person_of(args, name, people[name], refusals) for name in people}
        return {"pipeline": _pipeline_of(args, refusals), "source": _source_of(args, refusals)} | chosen

    @property
    def chosen(self) -> dict:
        told = {"team": self.team and str(self.team.id), "owner": self.owner and str(self.owner.id)}
        told |= {"pipeline": self.pipeline and self.pipeline.slug, "source": self.source}
        return {name: value for name, value in told.items() if value}

    @cached_property
    def now(self):
        return clock.now()

    @property
    def today(self):
        return clock.today(self.zone)

    @cached_property
    def looks(self) -> dict:
        """What several tables of a page are told from, by its name."""
        return {}

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
        of_source = [Lead.source == self.source] if self.source else []
        return Lead.select().where(*seen, *self._chosen_people(Lead.owner), *of_source, *conditions)


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


def _source_of(args, refusals: list) -> str:
    source = args.get("source") or ""
    if source and source not in SOURCES:
        refusals.append(Refusal("source", "Choose a source from the list.", field="source"))
    return source


def choices_for(viewer: User) -> dict[str, list[User]]:
    """Whose work one may choose: who sees only their own has no choice."""
    if not viewer.sees_all:
        return {"team": [], "owner": []}
    people = _people()
    return {
        "team": [user for user in people if user.has(MANAGER)],
        "owner": [user for user in people if user.works_deals],
    }


@prepared
def _people():
    return User.select().where(~User.house).order_by(User.name)


def person_of(args, name: str, people: list[User], refusals: list) -> User | None:
    typed = args.get(name) or ""
    found = next((user for user in people if str(user.id) == typed), None)
    if typed and found is None:
        refusals.append(Refusal(name, "Choose somebody from the list.", field=name))
    return found
