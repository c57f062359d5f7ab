"""What a word in a column stands for here: one of our states, stages, pipelines, people ..."""

from functools import cached_property

from rapidfuzz import fuzz, process

from carmanana.cases.rules import WORKERS
from carmanana.importing.cells.words import words
from carmanana.importing.records.choices import ASSIGNEE, LABELS, MAPPED_OF_RECORDS, WAYS_TO_SAY
from carmanana.records.deal_codes import (
    ACTIVE,
    CANCELLED,
    LIVE,
    LOSS_REASONS,
    LOST,
    ON_HOLD,
    ORDER_TYPES,
    ORGANIC,
    STATES,
    WON,
)
from carmanana.records.people import AGENT, MANAGER, User
from carmanana.records.pipelines import Pipeline, Stage

MAPPED = ("state", "stage", "pipeline", "readiness", "order_type", "owner", "loss_reason", *MAPPED_OF_RECORDS)
NOBODY = "nobody"
LOADABLE = (ACTIVE, ON_HOLD, WON, LOST, CANCELLED)
PHONE_REGIONS = {
    "US": "United States", "CA": "Canada", "MX": "Mexico", "GB": "United Kingdom", "IE": "Ireland", "DE": "Germany",
    "FR": "France",
    "ES": "Spain", "IT": "Italy", "NL": "Netherlands", "AU": "Australia", "NZ": "New Zealand",
    "AE": "United Arab Emirates", "": "Only numbers with a +",
}  # fmt: skip

SPOKEN = {
    "state": {
        ACTIVE: "active, open, in progress, working, pending, new, ongoing",
        ON_HOLD: "on hold, hold, paused, parked, waiting, deferred",
        WON: "won, closed won, sold, delivered, complete, completed, sale, success, funded",
        LOST: "lost, closed lost, dead, no sale, not sold, rejected, abandoned",
        CANCELLED: "cancelled, canceled, cancelled by client, cancelled by customer, lost cancelled by client",
    },
    "readiness": {
        LIVE: "live, hot, warm, ready, active, live order",
        ORGANIC: "organic, cold, long term, future, organic order",
    },
    "order_type": {
        "new_vehicle": "new, new vehicle, new car, new vehicle order, brand new, n",
        "used_vehicle": (
            "used, used vehicle, used car, used vehicle order, pre owned, preowned, certified, cpo, second hand, u"
        ),
        "special_sourcing": "special, special sourcing, sourcing, special order, import, custom order",
    },
    "loss_reason": {
        "no_response": "no response, unresponsive, no answer, ghosted, no contact",
        "bought_elsewhere": "bought elsewhere, competitor, bought from competitor, lost to competitor, bought another",
        "price": "price, too expensive, payment, price or payment, budget",
        "financing": "financing, credit, financing declined, credit declined, no credit, finance declined",
        "changed_mind": "changed mind, not interested, no longer interested, no longer wants a car, postponed",
        "vehicle": "no vehicle, not available, vehicle sold, unavailable, out of stock, not found",
        "duplicate": "duplicate, duplicate of another deal, dupe",
        "do_not_contact": "do not contact, asked not to be contacted, opt out, opted out, dnc",
    },
} | WAYS_TO_SAY


def fold(text: str) -> str:
    """How two spellings of the same word are told to be one."""
    return " ".join(words(text).casefold().replace("_", " ").replace("-", " ").replace("–", " ").split())


class Choices:
    """The pipelines, stages and people as they are now."""

    @cached_property
    def pipelines(self) -> list[Pipeline]:
        return list(Pipeline.in_order())

    @cached_property
    def stages(self) -> dict[int, list[Stage]]:
        """The open stages of each pipeline, in order."""
        found = {pipeline.id: [] for pipeline in self.pipelines}
        for stage in Stage.select().where(~Stage.archived).order_by(Stage.position):
            found[stage.pipeline_id].append(stage)
        return found

    @cached_property
    def people(self) -> dict[str, User]:
        return {str(user.id): user for user in User.working(AGENT, MANAGER)}

    @cached_property
    def case_workers(self) -> dict[str, User]:
        return {str(user.id): user for user in User.working(*WORKERS)}

    def options(self, field: str) -> list[tuple[str, str]]:
        """What the words of a column may be mapped to."""
        return list(self._labels[field].items())

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        states = {state: STATES[state] for state in LOADABLE}
        names = dict.fromkeys(stage.name for stages in self.stages.values() for stage in stages)
        return {
            "state": states,
            "stage": {f"stage:{name}": name for name in names}
            | {f"state:{state}": name for state, name in states.items() if state != ACTIVE},
            "pipeline": {pipeline.slug: pipeline.name for pipeline in self.pipelines},
            "readiness": {LIVE: "Live", ORGANIC: "Organic"},
            "order_type": ORDER_TYPES,
            "owner": {NOBODY: "Nobody (unowned)"}
            | {key: f"{user.name} ({user.email})" for key, user in self.people.items()},
            "loss_reason": LOSS_REASONS,
            ASSIGNEE: {NOBODY: "Nobody yet"}
            | {key: f"{user.name} ({user.email})" for key, user in self.case_workers.items()},
        } | LABELS

    def recognised(self, field: str, text: str) -> str:
        """The choice that a word plainly means; empty where it is not plain."""
        spoken = self._spoken[field]
        bare = fold(text)
        if bare in spoken:
            return spoken[bare]
        near = process.extractOne(bare, spoken.keys(), scorer=fuzz.ratio, score_cutoff=90) if len(bare) > 4 else None
        return spoken[near[0]] if near else ""

    @cached_property
    def _spoken(self) -> dict[str, dict[str, str]]:
        return {field: self._ways_to_say(field) for field in MAPPED}

    def _ways_to_say(self, field: str) -> dict[str, str]:
        said = {fold(way): choice for choice, ways in SPOKEN.get(field, {}).items() for way in ways.split(",")}
        if field == "stage":
            ended = ((way, state) for way, state in self._ways_to_say("state").items() if state != ACTIVE)
            said = {way: f"state:{state}" for way, state in ended if len(way) > 3}
        if field in ("owner", ASSIGNEE):
            people = self.people if field == "owner" else self.case_workers
            said = {"nobody": NOBODY, "unassigned": NOBODY} if field == ASSIGNEE else {}
            said |= {fold(user.email): key for key, user in people.items()}
            return said | {fold(user.name): key for key, user in people.items()}
        return said | {fold(label): choice for choice, label in self._labels[field].items()}
