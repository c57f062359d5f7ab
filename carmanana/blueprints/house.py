"""What is set for the whole house."""

from flask import Blueprint, render_template, url_for

from carmanana.records import house
from carmanana.records.house import House
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm, RadioField
from carmanana.web.forms.currencies import CurrencyField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

blueprint = Blueprint("house", __name__)


class HouseForm(DealershipForm):
    currency = CurrencyField("Currency of new deals and of sums")
    distance_unit = RadioField("Distances in", choices=list(house.UNITS.items()), validate_choice=False)
    lead_assignment = RadioField("New leads go to", choices=list(house.ASSIGNMENTS.items()), validate_choice=False)

    @property
    def chosen(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in house.CHOICES}


@blueprint.route("/house", methods=["GET", "POST"])
@allow("manager", "crm_admin")
def settings():
    now = House.now()
    form = HouseForm(data=now.__data__)

    def save():
        house.settle(me(), sent_version() or 0, **form.chosen)
        return go(url_for("house.settings"), "Saved")

    def again(status: int, fresh: House = now):
        return render_template("house/settings.html", form=form, house=fresh, stale=status == 409), status

    return ask(form, save, again, known=lambda fresh: fresh.__data__)
