"""People who asked about a vehicle and have had no price yet (SOP 1, section C)."""

from collections import defaultdict
from collections.abc import Iterable

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField, WordsField, as_json
from carmanana.core.query import prepared
from carmanana.records.customers import Customer, Person
from carmanana.records.deals import Deal, Hold, NeedsAssessment, VehicleOption, wanted_in
from carmanana.records.lead_codes import (
    CLOSE_REASONS,
    CONVERTED,
    ENDED,
    INQUIRY,
    KINDS,
    NEW,
    OPEN,
    PRICE_SHOPPER,
    SOURCES,
    STATES,
)
from carmanana.records.owned import Owned
from carmanana.records.people import User
from carmanana.schema.sqlite import members


class Lead(Owned, Record):
    """An inquiry. `asked_by` is how it came, `answer_by` the channels that they gave for an answer, `message` and
    `vehicle` their own words. `region` and `timezone` (of a number of several, all of them) are where they are, as
    calling rules name it. `touched_at` is when somebody last reached out or was reached. The first answer is a
    person's, with the business minutes that it took. On hold it keeps the state it came from; converted, the deal that
    it became, and its version then."""

    STATES, OPEN_STATES, ENDED_STATES = STATES, OPEN, ENDED

    id = AutoField()
    customer = ForeignKeyField(Customer, backref="leads")
    person = ForeignKeyField(Person, null=True, backref="leads")
    kind = CharField(default=INQUIRY)
    state = CharField(default=NEW)
    source = CharField(default="")
    asked_by = CharField(default="")
    answer_by = WordsField(default=frozenset)
    message = TextField(default="")
    vehicle = CharField(default="")
    region = CharField(default="")
    timezone = CharField(default="")
    owner = ForeignKeyField(User, null=True, backref="leads")
    claimed_at = UtcField(null=True)
    received_at = UtcField(default=clock.now)
    touched_at = UtcField(null=True)
    first_answered_at = UtcField(null=True)
    first_answered_by = ForeignKeyField(User, null=True)
    first_answer_minutes = IntegerField(null=True)
    state_since = UtcField(default=clock.now)
    held_from = CharField(null=True)
    hold_status = CharField(null=True)
    hold_reason = TextField(default="")
    follow_up_on = DateField(null=True)
    close_reason = CharField(null=True)
    close_words = TextField(default="")
    flagged_at = UtcField(null=True)
    flagged_by = ForeignKeyField(User, null=True)
    deal = ForeignKeyField(Deal, null=True, backref="leads")
    deal_version = IntegerField(null=True)
    escalated_at = UtcField(null=True)
    import_id = IntegerField(null=True)
    external_id = CharField(default="")
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    # what a log, a step and a hold ask of whatever they are about
    live = False
    readiness = "organic"
    retention_id = None

    @property
    def converted(self) -> bool:
        return self.state == CONVERTED

    @property
    def price_shopper(self) -> bool:
        return self.kind == PRICE_SHOPPER

    kind_name = named("kind", KINDS)

    @property
    def source_name(self) -> str:
        return SOURCES.get(self.source, self.source)

    @property
    def hold_status_name(self) -> str:
        return Hold.SUB_STATUSES.get(self.hold_status, "")

    close_reason_name = named("close_reason", CLOSE_REASONS, "")

    @property
    def needs(self) -> NeedsAssessment | None:
        return needs_of_lead.first(self.id)

    @property
    def wants(self) -> str:
        """The vehicles of its assessment, else what they asked about."""
        options = wanted_in(self.needs.id) if self.needs else []
        return _named(options) if options else self.vehicle


needs_of_lead = prepared(lambda lead_id: NeedsAssessment.select().where(NeedsAssessment.lead_id == lead_id).limit(1))


def wanted_by(leads: Iterable[Lead]) -> dict[int, str]:
    """What each wants, by its id."""
    asked = {lead.id: lead.vehicle for lead in leads}
    named = defaultdict(list)
    for option in _options(as_json(list(asked))):
        named[option.lead_id].append(option)
    return asked | {number: _named(options) for number, options in named.items()}


def _named(options: Iterable[VehicleOption]) -> str:
    return ", ".join(f"{option.brand} {option.model}".strip() for option in options)


@prepared
def _options(leads):
    told = VehicleOption.select(VehicleOption.brand, VehicleOption.model, NeedsAssessment.lead_id)
    found = told.join(NeedsAssessment).where(NeedsAssessment.lead_id.in_(members(leads)))
    return found.order_by(VehicleOption.position).namedtuples()
