"""Approved wording for a situation, in versions."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.records.people import User

DRAFT, APPROVED, RETIRED = "draft", "approved", "retired"
STANDINGS = {DRAFT: "Draft", APPROVED: "Approved", RETIRED: "Retired"}
SAY, NEVER = "say", "never"
KINDS = {SAY: "What to say", NEVER: "What never to say"}
LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French"}
WHO = {"agent": "Agent", "manager": "Manager", "retention": "Retention team"}

SITUATIONS = {
    "request_acknowledge": "A cancellation is requested: acknowledge it",
    "request_process": "A cancellation is requested: explain the process",
    "request_noting": "A cancellation is requested: note the reason",
    "inbound_cancel_my_order": "They call or write: “Cancel my order”",
    "inbound_deposit": "They ask about the deposit",
    "inbound_closing": "Closing the call",
    "right_to_cancel": "They may have a right to cancel",
    "right_to_cancel_manager": "They may have a right to cancel: the manager",
    "never_say": "Never to be said",
    "manager_first_contact": "The manager’s first contact",
    "manager_first_email": "The manager’s first email",
    "manager_listening": "The manager listens",
    "retention_opening": "The retention team calls",
    "retention_beyond": "They ask for more than is approved",
    "playbook_empathise": "Save playbook 1: empathise",
    "playbook_diagnose": "Save playbook 2: diagnose the why",
    "playbook_mission": "Save playbook 3: their mission",
    "playbook_social_proof": "Save playbook 4: social proof",
    "playbook_future": "Save playbook 5: back to the future",
    "playbook_agreement": "Save playbook 6: gain agreement",
    "playbook_call": "Save playbook: a call rather than an email",
    "lead_opening": "A lead is called: introduce yourself",
    "lead_disclosure": "A lead is called: what the call is about",
    "price_shopper": "A lead asks for a price",
    "lead_voicemail": "A lead does not answer: the voicemail",
}


class Script(Record):
    """One version of a wording. `key` is the same through its versions; of one key at most one version is approved and
    one is a draft. `language` is the customer's (en, es, fr), `region` where a calling rule asks for it, all where it
    is empty. `number` counts the versions, `version` guards the row."""

    id = AutoField()
    key = CharField()
    situation = CharField()
    who = CharField()
    kind = CharField(default=SAY)
    title = CharField()
    words = TextField()
    sop = CharField(default="")
    language = CharField(default="en")
    region = CharField(default="")
    position = IntegerField(default=0)
    number = IntegerField(default=1)
    standing = CharField(default=DRAFT)
    author = ForeignKeyField(User, null=True)
    approved_by = ForeignKeyField(User, null=True)
    approved_at = UtcField(null=True)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    standing_name = named("standing", STANDINGS)

    @property
    def situation_name(self) -> str:
        return SITUATIONS.get(self.situation, self.situation.replace("_", " ").capitalize())

    who_name = named("who", WHO)

    @property
    def draft(self) -> bool:
        return self.standing == DRAFT

    @property
    def never(self) -> bool:
        return self.kind == NEVER

    @classmethod
    def versions(cls, key: str):
        """Newest first."""
        return cls.select().where(cls.key == key).order_by(cls.number.desc())

    @classmethod
    def current(cls, key: str) -> "Script | None":
        return cls.get_or_none(cls.key == key, cls.standing == APPROVED)


class ScriptRecording(Record):
    """A wording as it was spoken, to be dropped as a voicemail. `stored` is a random name in the uploads folder."""

    id = AutoField()
    script = ForeignKeyField(Script, unique=True, backref="recordings", on_delete="CASCADE")
    name = CharField()
    stored = CharField(unique=True)
    media_type = CharField()
    size = IntegerField()
    recorded_by = ForeignKeyField(User, null=True)
    created_at = UtcField(default=clock.now)

    class Meta:
        table_name = "script_recording"

    @property
    def plays_on_iphones(self) -> bool:
        return self.media_type not in ("audio/webm", "audio/ogg")
