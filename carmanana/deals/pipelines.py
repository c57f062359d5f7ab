"""The stages of a pipeline, as an admin arranges them."""

from peewee import fn

from carmanana.core import audit
from carmanana.core.db import Stale, change, database, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.deals.stage_requirements import ENTRY
from carmanana.records.deal_codes import ACTIVE, GAP, LOSING
from carmanana.records.deals import Deal
from carmanana.records.people import CRM_ADMIN, User
from carmanana.records.pipelines import Pipeline, Stage

LONGEST_NAME = 40
ACCENTS = range(1, 7)
LONGEST_STAY = 365
MOST_DEALS = 9_999

STANDING = "SELECT COALESCE(SUM(deals), 0) FROM deal_tally WHERE pipeline_id = ? AND state = 'active' AND stage_id = ?"


def add(pipeline: Pipeline, by: User, **facts) -> Stage:
    """A new column at the end of the board."""
    _admins_only(by)
    with transaction():
        facts = _lawful(pipeline, facts)
        stage = Stage.create(pipeline=pipeline, position=_end(pipeline), **facts)
        audit.record("add_stage", stage, by)
    return stage


def correct(stage: Stage, by: User, version: int, **facts) -> Stage:
    _admins_only(by)
    with transaction():
        fresh = _fresh(stage, version)
        facts = _lawful(fresh.pipeline, facts, fresh)
        changed = sorted(name for name, value in facts.items() if getattr(fresh, name) != value)
        change(fresh, **facts)
        audit.record("correct_stage", fresh, by, fields=changed, requires=sorted(fresh.requires))
    return fresh


def move(stage: Stage, by: User, version: int, up: bool) -> Stage:
    """Change places with the neighbour; at the end there is none, and nothing happens."""
    _admins_only(by)
    with transaction():
        fresh = _fresh(stage, version)
        neighbour = _neighbour(fresh, up)
        if neighbour:
            here, there = fresh.position, neighbour.position
            change(fresh, position=there)
            change(neighbour, position=here)
            audit.record("move_stage", fresh, by, before=here, after=there)
    return fresh


def archive(stage: Stage, by: User, version: int) -> Stage:
    """Off the board. Refused while cards stand in it or will return to it."""
    _admins_only(by)
    with transaction():
        fresh = _fresh(stage, version)
        refusals = [refusal for rule in (_is_on_the_board, _is_empty, _is_not_the_last) if (refusal := rule(fresh))]
        if refusals:
            raise Refused(refusals, fresh)
        change(fresh, archived=True)
        audit.record("archive_stage", fresh, by)
    return fresh


def unarchive(stage: Stage, by: User, version: int) -> Stage:
    _admins_only(by)
    with transaction():
        fresh = _fresh(stage, version)
        if not fresh.archived:
            raise Refused([Refusal("on_board", f"{fresh.name} is on the board already.")], fresh)
        change(fresh, archived=False, position=_end(fresh.pipeline))
        audit.record("unarchive_stage", fresh, by)
    return fresh


def card_counts() -> dict[int, int]:
    """How many cards stand in each stage, those under review that return to it among them."""
    standing = Deal.select(Deal.stage, fn.COUNT(Deal.id)).where(Deal.state.in_((ACTIVE, LOSING)))
    return dict(standing.group_by(Deal.stage).tuples())


def crowded(stage: Stage) -> str:
    """A warning where more cards stand in a stage than it is meant to hold. Nothing is refused for it."""
    if stage.most_deals is None:
        return ""
    (count,) = database.execute_sql(STANDING, (stage.pipeline_id, stage.id)).fetchone()
    return f"{count:,} cards stand there now; its limit is {stage.most_deals:,}" if count > stage.most_deals else ""


def _admins_only(by: User) -> None:
    if not by.has(CRM_ADMIN):
        raise Forbidden("stages")


def _fresh(stage: Stage, version: int) -> Stage:
    fresh = Stage.get_by_id(stage.id)
    if fresh.version != version:
        raise Stale(fresh)
    return fresh


def _end(pipeline: Pipeline) -> int:
    return (pipeline.stages.select(fn.MAX(Stage.position)).scalar() or 0) + GAP


def _neighbour(stage: Stage, up: bool) -> Stage | None:
    others = stage.pipeline.open_stages()
    if up:
        return others.where(Stage.position < stage.position).order_by(Stage.position.desc()).first()
    return others.where(Stage.position > stage.position).first()


def _lawful(pipeline: Pipeline, facts: dict, stage: Stage | None = None) -> dict:
    facts = facts | {"name": " ".join(facts["name"].split()), "requires": frozenset(facts["requires"])}
    broken = [
        ("name", f"Enter a name of at most {LONGEST_NAME} characters.", not 0 < len(facts["name"]) <= LONGEST_NAME),
        ("name", "This pipeline has a stage of that name.", _is_taken(pipeline, facts["name"], stage)),
        ("accent", "Choose one of the six accents.", facts["accent"] not in ACCENTS),
        ("ageing_days", f"Enter days from 1 to {LONGEST_STAY}.", not 1 <= (facts["ageing_days"] or 0) <= LONGEST_STAY),
        (
            "probability",
            "Enter how many of 100 are won, from 0 to 100.",
            not 0 <= _or(facts.get("probability", 50), -1) <= 100,
        ),
        (
            "most_deals",
            f"Enter a number from 1 to {MOST_DEALS:,}, or nothing.",
            not 1 <= _or(facts.get("most_deals"), 1) <= MOST_DEALS,
        ),
        ("requires", "Choose from the list.", not facts["requires"] <= set(ENTRY)),
    ]
    refusals = [Refusal("stage", sentence, field=field) for field, sentence, holds in broken if holds]
    if refusals:
        raise Refused(refusals, stage)
    return facts


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def _is_taken(pipeline: Pipeline, name: str, stage: Stage | None) -> bool:
    return any(other.name.casefold() == name.casefold() and other != stage for other in pipeline.stages)


def _is_on_the_board(stage: Stage):
    if stage.archived:
        return Refusal("archived", f"{stage.name} is archived already.")


def _is_empty(stage: Stage):
    count = card_counts().get(stage.id, 0)
    if count:
        stand = "1 card stands" if count == 1 else f"{count:,} cards stand"
        return Refusal(
            "cards", f"{stand} in {stage.name}. Move {'it' if count == 1 else 'them'} to another stage first."
        )


def _is_not_the_last(stage: Stage):
    if not stage.pipeline.open_stages().where(Stage.id != stage.id).exists():
        return Refusal("last_stage", "A pipeline keeps at least one stage.")
