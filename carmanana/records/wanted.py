"""The vehicles that open leads and deals want, as the buyers list and Match read them: written by the database alone
(schema/derived/wanted.py)."""

from peewee import SQL, CharField, ForeignKeyField, IntegerField

from carmanana.core.db import Record, database
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, NeedsAssessment
from carmanana.records.leads import Lead
from carmanana.records.people import User

NOBODY = 0
ASKED_NOT, UNDER_REVIEW, CANCELLED = 1, 2, 4
ANY_MODEL = "model_asked = ''"  # they leave the model open; as its index is written
IN_REVIEW = f"(barred & {UNDER_REVIEW}) > 0"  # in these words an index holds them

# every value that there is, each found by the index behind the one before
EACH = """WITH RECURSIVE one (value) AS (
  SELECT MIN({0}) FROM wanted UNION ALL
  SELECT (SELECT MIN({0}) FROM wanted WHERE {0} > one.value) FROM one WHERE one.value IS NOT NULL
) SELECT value FROM one WHERE value IS NOT NULL LIMIT 1000"""


class Wanted(Record):
    """Its `id` is the vehicle option's. Owner 0 is nobody, a year of 0 and a distance of -1 are not told."""

    id = IntegerField(primary_key=True)
    needs = ForeignKeyField(NeedsAssessment)
    lead = ForeignKeyField(Lead, null=True)
    deal = ForeignKeyField(Deal, null=True)
    customer = ForeignKeyField(Customer)
    owner_id = IntegerField()
    retention_id = IntegerField(null=True)
    make = CharField()
    model = CharField()
    model_asked = CharField()
    year_from = IntegerField()
    year_to = IntegerField()
    most_metres = IntegerField()
    colours = CharField()
    budget_from_cents = IntegerField()
    budget_to_cents = IntegerField()
    currency = CharField()
    region = CharField()
    folded = CharField()
    musts = IntegerField()
    barred = IntegerField()

    @property
    def subject(self) -> Lead | Deal:
        """Whose wants they are by now: once there is a deal, the deal's."""
        return self.deal if self.deal_id else self.lead

    @classmethod
    def regions(cls) -> list[str]:
        return [region for (region,) in database.execute_sql(EACH.format("region")).fetchall()]

    @classmethod
    def makes(cls) -> list[str]:
        return [make for (make,) in database.execute_sql(EACH.format("make")).fetchall()]

    @staticmethod
    def sees_all(user: User) -> bool:
        return user.sight == "all"

    @staticmethod
    def owners_seen(user: User) -> tuple[int, ...]:
        """Whose they may be, of who does not see all."""
        return (user.id, NOBODY) if user.sight == "unowned" else (user.id,)

    @classmethod
    def visible(cls, user: User):
        """As leads and deals are: all, one's own, or those that nobody owns as well."""
        if cls.sees_all(user):
            return SQL("1")
        own = (cls.owner_id == user.id) | (cls.retention_id == user.id)
        return own | (cls.owner_id == NOBODY) if NOBODY in cls.owners_seen(user) else own

    @classmethod
    def visible_to(cls, user: User):
        return cls.select().where(cls.visible(user))
