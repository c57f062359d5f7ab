"""The list of call sequences."""

from peewee import SQL, Case, fn

from carmanana.records.people import User
from carmanana.records.sequences import DONE, ENDED, UNFINISHED, CallSequence, SequenceCall
from carmanana.web.lists import Chip, Column, List


def with_progress(ids: list[int]) -> list[CallSequence]:
    """With whose it is, how many calls are done and how many are left, in one query."""
    finished = fn.SUM(Case(None, [(SequenceCall.standing == DONE, 1)], 0)).alias("done")
    left = fn.SUM(Case(None, [(SequenceCall.standing.in_(UNFINISHED), 1)], 0)).alias("left")
    found = (
        CallSequence.select(CallSequence, User, finished, left).join(User, on=CallSequence.user).switch(CallSequence)
    )
    return list(found.join(SequenceCall).where(CallSequence.id.in_(ids)).group_by(CallSequence.id))


SEQUENCES = List(
    name="sequences",
    title="Call sequences",
    endpoint="dialing.index",
    one="sequence",
    many="sequences",
    columns=(
        Column("name", "Name", lambda s: s.name, always=True),
        Column("user", "Who calls", lambda s: s.user.name),
        Column("state", "State", lambda s: s.standing_name),
        Column("progress", "Done", lambda s: f"{s.done} of {s.done + s.left}", number=True),
        Column("created", "Made", lambda s: s.created_at.isoformat(), CallSequence.id, wide=True),
    ),
    scope=CallSequence.visible_to,
    load=with_progress,
    cells="dialing/_cells.html",
    id=CallSequence.id,
    sort="created",
    descending=True,
    chips=(
        Chip("standing", "Not ended", lambda by: CallSequence.standing != ENDED),
        Chip("ended", "Ended", lambda by: CallSequence.standing == ENDED),
        Chip("all", "All", lambda by: SQL("1")),
    ),
    one_chip=True,
    empty=(
        "phone",
        "No call sequences yet",
        "Select leads and start calling: one at a time, each logged before the next.",
    ),
    template="dialing/index.html",
)
