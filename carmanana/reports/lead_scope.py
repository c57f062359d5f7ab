"""Which leads a report is about: days in which they came in, a team, a person, a source; and of these, what the viewer
may see."""

from dataclasses import dataclass

from peewee import Select

from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal
from carmanana.records.lead_codes import SOURCES
from carmanana.records.leads import Lead
from carmanana.records.people import MANAGER, User
from carmanana.records.stage_visits import LeadReach
from carmanana.reports.period import Period


@dataclass(frozen=True)
class LeadScope(Period):
    """`team` is the manager whose people own them."""

    viewer: User | None = None
    team: User | None = None
    owner: User | None = None
    source: str = ""

    @classmethod
    def choose(cls, args, refusals: list, viewer: User) -> dict:
        people = choices_for(viewer)
        source = args.get("source") or ""
        if source and source not in SOURCES:
            refusals.append(Refusal("source", "Choose a source from the list.", field="source"))
        return {name: person_of(args, name, people[name], refusals) for name in people} | {"source": source}

    @property
    def chosen(self) -> dict:
        told = {"team": self.team and str(self.team.id), "owner": self.owner and str(self.owner.id)}
        return {name: value for name, value in (told | {"source": self.source}).items() if value}

    def leads(self) -> Select:
        """They came in within these days."""
        conditions = [Lead.visible(self.viewer), self.within(Lead.received_at)]
        if self.team:
            conditions.append(Lead.owner.in_(User.select(User.id).where(User.manager == self.team)))
        if self.owner:
            conditions.append(Lead.owner == self.owner)
        if self.source:
            conditions.append(Lead.source == self.source)
        return Lead.select().where(*conditions)

    def leads_with_reach(self) -> Select:
        return self.leads().join(LeadReach, on=LeadReach.lead == Lead.id)


def choices_for(viewer: User) -> dict[str, list[User]]:
    """Whose leads one may choose: who sees only their own has no choice."""
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
