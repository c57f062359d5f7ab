"""What a deal and a lead have in common: who has it, how it stands, and who may see it."""

from functools import lru_cache

from peewee import SQL

from carmanana.records.people import HOUSE_ID, User


class Owned:
    """For a record with `owner` and `state`. Its model names its `STATES` in words, those that are `OPEN_STATES` and
    `ENDED_STATES`, and the `SIGHT` of a person that says how far they see."""

    STATES: dict[str, str] = {}
    OPEN_STATES: tuple[str, ...] = ()
    ENDED_STATES: tuple[str, ...] = ()
    SIGHT = "sight"

    @property
    def unowned(self) -> bool:
        return self.owner_id in (None, HOUSE_ID)

    @property
    def open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def ended(self) -> bool:
        return self.state in self.ENDED_STATES

    @property
    def state_name(self) -> str:
        return self.STATES[self.state]

    @classmethod
    def is_unowned(cls):
        return cls.owner.is_null() | (cls.owner == HOUSE_ID)

    @classmethod
    def theirs(cls, user):
        """The condition for those that are this person's own."""
        return cls.owner == user

    @classmethod
    def visible(cls, user: User):
        """The condition that limits any query on them to what this person may see."""
        return cls.within(getattr(user, cls.SIGHT), user)

    @classmethod
    def within(cls, sight: str, user):
        """As `visible`, for a query that is written once for all who see as far."""
        if sight == "all":
            return SQL("1")
        return cls.theirs(user) | cls.is_unowned() if sight == "unowned" else cls.theirs(user)

    @classmethod
    def visible_to(cls, user: User):
        return _seen(cls, getattr(user, cls.SIGHT), user.id).clone()


@lru_cache(200)
def _seen(model: type[Owned], sight: str, user_id: int):
    """It takes as long to be made as some queries take that are made of it; what it was asked itself it would keep."""
    return model.select().where(model.within(sight, user_id))
