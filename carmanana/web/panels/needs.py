"""The needs assessment on one screen, made for a call in progress: beside the dialer, and on a lead's page."""

from collections.abc import Callable

from flask import request, url_for
from markupsafe import Markup

from carmanana.core import vehicles
from carmanana.core.workflow import Refused
from carmanana.leads import needs
from carmanana.records.deals import NeedsAssessment
from carmanana.records.house import house_unit
from carmanana.records.leads import Lead
from carmanana.web.continuations import then
from carmanana.web.current_user import me
from carmanana.web.forms import (
    AmountField,
    DealershipForm,
    IntegerField,
    NumberRange,
    Optional,
    SelectField,
    TextField,
    WordsField,
    place,
)
from carmanana.web.forms.musts import MustsField
from carmanana.web.fragment_cache import piece

FIRST_YEAR, LAST_YEAR = 1886, 2100


class OptionForm(DealershipForm):
    """One vehicle that they would take."""

    brand = TextField("Make", most=60)
    model = TextField("Model", most=80)
    year_from = IntegerField("Years from", [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR, "A year such as 2021.")])
    year_to = IntegerField("to", [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR, "A year such as 2023.")])
    most_miles = IntegerField(
        "Mileage up to",
        [Optional(), NumberRange(0, 2_000_000, "Enter a distance as a whole number, at most 2,000,000.")],
    )
    colours = TextField("Colors", most=120)
    special = TextField("Special preferences", most=250)
    musts = MustsField()


class NeedsForm(DealershipForm):
    timeline = TextField("Timeline", most=120)
    location = TextField("Location", most=120)
    budget_from_cents = AmountField("Budget from")
    budget_to_cents = AmountField("to")
    matters_most = SelectField("What matters most", choices=list(NeedsAssessment.MATTERS.items()), default="")
    mission = WordsField("Why they really want it", most=2000)

    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        self.options = _sent_options()

    def validate(self, *given, **more) -> bool:
        """What was typed of the lead and of every vehicle."""
        return all([super().validate(*given, **more), *(option.validate() for option in self.options)])

    def refuse(self, refused: Refused) -> None:
        super().refuse(refused)
        for refusal in refused.refusals:
            for option in self.options:
                name = (refusal.field or "").removeprefix(option._prefix)
                if name in option._fields and refusal.field != name:
                    place(option[name], refusal)


def needs_panel(lead: Lead, form: NeedsForm | None = None) -> dict:
    """What templates/leads/_needs.html takes."""
    known = lead.needs
    return needs_state(lead) | {
        "needs_form": form or NeedsForm(obj=known, empty=True),
        "needs_options": form.options if form else _known_options(known),
        "needs_blank": blank,
        "makes": vehicles.makes(),
    }


def needs_state(lead: Lead) -> dict:
    """What templates/leads/_needs_state.html takes, and where the rest is."""
    known = lead.needs
    return {
        "needs": known,
        "needs_version": known.version if known else 0,
        "needs_checks": needs.checklist(lead, me()),
        "needs_address": url_for("needs.save", lead_id=lead.id, then=then() or None),
    }


def _known_options(known: NeedsAssessment | None) -> list[OptionForm]:
    """None where nothing is known yet: the page begins with a blank one."""
    wanted = known.wanted if known else []
    return [OptionForm(prefix=f"option-{number}-", obj=option, empty=True) for number, option in enumerate(wanted)]


def blank(number: int | str, row: Callable[[OptionForm, int | str], str]) -> Markup:
    """A vehicle of which nothing is said, as the macro draws it; drawn once for all."""
    key = "blank vehicle", number, house_unit()
    return piece(key, lambda: row(OptionForm(prefix=f"option-{number}-", empty=True), number))


def _sent_options() -> list[OptionForm]:
    numbers = range(needs.MOST_OPTIONS + 1)
    return [OptionForm(prefix=f"option-{n}-") for n in numbers if f"option-{n}-brand" in request.form]
