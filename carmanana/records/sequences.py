"""Call sequences: leads that somebody works through by telephone, one at a time (SOP 1, section F)."""

from datetime import datetime

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import JsonField, Record, UtcField
from carmanana.records.activities import OUTCOMES, Activity
from carmanana.records.leads import Lead
from carmanana.records.people import User

READY, RUNNING, PAUSED, ENDED = "ready", "running", "paused", "ended"
STANDINGS = {READY: "Ready", RUNNING: "Running", PAUSED: "Paused", ENDED: "Ended"}

WAITING, OFFERED, DIALED = "waiting", "offered", "dialed"
DONE, SKIPPED, SET_ASIDE = "done", "skipped", "set_aside"
UNFINISHED = (WAITING, OFFERED, DIALED)
ON_SCREEN = (OFFERED, DIALED)


class CallSequence(Record):
    """`user` calls, `made_by` put it together, with `guidance` where that was a manager."""

    id = AutoField()
    name = CharField()
    user = ForeignKeyField(User, backref="sequences")
    made_by = ForeignKeyField(User, backref="sequences_made")
    guidance = TextField(default="")
    standing = CharField(default=READY)
    created_at = UtcField(default=clock.now)
    started_at = UtcField(null=True)
    ended_at = UtcField(null=True)
    version = IntegerField(default=1)

    standing_name = named("standing", STANDINGS)

    @property
    def ended(self) -> bool:
        return self.standing == ENDED

    @classmethod
    def visible_to(cls, user: User):
        """One's own; managers and whoever else sees all see every one."""
        return cls.select() if user.sees_all else cls.select().where(cls.user == user)


class SequenceCall(Record):
    """A lead in a sequence. It waits, is offered on the screen, dialed, and then done, skipped or set aside; `why` says
    why it waits or was set aside, `until` when that passes. On the screen it is that person's alone until `held_until`.
    `draft` is what was typed and not yet logged, so that the call goes on wherever it was left."""

    id = AutoField()
    sequence = ForeignKeyField(CallSequence, backref="calls", on_delete="CASCADE")
    lead = ForeignKeyField(Lead, backref="sequence_calls", on_delete="CASCADE")
    position = IntegerField(default=0)
    pinned = BooleanField(default=False)
    standing = CharField(default=WAITING)
    why = TextField(default="")
    until = UtcField(null=True)
    held_until = UtcField(null=True)
    dialed_at = UtcField(null=True)
    hung_up_at = UtcField(null=True)
    finished_at = UtcField(null=True)
    outcome = CharField(default="")
    activity = ForeignKeyField(Activity, null=True, on_delete="SET NULL")
    draft = JsonField(null=True)
    version = IntegerField(default=1)

    @classmethod
    def held_by_another(cls, lead: Lead, by: User, at: datetime) -> "SequenceCall | None":
        """The call by which this lead is on somebody else's screen."""
        found = cls.select(cls, CallSequence, User).join(CallSequence).join(User, on=CallSequence.user)
        return found.where(
            cls.lead == lead, cls.standing.in_(ON_SCREEN), cls.held_until > at, CallSequence.user != by
        ).first()

    @property
    def on_screen(self) -> bool:
        return self.standing in ON_SCREEN

    @property
    def dialed(self) -> bool:
        return self.standing == DIALED

    @property
    def finished(self) -> bool:
        return self.standing in (DONE, SKIPPED, SET_ASIDE)

    @property
    def result(self) -> str:
        return result_of(self.standing, self.outcome)


def result_of(standing: str, outcome: str) -> str:
    """As the list of the sequence says it."""
    if standing == DONE:
        return OUTCOMES.get(outcome, "Logged")
    return {SKIPPED: "Skipped", SET_ASIDE: "Set aside"}.get(standing, "")
