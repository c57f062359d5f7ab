"""Orders whose marks are few: of deals by stage, and by owner. They are walked group by group."""

from itertools import groupby

from carmanana.boards.column_totals import owners_in_tallies
from carmanana.boards.paging import Group, Walk
from carmanana.core.query import prepared
from carmanana.records.deal_codes import ACTIVE, LOSING, ON_HOLD, WON
from carmanana.records.deals import Deal
from carmanana.records.pipelines import Stage

BESIDE_STAGES, BEHIND_STAGES = {ON_HOLD: 1_000_001, LOSING: 1_000_002, WON: 1_000_003}, 1_000_004


def by_stage(walk: Walk, most: int, after: Deal | None) -> dict[str, list[Group]]:
    """All of them: there are few stages. Where deals are not active, their state stands in the stage's place."""
    stages = _stages_of(walk.pipeline)
    return {
        state: [
            Group(stage.id, stage.position if state == ACTIVE else BESIDE_STAGES.get(state, BEHIND_STAGES))
            for stage in stages
        ]
        for state in walk.way.states
    }


@prepared
def _stages_of(pipeline):
    return Stage.select().where(Stage.pipeline == pipeline)


def by_owner(walk: Walk, most: int, after: Deal | None) -> dict[str, list[Group]] | None:
    """Those of so many names that they have enough deals, which the tallies tell."""
    narrow = walk.filter.in_tallies(walk.user)
    if narrow is None or not walk.user.sees_every_deal:
        return None
    owners = owners_in_tallies(walk.pipeline, walk.way.states, narrow)
    here = next((name for owner, name, _ in owners if after and owner == (after.owner_id or 0)), None)
    chosen, enough = [], 0
    for name, same in groupby(sorted(owners, key=lambda one: one[1], reverse=walk.way.backwards), lambda one: one[1]):
        if here is not None and (name > here if walk.way.backwards else name < here):
            continue
        same = list(same)
        chosen += [Group(owner or None, name) for owner, _, _ in same]
        enough += 0 if name == here else sum(deals for _, _, deals in same)
        if enough >= most:
            break
    return dict.fromkeys(walk.way.states, chosen)
