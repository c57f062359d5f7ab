"""People who work here, their roles and their absences."""

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField

from carmanana.core import clock
from carmanana.core.db import JsonField, Record, UtcField, WordsField
from carmanana.core.query import prepared

AGENT = "agent"
MANAGER = "manager"
RETENTION = "retention"
CUSTOMER_CANCELLATION = "customer_cancellation"
COMPLIANCE = "compliance"
CRM_ADMIN = "crm_admin"

ROLES = {
    AGENT: "Agent",
    MANAGER: "Manager",
    RETENTION: "Retention",
    CUSTOMER_CANCELLATION: "Customer cancellation",
    COMPLIANCE: "Compliance",
    CRM_ADMIN: "CRM admin",
}

HOUSE_ID = 1


class User(Record):
    """`house` marks the account "CarManana", an owner that is nobody (SOP 1, section E). `lead_given_at` is when they
    last got a new lead by its turn."""

    id = AutoField()
    email = CharField(unique=True)
    name = CharField()
    password_hash = CharField(null=True)
    roles = WordsField()
    manager = ForeignKeyField("self", null=True)
    phone = CharField(default="")
    timezone = CharField(default="America/New_York")
    theme = CharField(default="system")
    density = CharField(default="comfortable")
    locale = CharField(default="")
    letter_keys = BooleanField(default=True)
    house = BooleanField(default=False)
    deactivated_at = UtcField(null=True)
    lead_given_at = UtcField(null=True)
    created_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    def __str__(self):
        return self.name

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def active(self) -> bool:
        return self.deactivated_at is None and not self.house

    # what flask-login asks

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        return str(self.id)

    @property
    def is_manager(self) -> bool:
        return MANAGER in self.roles

    @property
    def works_deals(self) -> bool:
        return self.has(AGENT, MANAGER)

    @property
    def sets_the_house(self) -> bool:
        return self.has(MANAGER, CRM_ADMIN)

    @property
    def judges(self) -> bool:
        """They raise and review findings, and score calls."""
        return self.has(MANAGER, COMPLIANCE)

    @property
    def sees_all(self) -> bool:
        return self.has(MANAGER, COMPLIANCE, CRM_ADMIN)

    @property
    def sight(self) -> str:
        """How far they see among the leads: all of them, their own and the unowned ones, or their own alone."""
        return "all" if self.sees_all else "unowned" if self.has(AGENT) else "own"

    @property
    def sees_every_deal(self) -> bool:
        """Who cancels customers reads the deals of every customer, and changes none (domain 1)."""
        return self.sees_all or self.has(CUSTOMER_CANCELLATION)

    @property
    def deal_sight(self) -> str:
        return "all" if self.sees_every_deal else self.sight

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

    @property
    def colour(self) -> int:
        """One of eight stable avatar colours."""
        return sum(self.email.encode()) % 8 + 1

    @property
    def absent(self) -> bool:
        return bool(away_on(self.id, clock.today(self.timezone)))

    @classmethod
    def known(cls, user_id: int | None) -> "User | None":
        return _known.first(user_id)

    @classmethod
    def working(cls, *roles: str):
        """Active people who hold one of the roles, by name."""
        people = cls.select().where(cls.deactivated_at.is_null(), ~cls.house)
        if roles:
            held = cls.roles.contains(f" {roles[0]} ")
            for role in roles[1:]:
                held |= cls.roles.contains(f" {role} ")
            people = people.where(held)
        return people.order_by(cls.name)


class Absence(Record):
    """From the first day to the last one, both included, in the person's own zone. `cover` looks after their work
    meanwhile."""

    id = AutoField()
    user = ForeignKeyField(User, backref="absences")
    cover = ForeignKeyField(User, null=True, backref="covers")
    starts_on = DateField()
    ends_on = DateField()
    reason = CharField(default="")
    created_by = ForeignKeyField(User)
    created_at = UtcField(default=clock.now)

    @classmethod
    def of(cls, user: User, day):
        return cls.select().where(cls.user == user, cls.starts_on <= day, cls.ends_on >= day)


@prepared
def _known(user_id):
    return User.select().where(User.id == user_id)


@prepared
def away_on(user, day):
    return Absence.of(user, day).limit(1)


class Session(Record):
    """A signed-in browser. The cookie holds a random token; here is only its hash."""

    id = CharField(primary_key=True)
    user = ForeignKeyField(User, backref="sessions")
    data = JsonField()
    created_at = UtcField(default=clock.now)
    seen_at = UtcField(default=clock.now)
    agent = CharField(default="")
    address = CharField(default="")


class SigninAttempt(Record):
    id = AutoField()
    account = CharField()
    address = CharField()
    at = UtcField(default=clock.now)


class PasswordReset(Record):
    id = AutoField()
    user = ForeignKeyField(User)
    token_hash = CharField(unique=True)
    expires_at = UtcField()
    used_at = UtcField(null=True)


def managers_here() -> list[User]:
    return [manager for manager in User.working("manager") if not manager.absent]
