"""Fields that choose: a person who is here, a time zone, several of a few."""

from functools import cache

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput

from carmanana.core.query import Prepared
from carmanana.records.people import User
from carmanana.staffing.absences import away_now
from carmanana.staffing.loads import Load, loads
from carmanana.staffing.zones import zone_named
from carmanana.web.current_user import me
from carmanana.web.filters import day
from carmanana.web.forms import TextField
from carmanana.web.forms.widgets import SelectField


@cache
def working(roles: tuple[str, ...]) -> Prepared:
    return Prepared(lambda: User.working(*roles))


class PersonField(SelectField):
    """One of the people who work here and hold one of the roles; who is away says so.
    `person` is the one chosen, or None."""

    def __init__(self, label, roles=(), nobody: str = "Choose…", **kwargs):
        super().__init__(
            label, choices=self._offered, default="", invalid_choice_message="Choose somebody from the list.", **kwargs
        )
        self.type, self.roles, self.nobody, self.besides = "SelectField", roles, nobody, None

    def _offered(self) -> dict[str, str]:
        return {"": self.nobody} | dict(named(self.people.values()))

    @property
    def people(self) -> dict[str, User]:
        return {str(user.id): user for user in working(self.roles)() if user != self.besides}

    def pre_validate(self, form) -> None:
        """Nobody may always be chosen, and then nobody is looked for."""
        if self.data:
            super().pre_validate(form)

    @property
    def person(self) -> User | None:
        return self.people.get(self.data) if self.data else None


def named(people) -> list[tuple[str, str]]:
    away = away_now(people)
    return [(str(user.id), _labelled(user, away.get(user.id))) for user in people]


def _labelled(user: User, absence) -> str:
    return f"{user.name} (away until {day(absence.ends_on)})" if absence else user.name


class OwnerField(PersonField):
    """Somebody who is to own it; managers and admins see how much each of them has already."""

    def _offered(self) -> dict[str, str]:
        offered, has = super()._offered(), loads() if me().sets_the_house else {}
        return {key: _with_load(words, has.get(int(key))) if key else words for key, words in offered.items()}


def _with_load(words: str, load: Load | None) -> str:
    return f"{words} · {load.words}" if load else words


class ZoneField(TextField):
    """A time zone by its name, however it is typed."""

    def pre_validate(self, form):
        if self.data:
            self.data = zone_named(self.data) or self._refuse()

    def _refuse(self):
        raise ValidationError("Choose a time zone such as America/New_York.")


class ChoicesField(SelectMultipleField):
    """Check boxes; `data` is the list of what is ticked."""

    option_widget = CheckboxInput()

    def __init__(self, label, choices: dict[str, str], **kwargs):
        super().__init__(label, choices=choices, invalid_choice_message="Choose from the list.", **kwargs)
