"""What is set for the whole house."""

from flask import Blueprint, render_template, url_for

from carmanana.people import house
from carmanana.web.access import allow
from carmanana.web.forms import DealershipForm, RadioField
from carmanana.web.fragments import go
from carmanana.web.signed import me

blueprint = Blueprint("house", __name__)


class HouseForm(DealershipForm):
    distance_unit = RadioField("Distances in", choices=list(house.UNITS.items()), validate_choice=True)


@blueprint.route("/house", methods=["GET", "POST"])
@allow("manager", "crm_admin")
def settings():
    form = HouseForm(data={name: house.setting(name) for name in house.CHOICES})
    if form.sent():
        for name in house.CHOICES:
            house.choose(me(), name, form[name].data)
        return go(url_for("house.settings"), "Saved")
    return render_template("house/settings.html", form=form), 422 if form.errors else 200
